"""What a gate asks to be filled in, and how, as the form in the browser and the command line both show it."""

from __future__ import annotations

from dataclasses import dataclass

from rules.codes import STEP_SECONDS
from rules.gates import DECISION_LABELS, GATES
from tasks.approvals import WaitingGate

CODE = r"^\s*\d{3}\s?\d{3}\s*$"
OFFICER_HELP = "Mã được cấp cho người trả lời, ví dụ GD01"
CODE_HELP = f"6 chữ số đang hiện trên thiết bị; ghi sau cùng, mã đổi sau {STEP_SECONDS} giây"


@dataclass(frozen=True)
class AskedField:
    """One field: a text, one of the `options`, or any number of them (`many`). `default` None: it must be filled in.

    `passing`: the options may be others by the time one is chosen, so that whoever reads the choice checks it.
    """

    name: str
    title: str
    help: str = ""
    options: tuple[str, ...] = ()
    many: bool = False
    default: str | None = ""
    pattern: str = ""
    passing: bool = False


def asked_fields(gate: WaitingGate) -> tuple[AskedField, ...]:
    """The fields of `gate` in their order: the decision first, what proves who gives it last.

    Decision, officer and code have no default: a form of defaults only could be answered by nobody.
    """
    labels = tuple(DECISION_LABELS[decision] for decision in GATES[gate.kind].decisions)
    return (
        AskedField("decision", "Ý kiến", options=labels, default=None),
        AskedField("reason", "Lý do", _when_reasoned(gate)),
        *(AskedField(q.name, q.title, q.help, q.options, bool(q.options), q.default) for q in gate.questions),
        *who_answers(),
    )


def who_answers() -> tuple[AskedField, AskedField]:
    """The fields that say who fills in a form, and prove it."""
    return (
        AskedField("officer", "Mã cán bộ", OFFICER_HELP, default=None),
        AskedField("code", "Mã xác thực", CODE_HELP, default=None, pattern=CODE),
    )


def asked_lines(gate: WaitingGate) -> tuple[str, ...]:
    """What is asked, by when, and who asks: a sentence each."""
    due = (f"Trả lời chậm nhất ngày {gate.due_on:%d/%m/%Y}.",) if gate.due_on else ()
    return (gate.question, *due, f"Nơi trình: {GATES[gate.kind].asked_by}.")


def _when_reasoned(gate: WaitingGate) -> str:
    rule = GATES[gate.kind]
    labels = [f"“{DECISION_LABELS[decision]}”" for decision in rule.decisions if decision != "approve"]
    more = f", hoặc {rule.reasoned_too}" if rule.reasoned_too else ""
    return f"Phải ghi khi chọn {' hoặc '.join(labels)}{more}"
