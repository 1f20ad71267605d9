"""Who signs, in the words of the decree; and a finished file whose signature block alone is drawn anew."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from reports.catalogue import KINDS
from reports.frame import Signer
from reports.issuer import ISSUERS, _read
from reports.render import document_text, render
from reports.signature_block import sign_anew, signature_of
from reports.signing import Acting, Signing, signed_by, words
from rules.gates import ROLE_LABELS

GOLDEN = Path(__file__).parent / "golden"
DIRECTOR, COMMITTEE = ("GIÁM ĐỐC",), ("TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN")
DEPUTY = Acting("KT.", "Phó Giám đốc Công an tỉnh", "Nguyễn Văn B")
SIGNED_BY_DEPUTY = Signer(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Nguyễn Văn B")
SIGNED = tuple(stem for stem, kind in KINDS.items() if kind.has_block)


@pytest.mark.parametrize(
    ("own", "capacity", "title", "lines"),
    [
        (DIRECTOR, "KT.", "Phó Giám đốc", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        (DIRECTOR, "KT.", "Phó Giám đốc Công an tỉnh", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        (DIRECTOR, "TUQ.", "Trưởng phòng Tham mưu", ("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG THAM MƯU")),
        (COMMITTEE, "KT.", "Phó Trưởng ban", ("TM. BAN CHỈ ĐẠO", "KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")),
        (COMMITTEE, "KT.", "Phó Trưởng Ban Chỉ đạo 138", ("TM. BAN CHỈ ĐẠO", "KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")),
        (COMMITTEE, "TUQ.", "Giám đốc Công an tỉnh", ("TUQ. TRƯỞNG BAN", "GIÁM ĐỐC CÔNG AN TỈNH")),
    ],
)
def test_the_lines_of_office(own, capacity, title, lines):
    assert signed_by(own, Acting(capacity, title, "A")) == Signer(lines, "A")


def test_the_head_signs_as_ever_and_without_a_name_on_the_draft():
    assert signed_by(COMMITTEE, None) == Signer(COMMITTEE)


def test_on_one_line():
    assert words(SIGNED_BY_DEPUTY) == "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC Nguyễn Văn B"
    assert words(Signer(DIRECTOR)) == "GIÁM ĐỐC"


def test_an_issuer_s_office_is_a_role_that_gates_know():
    offices = {(i.id, i.office) for i in _read(ISSUERS)[0] if i.office}
    assert offices == {
        ("provincial_police", "director"),
        ("steering_committee", "committee_chair"),
        ("board", "board_chair"),
    }
    assert {office for _, office in offices} <= ROLE_LABELS.keys()


def test_of_a_report_signed_by_a_deputy_only_the_signature_reads_otherwise(build_context):
    report = document_text(render("annual_report", build_context("annual_report", acting=DEPUTY)))
    golden = (GOLDEN / "annual_report.txt").read_text(encoding="utf-8")
    (line,) = [line for line in golden.splitlines() if line.startswith("Nơi nhận:")]
    left, _, head = line.rpartition(" | ")
    assert head == "GIÁM ĐỐC"
    assert report == golden.replace(line, f"{left} | KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC / Nguyễn Văn B")


@pytest.mark.parametrize("stem", [stem for stem in SIGNED if KINDS[stem].issuer])
@pytest.mark.parametrize(
    ("acting", "of_the_director", "of_the_committee"),
    [
        (
            Acting("KT.", "Phó Trưởng ban", "Lê Văn C"),
            "KT. GIÁM ĐỐC / PHÓ TRƯỞNG BAN",
            "TM. BAN CHỈ ĐẠO / KT. TRƯỞNG BAN / PHÓ TRƯỞNG BAN",
        ),
        (
            Acting("TUQ.", "Chánh Văn phòng", "Lê Văn C"),
            "TUQ. GIÁM ĐỐC / CHÁNH VĂN PHÒNG",
            "TUQ. TRƯỞNG BAN / CHÁNH VĂN PHÒNG",
        ),
    ],
    ids=["KT.", "TUQ."],
)
def test_every_golden_reads_the_same_but_for_who_signs(build_context, stem, acting, of_the_director, of_the_committee):
    golden = (GOLDEN / f"{stem}.txt").read_text(encoding="utf-8")
    own, block = ("GIÁM ĐỐC", of_the_director)
    if KINDS[stem].issuer == "steering_committee":
        own, block = ("TM. BAN CHỈ ĐẠO / TRƯỞNG BAN", of_the_committee)
    text = document_text(render(stem, build_context(stem, acting=acting)))
    (line,) = [line for line in golden.splitlines() if line.startswith("Nơi nhận:")]
    assert line.endswith(f" | {own}")
    assert text == golden.replace(line, f"{line.removesuffix(own)}{block} / Lê Văn C")


def test_the_code_tells_apart_who_signs_under_one_name_and_is_not_printed():
    one, other = (Signing(SIGNED_BY_DEPUTY, (code,)) for code in ("PGD1", "PGD2"))
    assert one.is_another_than(other)
    assert not one.is_another_than(Signing(SIGNED_BY_DEPUTY)), "an older draft does not say whose it is"
    assert one.words == "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC Nguyễn Văn B (mã PGD1)"
    assert "PGD1" not in words(one.block)


def test_minutes_are_signed_by_who_led_the_sitting_whoever_acts(build_context):
    stem = "evaluation_minutes"
    assert build_context(stem, acting=DEPUTY) == build_context(stem)


# The finished file


@pytest.mark.parametrize("stem", SIGNED)
def test_the_block_of_a_file_can_be_read(stem, build_context):
    content, frame = render(stem, build_context(stem)), build_context(stem).frame
    assert signature_of(content) == Signer(frame.signer_titles, frame.signer)


def test_minutes_have_no_such_block(build_context):
    content = render("evaluation_minutes", build_context("evaluation_minutes"))
    assert signature_of(content) is None
    with pytest.raises(ValueError, match="no signature block"):
        sign_anew(content, SIGNED_BY_DEPUTY)


@pytest.mark.parametrize("stem", ["annual_report", "selection_proposal", "delisting_decision"])
def test_signed_anew_is_what_would_have_been_drafted_and_back_again(stem, build_context):
    first, wanted = (render(stem, build_context(stem, acting=acting)) for acting in (None, DEPUTY))
    own, signer = signature_of(first), signature_of(wanted)
    assert own is not None and signer is not None
    drawn = sign_anew(first, signer)
    assert signature_of(drawn) == signer
    assert document_text(drawn) == document_text(wanted)
    assert document_text(sign_anew(drawn, own)) == document_text(first)


def test_nothing_but_the_words_part_changes_and_equal_input_gives_equal_bytes(build_context):
    first = render("annual_report", build_context("annual_report"))
    drawn = sign_anew(first, SIGNED_BY_DEPUTY)
    assert drawn == sign_anew(first, SIGNED_BY_DEPUTY)
    before, after = (zipfile.ZipFile(BytesIO(content)) for content in (first, drawn))
    assert before.namelist() == after.namelist()
    changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["word/document.xml"]
