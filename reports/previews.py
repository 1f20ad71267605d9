"""A document's pages as pictures, where this machine has LibreOffice: what an officer sees without Word."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

MOST_PAGES = 6
DPI = 70
GREYS = 16
CONVERTS_WITHIN_SECONDS = 60
GAP = 12  # pixels between two pages
COLUMNS = 2


def page_pictures(document: Path, most: int = MOST_PAGES, dpi: int = DPI) -> bytes | None:
    """The first `most` pages of a .docx, two in a row on one grey PNG; None where the programs for it are missing.

    Raises `OSError` or `subprocess.SubprocessError` if the file cannot be converted.
    """
    soffice = shutil.which("soffice")
    if soffice is None or not can_picture_pdf():
        return None
    with TemporaryDirectory(prefix="chuyenhoa-pages-") as name:
        folder = Path(name)
        pdf = _pdf(soffice, document, folder)
        pages = _pages(pdf, folder, most, dpi)
        return side_by_side(pages)


def can_picture_pdf() -> bool:
    """Whether this machine can make pictures of a PDF's pages."""
    return shutil.which("pdftoppm") is not None


def grey_png(picture: bytes) -> bytes:
    """A PNG in `GREYS` shades of grey: a third of its size, and nothing lost that a printer would show."""
    from PIL import Image

    return _small(Image.open(BytesIO(picture)))


def side_by_side(pages: Sequence[Any]) -> bytes:
    """Pillow's images in rows of `COLUMNS`, as one grey PNG."""
    from PIL import Image, ImageOps

    framed = [ImageOps.expand(page.convert("L"), border=1, fill=120) for page in pages]
    if not framed:
        raise OSError("the document has no pages")
    wide, high = max(page.width for page in framed), max(page.height for page in framed)
    columns = min(COLUMNS, len(framed))
    rows = -(-len(framed) // columns)
    sheet = Image.new("L", (columns * (wide + GAP) + GAP, rows * (high + GAP) + GAP), 255)
    for place, page in enumerate(framed):
        row, column = divmod(place, columns)
        sheet.paste(page, (GAP + column * (wide + GAP), GAP + row * (high + GAP)))
    return _small(sheet)


def _pdf(soffice: str, document: Path, folder: Path) -> Path:
    """The document as a PDF. LibreOffice gets a profile of its own: an officer may have it open."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(document.absolute())]
    subprocess.run(command, check=True, capture_output=True, timeout=CONVERTS_WITHIN_SECONDS)
    pdf = folder / f"{document.stem}.pdf"
    if not pdf.is_file():
        raise OSError(f"LibreOffice made no PDF of {document.name}")
    return pdf


def _pages(pdf: Path, folder: Path, most: int, dpi: int) -> list[Any]:
    from PIL import Image

    command = ["pdftoppm", "-gray", "-png", "-r", str(dpi), "-l", str(most), str(pdf), str(folder / "page")]
    subprocess.run(command, check=True, capture_output=True, timeout=CONVERTS_WITHIN_SECONDS)
    return [Image.open(path) for path in sorted(folder.glob("page-*.png"))]


def _small(picture: Any) -> bytes:
    target = BytesIO()
    picture.convert("L").quantize(GREYS).save(target, "PNG", optimize=True)
    return target.getvalue()
