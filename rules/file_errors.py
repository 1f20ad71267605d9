"""Why a file or folder cannot be read or written, in Vietnamese: the system's own words are English."""

from __future__ import annotations

import errno

_WHY = {
    errno.ENOENT: "không có nơi này",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "nơi này chỉ đọc được",
    errno.ENOSPC: "đĩa đã đầy",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.ENOTDIR: "một phần của đường dẫn không phải là thư mục",
    errno.ENAMETOOLONG: "tên quá dài",
}


def why_unreachable(error: OSError) -> str:
    """The reason in a few words, to stand inside a sentence."""
    return _WHY.get(error.errno or 0, "máy không cho phép")
