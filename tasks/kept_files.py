"""Whether the files that the database knows by their SHA-256 still lie there as they were filed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlmodel import Session

from models import reading
from models.faults import Fault
from rules.errors import Refusal
from rules.file_errors import why_unreachable

RESTORE = "hãy khôi phục từ bản sao lưu gần nhất"


def changed_file(session: Session, folder: Path) -> Fault | None:
    """The first file that is gone or changed: documents of every version, sheets of sources, scans of paper answers.

    The program removes none of them, so a missing one is a fault too. `folder`: the data folder, to which the paths in
    the database are relative.
    """
    for path, sha256 in reading.known_files(session):
        if found := fault_of(folder, path, sha256):
            return Fault("file", path, found)
    return None


def fault_of(folder: Path, path: str, sha256: str | None) -> str:
    """What `unchanged` says of the file; "" if it lies there as it was filed."""
    try:
        unchanged(folder, path, sha256)
    except Refusal as refusal:
        return str(refusal)
    return ""


def unchanged(folder: Path, path: str, sha256: str | None, what_to_do: str = RESTORE) -> bytes:
    """The file's bytes. `Refusal` if it is gone, or not what the database knows by `sha256`; None: it knows none.

    `what_to_do` ends the sentence.
    """
    try:
        content = (folder / path).read_bytes()
    except FileNotFoundError:
        raise Refusal(f"Tệp {path} không còn trong thư mục dữ liệu; {what_to_do}.") from None
    except OSError as error:
        raise Refusal(f"Tệp {path} không đọc được ({why_unreachable(error)}); {what_to_do}.") from None
    if sha256 is not None and hashlib.sha256(content).hexdigest() != sha256:
        raise Refusal(f"Tệp {path} đã bị sửa sau khi lập; {what_to_do}.")
    return content
