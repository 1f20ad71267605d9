"""Promises about every text file: one spelling of Vietnamese, no trace of the machine it was written on."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

# Folders that exist on somebody's machine, and addresses of package indexes.
SOMEBODYS_FOLDER = re.compile(r"(?<![\w.}*])/(?:root|work|Users)/|\b[s]hared/(?:plan|data|reference|design|anchors)")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")


def test_vietnamese_is_composed(texts):
    split = [name for name, text in texts.items() if not unicodedata.is_normalized("NFC", text)]
    assert not split, f"save these in NFC (unicodedata.normalize): {split}"


def test_nothing_points_to_a_folder_outside(texts):
    found = {name: match.group() for name, text in texts.items() if (match := SOMEBODYS_FOLDER.search(text))}
    assert not found, f"copy what is needed into the project and name it by its path there: {found}"


def test_the_lock_names_versions_and_no_address(texts):
    lock = texts["requirements.lock"]
    assert "://" not in lock, "renew it by `make lock`, which leaves addresses out"
    pins = [line for line in lock.splitlines() if re.match(r"[A-Za-z0-9]", line)]
    assert pins
    assert all("==" in pin for pin in pins)
    assert lock.count("--hash=sha256:") >= len(pins)


def test_files_end_as_editors_expect(texts):
    bad = [n for n, text in texts.items() if text and (not text.endswith("\n") or "\r" in text or "\t\n" in text)]
    assert not bad, f"end with one newline, no carriage returns: {bad}"


def test_every_link_in_the_docs_leads_somewhere(texts, root):
    dead = [
        f"{name}: {target}"
        for name, text in texts.items()
        if name.endswith(".md")
        for target in LINK.findall(text)
        if not (root / Path(name).parent / target).exists()
    ]
    assert not dead, f"mend the link or add the file: {dead}"


def test_every_decision_record_says_why(texts):
    records = {n: text for n, text in texts.items() if n.startswith("docs/decisions/")}
    numbers = [Path(name).name[:4] for name in sorted(records)]
    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]
    for name, text in records.items():
        for part in ("## Context", "## Decision", "## Consequences", "## Rejected"):
            assert part in text, f"{name} lacks {part}"
