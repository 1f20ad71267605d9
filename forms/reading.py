"""Reads a filled form: all of it, or a refusal with everything that is wrong. Pure: nothing is stored here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineWorkbook

from forms.contents import read_figures, read_narratives, read_nil
from forms.identity import IDENTITY_ROWS, IDENTITY_SHEET, LABEL_KEY, Identity, is_signed
from forms.package import LARGEST_FILE, BrokenPackage, Package, inspect
from forms.refusals import OURS, FormError, FormRefused
from forms.rows import Rows, cell_of
from forms.spec import FormSpec
from plans.schema import Plan
from rules.errors import Refusal
from rules.figures import Figure, Narrative


@dataclass(frozen=True)
class Form:
    """A form taken in: whose it is, the file's SHA-256, its figures (none if it is a nil return) and narratives."""

    identity: Identity
    sha256: str
    is_nil: bool
    figures: tuple[Figure, ...]
    narratives: tuple[Narrative, ...]


def read_form(
    path: Path | str,
    plan: Plan,
    spec_for: Callable[[Identity], FormSpec],
    *,
    expected_period: str | None = None,
    key: bytes = LABEL_KEY,
) -> Form:
    """The form in the file at `path`.

    `spec_for` rebuilds what was asked from the form's identity (it may raise a `Refusal`: no such reporter or period);
    `expected_period` refuses a form of any other. Raises `FormRefused` with every error at once.
    """
    path = Path(path)
    with path.open("rb") as stream:
        content = stream.read(LARGEST_FILE + 1)  # a larger one is refused, and need not fit the memory
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        package = inspect(content)
        sheets = _sheets(package)
    except BrokenPackage as broken:
        raise FormRefused(path.name, [broken.error], sha256) from broken
    identity = None
    try:
        identity = _identity(sheets, key)
        _check_identity(identity, plan, expected_period)
        spec = spec_for(identity)
    except _Unknown as unknown:
        raise FormRefused(path.name, [unknown.error], sha256, identity) from unknown
    except Refusal as refusal:
        raise FormRefused(path.name, [FormError("", "", str(refusal).rstrip("."), OURS)], sha256, identity) from refusal
    errors = [
        FormError(s, c, "ô có công thức", "đề nghị nhập thẳng con số") for s, cs in package.formulas.items() for c in cs
    ]
    is_nil = read_nil(sheets, errors)
    figures = read_figures(spec, sheets, is_nil, errors)
    narratives = tuple(read_narratives(sheets, errors))
    if errors:
        raise FormRefused(path.name, errors, sha256, identity)
    return Form(identity, sha256, is_nil, figures, narratives)


class _Unknown(Exception):
    def __init__(self, found: str, todo: str = OURS) -> None:
        self.error = FormError("", "", found, todo)
        super().__init__(found)


def _sheets(package: Package) -> dict[str, Rows]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(package.content))
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except BaseException as broken:  # a panic of the Rust reader is no `Exception`
        if isinstance(broken, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise BrokenPackage("tệp không phải là .xlsx hoặc đã hỏng") from broken


def _identity(sheets: dict[str, Rows], key: bytes) -> Identity:
    rows = sheets.get(IDENTITY_SHEET)
    if rows is None:
        raise _Unknown("tệp không phải là biểu của hệ thống (thiếu mã nhận dạng)")
    words = [str(cell_of(rows, row, 1)).removesuffix(".0") for row in range(len(IDENTITY_ROWS))]
    if not words[3].isascii() or not words[3].isdigit() or len(words[3]) > 6:
        raise _Unknown("mã nhận dạng của biểu đã bị sửa")
    identity = Identity(words[0], words[1], words[2], int(words[3]))
    if not is_signed(identity, words[4], key):
        raise _Unknown("mã nhận dạng của biểu đã bị sửa hoặc không do hệ thống này phát hành")
    return identity


def _check_identity(identity: Identity, plan: Plan, expected_period: str | None) -> None:
    if identity.plan_id != plan.id:
        raise _Unknown(f"biểu thuộc kế hoạch khác ({identity.plan_id})", f"đề nghị dùng biểu của kế hoạch {plan.id}")
    if expected_period and identity.period_id != expected_period:
        raise _Unknown(f"biểu thuộc kỳ {identity.period_id}", f"đề nghị gửi biểu của kỳ {expected_period}")
