"""What the daily watch could not do, told to the administrators; it stops only where the database cannot be trusted."""

from __future__ import annotations

from models.db import read, transaction
from models.verification import first_fault
from reports.mail import database_changed, work_held_up
from rules.errors import Refusal
from tasks.letters import STANDING_OFFICE, queue, to_administrators, to_standing_office
from tasks.mail import send_now
from tasks.office import Office


def tell_held_up(office: Office, about: str, what: str, why: str) -> None:
    """Queues word for the administrators, once a day, of what was refused, and the sentence why.

    `about` is its stable name ("annual_report:2018"), `what` an officer's ("Báo cáo năm 2018").
    """
    key = f"held_up:{about}/{office.today:%Y-%m-%d}/"
    with transaction(office.engine) as session:
        queue(session, office, to_administrators(session, office, key, work_held_up(what, why)))


def check_unharmed(office: Office) -> None:
    """`Refusal` if the database was changed around the program: what went wrong just now hangs on that, most likely.

    The administrators are told at once, past the database: nothing more is written into what has to be kept as it is,
    and none of the mail that waits in it goes out.
    """
    with read(office.engine) as session:
        fault = first_fault(session)
    if fault is None:
        return
    text, key = database_changed(fault.words), f"database_changed:{office.today:%Y-%m-%d}/"
    try:
        with read(office.engine) as session:
            letters = to_administrators(session, office, key, text)
    except Exception:  # the table of officers is what was changed
        letters = [to_standing_office(key + STANDING_OFFICE, office, text)]
    send_now(office, letters)
    raise Refusal(f"Cơ sở dữ liệu đã bị thay đổi ngoài chương trình, việc hằng ngày đã dừng. {fault.words}")
