from __future__ import annotations

from fractions import Fraction

from rules.relapse import warns_of_relapse


def test_warns_of_relapse(case):
    lowest = Fraction(case["lowest"]) if case["lowest"] else None
    assert warns_of_relapse(Fraction(case["score"]), lowest) is case["warns"]
