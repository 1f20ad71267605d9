"""Every write, and nothing but writes: plain functions that add their own audit event in the same transaction.

Each takes `by` (an officer's code or the name of what acted: "daily_watch") and `at` (an aware instant, the only
source of time). A write that finds the same thing already there returns it, writes nothing and adds no event.
Call them inside `models.db.transaction`; a `Refusal` leaves the transaction to be rolled back.
"""

from models.store.cycles import DecidedUnit, decide_cycle, move_area, move_cycle, open_cycle, record_proposal
from models.store.devices import (
    admit_device,
    clear_device,
    confirm_device,
    note_code,
    offer_device,
    refuse_code,
    reset_device,
)
from models.store.documents import (
    mark_mail_sent,
    move_document,
    queue_mails,
    record_document,
    record_signed_anew,
    record_sources,
)
from models.store.evaluations import (
    record_evaluation,
    record_finding,
    record_relapse_warning,
    rule_on_relapse,
    withdraw_relapse_warning,
)
from models.store.gates import open_gate, record_approval, record_refused_answer, set_gate_run, void_gate
from models.store.installing import RoleSpan, add_officer, install_reporters, install_units
from models.store.officers import correct_officer, disable_officer, record_refused_act
from models.store.offices import confirm_delegation, confirm_role, delegate, end_delegation, end_role, give_role
from models.store.papers import close_paper, record_paper
from models.store.respelling import respell_officers
from models.store.submissions import record_refused_file, record_submission

__all__ = [
    "DecidedUnit",
    "RoleSpan",
    "add_officer",
    "admit_device",
    "clear_device",
    "close_paper",
    "confirm_delegation",
    "confirm_device",
    "confirm_role",
    "correct_officer",
    "decide_cycle",
    "delegate",
    "disable_officer",
    "end_delegation",
    "end_role",
    "give_role",
    "install_reporters",
    "install_units",
    "mark_mail_sent",
    "move_area",
    "move_cycle",
    "move_document",
    "note_code",
    "offer_device",
    "open_cycle",
    "open_gate",
    "queue_mails",
    "record_approval",
    "record_document",
    "record_evaluation",
    "record_finding",
    "record_paper",
    "record_proposal",
    "record_refused_act",
    "record_refused_answer",
    "record_refused_file",
    "record_relapse_warning",
    "record_signed_anew",
    "record_sources",
    "record_submission",
    "refuse_code",
    "reset_device",
    "respell_officers",
    "rule_on_relapse",
    "set_gate_run",
    "void_gate",
    "withdraw_relapse_warning",
]
