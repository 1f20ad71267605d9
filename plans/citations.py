"""Every citation of a plan, with the key it hangs on: what the traceability table and the checks of quotes walk over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from plans.schema import Citation, Cited

Path = tuple[str | int, ...]


def cited_values(model: Any, path: Path = ()) -> Iterator[tuple[Path, Cited]]:
    """Each value with a source inside `model`, and its key path: `("criteria", 3)`."""
    if isinstance(model, Cited):
        yield path, model
    if isinstance(model, BaseModel):
        for name in type(model).model_fields:
            yield from cited_values(getattr(model, name), (*path, name))
    elif isinstance(model, tuple):
        for index, item in enumerate(model):
            yield from cited_values(item, (*path, index))


def citations(model: Any) -> Iterator[tuple[Path, Citation]]:
    """Each citation inside `model`, first the value's own, then those under `also`."""
    for path, value in cited_values(model):
        if value.citation is not None:
            yield (*path, "citation"), value.citation
        for index, citation in enumerate(value.also):
            yield (*path, "also", index), citation
