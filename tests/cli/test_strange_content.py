"""Content of the wrong shape, put into the database by hand: `audit verify` names it, no command ends in a crash."""

from __future__ import annotations

import sqlite3

import pytest

from models.columns import Content, metadata

STATION = "second_session_prepared"  # every kind of content is there by then, but papers and relapses
COLUMNS = [(t.name, c.name) for t in metadata.sorted_tables for c in t.columns if isinstance(c.type, Content)]
LOOKING = (
    ("gate", "list"),
    ("gate", "show", "1"),
    ("status",),
    ("select", "--year", "2018"),
    ("evaluate", "--year", "2018"),
    ("render", "selection_proposal", "--year", "2018"),
    ("render", "annual_report", "--year", "2018"),
)


def put(path, table, column, content):
    """The content, in the first row; False if the table has none or it stood there before."""
    with sqlite3.connect(path) as connection:
        for (guard,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {guard}")
        (name,) = (column.name for column in metadata.tables[table].primary_key)
        key = connection.execute(f"SELECT min({name}) FROM {table}").fetchone()
        change = f'UPDATE {table} SET "{column}" = ? WHERE {name} = ? AND "{column}" IS NOT ?'
        done = connection.execute(change, (content, *key, content)).rowcount
    connection.close()
    return bool(done)


WRONG = ["[]", "{}", "7", '{"title": 1, "summary": "x", "proposed": 3, "outcomes": [1], "questions": null}']


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_no_command_that_looks_ends_in_a_crash(station, table, column):
    shell, room = station(STATION)
    path = room.office.settings.data_dir / "chuyenhoa.db"
    for content in WRONG[2:]:
        if not put(path, table, column, content):
            return
        for words in LOOKING:
            shell.type(*words)  # raises what nobody caught
            assert shell.code in (0, 2)
            assert shell.code == 0 or shell.err.count("\n") == 1
        assert shell.type("audit", "verify").code == 2
        assert "PHÁT HIỆN CAN THIỆP" in shell.out


@pytest.mark.parametrize("content", [*WRONG, '{"title": "x", "summary": "một chữ", "questions": []}'])
def test_a_gate_whose_form_has_the_wrong_shape_is_not_shown(station, content):
    shell, room = station(STATION)
    number = room.waiting()[0].id
    with sqlite3.connect(room.office.settings.data_dir / "chuyenhoa.db") as connection:
        connection.execute("UPDATE gate SET payload = ? WHERE id = ?", (content, number))
    connection.close()
    for words in (("gate", "list"), ("gate", "show", str(number)), ("status",)):
        assert "`chuyenhoa audit verify`" in shell.refusal(*words)
    assert shell.type("audit", "verify").code == 2
    assert f"Dòng {number} của bảng bước phê duyệt (gate)" in shell.out
