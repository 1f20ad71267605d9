"""What reporters file: versions, what counts, what is refused."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from models import db, reading, store
from rules.errors import Refusal
from rules.figures import Figure, Narrative

AT = datetime(2018, 11, 20, 2, 0, tzinfo=UTC)
PERIOD = "2018-annual"


def crime(value, unit="32002", item="a1", reason=None):
    return Figure(unit, "criterion", item, "value", None if value is None else Decimal(value), reason)


def file(engine, figures, *, sha256, reporter="police_964", day=20, narratives=(), is_late=False, supplement=False):
    with db.transaction(engine) as session:
        return store.record_submission(
            session,
            period=PERIOD,
            reporter_id=reporter,
            received_on=date(2018, 11, day),
            file_name="biểu.xlsx",
            sha256=sha256,
            figures=figures,
            narratives=narratives,
            is_late=is_late,
            supplement=supplement,
            by=reporter,
            at=AT,
        )


def values(engine, **options):
    with db.read(engine) as session:
        return reading.criterion_values(session, PERIOD, **options)


def test_a_refiling_is_the_next_version_and_counts_its_differences(engine):
    file(engine, [crime(3), crime(4, item="a2"), crime(5, item="a3")], sha256="1")
    again = file(engine, [crime("3.0"), crime(7, item="a2"), crime(1, item="a4")], sha256="2")
    assert again.version == 2
    with db.read(engine) as session:
        event = reading.audit_trail(session, "submission:2018-annual/police_964#2")[0]
    assert event.details["difference"] == {"added": 1, "removed": 1, "changed": 1}
    assert values(engine) == {"32002": {"a1": Decimal(3), "a2": Decimal(7), "a4": Decimal(1)}}


def test_a_file_seen_before_is_not_a_new_version_even_after_a_newer_one(engine):
    first = file(engine, [crime(3)], sha256="1")
    file(engine, [crime(4)], sha256="2")
    assert file(engine, [crime(3)], sha256="1").id == first.id
    assert values(engine) == {"32002": {"a1": Decimal(4)}}


def test_a_blank_is_none_and_what_was_not_filed_is_absent(engine):
    file(engine, [crime(None, reason="no_data"), crime(0, item="a2")], sha256="1")
    assert values(engine) == {"32002": {"a1": None, "a2": Decimal(0)}}


@pytest.mark.parametrize("digits", ["0.1", "12.50", "1E+3", "99999999999999999999.000000001", "-0"])
def test_a_figure_keeps_all_its_digits(engine, digits):
    file(engine, [crime(digits)], sha256="1")
    assert values(engine)["32002"]["a1"] == Decimal(digits)


def test_a_value_is_not_lost_to_another_reporters_blank(engine):
    file(engine, [crime(3)], sha256="1", reporter="division_traffic")
    file(engine, [crime(None, reason="not_competent")], sha256="2")
    assert values(engine) == {"32002": {"a1": Decimal(3)}}


def test_figures_frozen_on_a_day_leave_out_what_came_later(engine):
    file(engine, [crime(3)], sha256="1", day=20)
    file(engine, [crime(4)], sha256="2", day=23)
    assert values(engine, received_by=date(2018, 11, 22)) == {"32002": {"a1": Decimal(3)}}
    assert values(engine, received_by=date(2018, 11, 23)) == {"32002": {"a1": Decimal(4)}}


def test_a_supplement_counts_only_when_asked_for(engine):
    file(engine, [crime(3)], sha256="1")
    file(engine, [crime(4)], sha256="2", supplement=True)
    assert values(engine) == {"32002": {"a1": Decimal(3)}}
    assert values(engine, with_supplements=True) == {"32002": {"a1": Decimal(4)}}


def test_who_filed_in_time_stays_in_time_when_correcting_late(engine):
    file(engine, [crime(3)], sha256="1", day=20)
    file(engine, [crime(4)], sha256="2", day=26, is_late=True)
    file(engine, [crime(1)], sha256="3", day=26, is_late=True, reporter="division_traffic")
    with db.read(engine) as session:
        found = reading.filings(session, PERIOD)
        expected = [reporter.id for reporter in reading.reporters_in_force(session, date(2018, 11, 15))]
    assert expected == ["division_traffic", "police_964"]
    assert (found["police_964"].is_late, found["police_964"].first_on.day, found["police_964"].newest_on.day) == (
        False,
        20,
        26,
    )
    assert found["division_traffic"].is_late


def test_targets_measures_budget_and_words_come_back_by_place(engine):
    figures = [
        Figure("32002", "target", "a2", "numerator", Decimal(8)),
        Figure("32002", "target", "a2", "denominator", Decimal(9)),
        Figure("", "measure", "III.1.a", "state", Decimal(2)),
        Figure("32002", "measure", "III.2.b", "state", Decimal(1)),
        Figure("", "budget", "planned", "value", Decimal("12.5")),
    ]
    words = [Narrative("situation", "Ổn định"), Narrative("causes", "Thiếu người"), Narrative("situation", "Giảm")]
    file(engine, figures, sha256="1", narratives=words)
    with db.read(engine) as session:
        assert reading.target_values(session, PERIOD) == {
            "32002": {"a2": {"numerator": Decimal(8), "denominator": Decimal(9)}}
        }
        assert reading.measure_states(session, PERIOD) == {
            "III.1.a": {("police_964", ""): Decimal(2)},
            "III.2.b": {("police_964", "32002"): Decimal(1)},
        }
        assert reading.budget(session, PERIOD) == {"police_964": {"planned": Decimal("12.5")}}
        assert [w.text for w in reading.narratives(session, PERIOD)] == ["Ổn định", "Thiếu người", "Giảm"]
        assert reading.latest_submission(session, PERIOD, "division_traffic") is None
        assert reading.criterion_values(session, "2019-annual") == {}


def test_a_figure_can_be_traced_to_its_cell(engine):
    submission = file(engine, [Figure("32002", "criterion", "a1", "value", Decimal(3), cell="Tiêu chí!D7")], sha256="1")
    with db.read(engine) as session:
        [figure] = reading.figures(session, PERIOD, "criterion")
    assert (figure.reporter_id, figure.submission_id, figure.cell) == ("police_964", submission.id, "Tiêu chí!D7")


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ([crime(3), crime(4)], "hai lần"),
        ([crime(3, unit="99999")], "99999"),
        ([crime(None)], "lý do"),
        ([crime(None, reason="vì bận")], "lý do"),
        ([crime("NaN")], "không phải là một số"),
        ([crime("Infinity")], "không phải là một số"),
    ],
)
def test_what_cannot_be_right_is_refused_and_leaves_nothing(engine, figures, words):
    with pytest.raises(Refusal, match=words):
        file(engine, figures, sha256="1")
    with db.read(engine) as session:
        assert reading.submissions(session, PERIOD) == []
        assert reading.audit_trail(session, "submission:2018-annual/police_964#1") == []


def test_a_reporter_we_do_not_know_and_a_section_that_is_none_are_refused(engine):
    with pytest.raises(Refusal, match="police_999"):
        file(engine, [], sha256="1", reporter="police_999")
    with pytest.raises(Refusal, match="poem"):
        file(engine, [], sha256="1", narratives=[Narrative("poem", "…")])


def test_a_nil_return_has_no_figures(engine):
    file(engine, [], sha256="1")
    assert values(engine) == {}
