"""Valid workbooks made hostile: each mutation gives the file's bytes and what may be read from it, if anything."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from campaigns.hostile import WORDS, Reading, any_cell, words_cell
from forms.identity import Identity, sign
from forms.layout import REMARKS, SheetLayout, a1, remarks_cells
from forms.spec import Key

Parts = dict[str, bytes]
_CELL = r'<c r="{}"[^>]*?(?:/>|>.*?</c>)'
_ROW = re.compile(rb'<row r="(\d+)"')
_PLACE = re.compile(rb' r="([A-Z]+)(\d+)"')


@dataclass(frozen=True)
class Workbook:
    """A valid filled form: its parts, and what was written into it. `sheets`: a sheet's name and its part."""

    identity: Identity
    is_nil: bool
    parts: Mapping[str, bytes]
    sheets: Mapping[str, str]
    layouts: tuple[SheetLayout, ...]
    figures: Mapping[Key, Reading]
    narratives: Mapping[str, str]


@dataclass(frozen=True)
class Mutant:
    """A file to take in. If it is accepted: it is `identity`'s, and each figure is one of those it `may_mean`."""

    name: str
    content: bytes
    identity: Identity
    figures: Mapping[Key, frozenset[Reading]]
    is_nil: bool
    may_be_accepted: bool = True
    must_be_accepted: bool = False
    narratives: Mapping[str, str] | None = None  # None: whatever they are
    may_be_narrowed: bool = False  # the identity may be that of a form which asks for less


def mutate(book: Workbook, other: Workbook, chance: Random) -> Mutant:
    """One mutation of `book`; `other` lends its identity or a part."""
    return chance.choice(MUTATIONS)(book, other, chance)


def pack(
    parts: Mapping[str, bytes], names: Mapping[str, str] | None = None, method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """The .xlsx file of `parts`; `names` renames some of them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr((names or {}).get(name, name), content)
    return packed.getvalue()


def unpack(content: bytes) -> Parts:
    """The parts of an .xlsx file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Each sheet's name and its part, in order: as XlsxWriter numbers them."""
    names = re.findall(r'<sheet name="([^"]*)"', parts["xl/workbook.xml"].decode())
    return {name: f"xl/worksheets/sheet{number}.xml" for number, name in enumerate(names, 1)}


def _same(book: Workbook, name: str, content: bytes) -> Mutant:
    """Whatever happened to the file: if it is still read, nothing else may be read from it."""
    return Mutant(name, content, book.identity, _certain(book), book.is_nil, narratives=book.narratives)


def _certain(book: Workbook) -> dict[Key, frozenset[Reading]]:
    return {key: frozenset({reading}) for key, reading in book.figures.items()}


def _untouched(book: Workbook, other: Workbook, chance: Random) -> Mutant:
    return replace(_same(book, "untouched", pack(book.parts)), must_be_accepted=True)


def _bytes_flipped(book: Workbook, other: Workbook, chance: Random) -> Mutant:
    content = bytearray(pack(book.parts))
    many = chance.choice((1, 1, 1, 2, 5, 50))
    for _ in range(many):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return _same(book, f"{many} bits flipped", bytes(content))


def _torn(book: Workbook, other: Workbook, chance: Random) -> Mutant:
    content = pack(book.parts)
    at = chance.randrange(len(content))
    torn = chance.choice((content[:at], content[at:], content[:at] + bytes(64) + content[at + 64 :]))
    return _same(book, f"torn at {at}", torn)


def _surrounded(book: Workbook, other: Workbook, chance: Random) -> Mutant:
    junk = chance.randbytes(chance.choice((1, 100, 5000)))
    content = pack(book.parts)
    return _same(book, "junk around", chance.choice((junk + content, content + junk)))


def _part_gone(book: Workbook, other: Workbook, chance: Random) -> Mutant:
    gone = chance.choice(list(book.parts))
    return _same(book, f"without {gone}", pack({n: c for n, c in book.parts.items() if n != gone}))


def _part_renamed(book: Workbook, other: Workbook, chance: Random) -> Mutant:
    old = chance.choice(list(book.parts))
    new = chance.choice((old.upper(), "../" + old, old + "x", "xl/vbaProject.bin", "/" + old, old.replace("/", "\\")))
    return _same(book, f"{old} as {new}", pack(book.parts, {old: new}))


def _part_truncated(book: Workbook, other: Workbook, chance: Random) -> Mutant:
    name = chance.choice(list(book.parts))
    content = book.parts[name]
    cut = content[: chance.randrange(len(content) + 1)]
    return _same(book, f"{name} cut at {len(cut)}", pack({**book.parts, name: cut}))


def _silently_changed(book: Workbook, other: Workbook, chance: Random) -> Mutant:
    """A letter changed where nothing is compressed, so that only the checksum tells."""
    name = chance.choice(["xl/sharedStrings.xml", "xl/workbook.xml", *book.sheets.values()])
    content, part = pack(book.parts, method=zipfile.ZIP_STORED), bytearray(book.parts[name])
    at = content.index(bytes(part)) + chance.choice([m.start(1) for m in re.finditer(rb">([^<>])", bytes(part))] or [0])
    return _same(book, f"{name} changed at {at}", content[:at] + b"K" + content[at + 1 :])


def _part_swapped(book: Workbook, other: Workbook, chance: Random) -> Mutant:
    """Two parts change places. Sheets of equal shape may then be read as each other: only their own marks tell."""
    one, two = chance.sample(list(book.parts), 2)
    return _same(book, f"{one} and {two} swapped", pack({**book.parts, one: book.parts[two], two: book.parts[one]}))


def _cell_replaced(book: Workbook, other: Workbook, chance: Random) -> Mutant:
    if not book.layouts or book.is_nil:
        return _words_replaced(book, other, chance)
    sheet = chance.choice(book.layouts)
    slot, hostile = chance.choice(sheet.slots), any_cell(chance)
    place = a1(slot.row, slot.column)
    parts = _with_cell(book, sheet.name, place, hostile.cell(place))
    figures = {**_certain(book), slot.key: hostile.may_mean}
    return Mutant(f"{sheet.name}!{place}: {hostile.name}", parts, book.identity, figures, False, bool(hostile.may_mean))


def _words_replaced(book: Workbook, other: Workbook, chance: Random) -> Mutant:
    """Words into a remark or an explanation: they count for nothing, and may not break anything."""
    words = chance.choice(WORDS)
    if book.layouts and not book.is_nil and chance.random() < 0.5:
        sheet = chance.choice(book.layouts)
        slot = chance.choice(sheet.slots)
        name, place = sheet.name, a1(slot.row, slot.comment_column)
    else:
        name, place = REMARKS, a1(*chance.choice(list(remarks_cells().values())))
    content = _with_cell(book, name, place, words_cell(place, words))
    return replace(_same(book, f"{name}!{place}: words {words[:16]!r}", content), narratives=None)


def _heading_replaced(book: Workbook, other: Workbook, chance: Random) -> Mutant:
    if not book.layouts:
        return _untouched(book, other, chance)
    sheet = chance.choice(book.layouts)
    place = a1(*chance.choice(list(sheet.fixed)))
    content = _with_cell(book, sheet.name, place, words_cell(place, "Nội dung khác"))
    return replace(_same(book, f"{sheet.name}!{place}: another heading", content), may_be_accepted=False)


def _row_inserted(book: Workbook, other: Workbook, chance: Random) -> Mutant:
    return _inserted(book, chance, "row", lambda column, row, at: (column, row + (row > at)))


def _column_inserted(book: Workbook, other: Workbook, chance: Random) -> Mutant:
    return _inserted(book, chance, "column", lambda column, row, at: (column + (column > at), row))


def _inserted(book: Workbook, chance: Random, what: str, moved: Callable[[int, int, int], tuple[int, int]]) -> Mutant:
    if not book.layouts:
        return _untouched(book, other=book, chance=chance)
    sheet = chance.choice(book.layouts)
    slot = chance.choice(sheet.slots)
    at = chance.randint(0, slot.row if what == "row" else slot.column)  # before the slot: it moves

    def shift(found: re.Match[bytes]) -> bytes:
        column, row = moved(_column(found[1]), int(found[2]), at)
        return f' r="{a1(row - 1, column - 1)}"'.encode()

    part = book.sheets[sheet.name]
    xml = _PLACE.sub(shift, book.parts[part])
    if what == "row":
        xml = _ROW.sub(lambda found: b'<row r="%d"' % (int(found[1]) + (int(found[1]) > at)), xml)
    mutant = _same(book, f"{sheet.name}: {what} inserted after {at}", pack({**book.parts, part: xml}))
    return replace(mutant, may_be_accepted=False)


def _remarks_moved(book: Workbook, other: Workbook, chance: Random) -> Mutant:
    """A row inserted above the remarks: each would stand under another heading."""
    part, at = book.sheets[REMARKS], chance.randint(0, 3)
    xml = _PLACE.sub(lambda m: b' r="%s%d"' % (m[1], int(m[2]) + (int(m[2]) > at)), book.parts[part])
    xml = _ROW.sub(lambda m: b'<row r="%d"' % (int(m[1]) + (int(m[1]) > at)), xml)
    return replace(
        _same(book, f"a row after {at} of {REMARKS}", pack({**book.parts, part: xml})), may_be_accepted=False
    )


def _identity_swapped(book: Workbook, other: Workbook, chance: Random) -> Mutant:
    """Another form's identity, truly signed or not: figures may then count only where they say what they said."""
    taken, signature = other.identity, sign(other.identity)
    if chance.random() < 0.3:
        taken = replace(taken, version=chance.choice((0, 2, 7, 123456)))
    if chance.random() < 0.3:
        taken = replace(taken, period_id=chance.choice(("2099-annual", "", "2018-annual", "../x", "Năm 2018")))
        signature = sign(taken)
    words = (taken.plan_id, taken.reporter_id, taken.period_id, str(taken.version), signature)
    cells = "".join(f'<row r="{n}">{words_cell(f"B{n}", w)}</row>' for n, w in enumerate(words, 1))
    part = list(book.sheets.values())[-1]
    xml = re.sub(
        rb"<sheetData>.*</sheetData>", f"<sheetData>{cells}</sheetData>".encode(), book.parts[part], flags=re.S
    )
    name = f"identity of {taken.reporter_id} {taken.period_id} v{taken.version}"
    return Mutant(
        name,
        pack({**book.parts, part: xml}),
        taken,
        _certain(book),
        book.is_nil,
        may_be_accepted=signature == sign(taken),
        may_be_narrowed=True,
    )


MUTATIONS = (
    _untouched,
    _bytes_flipped,
    _torn,
    _surrounded,
    _part_gone,
    _part_renamed,
    _part_truncated,
    _part_swapped,
    _silently_changed,
    _remarks_moved,
    *(_cell_replaced,) * 6,
    *(_words_replaced,) * 2,
    _heading_replaced,
    _row_inserted,
    _column_inserted,
    *(_identity_swapped,) * 2,
)


def _with_cell(book: Workbook, sheet: str, place: str, cell: str) -> bytes:
    """The file with one cell written anew; `s="DATE"` in it becomes the number of a date's format."""
    part, parts = book.sheets[sheet], dict(book.parts)
    if 's="DATE"' in cell:
        cell, parts["xl/styles.xml"] = _with_date_format(cell, parts["xl/styles.xml"])
    pattern = re.compile(_CELL.format(place).encode(), re.S)
    xml, count = pattern.subn(lambda _: cell.encode(), parts[part], count=1)
    if not count:
        row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        xml = re.sub(rf'(<row r="{row}"[^>]*?)/?>'.encode(), lambda m: m[1] + b">" + cell.encode(), xml, count=1)
    return pack({**parts, part: xml})


def _with_date_format(cell: str, styles: bytes) -> tuple[str, bytes]:
    found = re.search(rb'<cellXfs count="(\d+)">(.*?)</cellXfs>', styles, re.S)
    assert found is not None  # every workbook has its formats
    number = int(found[1])
    date = b'<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    formats = b'<cellXfs count="%d">%s%s</cellXfs>' % (number + 1, found[2], date)
    return cell.replace("DATE", str(number)), styles.replace(found[0], formats)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
