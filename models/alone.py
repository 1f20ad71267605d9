"""One process at a time at what must not be done twice, such as sending a mail."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, func, select
from sqlalchemy.engine import make_url

_OURS = 1426  # PostgreSQL's advisory locks of this product, by two numbers


@contextmanager
def alone(engine: Engine, what: str) -> Iterator[bool]:
    """Whether nobody else is at `what` ("mail") for this database while the block runs. It never waits for them.

    The lock of a process that dies goes with it.
    """
    holding = _alone_on_server if engine.dialect.name == "postgresql" else _alone_on_machine
    with holding(engine, what) as is_alone:
        yield is_alone


@contextmanager
def _alone_on_server(engine: Engine, what: str) -> Iterator[bool]:
    key = (_OURS, func.hashtext(what))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        is_alone = bool(connection.scalar(select(func.pg_try_advisory_lock(*key))))
        try:
            yield is_alone
        finally:
            if is_alone:
                connection.scalar(select(func.pg_advisory_unlock(*key)))


@contextmanager
def _alone_on_machine(engine: Engine, what: str) -> Iterator[bool]:
    database = make_url(engine.url).database
    if database in (None, "", ":memory:"):
        yield True  # nobody else sees it
        return
    descriptor = os.open(f"{database}-{what}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _is_taken(descriptor)
    finally:
        os.close(descriptor)


def _is_taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
