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


@dataclass(frozen=True)
class Signing:
    """Who signs a draft: the block that is printed, and the codes of the officers who may sign above it.

    Two deputies can have one name and one title: the code tells them apart, and is never printed. More than one only
    where several hold the head's office; none where that is not known (a draft of an older version of the program).
    """

    block: Signer
    officers: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The block on one line, with the code: `GIÁM ĐỐC (mã GD01)`."""
        return with_code(words(self.block), self.codes)

    @property
    def codes(self) -> str:
        """The codes on one line."""
        return ", ".join(self.officers)

    def is_another_than(self, other: Signing) -> bool:
        """Whether other officers sign, or it says something else. Officers that are not known are no others."""
        are_others = bool(self.officers and other.officers and self.officers != other.officers)
        return self.block != other.block or are_others


def signed_by(own: Sequence[str], acting: Acting | None) -> Signer:
    """The block of a body whose head signs under the lines `own`, signed by the head or by who is `acting` for them.

    `KT. GIÁM ĐỐC`, `PHÓ GIÁM ĐỐC`; `TM. BAN CHỈ ĐẠO`, `KT. TRƯỞNG BAN`, `PHÓ TRƯỞNG BAN`; `TUQ. GIÁM ĐỐC`, `CHÁNH VĂN
    PHÒNG`. Only the head and a deputy sign on behalf of the collective: who is authorised does so for its head, for
    "TUQ." stands "vào trước chức vụ của người đứng đầu", and "TM." where one signs "thay mặt tập thể" (Nghị định 30,
    Phụ lục I, Phần I, Mục II, khoản 7).
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


def with_code(block: str, codes: str) -> str:
    """A block on one line, with the code of the officer whose it is, if that is known."""
    return f"{block} (mã {codes})" if codes else block


def signer_changed(before: str, now: str) -> str:
    """One sentence on a draft that another signs now; both as `Signing.words`."""
    return f"Người ký đã thay đổi, trước: {before}; nay: {now}."


def _title(title: str, head: str) -> str:
    """In capitals; a deputy's as the decree wants it, without the body's name ("Phó Giám đốc Công an tỉnh")."""
    own, deputy = nfc(title).upper(), f"PHÓ {head}"
    return deputy if own.startswith(f"{deputy} ") else own
