"""Every citation of a plan, with the key it hangs on: the traceability table and the check of quotes walk over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from plans.checks import Problem
from plans.cited import Citation, Cited
from plans.schema import Plan
from plans.source import is_quoted_from

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


def lost_quotes(plan: Plan, source: Mapping[str, str]) -> Iterator[Problem]:
    """Each citation whose section or words are not in the plan's text."""
    for path, citation in citations(plan):
        if citation.section not in source:
            yield path, f"source.md không có mục “{citation.section}”; hãy ghi một mục có trong source.md"
        elif not is_quoted_from(citation, source):
            found = f"mục {citation.section} không có câu “{citation.quote}”"
            yield path, f"{found}; hãy chép đúng nguyên văn của mục đó"
