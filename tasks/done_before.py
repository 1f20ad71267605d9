"""Acts that were done already when they were asked for again: by whom and when, so that nothing is claimed twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models import reading

WITHDRAWN = ("reset", "cleared")  # states of a device that makes no codes any more


@dataclass(frozen=True)
class Done:
    """Who did it, and on which day."""

    by: str
    on: date


def withdrawn(session: Session, officer_id: str) -> Done | None:
    """Who withdrew the officer's device, if it is withdrawn."""
    return _done(session, officer_id, WITHDRAWN, "device_reset")


def withdrawal_confirmed(session: Session, officer_id: str) -> Done | None:
    """Who confirmed that the officer's device was withdrawn, if another may be offered since."""
    return _done(session, officer_id, ("cleared",), "device_cleared")


def device_works(session: Session, officer_id: str) -> Done | None:
    """Who made the officer's device work, if it does: the second officer, or the officer where none had to confirm."""
    return _done(session, officer_id, ("active",), "device_admitted", "device_confirmed")


def _done(session: Session, officer_id: str, states: tuple[str, ...], *actions: str) -> Done | None:
    device = reading.device(session, officer_id)
    if device is None or device.state not in states:
        return None
    event = reading.last_deed(session, f"officer:{officer_id}", actions)
    return Done(event.actor, event.on) if event else None
