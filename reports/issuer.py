"""Who issues a document: superior, name, place, symbol, signer. Data with dates (`issuers.yaml`), not template text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from plans.schema import Agency
from reports.frame import Frame
from reports.signing import Acting, signed_by
from reports.vietnamese import long_date
from rules.errors import Refusal

ISSUERS = Path(__file__).with_name("issuers.yaml")
BLANK_NUMBER, BLANK_DAY = "       ", "ngày      tháng      năm"
LONGEST_LINE = 22  # bold capitals of 13 pt in the left box of 65 mm
PLACE_HEADS = ("huyện ", "thành phố ", "xã ", "phường ")


class IssuerRefusal(Refusal):
    """An issuer that `issuers.yaml` does not know."""


@dataclass(frozen=True)
class Issuer:
    """An issuing body, as its documents' heads and feet show it.

    `office` is the role of its head ("director"), where gates know it: it can be delegated.
    """

    id: str
    superior: str
    name: tuple[str, ...]
    place: str
    symbol: str
    signer: tuple[str, ...]
    archive: str
    valid_from: date | None = None
    office: str = ""


@dataclass(frozen=True)
class Issue:
    """The circumstances of one document: drafted `on`, with made-up figures or not; the clerk's entries stay blank.

    `number` is "15", or whole with its symbol ("15/QĐ-BCĐ"). `acting` signs for the issuer's head.
    """

    issuer: Issuer
    on: date
    illustrative: bool = False
    number: str = ""
    signed_on: date | None = None
    signer: str = ""
    secrecy: str = ""
    acting: Acting | None = None


def issuer(id: str, on: date, agency: Agency | None = None, path: Path = ISSUERS) -> Issuer:
    """The issuer `id` as of day `on`; a reporter without an entry of its own (`agency`) by its type.

    Raises `IssuerRefusal` if there is neither.
    """
    known, types = _read(path)
    dated = [i for i in known if i.id == id and (i.valid_from is None or i.valid_from <= on)]
    if dated:
        return max(dated, key=lambda i: i.valid_from or date.min)
    if agency is None or agency.reporter_type is None:
        raise IssuerRefusal(f"Chưa khai báo cơ quan ban hành “{id}”: hãy thêm vào tệp {path.name}.")
    return _by_type(agency, types[agency.reporter_type])


def frame(
    issue: Issue, title: str, code: str, subject: str, addressees: Sequence[str] = (), recipients: Sequence[str] = ()
) -> Frame:
    """The boxes around a document of kind `title` ("BÁO CÁO") and symbol `code` ("BC")."""
    body, number = issue.issuer, issue.number or BLANK_NUMBER
    day = long_date(issue.signed_on) if issue.signed_on else f"{BLANK_DAY} {issue.on.year}"
    symbol = number if "/" in number else f"{number}/{code}-{body.symbol}"
    kind = title[:1] + title[1:].lower()
    signed = signed_by(body.signer, issue.acting)
    return Frame(
        superior=body.superior,
        issuer=body.name,
        number=f"Số: {symbol}",
        place_and_date=f"{body.place}, {day}",
        title=title,
        subject=subject,
        attached_to=f"Kèm theo {kind} số {symbol} {day}",
        addressees=tuple(addressees),
        signer_titles=signed.titles,
        signer=signed.name or issue.signer,
        recipients=(*recipients, f"Lưu: {body.archive}"),
        illustrative=issue.illustrative,
        secrecy=issue.secrecy,
    )


def blank_reference(id: str, code: str, on: date) -> str:
    """A paper of issuer `id` drafted `on`, as others refer to it before the clerk has numbered and dated it.

    `số        /TTr-CAT-PV01 ngày      tháng      năm 2018`.
    """
    return f"số {BLANK_NUMBER}/{code}-{issuer(id, on).symbol} {BLANK_DAY} {on.year}"


def _by_type(agency: Agency, pattern: dict[str, Any]) -> Issuer:
    lines = (agency.name.upper(),)
    place = pattern["place"]
    for head in PLACE_HEADS:
        if head in agency.name:
            place = agency.name.split(head, 1)[1]
            if agency.reporter_type == "district_committee" or len(agency.name) > LONGEST_LINE:
                lines = (agency.name.split(" " + head, 1)[0].upper(), f"{head}{place}".upper())
    return Issuer(agency.id, pattern["superior"], lines, place, pattern["symbol"], tuple(pattern["signer"]),
                  pattern["archive"])  # fmt: skip


@lru_cache(maxsize=8)
def _read(path: Path) -> tuple[tuple[Issuer, ...], dict[str, Any]]:
    data = YAML(typ="safe").load(path)
    rows = ({**row, "name": tuple(row["name"]), "signer": tuple(row["signer"])} for row in data["issuers"])
    return tuple(Issuer(**row) for row in rows), data["reporter_types"]
