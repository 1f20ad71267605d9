"""The engine, the two kinds of transaction, and the schema's version."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from models import audit, cycles, documents, gates, people, reporting, units  # noqa: F401  (their tables)
from models.audit import AuditEvent, seal
from models.meant import note_meant
from models.owner_only import keep_to_owner
from models.seals import note_row
from rules.errors import Refusal

MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_MILLISECONDS = 30_000
_WRITERS_LOCK = 1426  # PostgreSQL's advisory lock of those who extend the audit chain
_UNSEALED = "rows changed by a statement of its own, which nobody sealed: write through models.store"


class WitnessedSession(Session):
    """A session that refuses to commit changed rows without an audit event beside them, and seals them in it."""


def connect(url: str, *, durable: bool = True) -> Engine:
    """An engine for `url` ("sqlite:///…/chuyenhoa.db", later "postgresql+psycopg://…").

    SQLite gets WAL, foreign keys, a busy timeout, and files that only their owner reads. `durable=False` does not
    wait for the disk at each commit: for replays and tests only.
    """
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url)
    options: dict[str, Any] = {"connect_args": {"timeout": _BUSY_MILLISECONDS / 1000, "check_same_thread": False}}
    if make_url(url).database in (None, "", ":memory:"):
        options["poolclass"] = StaticPool
    engine = create_engine(url, **options)

    @event.listens_for(engine, "do_connect")
    def _keep_to_owner(*_: Any) -> None:
        database = make_url(url).database
        if "poolclass" not in options and database and not database.startswith("file:"):
            keep_to_owner(Path(database))

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        for pragma in (
            "journal_mode=WAL",
            "foreign_keys=ON",
            f"busy_timeout={_BUSY_MILLISECONDS}",
            f"synchronous={'FULL' if durable else 'OFF'}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A transaction that writes: whole or not at all. Writers go one after the other, readers are not held up.

    Rows stay readable after it. `RuntimeError` if rows changed and no audit event was added.
    """
    with WitnessedSession(engine.execution_options(writes=True), expire_on_commit=False) as session, session.begin():
        if engine.dialect.name == "postgresql":
            session.execute(select(func.pg_advisory_xact_lock(_WRITERS_LOCK)))
        yield session


@contextmanager
def read(engine: Engine) -> Iterator[Session]:
    """One consistent view of the database. Nothing done in it is kept."""
    with Session(engine, expire_on_commit=False) as session:
        try:
            yield session
        finally:
            session.expunge_all()
            session.rollback()


@event.listens_for(WitnessedSession, "after_flush")
def _note_changes(session: Session, _: Any) -> None:
    changed = (row for row in session.dirty if session.is_modified(row))
    for row in (*session.new, *changed, *session.deleted):
        if not isinstance(row, AuditEvent):
            note_row(session, row)
            note_meant(session, row)


@event.listens_for(WitnessedSession, "do_orm_execute")
def _note_statements(state: Any) -> None:
    if not state.is_select:
        state.session.info["unsealed"] = True


@event.listens_for(WitnessedSession, "before_commit")
def _seal_what_changed(session: Session) -> None:
    session.flush()
    if session.info.get("unsealed"):
        raise RuntimeError(_UNSEALED)
    seal(session)


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Brings the schema to `revision`, from nothing or from an older one. Does nothing if it is there."""
    from alembic import command  # takes a while to import, and only this function needs it

    with engine.execution_options(writes=True).begin() as connection:
        config = _alembic()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def check_schema(engine: Engine, *, to_verify: bool = False) -> None:
    """`Refusal` unless the database's schema is the one this version of the product knows.

    `to_verify` lets one pass that names no version or several, or one that nobody knows: the verification says so.
    """
    from alembic.runtime.migration import MigrationContext

    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_heads()
    newest, *older = revisions()
    if found == (newest,):
        return
    if len(found) == 1 and found[0] in older:
        raise Refusal(
            "Cơ sở dữ liệu chưa đúng phiên bản của chương trình; hãy sao lưu rồi chạy `chuyenhoa init` để nâng cấp."
        )
    if not to_verify:
        raise Refusal(
            "Phiên bản ghi trong cơ sở dữ liệu không phải của chương trình này; hãy dùng đúng bản chương trình, hoặc "
            "chạy `chuyenhoa audit verify` xem cơ sở dữ liệu có bị thay đổi không."
        )


def revisions() -> list[str]:
    """Every version of the schema that this program knows, the newest first."""
    from alembic.script import ScriptDirectory

    return [script.revision for script in ScriptDirectory.from_config(_alembic()).walk_revisions()]


def _alembic() -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
