"""Whether the files that the database knows by their SHA-256 still lie there as they were filed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlmodel import Session

from models import reading
from models.faults import Fault
from rules.errors import Refusal


def changed_file(session: Session, folder: Path) -> Fault | None:
    """The first file that is gone or changed: documents of every version, sheets of sources, scans of paper answers.

    The program removes none of them, so a missing one is a fault too. `folder`: the data folder, to which the paths in
    the database are relative.
    """
    for path, sha256 in reading.known_files(session):
        if what := _wrong(folder / path, sha256):
            return Fault("file", path, f"Tệp {path} {what}; hãy khôi phục từ bản sao lưu gần nhất.")
    return None


def unchanged(folder: Path, path: str, sha256: str | None) -> bytes:
    """The file's bytes. `Refusal` if they are not those that the database knows by `sha256`; None: it knows none."""
    content = (folder / path).read_bytes()
    if sha256 is not None and hashlib.sha256(content).hexdigest() != sha256:
        raise Refusal(f"Tệp {path} đã bị sửa sau khi lập; hãy khôi phục từ bản sao lưu gần nhất.")
    return content


def _wrong(path: Path, sha256: str) -> str:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return "không còn trong thư mục dữ liệu"
    except OSError as error:
        return f"không đọc được ({error.strerror})"
    return "" if found == sha256 else "đã bị sửa sau khi lập"
