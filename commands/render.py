"""`render`: the document as it was filed, else one made now from the database as it stands. Nothing is recorded.

A document of a matter that is closed is never made anew unless asked for: today's figures are not those of its day.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session

from commands.installation import open_installation
from commands.speech import print_json, say
from forms.words import period_title
from models import reading
from models.db import read
from models.documents import Document
from plans.schema import Agency
from reports.catalogue import KINDS
from reports.render import render
from rules.errors import Refusal
from rules.periods import Period, check_closed, period, period_of, periods, selection_period
from rules.stages import STAGES
from tasks.assessment import select
from tasks.cycle_facts import decision_facts, delisting_facts, minutes_facts, selection_facts
from tasks.office import Office
from tasks.period_facts import Filed, period_facts
from tasks.reporter_facts import reporter_facts
from tasks.signatures import issue_of

OF_A_CYCLE: dict[str, Callable[[Session, Office, int], Any]] = {
    "selection_proposal": lambda session, office, year: selection_facts(
        session, office, select(session, office, year, _sitting_day(office, year))
    ),
    "selection_decision": decision_facts,
    "evaluation_minutes": minutes_facts,
    "delisting_decision": delisting_facts,
}
REPORTS = ("half_year_report", "annual_report")
OF_A_LIST = ("selection_proposal", "selection_decision")
AFTER_A_SESSION = ("selection_decision", "evaluation_minutes", "delisting_decision")
OF_A_REPORTER = "reporter_report"


@dataclass(frozen=True)
class Wanted:
    """The document asked for. `reporter` and `period` matter to a reporter's own report only."""

    stem: str
    year: int
    reporter: str | None = None
    period: str | None = None
    anew: bool = False


def render_document(wanted: Wanted, out: Path | None, on: date | None, as_json: bool) -> None:
    """Writes the document to `out` (default: its name, in the folder one stands in). Overwrites nothing."""
    if wanted.stem not in KINDS:
        raise Refusal(
            f"Không có loại văn bản “{wanted.stem}”; đề nghị chọn một trong: {', '.join(map(_named, KINDS))}."
        )
    office = open_installation(on)
    with read(office.engine) as session:
        filed = None if wanted.anew or on else _on_file(session, wanted)
        context = None if filed else _context(session, office, wanted)
    path = out or Path(f"{'-'.join(filter(None, (wanted.stem, str(wanted.year), wanted.reporter)))}.docx")
    if path.exists():
        raise Refusal(f"Đã có tệp {path}; hãy chọn tên khác bằng --out để không ghi đè.")
    if not path.parent.is_dir():
        raise Refusal(f"Không có thư mục {path.parent}; hãy tạo thư mục hoặc chọn nơi khác bằng --out.")
    path.write_bytes(_content(office, filed) if filed else render(wanted.stem, context))
    if as_json:
        filed_as = f"{filed.path}" if filed else None
        print_json({"document": wanted.stem, "year": wanted.year, "path": str(path), "filed_as": filed_as})
        return
    title = f"{KINDS[wanted.stem].title.removesuffix(' năm')} năm {wanted.year}"
    say(f"Đã ghi {title} vào {path} ({_origin(office, filed)}).")


def _on_file(session: Session, wanted: Wanted) -> Document | None:
    """The version on file, if it is no longer being worked on: approved, or drafted from what a session decided."""
    subject = f"{wanted.period or f'{wanted.year}-annual'}/{wanted.reporter}" if wanted.stem == OF_A_REPORTER else ""
    newest = reading.newest_document(session, wanted.stem, wanted.year, subject)
    if newest is None or newest.stage in ("returned", "replaced"):
        return None
    return newest if newest.stage != "drafted" or wanted.stem in AFTER_A_SESSION else None


def _content(office: Office, filed: Document) -> bytes:
    path = office.folder / filed.path
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != filed.content_sha256:
        raise Refusal(f"Tệp {path} đã bị sửa, không còn là bản lưu; hãy khôi phục từ bản sao lưu gần nhất.")
    return content


def _origin(office: Office, filed: Document | None) -> str:
    if filed is None:
        return f"bản xem trước, lập từ số liệu có đến ngày {office.today:%d/%m/%Y}, chưa lưu vào hồ sơ"
    done = STAGES["document"].labels[filed.stage].lower()
    return f"bản lưu trong hồ sơ: {filed.path}, lập ngày {filed.rendered_on:%d/%m/%Y}, {done}"


def _context(session: Session, office: Office, wanted: Wanted) -> Any:
    kind = KINDS[wanted.stem]
    if wanted.stem == OF_A_REPORTER:
        agency = _reporter(office, wanted)
        issue = issue_of(session, office, wanted.stem, wanted.year, agency)
        return kind.build(_reporter_facts(session, office, wanted, agency.id), office.plan, issue)
    _check_there(session, office, wanted)
    check_closed(_rests_on(office, wanted), office.today)
    issue = issue_of(session, office, wanted.stem, wanted.year)
    if wanted.stem in REPORTS:
        of = _period_of(office, wanted.stem, wanted.year)
        return kind.build(period_facts(Filed(session, office, of)), office.plan, issue)
    return kind.build(OF_A_CYCLE[wanted.stem](session, office, wanted.year), office.plan, issue)


def _named(stem: str) -> str:
    return f"{stem} ({KINDS[stem].title})"


def _check_there(session: Session, office: Office, wanted: Wanted) -> None:
    there = list(_there(session, office))
    if (wanted.stem, wanted.year) not in there:
        listed = ", ".join(f"{_named(stem)} {year}" for stem, year in there) or "chưa có văn bản nào"
        raise Refusal(f"Chưa có số liệu để lập {_named(wanted.stem)} năm {wanted.year}; có thể lập: {listed}.")


def _there(session: Session, office: Office) -> Iterator[tuple[str, int]]:
    """The documents for which there is something to say, with their years."""
    for report in office.timetable.reports:
        if reading.submissions(session, report.period):
            yield report.report, report.year
    for cycle in reading.cycles(session):
        if reading.newest_proposal(session, cycle.year) is not None:
            yield "selection_proposal", cycle.year
        if cycle.decided_on is not None:
            yield "selection_decision", cycle.year
        final = reading.evaluations(session, cycle.year, "final")
        if final and reading.answer_in_force(session, "steering_decision", f"steering_decision:{cycle.year}"):
            yield "evaluation_minutes", cycle.year
            if any(evaluation.is_converted for evaluation in final.values()):
                yield "delisting_decision", cycle.year


def _rests_on(office: Office, wanted: Wanted) -> Period:
    """The period whose figures the document is made of."""
    if wanted.stem in REPORTS:
        return _period_of(office, wanted.stem, wanted.year)
    if wanted.stem in OF_A_LIST:
        return selection_period(office.plan, wanted.year)
    return period_of(office.plan, "annual", wanted.year)


def _period_of(office: Office, stem: str, year: int) -> Period:
    return period(office.plan, office.timetable.report(stem, year).period)


def _sitting_day(office: Office, year: int) -> date:
    return office.timetable.sitting_deciding(year).on


def _reporter(office: Office, wanted: Wanted) -> Agency:
    reporters = {agency.id: agency for agency in office.plan.agencies if agency.reporter_type}
    if wanted.reporter not in reporters:
        listed = ", ".join(f"{id} ({reporters[id].name})" for id in sorted(reporters))
        raise Refusal(f"Báo cáo của đơn vị cần --reporter là một trong các đơn vị báo cáo: {listed}.")
    return reporters[wanted.reporter]


def _reporter_facts(session: Session, office: Office, wanted: Wanted, reporter: str) -> Any:
    of = period(office.plan, wanted.period or f"{wanted.year}-annual")
    submission = reading.latest_submission(session, of.id, reporter)
    if of.year != wanted.year or submission is None:
        filed = [p.id for p in periods(office.plan) if reading.latest_submission(session, p.id, reporter)]
        raise Refusal(
            f"{office.plan.agency(reporter).name} ({reporter}) chưa gửi số liệu kỳ {of.id} ({period_title(of)}) "
            f"của năm {wanted.year}; các kỳ đã gửi: {', '.join(filed) or 'chưa có kỳ nào'}."
        )
    return reporter_facts(session, office, submission)
