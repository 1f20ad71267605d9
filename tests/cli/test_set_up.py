"""`init` sets up what is not there, and only that; every other command says when it was not run."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from models import db, reading, store
from models.db import transaction
from models.people import Officer
from plans.loader import load_plan
from rules.gates import ROLE_LABELS

OFFICER = "QT09,Nguyễn Văn A,Cán bộ Phòng Tham mưu,standing_office,administrator"


def rows(shell):
    engine = db.connect(f"sqlite:///{shell.folder / 'chuyenhoa.db'}", durable=False)
    with db.read(engine) as session:
        found = reading.dump_rows(session)
    engine.dispose()
    return found


def in_office_today():
    """The reporters of the plan that are there on the day of this test."""
    today, reporters = datetime.now(UTC).date(), (a for a in load_plan("qd-1426-2017").agencies if a.reporter_type)
    return [a for a in reporters if (a.valid_from or date.min) <= today <= (a.valid_to or date.max)]


def test_init_installs_plan_units_and_reporters(empty):
    found = empty.json("init")
    assert found["plan"] == "qd-1426-2017"
    assert found["reporters"] == len(in_office_today())
    assert found["administrators"] == []
    assert (empty.folder / "chuyenhoa.db").is_file()


def test_without_an_administrator_it_says_how_to_name_one(empty):
    assert "--officer" in empty.type("init").out


def test_the_first_administrator_is_appointed_once(empty):
    assert empty.json("init", "--officer", OFFICER)["administrators"] == ["QT09"]
    assert empty.json("init", "--officer", OFFICER)["administrators"] == ["QT09"]


def test_who_is_appointed_begins_today_with_an_e_mail_and_nobody_s_name_stands_under_it(empty):
    empty.type("init", "--officer", OFFICER + ",qt09@minhhoa.invalid")
    (row,) = empty.json("officer", "list")
    assert row["email"] == "qt09@minhhoa.invalid"
    began = {"valid_from": str(today()), "valid_to": None}
    assert row["role_spans"] == [{"role": "administrator", **began, "waits_for_confirmation": False}]
    engine = db.connect(f"sqlite:///{empty.folder / 'chuyenhoa.db'}", durable=False)
    with db.read(engine) as session:
        assert {event.actor for event in reading.audit_trail(session)} == {"init"}
    engine.dispose()


def today():
    return datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_the_database_is_its_owner_s_alone(empty):
    before = os.umask(0)
    try:
        empty.type("init", "--officer", OFFICER)
    finally:
        os.umask(before)
    assert modes(empty) == {0o600}
    (empty.folder / "chuyenhoa.db").chmod(0o644)
    empty.type("status")
    assert modes(empty) == {0o600}


def modes(shell):
    return {path.stat().st_mode & 0o777 for path in shell.folder.glob("chuyenhoa.db*")}


def test_a_second_time_changes_nothing(empty):
    empty.type("init", "--officer", OFFICER)
    before = rows(empty)
    empty.type("init", "--officer", OFFICER)
    assert rows(empty) == before


def test_nobody_takes_the_code_of_another(empty):
    empty.type("init", "--officer", OFFICER)
    assert "QT09 đã được cấp" in empty.refusal("init", "--officer", OFFICER.replace("Văn A", "Văn B"))


@pytest.mark.parametrize(
    ("officer", "said"),
    [
        ("QT09,Nguyễn Văn A", "chưa đủ năm mục"),
        ("QT09,,Cán bộ,standing_office,administrator", "chưa đủ năm mục"),
        (
            "QT09,A,Cán bộ,ministry_of_magic,administrator",
            "Không có cơ quan “ministry_of_magic”; đề nghị chọn một trong: provincial_committee (Ủy ban",
        ),
        (
            "QT09,A,Cán bộ,standing_office,king",
            "Không có vai trò “king”; đề nghị chọn một trong: drafter (Cán bộ soạn thảo, cơ quan thường trực), ",
        ),
    ],
)
def test_an_officer_that_cannot_be_leaves_nothing_behind(empty, officer, said):
    assert said in empty.refusal("init", "--officer", officer)
    assert not (empty.folder / "chuyenhoa.db").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("status",),
        ("select", "--year", "2018"),
        ("evaluate", "--year", "2018"),
        ("forms", "--period", "2018-annual", "--out", "f"),
        ("render", "annual_report", "--year", "2018"),
    ],
)
def test_without_a_database_every_command_says_to_run_init(empty, words):
    assert "hãy chạy chuyenhoa init" in empty.refusal(*words)


def test_a_file_that_is_no_database_is_refused(empty):
    empty.folder.mkdir()
    (empty.folder / "chuyenhoa.db").write_bytes(b"no database" * 1000)
    assert "Không đọc được cơ sở dữ liệu" in empty.refusal("status")


def test_once_an_administrator_has_a_device_nobody_is_appointed_without_its_code(station):
    shell, room = station("installed")
    said = shell.refusal("init", "--officer", "QT02,Trần Văn B,Cán bộ,standing_office,administrator")
    assert "chuyenhoa officer add MÃ-CÁN-BỘ --name" in said
    with transaction(room.office.engine) as session:
        signed = {"by": "QT01", "at": room.office.now()}
        store.disable_officer(session, officer_id="QT01", on=room.clock.on, reason="Nghỉ hưu", **signed)
    assert shell.refusal("init", "--officer", "QT02,Trần Văn B,Cán bộ,standing_office,administrator") == said
    assert room.ask(reading.officer, "QT02") is None


def test_only_the_first_administrator_s_office_counts_at_once_and_it_says_what_is_to_be_done(empty):
    """How two others then confirm each other: tests/tasks/test_second_officers.py."""
    head = "TM09,B,Trưởng phòng,standing_office,standing_office_head"
    second = "QT08,C,Cán bộ,standing_office,administrator"
    said = empty.type("init", "--officer", head, "--officer", OFFICER, "--officer", second).out.replace("\n", " ")
    assert "Quản trị hệ thống: QT09." in said
    assert (
        "Vai trò Quản trị hệ thống của QT08 chưa có hiệu lực; khi cả hai đã có thiết bị tạo mã, TM09 xác nhận" in said
    )
    assert "confirm-role TM09 --role standing_office_head --by QT08 --code" in said
    assert "của QT09 chưa có hiệu lực" not in said
    assert {row["code"]: row["roles"] for row in empty.json("officer", "list")} == {
        "QT08": [],
        "QT09": ["administrator"],
        "TM09": [],
    }


def test_only_the_roles_that_wait_are_named_with_who_may_confirm_each(station):
    shell, room = station("installed")
    with transaction(room.office.engine) as session:
        signed = {"by": "QT01", "at": room.office.now()}
        store.give_role(session, officer_id="GD01", role="board_chair", valid_from=room.clock.on, **signed)
    said = " ".join(shell.type("init").out.split())
    assert f"Vai trò {ROLE_LABELS['board_chair']} của GD01 chưa có hiệu lực" in said
    assert "TM01 xác nhận: chuyenhoa officer confirm-role GD01 --role board_chair --by TM01" in said
    assert said.count("chưa có hiệu lực") == 1


def test_where_nobody_may_confirm_it_says_to_appoint_somebody(empty):
    chair = "BCN9,B,Trưởng Ban,board,board_chair"
    said = " ".join(empty.type("init", "--officer", OFFICER, "--officer", chair).out.split())
    assert "chưa có ai xác nhận được, hãy giao vai trò cho một cán bộ nữa" in said


def test_a_missing_key_is_said_once_all_else_is_done_and_never_made_again(station):
    shell, room = station("installed")
    key = room.office.settings.key_path
    key.unlink()
    assert f"Không tìm thấy tệp khóa {key}" in " ".join(shell.type("init").err.split())
    assert (shell.code, "Quản trị hệ thống: QT01." in shell.out) == (2, True)
    assert not key.exists()


def test_a_code_of_an_earlier_version_is_respelt_by_init(empty):
    empty.type("init", "--officer", OFFICER)
    engine = db.connect(f"sqlite:///{empty.folder / 'chuyenhoa.db'}", durable=False)
    with transaction(engine) as session:
        for code in ("tm09", "qt09"):
            session.add(Officer(id=code, name="B", title="C", agency="board"))
            store.record_refused_act(session, officer_id=code, because="x", by=code, at=datetime.now(UTC))
    engine.dispose()
    assert "chuyenhoa init --rename qt09=MÃ-MỚI" in empty.refusal("init")
    assert "hãy ghi --rename MÃ-CŨ=MÃ-MỚI" in empty.refusal("init", "--rename", "qt09")
    assert "Mã cán bộ tm09 nay viết là TM09" in empty.type("init", "--rename", "qt09=qt07").out
    assert [row["code"] for row in empty.json("officer", "list")] == ["QT07", "QT09", "TM09"]
    assert empty.type("audit", "verify").code == 0
