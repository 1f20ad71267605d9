"""An officer's own clicks: Debian's Chromium on the Prefect UI of a private server, and a process that does the work.

The resident executor runs as in an installation, a process of its own; only its clock is moved by the test.

Nothing leaves this machine: the browser knows no other, and what it asks of others is noted.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, Request, Response, sync_playwright
from prefect.client.orchestration import SyncPrefectClient, get_client

from campaigns.executors import Executors, end
from campaigns.gate_house import environment
from campaigns.then import set_clock
from flows import gate_pages
from flows.lost_runs import is_asked
from flows.ringing import ring
from flows.server import private_server
from flows.watch import daily_watch
from models import reading
from tasks.office import use

PICTURES = Path(__file__).parents[2] / "docs" / "pictures" / "gates"
HERE = "127.0.0.1"
PATIENCE = 30  # seconds until a test gives up on a page or on the work after an answer: others use this machine too


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SyncPrefectClient, str]]:
    """A Prefect server with its UI, and the address of the UI."""
    with private_server(tmp_path_factory.mktemp("prefect")) as url, get_client(sync_client=True) as client:
        yield client, url.removesuffix("/api")


@pytest.fixture(scope="module")
def desk_top(needs: Callable[[str], str]) -> Iterator[BrowserContext]:
    """One browser for a module's tests, that finds no machine but this one. What it has loaded once it keeps.

    It ends with them: while Playwright lives it keeps an event loop running in this thread, and no test of another
    folder could start its own.
    """
    path = needs("chromium")
    with sync_playwright() as playwright:
        alone = f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HERE}"
        options = ["--no-sandbox", "--disable-component-update", "--disable-background-networking", alone]
        browser = playwright.chromium.launch(executable_path=path, args=options)
        size = {"width": 1280, "height": 900}
        yield browser.new_context(locale="vi-VN", color_scheme="light", viewport=size)
        browser.close()


def small(picture: bytes) -> bytes:
    """A PNG in 32 colours."""
    target = BytesIO()
    Image.open(BytesIO(picture)).convert("RGB").quantize(32).save(target, "PNG", optimize=True)
    return target.getvalue()


class Watchman:
    """Notes every address outside this machine that a page asked for, and from which an answer came."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.asked: set[str] = set()
        self.answered: set[str] = set()

    def __enter__(self) -> Watchman:
        self.context.on("request", self._note_request)
        self.context.on("response", self._note_response)
        return self

    def __exit__(self, *_: object) -> None:
        self.context.remove_listener("request", self._note_request)
        self.context.remove_listener("response", self._note_response)

    def _note_request(self, request: Request) -> None:
        self.asked |= {request.url} if not _is_here(request.url) else set()

    def _note_response(self, response: Response) -> None:
        self.answered |= {response.url} if not _is_here(response.url) else set()


def _is_here(url: str) -> bool:
    address = urlsplit(url)
    return address.scheme in ("data", "blob", "about", "chrome-error") or address.hostname == HERE


def _aside(work: Callable[[], Any]) -> Any:
    """Runs `work` in another thread: in this one Playwright's event loop runs, and Prefect would wait for it."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(copy_context().run, work).result()


class Clerk:
    """An officer at a browser, and the office the gates belong to."""

    def __init__(self, room: Any, client: SyncPrefectClient, address: str, context: BrowserContext) -> None:
        self.room, self.client, self.address, self.context = room, client, address, context
        self.patience = PATIENCE
        use(room.office)

    # What the office does

    def ring(self) -> None:
        """The bell for every open gate; returns when each has its form."""
        _aside(ring)
        self.wait_for(lambda: all(self._has_form(gate.flow_run_id) for gate in self.room.waiting()))
        gate_pages.wait_for_pictures()

    def watch(self) -> None:
        """The daily watch, until what it rang can be answered."""
        _aside(daily_watch)
        self.wait_for(lambda: all(self._has_form(gate.flow_run_id) for gate in self.room.waiting()))

    def state(self, run_id: str) -> str:
        """The type of a run's state: "PAUSED", "CANCELLED"."""
        state = self.client.read_flow_run(UUID(run_id)).state
        return state.type.value if state else ""

    def is_quiet(self) -> bool:
        """Whether no run is at work or about to be: all that was answered has been weighed."""
        now = datetime.now(UTC)
        runs = [run for run in self.client.read_flow_runs() if (run.next_scheduled_start_time or now) <= now]
        states = {run.state.type.value for run in runs if run.state}
        return not states & {"SCHEDULED", "PENDING", "RUNNING"}

    def _has_form(self, run_id: str | None) -> bool:
        return run_id is not None and is_asked(self.client, self.client.read_flow_run(UUID(run_id)))

    def wait_for(self, holds: Callable[[], Any], seconds: float = 0) -> Any:
        """What `holds` gives once it is true. Fails after `seconds`, or when patience is at an end."""
        until = time.monotonic() + (seconds or self.patience)
        while time.monotonic() < until:
            if found := holds():
                return found
            self._pause(50)
        pytest.fail(f"waited {seconds or self.patience} s in vain")

    def _pause(self, milliseconds: int) -> None:
        """Playwright lets requests pass only while it is asked for something: sleeping would hold them up."""
        if self.context.pages:
            self.context.pages[-1].wait_for_timeout(milliseconds)
        else:
            time.sleep(milliseconds / 1000)

    # What the officer sees and does

    def open_run(self, kind: str) -> Page:
        """The page of the run that rings at the gate, in a tab of its own."""
        return self.open(f"/runs/flow-run/{self.room.gate(kind).flow_run_id}")

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(self.address + path)
        return page

    def open_form(self, page: Page) -> Locator:
        """Presses Resume; the dialog with the form."""
        page.get_by_role("button", name="Resume", exact=True).first.click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_text("Mã cán bộ").first.wait_for()
        return dialog

    def fill(self, form: Locator, **fields: str) -> None:
        """Fills in fields by their label, `_` for a space: `fill(form, Ý_kiến="Đồng ý", Mã_cán_bộ="GD01")`."""
        for name, value in fields.items():
            label = re.compile(rf"^{re.escape(name.replace('_', ' '))}( \(Optional\))?$")
            title = form.page.locator(".schema-form-property__label").filter(has_text=label)
            field = form.locator(".schema-form-property").filter(has=title)
            if field.locator("textarea, input").count():
                field.locator("textarea, input").first.fill(value)
            else:
                field.locator(".p-select-button__control").press("ArrowDown")  # a click opens and shuts it again
                form.page.get_by_role("option", name=value, exact=True).click()

    def answer(self, page: Page, **fields: str) -> None:
        """The form filled in, with the code the officer's device shows unless another is named, and sent."""
        fields = {"Mã_xác_thực": "", **fields}
        fields["Mã_xác_thực"] = fields["Mã_xác_thực"] or self.room.code(fields["Mã_cán_bộ"])
        form = self.open_form(page)
        self.fill(form, **fields)
        self.submit(form)

    def approvals(self) -> list[Any]:
        """Every approval there is: a cancelled, finished or forced run is none."""
        return [approval for _, approval in self.room.ask(reading.approvals)]

    def told(self, kind: str) -> str:
        """The words of the form that comes once the last answer was weighed."""
        self.wait_for(self.is_quiet)
        self.wait_for(lambda: self._has_form(self.room.gate(kind).flow_run_id))
        return self.open_form(self.open_run(kind)).inner_text()

    def press(self, page: Page, name: str, confirm: str = "") -> None:
        """A button of the page, and the one that confirms it in the dialog that follows."""
        page.get_by_role("button", name=name, exact=True).first.click()
        page.get_by_role("dialog").get_by_role("button", name=confirm or name, exact=True).click()

    def choose(self, page: Page, item: str) -> Locator:
        """An item of the menu behind the three dots; the dialog it opens."""
        page.locator("button.p-button--outline.w-10").first.click()
        page.locator(".p-overflow-menu-item", has_text=item).click()
        return page.get_by_role("dialog")

    def artifact(self, kind: str, word: str) -> Page:
        """The page of an artifact of the gate's run, by the beginning of its key: "noi-dung", "bieu-do", "du-thao"."""
        run_id = self.room.gate(kind).flow_run_id
        mine = [a for a in self.client.read_artifacts(limit=200) if str(a.flow_run_id) == run_id]
        found = min((a for a in mine if (a.key or "").startswith(word)), key=lambda a: a.key or "")
        return self.open(f"/artifacts/artifact/{found.id}")

    def submit(self, form: Locator) -> None:
        """Presses the dialog's own button; the server has the answer when this returns."""
        with form.page.expect_response(lambda response: response.url.endswith("/resume")):
            self.press_submit(form)

    def press_submit(self, form: Locator) -> None:
        """Presses the button, and waits for nothing."""
        form.get_by_role("button", name="Submit").click()

    def picture(self, page: Page, name: str, height: int = 900) -> None:
        """Keeps a picture for the handbook, if asked to renew them."""
        if os.environ.get("RENEW_PICTURES"):
            page.set_viewport_size({"width": 1180, "height": height})
            page.evaluate("document.documentElement.classList.replace('dark', 'light')")  # the handbook is printed
            page.wait_for_timeout(800)  # pictures, fonts, and what slides in
            PICTURES.mkdir(parents=True, exist_ok=True)
            (PICTURES / f"{name}.png").write_bytes(small(page.screenshot()))


@pytest.fixture
def watchman(desk_top: BrowserContext) -> Iterator[Watchman]:
    with Watchman(desk_top) as found:
        yield found
    assert found.asked == found.answered == set(), "no page may speak to anybody but this machine"


@pytest.fixture(scope="session")
def executors(server: tuple[SyncPrefectClient, str]) -> Iterator[Executors]:
    client, _ = server
    found = Executors(str(client.api_url))
    yield found
    found.close()


@pytest.fixture
def bare_clerk_at(
    room_at: Callable[..., Any], server: tuple[SyncPrefectClient, str], watchman: Watchman, tmp_path: Path
) -> Iterator[Callable[..., tuple[Clerk, dict[str, str]]]]:
    """As `clerk_at`, in an office where nobody does the work; and what a process that shall do it has to be told."""
    client, address = server

    def open_desk(station: str, *day: int, **settings: Any) -> tuple[Clerk, dict[str, str]]:
        room = room_at(station, **settings)
        face = tmp_path / "clock"
        room.clock.tell(lambda instant: set_clock(face, instant))
        clerk = Clerk(room.on(*day) if day else room, client, address, watchman.context)
        return clerk, environment(room.office, face)

    yield open_desk
    for page in watchman.context.pages:
        page.close()
    for run in client.read_flow_runs():  # the next test's office has gates of the same names
        client.delete_flow_run(run.id)


@pytest.fixture
def clerk_at(
    bare_clerk_at: Callable[..., tuple[Clerk, dict[str, str]]], executors: Executors
) -> Iterator[Callable[..., Clerk]]:
    """`clerk_at("first_list_proposed", 2017, 11, 1)`: an officer of that office, that day, before a browser."""
    at_work = []

    def open_desk(station: str, *day: int, **settings: Any) -> Clerk:
        clerk, told = bare_clerk_at(station, *day, **settings)
        at_work.append(executors.start(told))
        return clerk

    yield open_desk
    deaths = [executor.poll() for executor in at_work]
    for executor in at_work:
        end(executor)
    assert deaths == [None] * len(at_work), "no executor may die of its work"
