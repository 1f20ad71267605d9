"""The installation that a command works on: the settings of this machine, its database, its clock."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rules.errors import Refusal
from samples import MINISTER_LIST
from settings import Settings

if TYPE_CHECKING:
    from tasks.office import Office

DEMO_MARK = ".chuyenhoa-demo"  # in a folder that `demo` made: its figures are made up, its clock stands still
NOON = time(12)


@dataclass(frozen=True)
class DemoMark:
    """What a folder made by `demo` says of itself: the day its replay ended."""

    on: date

    def write(self, folder: Path) -> None:
        """Marks `folder`."""
        (folder / DEMO_MARK).write_text(json.dumps({"on": self.on.isoformat()}) + "\n", encoding="utf-8")


def read_demo_mark(folder: Path) -> DemoMark | None:
    """The mark of `folder`; None if `demo` did not make it."""
    path = folder / DEMO_MARK
    if not path.is_file():
        return None
    try:
        return DemoMark(date.fromisoformat(json.loads(path.read_text(encoding="utf-8"))["on"]))
    except (ValueError, KeyError, TypeError):
        raise Refusal(
            f"Tệp {path} đã bị sửa; hãy chạy lại vào một thư mục khác: chuyenhoa demo --out THƯ-MỤC."
        ) from None


def read_settings() -> Settings:
    """The settings of this machine. Raises `Refusal` if one of them cannot be."""
    from pydantic import ValidationError

    try:
        return Settings()
    except ValidationError as error:
        wrong = ", ".join(sorted({str(e["loc"][0]) for e in error.errors() if e["loc"]}))
        raise Refusal(f"Cấu hình của máy có mục không hợp lệ: {wrong}; hãy sửa mục đó.") from None


def open_installation(on: date | None = None, *, to_verify: bool = False) -> Office:
    """The office of this machine, its database ready. `on` sets its clock, for commands that only read.

    `to_verify` lets a database pass whose schema names no version of ours.

    The clock of a demonstration's folder stands on its last day. Raises `Refusal` if there is no database.
    """
    from models.db import check_schema
    from tasks.opening import open_office

    settings = read_settings()
    mark = read_demo_mark(settings.data_dir)
    if mark is not None:
        settings = settings.model_copy(
            update={
                "ministers_list": tuple(sorted(MINISTER_LIST)),
                "database_url": "",
                "mail_host": "",
                "mail_dir": None,
            }
        )
    check_database(settings)
    day = on or (mark.on if mark else None)
    office = open_office(settings, now=_standing_clock(settings, day) if day else None, illustrative=mark is not None)
    _checked(partial(check_schema, to_verify=to_verify), office)
    if not office.illustrative and _has_made_up_figures(office):  # a demonstration, copied without its mark
        return replace(office, illustrative=True)
    return office


def check_database(settings: Settings) -> None:
    """Raises `Refusal` unless the database file is there and this account may read it."""
    from sqlalchemy.engine import make_url

    url = make_url(settings.database)
    if url.get_backend_name() != "sqlite":
        return
    file = Path(url.database or "")
    if not file.is_file():
        raise Refusal(f"Chưa có cơ sở dữ liệu trong thư mục {settings.data_dir}; hãy chạy chuyenhoa init.")
    if not os.access(file, os.R_OK):
        raise Refusal(f"Tài khoản này không được đọc {file}; hãy chạy bằng tài khoản đã cài đặt chương trình.")


def _checked(check: Callable, office: Office) -> None:
    from sqlalchemy.exc import DatabaseError

    try:
        check(office.engine)
    except DatabaseError:
        raise Refusal(
            f"Không đọc được cơ sở dữ liệu trong thư mục {office.folder}; hãy khôi phục từ bản sao lưu gần nhất."
        ) from None


def _has_made_up_figures(office: Office) -> bool:
    from sqlalchemy.exc import DatabaseError

    from models import reading
    from models.db import read

    try:
        with read(office.engine) as session:
            return reading.is_illustrative(session)
    except DatabaseError:
        return False  # a table is gone: `audit verify` has to get as far as to say so


def _standing_clock(settings: Settings, on: date) -> Callable[[], datetime]:
    return lambda: datetime.combine(on, NOON, tzinfo=settings.zone)
