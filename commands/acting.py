"""The installation opened by a command that does something for an officer: whom it concerns hears of it at once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from commands.installation import open_installation
from commands.line import afterwards

if TYPE_CHECKING:
    from tasks.office import Office

WAITS = "Thư báo về việc này chưa gửi được, còn chờ và sẽ được gửi trong lần chạy hằng ngày tới."


def open_to_act() -> Office:
    """As `open_installation`. What the command queues, done or refused, is sent when its line ends: a lock or a lost
    device is not to be heard of tomorrow. Mail that cannot go makes no failure of what was done."""
    from tasks.urgent_mail import trail_length

    office = open_installation()
    before = trail_length(office)
    afterwards(lambda: _send(office, before))
    return office


def _send(office: Office, before: int) -> None:
    from tasks.urgent_mail import send_queued_since

    try:
        went = send_queued_since(office, before)
    except KeyboardInterrupt:
        went = False  # who does not wait for the mail server leaves it to the watch
    if not went:
        print(WAITS, file=sys.stderr)
