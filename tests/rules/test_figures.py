from __future__ import annotations

from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest

from rules.figures import BLANK_REASONS, MEASURE_STATES, NARRATIVE_SECTIONS, Figure, Narrative


def test_a_figure_and_a_narrative_cannot_be_changed():
    figure = Figure("31999", "criterion", "a1", "value", Decimal(3), cell="Tiêu chí!D7")
    assert (figure.reason, figure.comment) == (None, "")
    with pytest.raises(FrozenInstanceError):
        figure.value = Decimal(0)
    assert Narrative("situation", "Ổn định").text == "Ổn định"


def test_what_officers_choose_from_is_in_vietnamese():
    labels = [*BLANK_REASONS.values(), *MEASURE_STATES.values(), *NARRATIVE_SECTIONS.values()]
    assert all(label and label.strip() == label for label in labels)
    assert list(MEASURE_STATES) == [0, 1, 2]
