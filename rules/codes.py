"""When a one-time code counts: near enough to now, never twice, and not while its officer is locked out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

STEP_SECONDS = 30  # RFC 6238, what every authenticator app assumes
STEPS_OFF = 1
FAILURES_BEFORE_LOCK = 5
LOCKED_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class Tries:
    """What is remembered of an officer's codes: the last step one was taken for, the failures since, the lock."""

    last_step: int = 0
    failures: int = 0
    locked_until: datetime | None = None


def steps_near(at: datetime) -> tuple[int, ...]:
    """The steps whose codes count at instant `at`: its own and the one on either side."""
    now = int(at.timestamp()) // STEP_SECONDS
    return tuple(range(now - STEPS_OFF, now + STEPS_OFF + 1))


def starts_at(step: int) -> datetime:
    """The first instant of a step."""
    return datetime.fromtimestamp(step * STEP_SECONDS, UTC)


def is_locked(tries: Tries, at: datetime) -> bool:
    """Whether no code counts at instant `at`, not even the right one."""
    return tries.locked_until is not None and at < tries.locked_until


def is_used(tries: Tries, step: int) -> bool:
    """Whether the code of `step`, or of a later one, was taken before."""
    return step <= tries.last_step


def after_success(tries: Tries, step: int) -> Tries:
    """The code of `step` was taken: failures are forgotten."""
    return Tries(last_step=max(step, tries.last_step))


def after_failure(tries: Tries, at: datetime) -> Tries:
    """A wrong code at instant `at`: the fifth in a row locks, and after the lock counting begins anew."""
    if tries.failures + 1 < FAILURES_BEFORE_LOCK:
        return replace(tries, failures=tries.failures + 1, locked_until=None)
    return replace(tries, failures=0, locked_until=at + LOCKED_FOR)
