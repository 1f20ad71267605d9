"""All about one gate for who cannot open its form: who may answer, who was told, what lies beside it, what came on
paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models import reading
from models.db import read
from models.gates import Gate
from rules.gates import GATES
from tasks.answers import drafters
from tasks.approvals import WaitingGate
from tasks.gate_notices import PASSED_ON, REMINDED
from tasks.gate_papers import GatePapers, lay_out
from tasks.office import Office
from tasks.waiting_papers import WaitingPaper, waiting_paper

TOLD = {"": "Báo có việc chờ", REMINDED: "Nhắc", PASSED_ON: "Báo người tiếp theo"}


@dataclass(frozen=True)
class Answerer:
    """An officer who holds today an office that answers: `role`, or another's as `capacity` ("KT.").

    `drafted`: who drafted or recorded what is asked does not answer it.
    """

    officer: str
    name: str
    title: str
    role: str
    on_behalf_of: str = ""
    capacity: str = ""
    drafted: bool = False


@dataclass(frozen=True)
class Notice:
    """A mail about the gate, written on day `on`: `occasion` a key of `TOLD`, `to` an officer's code or the standing
    office. `sent_on`: None while it waits to be sent."""

    occasion: str
    to: str
    on: date
    sent_on: date | None = None


@dataclass(frozen=True)
class GateSheet:
    """What the form and its artifacts tell, and `recorded`: the record of a signed paper that waits for its second
    officer."""

    gate: WaitingGate
    papers: GatePapers
    answerers: tuple[Answerer, ...]
    notices: tuple[Notice, ...]
    recorded: WaitingPaper | None


def gate_sheet(office: Office, gate: WaitingGate) -> GateSheet:
    """The sheet of `gate` as things stand."""
    with read(office.engine) as session:
        recorded = waiting_paper(session, gate.id)
        answerers = tuple(_answerers(session, office, gate))
        notices = _notices(session, session.get_one(Gate, gate.id).trail_name)
    return GateSheet(gate, lay_out(office, gate), answerers, notices, recorded)


def _answerers(session: Session, office: Office, gate: WaitingGate) -> Iterator[Answerer]:
    barred = drafters(session, gate, office.today)
    for role in GATES[gate.kind].roles:
        for own in reading.officers_in_role(session, role, office.today):
            yield Answerer(own.id, own.name, own.title, role, drafted=own.id in barred)
        for by, other in reading.acting(session, role, office.today):
            acts = (by.from_officer, by.capacity, other.id in barred)
            yield Answerer(other.id, other.name, other.title, role, *acts)


def _notices(session: Session, trail_name: str) -> tuple[Notice, ...]:
    about = [f"{occasion}{trail_name}/" for occasion in TOLD]
    told = (
        Notice(
            occasion=next(o for o in (REMINDED, PASSED_ON, "") if key.startswith(o)),
            to=key.rpartition("/")[2],
            on=on,
            sent_on=sent,
        )
        for key, (on, sent) in reading.mails_about(session, about).items()
    )
    return tuple(sorted(told, key=lambda notice: (notice.on, list(TOLD).index(notice.occasion), notice.to)))
