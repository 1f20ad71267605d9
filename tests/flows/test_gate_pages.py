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
    assert "Đơn vị gửi số liệu: " in text
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


def test_the_list_of_what_waits_is_one_artifact_rewritten(desk_at):
    desk = ring(desk_at("first_list_proposed"))
    first = [a for a in desk.client.read_artifacts(limit=200) if a.key == gate_pages.WAITING_KEY]
    desk.answer(PROPOSAL, "GD01")
    after = [a for a in desk.client.read_artifacts(limit=200) if a.key == gate_pages.WAITING_KEY]
    assert [a.id for a in first] == [a.id for a in after]
    assert "Danh sách địa bàn 2018" in first[0].data
    assert "Trình danh sách địa bàn chuyển hóa" not in after[0].data
