from __future__ import annotations

from datetime import date

import pytest

from calendars.overlay import Swap, load_overlay
from rules.errors import Refusal

GOOD = """
years: {first: 2017, last: 2030}
notices_through: 2026
swaps:
  - {off: 2026-01-02, worked: 2026-01-10, notice: "Văn bản"}
yearly:
  - {id: own, name: "Ngày", month: 3, day: 3, from: 2026, status: "off", notice: "Văn bản"}
"""


def written(tmp_path, text):
    path = tmp_path / "overlay.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_overlay_that_comes_with_the_product():
    overlay = load_overlay()
    assert overlay.years == range(2017, 2031)
    assert overlay.swaps[0].off == date(2026, 1, 2)
    assert all(swap.notice for swap in overlay.swaps)
    assert [(y.id, y.since, y.is_on) for y in overlay.yearly] == [("culture_day", 2026, True)]


def test_a_line_is_read_with_its_notice(tmp_path):
    overlay = load_overlay(written(tmp_path, GOOD))
    assert overlay.swaps == (Swap(date(2026, 1, 2), date(2026, 1, 10), "Văn bản"),)
    assert not overlay.yearly[0].is_on


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        ("notices_through: 2026", ""),  # a key is missing
        ("notice:", "văn_bản:"),  # a key nobody knows
        ('status: "off"', 'status: "maybe"'),
        ("years: {first: 2017, last: 2030}", "years: 2017"),
        ("swaps:", "swaps: ["),  # no YAML
        ("notices_through: 2026", "notices_through: 2026\nnotices_through: 2027"),  # twice
    ],
)
def test_a_broken_overlay_is_refused_by_name(tmp_path, found, instead):
    assert found in GOOD
    with pytest.raises(Refusal, match=r"overlay\.yaml"):
        load_overlay(written(tmp_path, GOOD.replace(found, instead)))
