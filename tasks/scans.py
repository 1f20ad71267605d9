"""The scan of a signed paper: where it is looked for, and what is taken for one."""

from __future__ import annotations

from pathlib import Path

from rules.errors import Refusal

SCANS = ("pdf", "png", "jpg", "jpeg", "tif", "tiff")
BEGINNINGS = (b"%PDF-", b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")  # of a file of one of these kinds
LARGEST_SCAN = 50 * 1024 * 1024


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
    content = path.read_bytes()
    if not content.startswith(BEGINNINGS):
        raise Refusal(f"Bản chụp {path.name} không phải tệp {', '.join(SCANS)} đọc được; hãy quét lại văn bản.")
    return content
