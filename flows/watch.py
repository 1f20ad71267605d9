"""The daily watch: takes in what came, starts what is due, rings at every gate that waits, sends the mail."""

from __future__ import annotations

from prefect import flow

from flows import ringing, stories
from rules.agenda import Due
from rules.errors import Refusal
from tasks import administration_notices, audit_head, steps
from tasks.office import current


def _run_name() -> str:
    return f"Việc hằng ngày · {current().today:%d/%m/%Y}"


@flow(name="Việc hằng ngày", flow_run_name=_run_name)
def daily_watch() -> int:
    """Everything that can be done today without a person. Returns how many things were due.

    What one step makes possible is done in the same run; the same thing is never started twice in it. What is refused
    holds up nothing else: the administrators are told of it, and in the end `Refusal` names the first. Whatever goes
    wrong in a database that was changed around the program stops the watch.
    """
    try:
        found, refused = _do_what_is_due()
    except Exception:
        steps.check_unharmed()
        raise
    if refused:
        raise Refusal(f"{len(refused)} việc chưa làm được, đã báo quản trị; việc đầu tiên là {refused[0]}")
    return found


def _do_what_is_due() -> tuple[int, list[str]]:
    """How many things were due, and those that were refused, each with the sentence why."""
    steps.take_in_inbox()
    steps.draft_reporter_reports()
    started, refused = set(), []
    while due := [d for d in steps.what_is_due() if (d.action, d.subject) not in started]:
        for one in due:
            started.add((one.action, one.subject))
            refused += _start(one)
    if current().calendar.missing_notice(current().today):
        steps.warn_of_missing_notice()
    if administration_notices.is_end_untold(current()):
        steps.warn_of_no_administrator()
    if audit_head.is_head_unmailed(current()):
        steps.mail_audit_head()
    ringing.ring()
    steps.send_mail()
    return len(started), refused


def _start(one: Due) -> list[str]:
    """What was refused of it, and why."""
    try:
        stories.start(one.action, one.subject)
    except Refusal as refusal:
        steps.check_unharmed()
        what = stories.title_of(one.action, one.subject)
        steps.tell_held_up(f"{one.action}:{one.subject}", what, str(refusal))
        return [f"{what}: {refusal}"]
    return []
