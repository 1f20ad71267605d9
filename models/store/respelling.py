"""Officers' codes that an earlier version kept as they were typed, brought into the one spelling of today."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlmodel import Session, select

from models.audit import witness
from models.gates import Approval, Gate, PaperAnswer
from models.people import Delegation, Device, Officer, OfficerRole
from rules.errors import Refusal
from rules.officers import heard_code, officer_code

# Every column that holds an officer's code, those of a row's key first.
REFERENCES: Mapping[type[Any], tuple[str, ...]] = {
    OfficerRole: ("officer_id", "given_by", "confirmed_by"),
    Device: ("officer_id", "changed_by"),
    Delegation: ("from_officer", "to_officer", "given_by", "confirmed_by"),
    Gate: ("asked_by",),
    PaperAnswer: ("signed_by", "recorded_by", "confirmed_by"),
    Approval: ("officer_id", "on_behalf_of"),
}


def respell_officers(
    session: Session, *, renamed: Mapping[str, str] = MappingProxyType({}), by: str, at: datetime
) -> dict[str, str]:
    """Officers' codes in their one spelling, wherever they stand but in the trail. Returns new codes by the old.

    It is no migration of the schema's: it changes rows that are sealed, and so is witnessed like any write, one event
    an officer, from which `models.told` knows both codes for the same. `renamed`: another new code for a misspelt one.
    `Refusal`, and nothing is changed, if two officers would have the same code.
    """
    codes = list(session.exec(select(Officer.id).order_by(Officer.id)))
    misspelt = [code for code in codes if officer_code(code) != code]
    strange = sorted(renamed.keys() - set(misspelt))
    if strange:
        raise Refusal(f"Không đổi được mã cán bộ {', '.join(strange)}; chỉ đổi mã còn viết theo cách cũ.")
    wanted = {code: heard_code(renamed.get(code, code)) for code in misspelt}
    taken = set(codes) - wanted.keys()
    for was, now in wanted.items():
        if now in taken or not now:
            raise Refusal(
                f"Mã cán bộ {was} và {now} nay là một mã nhưng là hai cán bộ; hãy đặt mã khác cho {was}: "
                f"chuyenhoa init --rename {was}=MÃ-MỚI."
            )
        taken.add(now)
    for was, now in wanted.items():
        _move(session, was, now)
        witness(session, "officer_respelled", f"officer:{now}", {"was": was}, by=by, at=at)
    return wanted


def _move(session: Session, was: str, now: str) -> None:
    """The officer's row under the new code, what points to it, and only then the old row away."""
    officer = session.get_one(Officer, was)
    session.add(_copy(officer, {"id": now}))
    session.flush()
    for table, columns in REFERENCES.items():
        for row in session.exec(select(table)):
            _repoint(session, row, columns, was, now)
    session.flush()
    session.delete(officer)
    session.flush()


def _repoint(session: Session, row: Any, columns: tuple[str, ...], was: str, now: str) -> None:
    """A row whose key holds the code is replaced by another: the trail seals rows by their keys."""
    changed = {column: now for column in columns if getattr(row, column) == was}
    keys = {column.name for column in type(row).__table__.primary_key}
    if keys & changed.keys():
        session.add(_copy(row, changed))
        session.delete(row)
    else:
        for column, code in changed.items():
            setattr(row, column, code)


def _copy(row: Any, changed: Mapping[str, str]) -> Any:
    return type(row)(**row.model_dump() | changed)
