"""The form an officer fills in at a gate, built anew for each attempt.

Built with `create_model` and not pre-filled by `with_initial_data`, which drops titles and limits. The server checks
the JSON schema only, so everything is checked again when the answer is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any

from prefect.input import RunInput
from pydantic import Field, create_model

from rules.gates import DECISION_LABELS, Decision
from rules.officers import heard_code
from tasks.answers import Answer
from tasks.approvals import WaitingGate
from tasks.gate_fields import AskedField, asked_fields, asked_lines

_BY_LABEL: dict[str, Decision] = {label: decision for decision, label in DECISION_LABELS.items()}


def gate_form(gate: WaitingGate, refusal: str = "") -> type[RunInput]:
    """The form of `gate`; `refusal` says on top why the last answer was not taken."""
    lines = [*asked_lines(gate), "Nội dung đầy đủ: thẻ Artifacts của trang này."]
    return build_form(f"Gate{gate.id}", asked_fields(gate), lines, refusal)


def build_form(name: str, asked: Sequence[AskedField], lines: Sequence[str], refusal: str = "") -> type[RunInput]:
    """A form of the fields `asked` under what it says: why the last answer was not taken, then `lines`, the first (what
    is asked) in bold."""
    fields: dict[str, Any] = {field.name: _field(field) for field in asked}
    form = create_model(name, __base__=RunInput, **fields)
    refused = [f"**Chưa ghi nhận:** {refusal}"] if refusal else []
    form._description = "\n\n".join([*refused, f"**{lines[0]}**", " ".join(lines[1:])])
    return form


def read_answer(form: Any) -> Answer:
    """What was filled in, in the rules' words. `form` is an instance of a `gate_form`."""
    values = {name: _plain(value) for name, value in form.model_dump(exclude={"keyset", "metadata"}).items()}
    decision = _BY_LABEL[values.pop("decision")]
    officer, code, reason = (values.pop(name).strip() for name in ("officer", "code", "reason"))
    return Answer(decision, heard_code(officer), reason, values, code)


def _field(asked: AskedField) -> tuple[Any, Any]:
    """Type and field as pydantic wants them; what has no default has to be filled in."""
    given: dict[str, Any] = {"title": asked.title} | ({"description": asked.help} if asked.help else {})
    if asked.passing:
        return str, Field(json_schema_extra={"enum": [*asked.options]}, **given)
    if asked.options:
        options = _choice(f"Option_{asked.name}", asked.options)
        return (list[options], Field(default=[], **given)) if asked.many else (options, Field(**given))
    if asked.default is not None:
        return str, Field(default=asked.default, **given)
    limits: dict[str, Any] = {"pattern": asked.pattern} if asked.pattern else {"min_length": 1}
    return str, Field(**limits, **given)


def _choice(name: str, labels: Sequence[str]) -> Any:
    return Enum(name, {f"o{number}": label for number, label in enumerate(labels)}, type=str)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value
