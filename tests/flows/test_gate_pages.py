"""What lies beside a form: about what is asked, never in the way of the gate."""

from __future__ import annotations

import pytest

from flows import gate_pages

PROPOSAL = "selection_proposal"


def beside(desk, kind):
    """The artifacts of the gate's run by the first words of their keys."""
    run_id = desk.run(kind).id
    mine = [a for a in desk.client.read_artifacts(limit=200) if a.flow_run_id == run_id]
    return {a.key.rstrip("-0123456789"): a for a in mine}


def ring(desk):
    desk.ring()
    gate_pages.wait_for_pictures()
    return desk


def test_the_page_holds_the_ranking_around_the_cut_and_a_link_to_what_else_waits(desk_at):
    desk = ring(desk_at("first_list_proposed"))
    found = beside(desk, PROPOSAL)
    assert set(found) == {"noi-dung"}, "no pictures where settings want none"
    text = found["noi-dung"].data
    assert "| 1 | Phường 5, TP. Cà Mau | 69,63 | 1 |" in text
    assert "— dưới mức lựa chọn —" in text
    assert "/artifacts/artifact/" in text


def test_charts_and_pages_are_pictures_in_the_artifact_itself(desk_at, needs):
    needs("soffice"), needs("pdftoppm")
    found = beside(ring(desk_at("first_list_proposed", gate_charts=True, page_pictures=True)), PROPOSAL)
    for name in ("bieu-do", "du-thao"):
        assert found[name].data.startswith("data:image/png;base64,")
    assert sum(len(a.data) for a in found.values()) < 1_500_000


def test_without_libreoffice_the_draft_is_shown_as_text(desk_at, monkeypatch):
    monkeypatch.setattr(gate_pages, "page_pictures", lambda draft: None)
    found = beside(ring(desk_at("first_list_proposed", page_pictures=True)), PROPOSAL)
    assert found["du-thao"].type == "markdown"
    assert "TỜ TRÌNH" in found["du-thao"].data


def test_a_broken_draft_and_a_chart_that_fails_leave_a_line_and_the_gate_rings(desk_at, monkeypatch):
    def fail(*_):
        raise ValueError("no picture today")

    monkeypatch.setattr(gate_pages, "draw", fail)
    monkeypatch.setattr(gate_pages, "page_pictures", fail)
    desk = desk_at("first_list_proposed", gate_charts=True, page_pictures=True)
    for path in desk.room.office.folder.glob("documents/2018/selection_proposal*.docx"):
        path.unlink()
        path.write_bytes(b"not a document")
    found = beside(ring(desk), PROPOSAL)
    assert "Chưa vẽ được biểu đồ" in found["bieu-do"].data
    assert "Không đọc được tệp dự thảo" in found["du-thao"].data
    assert desk.run(PROPOSAL).state.type.value == "PAUSED"


def test_tables_that_fail_are_left_out_with_a_line(desk_at, monkeypatch):
    from tasks import gate_papers

    def fail(*_):
        raise ValueError("no table today")

    monkeypatch.setitem(gate_papers._BY_KIND, PROPOSAL, fail)
    desk = ring(desk_at("first_list_proposed"))
    assert "Chưa lập được bảng số liệu" in beside(desk, PROPOSAL)["noi-dung"].data
    assert desk.run(PROPOSAL).state.type.value == "PAUSED"


@pytest.mark.parametrize(
    ("station", "kind", "words"),
    [
        ("first_cycle_evaluated", "evaluation_finding", "Căn cứ kết luận từng địa bàn, đợt năm 2018"),
        ("second_session_prepared", "steering_decision", "Kết quả các địa bàn của đợt năm 2018"),
    ],
)
def test_gates_about_areas_show_them_one_by_one(desk_at, station, kind, words):
    text = beside(ring(desk_at(station)), kind)["noi-dung"].data
    assert words in text
    assert text.count("| Phường ") > 3
    assert "Chưa lập được" not in text


def test_a_report_shows_who_filed_and_what_came_of_a_return(desk_at):
    from tasks import documents, gate_openings

    desk = desk_at("first_cycle_executed")
    document = documents.draft_report(desk.room.office, "annual_report", 2017)
    gate_openings.open_report_gate(desk.room.office, "report_review", document)
    text = beside(ring(desk), "report_review")["noi-dung"].data
    assert "Đơn vị gửi số liệu: 34/34 (muộn 0, chưa gửi 0)" in text
    assert "| 1 | Số vụ phạm pháp hình sự | 1.082 | 1.124 | -42 | -3,74% | 101; 101 |" in text
    assert "Số liệu đã khác bản dự thảo" not in text
    assert "Chưa lập được" not in text
    desk.answer("report_review", "TM01", "Trả lại", reason="Làm rõ số liệu | nhóm a.")
    again = beside(ring(desk), "report_review")["noi-dung"].data
    assert "## Thay đổi so với bản bị trả lại" in again
    assert "Lý do: Làm rõ số liệu \\| nhóm a." in again


def test_the_page_says_who_signed_before_and_who_signs_now(desk_at):
    room = desk_at("first_list_proposed").room  # 1/11/2017
    room.on(2017, 11, 2).deputise("PGD1", "Phó Giám đốc Công an tỉnh", room.clock.on)
    room.put_list_to_the_director(2018)
    gate = room.gate(PROPOSAL)
    text = gate_pages.page(gate, gate_pages.lay_out(room.office, gate))
    assert "## Thay đổi so với lần trình trước" in text
    assert "trước: GIÁM ĐỐC (mã GD01); nay: KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC Cán bộ PGD1 (mã PGD1)." in text


def test_the_page_says_that_the_draft_is_gone(desk_at):
    room = desk_at("first_list_proposed").room
    gate, papers = room.gate(PROPOSAL), gate_pages.lay_out(room.office, room.gate(PROPOSAL))
    assert "LƯU Ý" not in gate_pages.page(gate, papers)
    papers.draft.path.unlink()
    text = gate_pages.page(gate, gate_pages.lay_out(room.office, gate))
    assert "- LƯU Ý, bản dự thảo chưa duyệt được: Tệp documents/" in text


def test_the_list_of_what_waits_is_one_artifact_rewritten(desk_at):
    desk = ring(desk_at("first_list_proposed"))
    first = [a for a in desk.client.read_artifacts(limit=200) if a.key == gate_pages.WAITING_KEY]
    desk.answer(PROPOSAL, "GD01")
    after = [a for a in desk.client.read_artifacts(limit=200) if a.key == gate_pages.WAITING_KEY]
    assert [a.id for a in first] == [a.id for a in after]
    assert "Danh sách địa bàn 2018" in first[0].data
    assert "Trình danh sách địa bàn chuyển hóa" not in after[0].data


def test_a_report_shows_the_figures_its_draft_says_and_says_when_they_have_moved_on(desk_at):
    from docx import Document

    from tasks import documents, gate_openings
    from tasks.gate_papers import lay_out

    room = desk_at("first_cycle_evaluated").room
    draft = documents.draft_report(room.office, "annual_report", 2018)
    gate_openings.open_report_gate(room.office, "report_review", draft)
    _filed, figures, areas = lay_out(room.office, room.gate("report_review")).tables
    tables = Document(str(room.office.folder / draft.path)).tables
    cells = {tuple(cell.text for cell in row.cells) for table in tables for row in table.rows}
    told = [row for row in figures.rows if row[0]]
    assert len(told) == 25
    drafted = {(row[1], *row[3:5]) for row in cells if len(row) > 4}
    assert {(" ".join(row[1].split()), *row[2:4]) for row in told} <= drafted
    assert len(areas.rows) == 15
    room.file_anew("police_964", "2018-annual", offences=71)
    moved = lay_out(room.office, room.gate("report_review")).tables[1]
    assert "Số liệu đã khác bản dự thảo này" in moved.notes[0]


def test_what_is_due_first_stands_first_in_the_list_and_leads_to_its_form(room_at):
    from dataclasses import replace
    from datetime import date

    from tasks.gate_papers import waiting_list

    (late,) = room_at("first_list_proposed").waiting()
    soon = replace(late, id=9, title="Việc gấp", due_on=date(2017, 11, 10), flow_run_id="abc")
    undated = replace(late, id=8, title="Không hạn", due_on=None)
    listed = waiting_list((undated, late, soon))
    assert [row[0] for row in listed.rows] == ["Việc gấp", late.title, "Không hạn"]
    assert listed.links[0] == "/runs/flow-run/abc"
    assert len(listed.head) == 3
