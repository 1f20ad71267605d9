"""The scan of a signed paper: where it is looked for, and what is taken for one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from rules.errors import Refusal

SCANS = ("pdf", "png", "jpg", "jpeg", "tif", "tiff")
BEGINNINGS = (b"%PDF-", b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")  # of a file of one of these kinds
LARGEST_SCAN = 50 * 1024 * 1024


@dataclass(frozen=True)
class Scan:
    """The file at `path` as it was read, and the `kept` one's path, which its SHA-256 names."""

    path: Path
    content: bytes = field(repr=False)
    sha256: str
    kept: Path


def look_at_scan(typed: Path, inbox: Path) -> Scan:
    """The scan that was `typed`. `Refusal` if it is not there or is none."""
    path = find_scan(typed, inbox)
    content = read_scan(path)
    sha256 = hashlib.sha256(content).hexdigest()
    return Scan(path, content, sha256, Path("scans") / f"{sha256}{path.suffix.lower()}")


def find_scan(typed: Path, inbox: Path) -> Path:
    """Where the scan is: as typed, or in the drop folder if only a name was. `Refusal` says what was looked for."""
    dropped = inbox / typed.name
    if typed == Path(typed.name) and not typed.is_file() and dropped.is_file():
        return dropped
    if not typed.is_file():
        raise Refusal(
            f"Không tìm thấy bản chụp {typed}; hãy kiểm tra đường dẫn, hoặc chép tệp vào thư mục {inbox} rồi chỉ ghi "
            "tên tệp."
        )
    return typed


def read_scan(path: Path) -> bytes:
    """The scan's content. `Refusal` for what is no readable scan."""
    if path.suffix.lower().removeprefix(".") not in SCANS:
        raise Refusal(f"Bản chụp {path.name} phải là tệp {', '.join(SCANS)}; hãy quét lại văn bản.")
    if not 0 < path.stat().st_size <= LARGEST_SCAN:
        raise Refusal(f"Bản chụp {path.name} rỗng hoặc lớn hơn 50 MB; hãy quét lại văn bản.")
    try:
        content = path.read_bytes()
    except PermissionError:
        raise Refusal(f"Tài khoản này không được đọc bản chụp {path.name}; hãy kiểm tra quyền của tệp.") from None
    if not content.startswith(BEGINNINGS):
        raise Refusal(f"Bản chụp {path.name} không phải tệp {', '.join(SCANS)} đọc được; hãy quét lại văn bản.")
    return content
