"""Who signs a document on a day: the head of its issuer, or whom the head has let sign (KT., TUQ.)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from models import reading
from models.documents import Document
from models.gates import Gate
from models.people import Delegation, Officer
from plans.schema import Agency
from reports.catalogue import KINDS
from reports.issuer import Issue, Issuer, issuer
from reports.signature_block import signature_of
from reports.signing import Acting, Signing, signed_by, words
from rules import typed
from rules.errors import Refusal
from rules.gates import GATES
from rules.timetable import SittingDue
from tasks.approvals import WaitingGate, signing_shown
from tasks.kept_files import unchanged
from tasks.office import Office
from tasks.signing_days import day_of_signature, decisions_of, signed_day


def issue_of(session: Session, office: Office, stem: str, year: int, reporter: Agency | None = None) -> Issue:
    """The circumstances of a document drafted today, by a body of the province or by the `reporter` itself."""
    body = issuer(KINDS[stem].issuer or (reporter.id if reporter else ""), office.today, reporter)
    found = _acting(session, body, day_of_signature(session, office, stem, year))
    return Issue(body, office.today, office.illustrative, acting=_as_printed(*found) if found else None)


def signing_of(session: Session, stem: str, on: date) -> Signing | None:
    """Who signs a document of kind `stem` on day `on`; None for a kind that no officer of the gates signs."""
    kind = KINDS[stem]
    body = issuer(kind.issuer, on) if kind.issuer and kind.has_block else None
    if body is None or not body.office:
        return None
    found = _acting(session, body, on)
    if found:
        return Signing(signed_by(body.signer, _as_printed(*found)), (found[1].id,))
    heads = reading.officers_in_role(session, body.office, on)
    return Signing(signed_by(body.signer, None), tuple(head.id for head in heads))


def is_signed_by_another(session: Session, gate: Gate, on: date) -> bool:
    """Whether the draft before an officer would be signed otherwise if it were drafted on day `on`.

    One that was signed on paper, whose record waits for the second officer, stays as it was signed.
    """
    shown = signing_shown(gate)
    now = signing_of(session, _stem(gate.kind, gate.subject), on) if shown else None
    if shown is None or now is None or not now.is_another_than(shown):
        return False
    return all(paper.state != "recorded" for paper in reading.papers(session, gate.id))


def is_decision_of_another(session: Session, office: Office, sitting: SittingDue) -> bool:
    """Whether a decision of the Committee that waits to be signed, drafted after `sitting`, shows who would not sign it
    today: the delegation began or ended, the officer left, or is written otherwise."""
    for stem, year in decisions_of(sitting):
        document = reading.newest_document(session, stem, year)
        if document is None or document.stage != "drafted" or document.signer is None:
            continue
        if signed_day(session, office, stem, year) is not None:
            continue
        now = signing_of(session, stem, office.today)
        if now is not None and (document.signer != words(now.block) or document.is_for_another(now.codes)):
            return True
    return False


def with_signer(office: Office, draft: Document, kind: str, summary: Sequence[str]) -> dict[str, Any]:
    """What a gate of `kind` about the draft asks besides: who signs it, with the officer's code.

    It stands in the summary, and in the question where that is put to the signer. Nothing of a file without a block.
    """
    block = signature_of(unchanged(office.folder, draft.path, draft.content_sha256))
    if block is None:
        return {}
    signing = Signing(block, draft.officers)
    rule, line = GATES[kind], f"Người ký: {signing.words}."
    question = {"question": f"{rule.question} {line}"} if rule.signs else {}
    return {"signing": signing, "summary": [*summary, line], **question}


def check_signs(session: Session, gate: WaitingGate, officer_id: str, capacity: str, on: date) -> None:
    """Raises `Refusal` unless the draft shows as its signer who releases it: the officer, for another as `capacity`.

    The code decides: of two deputies with one name and one title only the one it was drafted for releases it.
    """
    if gate.signing is None or not GATES[gate.kind].signs:
        return
    officer = reading.officer(session, officer_id)
    acting = Acting(capacity, officer.title, officer.name) if officer and capacity else None
    body = issuer(KINDS[_stem(gate.kind, gate.subject)].issuer or "", on)
    is_named = not gate.signing.officers or officer_id in gate.signing.officers
    if not is_named or signed_by(body.signer, acting) != gate.signing.block:
        raise Refusal(
            f"Dự thảo ghi người ký là “{gate.signing.words}” nên cán bộ {officer_id} không ký được; đề nghị chuyển "
            f"đúng người ký, hoặc sửa thời hạn ủy quyền ({typed.DELEGATE}) rồi chờ dự thảo được lập lại."
        )


def _acting(session: Session, body: Issuer, on: date) -> tuple[Delegation, Officer] | None:
    found = reading.acting(session, body.office, on) if body.office else []
    return found[0] if found else None


def _as_printed(delegation: Delegation, officer: Officer) -> Acting:
    return Acting(delegation.capacity, officer.title, officer.name)


def _stem(kind: str, subject: str) -> str:
    """The kind of document a gate asks about: the gate's own name, or what it calls its subject."""
    return kind if kind in KINDS else subject.partition(":")[0]
