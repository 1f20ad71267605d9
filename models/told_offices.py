"""What the trail's events tell of offices and delegations that count only once a second officer has confirmed them.

Of a row only who gave it and who confirmed it are compared: that is what somebody would change to do without. Events of
a version before that rule tell nothing of it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from models.seals import spelled

Row = Mapping[str, Any]
Key = tuple[str, str]  # table, name
TABLES = ("officer_role", "delegation")
OFFICER = "officer:"


def offices_told(event: Row, details: Row) -> Iterator[tuple[Key, dict[str, Any]]]:
    """Each row that the event tells of, with the columns it says."""
    action, giver = event["action"], event["subject"].removeprefix(OFFICER)
    given = {"given_by": event["actor"], "confirmed_by": None, "confirmed_on": None}
    at_once = given | {"given_by": None}
    confirmed = {"confirmed_by": event["actor"], "confirmed_on": details.get("from")}
    if action == "officer_added":
        for role, first in details.get("waiting", ()):
            yield _role(giver, role, first), given
    elif action == "role_given" and "waits" in details:
        yield _role(giver, details["role"], details["valid_from"]), given if details["waits"] else at_once
    elif action == "role_confirmed":
        for first, _ in details["spans"]:
            yield _role(giver, details["role"], first), confirmed
    elif action == "delegation_made" and "waits" in details:
        key = _loan(giver, details["to"], details["role"], details["valid_from"])
        yield key, given if details["waits"] else at_once
    elif action == "delegation_confirmed":
        for first, _ in details["spans"]:
            yield _loan(giver, details["to"], details["role"], first), confirmed


def office_key(table: str, row: Row) -> Key:
    """The name by which the events know the row."""
    if table == "officer_role":
        return _role(row["officer_id"], row["role"], row["valid_from"])
    return _loan(row["from_officer"], row["to_officer"], row["role"], row["valid_from"])


def respelled(key: Key, was: str, now: str) -> Key:
    """The name after an officer's code was brought into another spelling."""
    table, name = key
    return (table, "/".join(now if part == was else part for part in name.split("/"))) if table in TABLES else key


def _role(officer: str, role: str, first: Any) -> Key:
    return "officer_role", "/".join((officer, role, str(spelled(first))))


def _loan(giver: str, receiver: str, role: str, first: Any) -> Key:
    return "delegation", "/".join((giver, receiver, role, str(spelled(first))))
