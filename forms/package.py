"""Looks into the .xlsx file before anything opens it: size, kind, macros, links, formulas, the last cell used."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO

from forms.refusals import FormError

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_UNPACKED = 50 * 1024 * 1024
LAST_ROW, LAST_COLUMN = 3000, 256  # no form of ours comes near; a stray cell beyond would fill the memory

_SEND_OURS = "đề nghị gửi lại đúng biểu .xlsx do hệ thống phát hành"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,4})(\d{1,8})"')
_FORMULA = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,4}\d{1,8})"[^>]*>\s*<(?:\w+:)?f[\s/>]')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")


@dataclass(frozen=True)
class Package:
    """A workbook that may be opened: its bytes, and the formulas found, by the part of the sheet."""

    content: bytes
    formulas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class BrokenPackage(Exception):
    """The file must not or cannot be opened; `error` says why."""

    def __init__(self, found: str, todo: str = _SEND_OURS) -> None:
        self.error = FormError("", "", found, todo)
        super().__init__(found)


def inspect(content: bytes) -> Package:
    """The package in `content`. Raises `BrokenPackage` if it is too large, no .xlsx, or carries more than cells."""
    if len(content) > LARGEST_FILE:
        raise BrokenPackage(f"tệp lớn hơn {LARGEST_FILE // 1024 // 1024} MB")
    if content.startswith(_OLD_OFFICE):
        raise BrokenPackage("tệp có mật khẩu hoặc là tệp Excel cũ (.xls)", "đề nghị bỏ mật khẩu, lưu lại dạng .xlsx")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_parts(archive)
            # The reader does not look at checksums: reading every part here does.
            parts = {name: _read(archive, name) for name in archive.namelist()}
        return Package(content, dict(_formulas(parts)))
    except BrokenPackage:
        raise
    except Exception as broken:  # a damaged file makes zipfile raise nearly anything: ValueError, struct.error ...
        raise BrokenPackage("tệp không phải là .xlsx hoặc đã hỏng") from broken


def _check_parts(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if sum(info.file_size for info in archive.infolist()) > LARGEST_UNPACKED:
        raise BrokenPackage("tệp giải nén ra quá lớn")
    if "xl/workbook.xml" not in names:
        raise BrokenPackage("tệp không phải là bảng tính .xlsx")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise BrokenPackage("tệp có macro", "đề nghị bỏ macro, lưu lại dạng .xlsx")
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise BrokenPackage("tệp có liên kết tới tệp khác", "đề nghị bỏ liên kết, chỉ nhập số")


def _formulas(parts: Mapping[str, bytes]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, part in _sheet_parts(parts).items():
        xml = parts[part]
        for letters, row in _CELL.findall(xml):
            if int(row) > LAST_ROW or _column(letters) > LAST_COLUMN:
                cell = (letters + row).decode()
                raise BrokenPackage(
                    f"trang “{name}” có ô {cell} nằm ngoài biểu", "đề nghị xóa ô này hoặc nhập lại vào biểu gốc"
                )
        found = tuple(cell.decode() for cell in _FORMULA.findall(xml))
        if found:
            yield name, found


def _sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Each sheet's name and the part of the package it lies in."""
    targets: dict[str, str] = {}
    for tag in _RELATION.findall(parts["xl/_rels/workbook.xml.rels"]):
        target = _attribute(tag, "Target").removeprefix("/")
        targets[_attribute(tag, "Id")] = target if target.startswith("xl/") else f"xl/{target}"
    sheets = _SHEET.findall(parts["xl/workbook.xml"])
    return {_attribute(tag, "name"): targets[_attribute(tag, r"\w+:id")] for tag in sheets}


def _read(archive: zipfile.ZipFile, part: str) -> bytes:
    """A part's bytes: never more than were announced and allowed, whatever its header says."""
    try:
        with archive.open(part) as stream:
            content = stream.read(LARGEST_UNPACKED + 1)
    except zipfile.BadZipFile as damaged:
        raise BrokenPackage(f"tệp đã hỏng (phần {part})") from damaged
    if len(content) > LARGEST_UNPACKED:
        raise BrokenPackage("tệp giải nén ra quá lớn")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise BrokenPackage("tệp có khai báo lạ trong nội dung")
    return content


def _attribute(tag: bytes, name: str) -> str:
    found = re.search(rf'\s{name}\s*=\s*"([^"]*)"'.encode(), tag)
    if not found:
        raise KeyError(name)
    return found.group(1).decode("utf-8", "replace").replace("&amp;", "&")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
