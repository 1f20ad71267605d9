"""`audit verify`: says that all holds, or what does not."""

from __future__ import annotations

import json
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
    assert shell.out.startswith("Nhật ký, các bảng và 1 tệp còn nguyên vẹn: ")
    assert head in shell.out.replace("\n", "")
    found = {"ok": True, "fault": None, "events": int(head.split(":")[0]), "head": head, "files": 1}
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


def test_a_planted_trigger_is_named(kept):
    shell, database, _ = kept
    edit(
        database,
        "CREATE TRIGGER evil AFTER INSERT ON approval WHEN new.decision = 'return' "
        "BEGIN UPDATE approval SET decision = 'approve' WHERE id = new.id; END",
    )
    assert shell.type("audit", "verify").code == 2
    assert "bẫy (trigger) lạ evil trên bảng approval" in shell.out.replace("\n", " ")


@pytest.mark.parametrize("deed", ["INSERT INTO alembic_version VALUES ('0001')", "DROP TABLE alembic_version"])
def test_a_database_that_names_no_version_or_two_is_a_fault_to_verify_and_refused_by_the_rest(kept, deed):
    shell, database, _ = kept
    edit(database, deed)
    assert shell.type("audit", "verify").code == 2
    assert "PHÁT HIỆN CAN THIỆP" in shell.out
    assert "alembic_version" in shell.out
    assert "`chuyenhoa audit verify`" in shell.refusal("gate", "list")
    assert "`chuyenhoa audit verify`" in shell.refusal("init")


def test_a_dropped_table_is_named_without_a_word_of_the_driver(kept):
    shell, database, _ = kept
    edit(database, "DROP TABLE approval")
    assert shell.type("audit", "verify").code == 2
    said = " ".join(shell.out.split())
    assert "Không đọc được cơ sở dữ liệu: thiếu bảng approval (câu trả lời phê duyệt)." in said
    assert "no such" not in said


def test_a_changed_document_is_named_by_its_path(kept):
    shell, database, _ = kept
    (document,) = (database.parent / "documents").rglob("*.docx")
    replace_file(document, document.read_bytes() + b" ")
    path = str(document.relative_to(database.parent))
    assert shell.type("audit", "verify").code == 2
    said = " ".join(shell.out.split())
    assert f"PHÁT HIỆN CAN THIỆP: Tệp {path} đã bị sửa sau khi lập; hãy khôi phục từ bản sao lưu" in said
    assert shell.type("audit", "verify", "--json").code == 2
    fault = json.loads(shell.out)["fault"]
    assert (fault["kind"], fault["where"]) == ("file", path)


def replace_file(path, content):
    """Other offices of these tests have links to it: it is not written to."""
    path.unlink()
    path.write_bytes(content)


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
