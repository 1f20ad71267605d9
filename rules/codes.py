"""When a one-time code counts: near enough to now, never twice, and not while its officer is locked out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

STEP_SECONDS = 30  # RFC 6238, what every authenticator app assumes
STEPS_OFF = 1
FAILURES_BEFORE_LOCK = 5
FAILURES_BEFORE_WARNING = 3
LOCKED_FOR = timedelta(minutes=15)
STEPS_REMEMBERED = 120  # an hour: an answer whose run died is weighed at the instant of its button, minutes later


@dataclass(frozen=True)
class Tries:
    """What is remembered of an officer's codes: which were used, the failures since, the lock.

    All up to step `floor` count as used; of the later ones those of the steps `used`, in order.
    """

    floor: int = 0
    used: tuple[int, ...] = ()
    failures: int = 0
    locked_until: datetime | None = None


def steps_near(at: datetime) -> tuple[int, ...]:
    """The steps whose codes count at instant `at`: its own and the one on either side."""
    now = _step_of(at)
    return tuple(range(now - STEPS_OFF, now + STEPS_OFF + 1))


def _step_of(at: datetime) -> int:
    return int(at.timestamp()) // STEP_SECONDS


def starts_at(step: int) -> datetime:
    """The first instant of a step."""
    return datetime.fromtimestamp(step * STEP_SECONDS, UTC)


def is_locked(tries: Tries, at: datetime) -> bool:
    """Whether no code counts at instant `at`, not even the right one."""
    return tries.locked_until is not None and at < tries.locked_until


def is_used(tries: Tries, step: int, now: datetime) -> bool:
    """Whether the code of `step` was taken before, or is too old for that to be known.

    An older one than the newest taken may still come: of an answer pressed before, whose run died. Not so when the
    newest lies ahead of `now`: then the clock was set back, and whatever it shows until it catches up was seen before.
    """
    newest = max((tries.floor, *tries.used))
    if newest > _step_of(now) + STEPS_OFF:
        return step <= newest
    return step <= tries.floor or step in tries.used


def after_success(tries: Tries, step: int) -> Tries:
    """The code of `step` was taken: failures are forgotten, and which codes were used more than an hour before it."""
    used = {*tries.used, step}
    floor = max(tries.floor, max(used) - STEPS_REMEMBERED)
    return Tries(floor, tuple(sorted(one for one in used if one > floor)))


def after_failure(tries: Tries, at: datetime) -> Tries:
    """A wrong code at instant `at`: the fifth in a row locks, and after the lock counting begins anew."""
    if tries.failures + 1 < FAILURES_BEFORE_LOCK:
        return replace(tries, failures=tries.failures + 1, locked_until=None)
    return replace(tries, failures=0, locked_until=at + LOCKED_FOR)


def tries_left(tries: Tries) -> int | None:
    """How many more wrong codes lock, once so many were given that the officer should know; else None."""
    return FAILURES_BEFORE_LOCK - tries.failures if tries.failures >= FAILURES_BEFORE_WARNING else None
