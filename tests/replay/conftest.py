"""One replay of the whole plan, lived through once and looked at by every test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document as open_docx

from models.db import read
from samples import DEFAULT_SEED
from samples.replay import Replay
from tasks.office import Office


class Lived:
    """A replay that was lived through to the end."""

    def __init__(self, folder: Path, until: date, seed: int = DEFAULT_SEED) -> None:
        replay = Replay(folder, seed)
        replay.install()
        replay.run(until)
        self.office: Office = replay.office

    def ask(self, query: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """What a query of `models.reading` finds."""
        with read(self.office.engine) as session:
            return query(session, *args, **options)

    def documents(self) -> dict[str, str]:
        """The text of every Word file of the office, by its path."""
        folder = self.office.folder
        return {str(path.relative_to(folder)): text_of(path) for path in sorted(folder.glob("documents/**/*.docx"))}


def text_of(path: Path) -> str:
    """All that is written in a Word file: paragraphs, tables, headers and footers."""
    document = open_docx(str(path))
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.header._element, section.footer._element]
    return "\n".join("".join(paragraph.itertext()) for part in parts for paragraph in part.iter(_PARAGRAPH))


_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Lived]:
    """Lives through the days up to one, in a folder of its own."""
    return lambda until, seed=DEFAULT_SEED: Lived(tmp_path_factory.mktemp("replay"), until, seed)


@pytest.fixture(scope="session")
def lived(live: Callable[..., Lived]) -> Iterator[Lived]:
    """11/8/2017 to 31/12/2020."""
    found = live(date(2020, 12, 31))
    yield found
    found.office.engine.dispose()


@pytest.fixture(scope="session")
def texts(lived: Lived) -> dict[str, str]:
    """The text of every document of the replay."""
    return lived.documents()
