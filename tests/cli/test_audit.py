"""`audit verify`: says that all holds, or what does not."""

from __future__ import annotations

import sqlite3

import pytest

from models import audit


@pytest.fixture
def kept(station):
    """A shell at an office, its database, and the head of its trail."""
    shell, room = station("first_list_proposed")
    number, hash = room.ask(audit.head)
    return shell, room.office.settings.data_dir / "chuyenhoa.db", f"{number}:{hash}"


def edit(database, deed):
    with sqlite3.connect(database) as connection:
        connection.execute(deed)
    connection.close()


def test_what_stands_as_it_was_written_is_said_to(kept):
    shell, _, head = kept
    assert shell.type("audit", "verify").code == 0
    assert shell.out.startswith("Nhật ký và các bảng còn nguyên vẹn: ")
    assert head in shell.out.replace("\n", "")
    found = {"ok": True, "fault": None, "events": int(head.split(":")[0]), "head": head}
    assert shell.json("audit", "verify", "--head", head) == found


def test_an_edited_row_is_named_with_exit_code_2(kept):
    shell, database, _ = kept
    edit(database, "UPDATE officer SET name = 'Người khác' WHERE id = 'GD01'")
    assert shell.type("audit", "verify").code == 2
    assert shell.out.startswith(
        "PHÁT HIỆN CAN THIỆP: Dòng GD01 của bảng cán bộ (officer) đã bị sửa sau khi ghi ở sự kiện"
    )
    assert shell.type("audit", "verify", "--json").code == 2
    assert '"where": "officer/GD01"' in shell.out


def test_a_head_of_another_trail_is_a_fault(kept):
    shell, _, head = kept
    number = head.split(":")[0]
    assert shell.type("audit", "verify", "--head", f"{number}:{'0' * 64}").code == 2
    assert "không mang mã đã gửi" in shell.out
    assert shell.type("audit", "verify", "--head", f"{int(number) + 1}:{'0' * 64}").code == 2
    assert "đã bị cắt" in shell.out


@pytest.mark.parametrize("head", ["", "12", "12:abc", "0:" + "a" * 64, "x:" + "a" * 64])
def test_a_head_that_was_copied_wrongly_is_refused(kept, head):
    said = kept[0].refusal("audit", "verify", "--head", head or " ")
    assert "chưa đúng; hãy chép lại" in said


def test_verifying_changes_nothing(station):
    shell, room = station("first_list_proposed")
    before = room.rows()
    assert shell.type("audit", "verify").code == 0
    assert room.rows() == before


def test_without_a_database_there_is_nothing_to_verify(empty):
    assert "Chưa có cơ sở dữ liệu" in empty.refusal("audit", "verify")
