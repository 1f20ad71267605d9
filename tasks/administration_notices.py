"""Who is told when the head of the standing office stands in, and when an office loses its last administrator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from models import reading
from models.audit import AUDIT_LABELS, deeds_since, head
from models.db import read, transaction
from models.people import Officer
from reports.mail import MailText, administration_changed
from rules.gates import ADMINISTRATOR, ROLE_LABELS
from rules.officers import STANDING_OFFICE_HEAD, first_day_without
from tasks.codes import Actor
from tasks.letters import STANDING_OFFICE, queue, to_officer, to_standing_office
from tasks.office import Office

DIRECTOR = "director"
DAYS_AHEAD = 7  # that an end is told: within a week another can be appointed and confirmed
_NO_DEEDS = ("code_taken",)  # what only proved who acted


@dataclass(frozen=True)
class Before:
    """How the office was administered before an act: whether another acts for its administrators, and until when it
    has any."""

    stood_in: bool
    nobody_from: date | None
    administrators: Sequence[Officer]
    events: int


def look(session: Session, office: Office, actor: Actor) -> Before:
    """What an act by `actor`, whom nothing has stopped, begins from."""
    return Before(
        stood_in=ADMINISTRATOR not in reading.roles(session, actor.officer, office.today),
        nobody_from=_nobody_from(session, office),
        administrators=reading.last_in_role(session, ADMINISTRATOR, office.today),
        events=head(session)[0],
    )


def tell(session: Session, office: Office, actor: Actor, before: Before, at: datetime) -> list[str]:
    """Queues the one mail about an act to all whom it concerns, if there is something to tell; the warnings of it."""
    nobody_from = _nobody_from(session, office)
    if before.nobody_from is not None and (nobody_from is None or nobody_from >= before.nobody_from):
        nobody_from = None  # it was so before
    warnings = []
    if before.stood_in:
        warnings.append(
            f"Lưu ý: cán bộ {actor.officer} làm thay quản trị hệ thống vì không quản trị nào còn thiết bị dùng được."
        )
    if nobody_from is not None:
        warnings.append(
            f"Lưu ý: từ ngày {nobody_from:%d/%m/%Y} không còn ai giữ vai trò {ROLE_LABELS[ADMINISTRATOR]}; hãy giao "
            f"vai trò này cho người khác, nếu không {ROLE_LABELS[STANDING_OFFICE_HEAD]} làm thay."
        )
    if warnings:
        warnings.append("Việc này được báo bằng thư cho quản trị, lãnh đạo cơ quan thường trực và Giám đốc.")
        _mail(session, office, actor, before, nobody_from, at)
    return warnings


def _mail(
    session: Session, office: Office, actor: Actor, before: Before, nobody_from: date | None, at: datetime
) -> None:
    deeds = [
        f"{AUDIT_LABELS.get(action, action)}: {subject.removeprefix('officer:')}"
        for action, subject in deeds_since(session, before.events)
        if action not in _NO_DEEDS
    ]
    when = at.astimezone(office.settings.zone)
    text = administration_changed(actor.officer, when, deeds, before.stood_in, nobody_from)
    key = f"administration:{actor.officer}:{at:%Y%m%dT%H%M%S%f}/"
    _queue(session, office, before.administrators, key, text)


def is_end_untold(office: Office) -> bool:
    """Whether the last administrator's office ends within `DAYS_AHEAD` or has ended, by its own date, and nobody was
    told of that day. Where there never was one, there is nothing to tell."""
    with read(office.engine) as session:
        first = _nobody_from(session, office)
        if first is None or first > office.today + timedelta(days=DAYS_AHEAD):
            return False
        ever = reading.last_in_role(session, ADMINISTRATOR, office.today)
        return bool(ever) and not reading.mail_keys(session, _end_key(session, first, office))


def tell_of_end(office: Office) -> None:
    """Queues the mail about the day from which on nobody administers."""
    with transaction(office.engine) as session:
        first = _nobody_from(session, office)
        assert first is not None  # the watch has looked
        text = administration_changed("", office.now(), (), False, first)
        _queue(session, office, (), _end_key(session, first, office), text)


def _end_key(session: Session, first: date, office: Office) -> str:
    """The same on each day after the end: of the last administrators, not of the day that is looked at."""
    ended = [last + timedelta(days=1) for _, last in reading.spans_of_role(session, ADMINISTRATOR) if last]
    return f"no_administrator:{max((day for day in ended if day <= first), default=first)}/"


def _queue(session: Session, office: Office, besides: Sequence[Officer], key: str, text: MailText) -> None:
    told = {one.id: one for one in (*besides, *reading.last_in_role(session, ADMINISTRATOR, office.today))}
    for role in (STANDING_OFFICE_HEAD, DIRECTOR):
        told |= {one.id: one for one in reading.officers_in_role(session, role, office.today)}
    letters = [to_officer(key + id, officer, text) for id, officer in told.items()]
    queue(session, office, letters or [to_standing_office(key + STANDING_OFFICE, office, text)])


def _nobody_from(session: Session, office: Office) -> date | None:
    return first_day_without(reading.spans_of_role(session, ADMINISTRATOR), office.today)
