"""The files that the database knows by their SHA-256."""

from collections.abc import Collection

from sqlalchemy import Select, select, union_all
from sqlmodel import Session, col

from models.documents import Document
from models.gates import PaperAnswer

_KNOWN = (
    (Document.path, Document.content_sha256),
    (Document.sources_path, Document.sources_sha256),
    (PaperAnswer.scan, PaperAnswer.scan_sha256),
)


def known_files(session: Session, paths: Collection[str] | None = None) -> list[tuple[str, str]]:
    """Path and SHA-256 of each document of every version, sheet of sources and scan, or only of those at `paths`.

    In the order of their paths, which are relative to the data folder.
    """
    if paths is not None and not paths:
        return []
    found = session.execute(union_all(*(_query(path, sha256, paths) for path, sha256 in _KNOWN)))
    return sorted({(path, sha256) for path, sha256 in found})


def _query(path: str | None, sha256: str | None, paths: Collection[str] | None) -> Select[tuple[str, str]]:
    known = select(col(path), col(sha256))
    return known.where(col(path).is_not(None) if paths is None else col(path).in_(paths))  # type: ignore[return-value]
