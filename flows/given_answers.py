"""What officers typed into forms, as Prefect keeps it: how old it is, and wiped once it was weighed.

A one-time code is worth nothing after its use, and yet has no business in anybody's records.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRunInput

# Prefect calls an answer "suspended-", the form's key, "-response".
_FORM, _ANSWER = "suspended-", "-response"


def age(run_id: str, form: Any) -> timedelta | None:
    """How long ago the filled-in `form` reached the server; None if the server does not say."""
    key = form.metadata.key if form.metadata else ""
    created = [given.created for given in _given(run_id) if given.key == key and given.created]
    return max(timedelta(), datetime.now(UTC) - created[0]) if created else None


def is_given(run_id: str) -> bool:
    """Whether an answer of the run lies there that nobody has weighed yet."""
    return bool(_given(run_id))


def wipe(run_id: str, but: str = "") -> int:
    """Removes every answer of the run from Prefect's records, but the one to the form `but`. Returns how many."""
    given = [answer for answer in _given(run_id) if answer.key != f"{_FORM}{but}{_ANSWER}"]
    with get_client(sync_client=True) as client:
        for answer in given:
            client.delete_flow_run_input(UUID(run_id), answer.key)
    return len(given)


def _given(run_id: str) -> list[FlowRunInput]:
    with get_client(sync_client=True) as client:
        found = client.filter_flow_run_input(UUID(run_id), key_prefix=_FORM, limit=200, exclude_keys=set())
    return [one for one in found if one.key.endswith(_ANSWER)]
