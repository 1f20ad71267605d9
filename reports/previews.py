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
DPI = 84  # a page of A4 as wide as the UI shows a picture
GREYS = 16
CONVERTS_WITHIN_SECONDS = 60
GAP = 12  # pixels between two pages


def page_pictures(document: Path, most: int = MOST_PAGES, dpi: int = DPI) -> bytes | None:
    """The first `most` pages of a .docx, one below the other on one grey PNG; None without the programs for it.

    Raises `OSError` or `subprocess.SubprocessError` if the file cannot be converted.
    """
    soffice = shutil.which("soffice")
    if soffice is None or not can_picture_pdf():
        return None
    with TemporaryDirectory(prefix="chuyenhoa-pages-") as name:
        folder = Path(name)
        pdf = _pdf(soffice, document, folder)
        return one_below_the_other(_pages(pdf, folder, most, dpi))


def can_picture_pdf() -> bool:
    """Whether this machine can make pictures of a PDF's pages."""
    return shutil.which("pdftoppm") is not None


def grey_png(picture: bytes) -> bytes:
    """A PNG in `GREYS` shades of grey: a third of its size, and nothing lost that a printer would show."""
    from PIL import Image

    return _small(Image.open(BytesIO(picture)))


def one_below_the_other(pages: Sequence[Any]) -> bytes:
    """Pillow's images in a column, as one grey PNG; a wide page is made as narrow as the first."""
    from PIL import Image, ImageOps

    if not pages:
        raise OSError("the document has no pages")
    width = pages[0].width
    narrow = [page.resize((width, page.height * width // page.width), Image.Resampling.LANCZOS) for page in pages]
    framed = [ImageOps.expand(page.convert("L"), border=1, fill=120) for page in narrow]
    sheet = Image.new("L", (width + 2, sum(page.height + GAP for page in framed)), 255)
    down = 0
    for page in framed:
        sheet.paste(page, (0, down))
        down += page.height + GAP
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
