"""Issuers are data with dates; a draft leaves number and date to the clerk."""

from __future__ import annotations

from datetime import date

import pytest

from plans.loader import load_plan
from reports.issuer import Issue, IssuerRefusal, frame, issuer

PLAN = load_plan("qd-1426-2017")
ON = date(2018, 11, 22)
REPORTERS = tuple(agency for agency in PLAN.agencies if agency.reporter_type)


def test_a_draft_has_no_number_and_no_day():
    draft = frame(Issue(issuer("provincial_police", ON), ON), "BÁO CÁO", "BC", "Kết quả")
    assert draft.number == "Số:        /BC-CAT-PV01"
    assert draft.place_and_date == "Cà Mau, ngày      tháng      năm 2018"
    assert draft.recipients[-1].startswith("Lưu: VT")


def test_a_signed_one_has_both():
    signed = Issue(issuer("provincial_police", ON), ON, number="05", signed_on=date(2019, 1, 5))
    assert frame(signed, "BÁO CÁO", "BC", "Kết quả").number == "Số: 05/BC-CAT-PV01"
    assert frame(signed, "BÁO CÁO", "BC", "Kết quả").place_and_date == "Cà Mau, ngày 05 tháng 01 năm 2019"


def test_a_number_given_whole_is_printed_as_given():
    given = Issue(issuer("steering_committee", ON), ON, number="15/QĐ-BCĐ")
    assert frame(given, "QUYẾT ĐỊNH", "QĐ", "Về việc").number == "Số: 15/QĐ-BCĐ"
    bare = Issue(issuer("steering_committee", ON), ON, number="15")
    assert frame(bare, "QUYẾT ĐỊNH", "QĐ", "Về việc").number == "Số: 15/QĐ-BCĐ"


@pytest.mark.parametrize("agency", REPORTERS, ids=lambda agency: agency.id)
def test_every_reporter_can_issue_its_report(agency):
    found = issuer(agency.id, ON, agency)
    assert found.name and found.place and found.symbol and found.signer
    assert all(line == line.upper() for line in (*found.name, *found.signer, found.superior))


def test_a_reporter_without_an_entry_follows_its_type():
    by_id = {agency.id: agency for agency in REPORTERS}
    police, committee = (issuer(id, ON, by_id[id]) for id in ("police_966", "committee_966"))
    assert (police.name, police.place, police.symbol) == (("CÔNG AN HUYỆN U MINH",), "U Minh", "CAH")
    assert (committee.name, committee.superior) == (("ỦY BAN NHÂN DÂN", "HUYỆN U MINH"), "")


def test_an_unknown_issuer_is_refused():
    with pytest.raises(IssuerRefusal, match=r"issuers\.yaml"):
        issuer("nobody", ON)


def test_an_entry_holds_from_its_day_on(tmp_path):
    path = tmp_path / "issuers.yaml"
    row = "superior: '', name: [A], place: P, signer: [S], archive: VT"
    path.write_text(
        f"issuers:\n  - {{id: x, symbol: OLD, {row}}}\n"
        f"  - {{id: x, symbol: NEW, {row}, valid_from: 2018-09-01}}\nreporter_types: {{}}\n"
    )
    assert issuer("x", date(2018, 8, 31), path=path).symbol == "OLD"
    assert issuer("x", date(2018, 9, 1), path=path).symbol == "NEW"
