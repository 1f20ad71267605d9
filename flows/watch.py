"""The daily watch: takes in what came, starts what is due, rings at every gate that waits, sends the mail."""

from __future__ import annotations

from prefect import flow

from flows import ringing, stories
from tasks import administration_notices, audit_head, steps
from tasks.office import current


def _run_name() -> str:
    return f"Việc hằng ngày · {current().today:%d/%m/%Y}"


@flow(name="Việc hằng ngày", flow_run_name=_run_name)
def daily_watch() -> int:
    """Everything that can be done today without a person. Returns how many things were due.

    What one step makes possible is done in the same run; the same thing is never started twice in it.
    """
    steps.take_in_inbox()
    steps.draft_reporter_reports()
    started = set()
    while due := [d for d in steps.what_is_due() if (d.action, d.subject) not in started]:
        for one in due:
            started.add((one.action, one.subject))
            stories.start(one.action, one.subject)
    if current().calendar.missing_notice(current().today):
        steps.warn_of_missing_notice()
    if administration_notices.is_end_untold(current()):
        steps.warn_of_no_administrator()
    if audit_head.is_head_unmailed(current()):
        steps.mail_audit_head()
    ringing.ring()
    steps.send_mail()
    return len(started)
