"""`audit verify`: whether the audit trail, the rows it has sealed and their files still stand as they were written."""

from __future__ import annotations

import re
from dataclasses import asdict

from commands.installation import open_installation
from commands.speech import print_json, say
from models import audit, reading
from models.db import read
from models.verification import Head, first_fault
from rules.errors import Refusal
from tasks.kept_files import changed_file

_HEAD = re.compile(r"([1-9]\d*):([0-9a-f]{64})")


def verify(head: str | None, as_json: bool) -> bool:
    """Whether all holds; otherwise the first fault is named. `head`: "NUMBER:HASH" as it was mailed or printed."""
    mailed = _head(head) if head else None
    office = open_installation(to_verify=True)
    with read(office.engine) as session:
        fault = first_fault(session, mailed) or changed_file(session, office.folder)
        files = 0 if fault else len(reading.known_files(session))
        number, hash = (0, "") if fault else audit.head(session)
    if as_json:
        found = {"events": number, "head": f"{number}:{hash}", "files": files} if not fault else {}
        print_json({"ok": fault is None, "fault": asdict(fault) if fault else None, **found})
    elif fault:
        say(f"PHÁT HIỆN CAN THIỆP: {fault.words}", "Hãy giữ nguyên tệp dữ liệu và báo người phụ trách.")
    else:
        say(f"Nhật ký, các bảng và {files} tệp còn nguyên vẹn: {number} sự kiện, mã {number}:{hash}.")
    return fault is None


def _head(text: str) -> Head:
    found = _HEAD.fullmatch(text.strip().lower())
    if found is None:
        raise Refusal(
            f"Mã nhật ký “{text}” chưa đúng; hãy chép lại nguyên dòng SỐ:MÃ trong thư "
            "(số sự kiện, dấu hai chấm, 64 ký tự)."
        )
    return int(found[1]), found[2]
