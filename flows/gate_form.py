"""The form an officer fills in at a gate, built anew for each attempt.

Built with `create_model` and not pre-filled by `with_initial_data`, which drops titles and limits. The server checks
the JSON schema only, so everything is checked again when the answer is taken.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from prefect.input import RunInput
from pydantic import Field, create_model

from rules.gates import DECISION_LABELS, GATES, Decision
from rules.officers import heard_code
from tasks.answers import Answer
from tasks.approvals import WaitingGate

CODE = r"^\s*\d{3}\s?\d{3}\s*$"
_BY_LABEL: dict[str, Decision] = {label: decision for decision, label in DECISION_LABELS.items()}


def gate_form(gate: WaitingGate, refusal: str = "") -> type[RunInput]:
    """The form of `gate`; `refusal` says on top why the last answer was not taken.

    Decision, officer and code have no default: a form of defaults only could be answered by nobody.
    """
    labels = [DECISION_LABELS[d] for d in GATES[gate.kind].decisions]
    fields: dict[str, Any] = {
        "decision": (_choice("Decision", labels), Field(title="Ý kiến")),
        "officer": (str, Field(title="Mã cán bộ", min_length=1, description="Mã của người trả lời")),
        "code": (
            str,
            Field(title="Mã xác thực", pattern=CODE, description="6 chữ số đang hiện trên thiết bị của người trả lời"),
        ),
        "reason": (str, Field(default="", title="Lý do", description="Bắt buộc, trừ khi đồng ý hoàn toàn")),
    }
    for question in gate.questions:
        if question.options:
            options = _choice(f"Option_{question.name}", question.options)
            fields[question.name] = (list[options], Field(default=[], title=question.title))
        else:
            fields[question.name] = (str, Field(default=question.default, title=question.title))
    form = create_model(f"Gate{gate.id}", __base__=RunInput, **fields)
    form._description = _describe(gate, refusal)
    return form


def read_answer(form: Any) -> Answer:
    """What was filled in, in the rules' words. `form` is an instance of a `gate_form`."""
    values = {name: _plain(value) for name, value in form.model_dump(exclude={"keyset", "metadata"}).items()}
    decision = _BY_LABEL[values.pop("decision")]
    officer, code, reason = (values.pop(name).strip() for name in ("officer", "code", "reason"))
    return Answer(decision, heard_code(officer), reason, values, code)


def gate_page(gate: WaitingGate) -> str:
    """All that the form has no room for, as Markdown: Prefect's dialog shows a few lines only."""
    lines = [f"# {gate.title}", gate.question]
    if gate.due_on:
        lines.append(f"**Đề nghị trả lời chậm nhất ngày {gate.due_on:%d/%m/%Y}.**")
    lines.append(f"Nơi trình: {GATES[gate.kind].asked_by}.")
    return "\n\n".join([*lines, *(f"- {line}" for line in gate.summary)])


def _describe(gate: WaitingGate, refusal: str) -> str:
    """Why the last answer was not taken, what is asked, by when, and where the rest is."""
    refused = f"**Chưa ghi nhận:** {refusal}\n\n" if refusal else ""
    due = f" Trả lời chậm nhất ngày **{gate.due_on:%d/%m/%Y}**." if gate.due_on else ""
    asked = f" Nơi trình: {GATES[gate.kind].asked_by}."
    return f"{refused}{gate.question}{due}{asked} Nội dung đầy đủ, bản dự thảo: thẻ Artifacts của trang này."


def _choice(name: str, labels: list[str] | tuple[str, ...]) -> Any:
    return Enum(name, {f"o{number}": label for number, label in enumerate(labels)}, type=str)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value
