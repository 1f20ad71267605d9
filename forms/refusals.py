"""What is wrong with a form that cannot be taken in: everything at once, in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from forms.identity import Identity
from rules.errors import Refusal

OURS = "đề nghị nhập lại vào đúng biểu do hệ thống phát hành"


@dataclass(frozen=True)
class FormError:
    """One thing wrong: where (`sheet`, `cell`; empty if it is the file itself), what was `found`, what `todo`."""

    sheet: str
    cell: str
    found: str
    todo: str

    def __str__(self) -> str:
        where = f"{self.sheet}!{self.cell}: " if self.cell else f"Trang “{self.sheet}”: " if self.sheet else ""
        return f"{where}{self.found}; {self.todo}"


class FormRefused(Refusal):
    """A form refused whole. `errors` lists all that is wrong; nothing of the file's figures may be stored.

    `identity` says whose form it is, so that the reporter can be told; None if the file does not say so credibly.
    """

    def __init__(
        self, file_name: str, errors: Iterable[FormError], sha256: str = "", identity: Identity | None = None
    ) -> None:
        self.file_name = file_name
        self.errors = tuple(errors)
        self.sha256 = sha256
        self.identity = identity
        if len(self.errors) == 1:
            words = f"Biểu “{file_name}” chưa được nhận: {self.errors[0]}."
        else:
            words = f"Biểu “{file_name}” chưa được nhận vì có {len(self.errors)} lỗi; lỗi đầu tiên: {self.errors[0]}."
        super().__init__(words)
