"""Commands that refusals and messages tell people to type: whole, with what proves who types them.

Words in capitals stand for what the reader knows. tests/house/test_printed_commands.py holds them to what the command
line takes.
"""

from __future__ import annotations

OFFICER_LIST = "chuyenhoa officer list"
ADD = (
    'chuyenhoa officer add MÃ-CÁN-BỘ --name "HỌ TÊN" --title "CHỨC VỤ" --agency CƠ-QUAN --role VAI-TRÒ '
    "--by MÃ --code MÃ-XÁC-THỰC"
)
DELEGATE = (
    "chuyenhoa officer delegate NGƯỜI-GIAO NGƯỜI-NHẬN --role VAI-TRÒ --from NGÀY --to NGÀY --by MÃ --code MÃ-XÁC-THỰC"
)


def correct(officer: str) -> str:
    """Puts right what is written of the officer."""
    return f'chuyenhoa officer correct {officer} --name "HỌ TÊN" --title "CHỨC VỤ" --by MÃ --code MÃ-XÁC-THỰC'


def remove_role(officer: str, role: str) -> str:
    """Ends the officer's office `role`."""
    return f'chuyenhoa officer remove-role {officer} --role {role} --reason "LÝ DO" --by MÃ --code MÃ-XÁC-THỰC'


def revoke(giver: str, receiver: str) -> str:
    """Ends what `giver` lent to `receiver`."""
    return f'chuyenhoa officer revoke {giver} {receiver} --role VAI-TRÒ --reason "LÝ DO" --by MÃ --code MÃ-XÁC-THỰC'


def enrol(officer: str) -> str:
    """Offers the officer a device."""
    return f"chuyenhoa officer enrol {officer} --by MÃ --code MÃ-XÁC-THỰC"


def enrol_first(officer: str, by: str) -> str:
    """As `enrol`, while nobody has a code to prove by: `by`, who may do it then, is known."""
    return f"chuyenhoa officer enrol {officer} --by {by}"


def reset(officer: str = "MÃ-CÁN-BỘ") -> str:
    """Withdraws the officer's device."""
    return f'chuyenhoa officer reset {officer} --reason "LÝ DO" --by MÃ --code MÃ-XÁC-THỰC'


def confirm_reset(officer: str) -> str:
    """The second officer's confirmation of that."""
    return f"chuyenhoa officer confirm-reset {officer} --by MÃ --code MÃ-XÁC-THỰC"


def confirm_device(officer: str) -> str:
    """The second officer's confirmation that a new device is in the officer's hand."""
    return f"chuyenhoa officer confirm-device {officer} --by MÃ --code MÃ-XÁC-THỰC"
