"""Each criterion of II.3 by an example of its own: which figure makes a unit more complex than its neighbours."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from rules.scoring import score_units


def test_share(case, plan):
    criterion = plan.criterion(case["criterion"])
    figures = {str(number): {criterion.id: Decimal(value)} for number, value in enumerate(case["values"])}
    scored = score_units(figures, [criterion], plan.groups)
    assert [s.shares[criterion.id] for s in scored] == [Fraction(share) for share in case["shares"]]
    assert [s.score for s in scored] == [Fraction(share) for share in case["shares"]]
    if criterion.measure == "grade":
        assert set(case["values"]) <= set(range(len(criterion.grades)))
