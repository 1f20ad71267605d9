"""The key to officers' secrets: a file outside the database, made once, never made again by itself."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from rules.errors import Refusal

OWNER_ONLY = 0o600


def make_key(path: Path) -> bool:
    """A new key at `path`, readable by its owner only. False if there is one already."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError:
        return False
    with os.fdopen(file, "wb") as opened:
        opened.write(Fernet.generate_key() + b"\n")
    return True


def check_key(path: Path) -> None:
    """Raises `Refusal` if the key is missing, open to others or damaged."""
    _key(path)


def encrypt(path: Path, secret: str) -> str:
    """`secret` as it is kept in the database."""
    return _key(path).encrypt(secret.encode()).decode()


def decrypt(path: Path, kept: str) -> str:
    """The secret again. `Refusal` if the key is missing, open to others, or not the one it was kept with.

    Another key and a changed row look the same from here: the sentence names both.
    """
    try:
        return _key(path).decrypt(kept.encode()).decode()
    except InvalidToken:
        raise Refusal(
            f"Tệp khóa {path} không phải khóa đã dùng khi cấp thiết bị, hoặc dữ liệu thiết bị đã bị sửa; hãy chạy "
            "`chuyenhoa audit verify` để kiểm tra dữ liệu, nếu không có lỗi thì chép lại đúng tệp khóa từ bản sao lưu."
        ) from None


def _key(path: Path) -> Fernet:
    try:
        mode = path.stat().st_mode & 0o777
        content = path.read_bytes().strip()
    except FileNotFoundError:
        raise Refusal(
            f"Không tìm thấy tệp khóa {path}; hãy chép lại từ bản sao lưu (chương trình không tự tạo khóa mới)."
        ) from None
    if os.name == "posix" and mode & 0o077:
        raise Refusal(f"Tệp khóa {path} đang cho người khác đọc; hãy chạy: chmod 600 {path}.")
    try:
        return Fernet(content)
    except ValueError:
        raise Refusal(f"Tệp khóa {path} bị hỏng; hãy chép lại từ bản sao lưu.") from None
