"""Prints the stages of cycles, areas and documents into `docs/generated/stages.md`; `--check` fails if it is stale."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "generated" / "stages.md"
sys.path.insert(0, str(ROOT))

from rules.stages import ACTORS, STAGES, Stages, diagram  # noqa: E402

HEAD = """# Các bước của đợt chuyển hóa, địa bàn và văn bản

Trang này in ra từ `rules/stages.py` bằng `make docs`; không sửa bằng tay.
"""


def page() -> str:
    """The whole page: for each kind its diagram and a table of who may make each move."""
    return HEAD + "".join(_section(stages) for stages in STAGES.values())


def _section(stages: Stages) -> str:
    rows = "".join(
        f"| {stages.labels[start]} | {stages.labels[to]} | {', '.join(ACTORS[o] for o in owners)} "
        f"| `{stages.events[start, to]}` |\n"
        for (start, to), owners in stages.owners.items()
    )
    return (
        f"\n## {stages.title}\n\n```mermaid\n{diagram(stages)}```\n\n"
        f"| từ | đến | ai thực hiện | sự kiện kiểm tra |\n|---|---|---|---|\n{rows}"
    )


def main(arguments: list[str]) -> int:
    """Writes the page, or with `--check` compares it. Exit code 1 if it is stale."""
    if "--check" not in arguments:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page():
        return 0
    print(f"{PAGE.relative_to(ROOT)} is stale: run `make docs`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
