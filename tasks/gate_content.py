"""What a gate's form shows, read back from its row."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, ValidationError

from models.columns import UnreadableContentError
from models.gates import Gate


class _Closed(BaseModel):
    """Content as it is stored."""

    model_config = ConfigDict(frozen=True)


class _Question(_Closed):
    name: str
    title: str
    options: list[str]
    default: str
    help: str = ""


class _Signature(_Closed):
    titles: list[str]
    name: str
    officers: list[str] = []


class GateContent(_Closed):
    """A gate's payload: what its form shows."""

    title: str
    summary: list[str]
    questions: list[_Question]
    question: str | None = None
    signature: _Signature | None = None


def content_of(gate: Gate) -> GateContent:
    """What the form of the gate shows. `UnreadableContentError` if it is nothing that this program wrote."""
    try:
        return GateContent.model_validate(gate.payload, strict=True)
    except ValidationError as error:
        what = error.errors()[0]
        raise UnreadableContentError(f"gate {gate.id} has a strange form: {what['loc']}: {what['msg']}") from None
