"""A cycle's year: criteria reviewed, list decided, areas worked on, evaluated, recognised, delisted."""

from __future__ import annotations

from prefect import flow

from tasks import cycle, steps
from tasks.office import current


@flow(name="Rà soát tiêu chí", flow_run_name="Rà soát tiêu chí · danh sách {year}")
def criteria_review(year: int) -> None:
    """Scores every unit and puts the list of cycle `year` to the director."""
    if cycle.stage(current(), year) not in (None, "collecting", "reviewing"):
        return
    selection = steps.review_criteria(year)
    steps.propose(year, selection)


@flow(name="Phiên họp Ban Chỉ đạo 138", flow_run_name="Phiên họp Ban Chỉ đạo 138 · {year}")
def steering_decision(year: int) -> None:
    """Prepares the year-end session of `year`; once it was held, drafts what it decided and starts the new cycle."""
    sitting = current().timetable.sitting(year)
    if not cycle.session_held(current(), year):
        if sitting.recognises is not None:
            steps.watch_relapses(sitting.period)
        steps.prepare_session(year)
        return
    if sitting.recognises is not None:
        delisting(sitting.recognises)
    if sitting.decides is not None:
        steps.draft_decision(sitting.decides)
        execution_year(sitting.decides)


@flow(name="Theo dõi tái phức tạp", flow_run_name="Theo dõi tái phức tạp · {year}")
def relapse_watch(year: int) -> None:
    """Holds the delisted units against the half-year's figures and asks the Committee about those that warn."""
    steps.watch_relapses(f"{year}-half_year")
    steps.ask_about_relapses(year)


@flow(name="Năm thực hiện", flow_run_name="Năm thực hiện · {year}")
def execution_year(year: int) -> None:
    """Starts the year of the areas of cycle `year` once it was decided and its term has begun."""
    office = current()
    if cycle.stage(office, year) == "decided" and cycle.term_begun(office, year, office.today):
        steps.move_cycle(year, "start")


@flow(name="Đánh giá kết quả", flow_run_name="Đánh giá kết quả · {year}")
def evaluation(year: int) -> None:
    """After the areas' year: judges them by the annual figures and asks the Board for its finding."""
    office = current()
    if cycle.stage(office, year) == "executing" and cycle.term_ended(office, year, office.today):
        steps.move_cycle(year, "close_term")
    if cycle.stage(office, year) == "evaluating" and not cycle.all_found(office, year):
        steps.evaluate(year, "final")
        steps.ask_for_findings(year)


@flow(name="Đưa ra khỏi diện", flow_run_name="Đưa ra khỏi diện · {year}")
def delisting(year: int) -> None:
    """After the session: the minutes and the decision on the converted areas of cycle `year`, and its end."""
    steps.draft_delisting(year)
    if cycle.stage(current(), year) == "evaluating":
        steps.move_cycle(year, "close")
