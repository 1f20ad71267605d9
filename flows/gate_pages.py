"""The papers of a gate as artifacts of its run: a page of tables at once; pictures after it, so that no form waits.

A chart takes a tenth of a second, the pages of a draft take LibreOffice seconds: a thread of their own makes them, one
after the other, while officers' answers go on being taken.
"""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import ArtifactCreate, ArtifactUpdate
from prefect.client.schemas.filters import ArtifactCollectionFilter, ArtifactCollectionFilterKey

from reports.charts import Chart, draw
from reports.papers import markdown, plain_text
from reports.previews import page_pictures
from reports.render import document_text
from settings import Settings
from tasks.approvals import WAITING_KEY, WaitingGate, waiting
from tasks.gate_changes import Changes
from tasks.gate_fields import asked_lines
from tasks.gate_papers import DraftFile, GatePapers, lay_out, waiting_list
from tasks.office import Office

LONGEST_TEXT = 60_000  # characters of a draft shown as text
_LOG = logging.getLogger(__name__)
_painter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="gate-pictures")
_unfinished: set[Future[None]] = set()


def put_beside(
    client: SyncPrefectClient, office: Office, gate: WaitingGate, run_id: UUID, list_id: UUID | None
) -> None:
    """The page of `gate` on its run, at once, with a link to the list of all; its pictures follow.

    What fails is left out: the gate has rung already.
    """
    papers = lay_out(office, gate)
    text = page(gate, papers, list_id)
    _try("page", gate, lambda: _create(client, run_id, f"noi-dung-{gate.id}", "markdown", gate.title, text))
    _paint_later(office.settings, gate, papers, run_id)


def page(gate: WaitingGate, papers: GatePapers, list_id: UUID | None = None) -> str:
    """What the form has no room for, as Markdown: the tables first, then the lines that say it in words.

    Its title is the artifact's own description, which Prefect prints above it.
    """
    question, *rest = asked_lines(gate)
    parts = [f"**{plain_text(question)}**", plain_text(" ".join(rest))]
    if papers.changes:
        parts.append(_changes(papers.changes))
    parts += [markdown(table) for table in papers.tables]
    parts += [f"*{plain_text(line)}*" for line in papers.left_out]
    said = [*gate.summary, *_of_draft(papers.draft)]
    parts += ["## Tóm tắt", "\n".join(f"- {plain_text(line)}" for line in said)] if said else []
    if list_id is not None:
        parts.append(f"[Các việc khác đang chờ phê duyệt](/artifacts/artifact/{list_id})")
    return "\n\n".join(parts)


def _of_draft(draft: DraftFile | None) -> list[str]:
    if draft is None:
        return []
    fault = [f"LƯU Ý, bản dự thảo chưa duyệt được: {draft.fault}"] if draft.fault else []
    return [f"Mã SHA-256 của bản dự thảo: {draft.sha256}", *fault]


def renew_waiting_list(client: SyncPrefectClient, office: Office) -> UUID | None:
    """The one standing list of what waits for approval, rewritten if it says something else; the artifact's id.

    None, and the reason in the log, if that fails: the gates do without it.
    """
    try:
        return _renew(client, markdown(waiting_list(waiting(office))))
    except Exception:
        _LOG.warning("the list of what waits could not be renewed", exc_info=True)
        return None


def _renew(client: SyncPrefectClient, text: str) -> UUID:
    named = ArtifactCollectionFilter(key=ArtifactCollectionFilterKey(any_=[WAITING_KEY]))
    found = client.read_latest_artifacts(artifact_filter=named, limit=1)
    if not found:
        return _create(client, None, WAITING_KEY, "markdown", "Các việc chờ phê duyệt", text)
    if found[0].data != text:
        client.update_artifact(found[0].latest_id, ArtifactUpdate(data=text))
    return found[0].latest_id


def wait_for_pictures(seconds: float = 60) -> None:
    """Returns when every picture begun has been put up, or after `seconds`."""
    wait(set(_unfinished), timeout=seconds)


def _paint_later(settings: Settings, gate: WaitingGate, papers: GatePapers, run_id: UUID) -> None:
    work: list[Callable[[], None]] = []
    if settings.gate_charts:
        for number, chart in enumerate(papers.charts, start=1):
            work.append(lambda chart=chart, number=number: _put_chart(gate, chart, number, run_id))
    if settings.page_pictures and papers.draft is not None:
        draft = papers.draft.path
        work.append(lambda: _put_draft(gate, draft, run_id))
    for one in work:
        future = _painter.submit(copy_context().run, _try, "picture", gate, one)
        _unfinished.add(future)
        future.add_done_callback(_unfinished.discard)


def _try(what: str, gate: WaitingGate, work: Callable[[], object]) -> None:
    """What fails is missing, and nothing else."""
    try:
        work()
    except Exception:
        _LOG.warning("gate %s: no %s could be put up", gate.id, what, exc_info=True)


def _put_chart(gate: WaitingGate, chart: Chart, number: int, run_id: UUID) -> None:
    key = f"bieu-do-{gate.id}-{number}"
    with get_client(sync_client=True) as client:
        try:
            _create(client, run_id, key, "image", chart.title, _uri(draw(chart)))
        except Exception:
            _LOG.warning("gate %s: no chart", gate.id, exc_info=True)
            _create(client, run_id, key, "markdown", chart.title, f"Chưa vẽ được biểu đồ “{plain_text(chart.title)}”.")


def _put_draft(gate: WaitingGate, draft: Path, run_id: UUID) -> None:
    """The first pages as pictures; without LibreOffice or with a file it cannot read, the words."""
    key, name = f"du-thao-{gate.id}", f"Bản dự thảo {draft.name}"
    with get_client(sync_client=True) as client:
        try:
            pictures = page_pictures(draft)
        except Exception:
            _LOG.warning("gate %s: no pictures of %s", gate.id, draft.name, exc_info=True)
            pictures = None
        if pictures is not None:
            _create(client, run_id, key, "image", f"{name}: các trang đầu", _uri(pictures))
        else:
            _create(client, run_id, key, "markdown", f"{name}: phần lời", _draft_words(draft))


def _draft_words(draft: Path) -> str:
    head = f"# {plain_text(draft.name)}\n\n*Máy này chưa chụp được trang văn bản; dưới đây là phần lời.*\n\n"
    try:
        text = document_text(draft.read_bytes())
    except Exception:
        _LOG.warning("%s cannot be read", draft.name, exc_info=True)
        return f"{head}Không đọc được tệp dự thảo; đề nghị báo quản trị hệ thống."
    cut = "" if len(text) <= LONGEST_TEXT else "\n\n*… còn nữa: xem tệp dự thảo.*"
    return head + "\n\n".join(plain_text(line) for line in text[:LONGEST_TEXT].splitlines()) + cut


def _changes(changes: Changes) -> str:
    words, lines = " ".join(map(plain_text, changes.sentences)), "\n".join(changes.lines)
    return f"## {changes.title}\n\n{words}\n\n{lines}"


def _create(client: SyncPrefectClient, run_id: UUID | None, key: str, kind: str, description: str, data: str) -> UUID:
    made = ArtifactCreate(key=key, type=kind, description=description, data=data, flow_run_id=run_id)
    return client.create_artifact(made).id


def _uri(png: bytes) -> str:
    return f"data:image/png;base64,{b64encode(png).decode('ascii')}"
