"""Who signs a document on a day: the head of its issuer, or whom the head has let sign (KT., TUQ.)."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from models import reading
from models.gates import Gate
from plans.schema import Agency
from reports.catalogue import KINDS
from reports.frame import Signer
from reports.issuer import Issue, Issuer, issuer
from reports.signing import Acting, signed_by, words
from rules.errors import Refusal
from rules.gates import GATES
from tasks.approvals import WaitingGate, signature_shown
from tasks.office import Office


def issue_of(session: Session, office: Office, stem: str, reporter: Agency | None = None) -> Issue:
    """The circumstances of a document drafted today, by a body of the province or by the `reporter` itself."""
    body = issuer(KINDS[stem].issuer or (reporter.id if reporter else ""), office.today, reporter)
    return Issue(body, office.today, office.illustrative, acting=_acting(session, body, office.today))


def signer_of(session: Session, stem: str, on: date) -> Signer:
    """The signature block of a document of kind `stem` drafted on day `on`."""
    body = issuer(KINDS[stem].issuer or "", on)
    return signed_by(body.signer, _acting(session, body, on))


def is_signed_by_another(session: Session, gate: Gate, on: date) -> bool:
    """Whether the draft before an officer would be signed otherwise if it were drafted on day `on`.

    One that was signed on paper, whose record waits for the second officer, stays as it was signed.
    """
    shown = signature_shown(gate)
    if shown is None or shown == signer_of(session, _stem(gate.kind, gate.subject), on):
        return False
    return all(paper.state != "recorded" for paper in reading.papers(session, gate.id))


def check_signs(session: Session, gate: WaitingGate, officer_id: str, capacity: str, on: date) -> None:
    """Raises `Refusal` unless the draft shows as its signer who releases it: the officer, for another as `capacity`."""
    if gate.signature is None or not GATES[gate.kind].signs:
        return
    officer = reading.officer(session, officer_id)
    acting = Acting(capacity, officer.title, officer.name) if officer and capacity else None
    body = issuer(KINDS[_stem(gate.kind, gate.subject)].issuer or "", on)
    if signed_by(body.signer, acting) != gate.signature:
        raise Refusal(
            f"Dự thảo ghi người ký là “{words(gate.signature)}” nên cán bộ {officer_id} không ký được; đề nghị chuyển "
            "đúng người ký, hoặc sửa thời hạn ủy quyền (chuyenhoa officer delegate) rồi chờ dự thảo được lập lại."
        )


def _acting(session: Session, body: Issuer, on: date) -> Acting | None:
    found = reading.acting(session, body.office, on) if body.office else []
    return Acting(found[0][0].capacity, found[0][1].title, found[0][1].name) if found else None


def _stem(kind: str, subject: str) -> str:
    """The kind of document a gate asks about: the gate's own name, or what it calls its subject."""
    return kind if kind in KINDS else subject.partition(":")[0]
