"""What the reporters sent besides figures: who filed, how far the measures are, the money."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from plans.schema import Measure, Plan
from reports.facts import Budget, Filing, MeasureState
from reports.grid import Grid, Group, Row
from reports.vietnamese import MISSING, cell, in_sentence, listing, percent, sentence_start, short_date
from reports.wording import LEGEND, bodies, period_name
from rules.figures import MEASURE_STATES
from rules.periods import Period

ANSWERS = (2, 1, 0, None)  # done, in progress, not done, no data: the columns in order


def filing_sentences(filings: Sequence[Filing]) -> tuple[str, ...]:
    """Who reported, who was late (and when it came), who did not; nil returns told apart."""
    if not filings:
        return ("Chưa có đơn vị nào thuộc diện báo cáo.",)
    late = [f for f in filings if f.state == "late"]
    missing = [f for f in filings if f.state == "missing"]
    came = len(filings) - len(missing)
    sentences = [
        f"Số đơn vị phải báo cáo: {len(filings)}; đã gửi: {came}, trong đó đúng hạn {came - len(late)}, "
        f"chậm {len(late)}; chưa gửi: {len(missing)}.",
        "Đơn vị gửi chậm: " + listing([f"{f.reporter} (ngày {short_date(f.received_on)})" for f in late]) + ".",
        "Đơn vị chưa gửi: " + bodies(f.reporter for f in missing) + ".",
    ]
    nil = [f.reporter for f in filings if f.nil]
    if nil:
        sentences.append("Đơn vị báo cáo không phát sinh: " + bodies(nil) + ".")
    return tuple(sentences)


def previous_sentences(previous: Period | None, filings: Sequence[Filing]) -> tuple[str, ...]:
    """Who was late for the period before, which its own report could not say: it went out before they came."""
    if previous is None or not filings:
        return ()
    late = [f"{f.reporter} (ngày {short_date(f.received_on)})" for f in filings if f.state == "late"]
    never = bodies(f.reporter for f in filings if f.state == "missing")
    return (f"Kỳ trước ({period_name(previous)}), đơn vị gửi chậm: {listing(late)}; đơn vị không gửi: {never}.",)


def measure_rows(plan: Plan, states: Sequence[MeasureState]) -> tuple[Row, ...]:
    """Rows (section, heading, done, in progress, not done, no data), a row a heading of Mục III."""
    headings = dict.fromkeys((_section(m), m.heading) for m in plan.measures)
    rows = []
    for section, heading in headings:
        own = {m.id for m in plan.measures if _section(m) == section}
        rows.append((section, heading, *_counts([s for s in states if s.measure in own])))
    return tuple(rows)


def measure_groups(plan: Plan, states: Sequence[MeasureState]) -> tuple[Group, ...]:
    """Rows (point, measure, done, in progress, not done, no data) for each of the measures, by heading."""
    groups: dict[str, list[Row]] = {}
    for measure in plan.measures:
        own = [state for state in states if state.measure == measure.id]
        title = f"{_section(measure)}. {measure.heading}"
        groups.setdefault(title, []).append((_point(measure), measure.short, *_counts(own)))
    return tuple(Group(title, tuple(rows)) for title, rows in groups.items())


def measures_not_done(plan: Plan, states: Sequence[MeasureState]) -> tuple[str, ...]:
    """A sentence for each measure that someone has not begun: who, and where."""
    sentences = []
    for measure in plan.measures:
        idle = [s for s in states if s.measure == measure.id and s.state == 0]
        if idle:
            place = f"Điểm {_point(measure)} mục {_section(measure)}"
            sentences.append(f"- {place}, {_lower(measure.short)}: {_who(idle)}.")
    return tuple(sentences)


def measure_state_rows(plan: Plan, states: Iterable[MeasureState]) -> tuple[Row, ...]:
    """Rows (point, measure, where, state) of one reporter; the areas where a measure is equally far share a row."""
    places: dict[tuple[str, int | None], list[str]] = {}
    for state in states:
        where = in_sentence(state.unit.name) if state.unit else "toàn địa bàn phụ trách"
        places.setdefault((state.measure, state.state), []).append(where)
    order = {measure.id: place for place, measure in enumerate(plan.measures)}
    known = {measure.id: measure for measure in plan.measures}
    return tuple(
        (f"{_point(known[id])}, mục {_section(known[id])}", known[id].short, sentence_start(", ".join(where)),
         sentence_start(MEASURE_STATES[state] if state is not None else MISSING))
        for (id, state), where in sorted(places.items(), key=lambda row: order[row[0][0]])
    )  # fmt: skip


def budget_grid(budgets: Sequence[Budget]) -> Grid:
    """Rows (TT, reporter, planned, spent, %) in million đồng, then the total of what was given."""
    rows = [
        (str(place), b.reporter, cell(b.planned), cell(b.spent), _share(b.spent, b.planned))
        for place, b in enumerate(budgets, start=1)
    ]
    if not rows:
        return Grid(())
    planned, spent = _sum(b.planned for b in budgets), _sum(b.spent for b in budgets)
    rows.append(("", "Tổng số đã báo cáo", cell(planned), cell(spent), ""))
    missing = sum(b.planned is None or b.spent is None for b in budgets)
    notes = (f"{LEGEND} Tổng số chưa gồm phần thiếu số liệu của {missing} đơn vị.",) if missing else ()
    return Grid(tuple(rows), notes)


def _counts(states: Sequence[MeasureState]) -> tuple[str, ...]:
    return tuple(str(sum(s.state == answer for s in states)) if states else "-" for answer in ANSWERS)


def _section(measure: Measure) -> str:
    return measure.id.split(".")[1]


def _point(measure: Measure) -> str:
    return measure.id.split(".")[2]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _who(states: Sequence[MeasureState]) -> str:
    places: dict[str, list[str]] = {}
    for state in states:
        places.setdefault(state.reporter, []).extend([in_sentence(state.unit.name)] if state.unit else [])
    return listing([f"{who} ({', '.join(where)})" if where else who for who, where in places.items()])


def _share(part: Decimal | None, whole: Decimal | None) -> str:
    return "-" if part is None or not whole else percent(part, whole)


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None
