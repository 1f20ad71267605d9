"""Box 7 of the decree: by what right a document is signed, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.frame import Signer
from reports.vietnamese import nfc

COLLECTIVE, DEPUTY = "TM. ", "KT."


@dataclass(frozen=True)
class Acting:
    """Who signs for the head, as `capacity` ("KT.", "TUQ."), with the own `title` as officers print it."""

    capacity: str
    title: str
    name: str


def signed_by(own: Sequence[str], acting: Acting | None) -> Signer:
    """The block of a body whose head signs under the lines `own`, signed by the head or by who is `acting` for them.

    `KT. GIÁM ĐỐC`, `PHÓ GIÁM ĐỐC`; `TM. BAN CHỈ ĐẠO`, `KT. TRƯỞNG BAN`, `PHÓ TRƯỞNG BAN`; `TUQ. GIÁM ĐỐC`, `CHÁNH VĂN
    PHÒNG`. Only the head and a deputy sign on behalf of the collective: who is authorised does so for its head.
    """
    if acting is None:
        return Signer(tuple(own))
    *collective, head = own
    kept = [line for line in collective if acting.capacity == DEPUTY or not line.startswith(COLLECTIVE)]
    lines = (*kept, f"{acting.capacity} {head}", _title(acting.title, head))
    return Signer(tuple(map(nfc, lines)), nfc(acting.name))


def words(signer: Signer) -> str:
    """`KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC Nguyễn Văn A`: the block on one line."""
    return f"{', '.join(signer.titles)} {signer.name}".rstrip()


def _title(title: str, head: str) -> str:
    """In capitals; a deputy's as the decree wants it, without the body's name ("Phó Giám đốc Công an tỉnh")."""
    own, deputy = nfc(title).upper(), f"PHÓ {head}"
    return deputy if own.startswith(f"{deputy} ") else own
