from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import Refusal
from rules.quotas import cap, check_within_cap, is_within_quota


def test_cap(case, plan):
    assert cap(case["units"], plan.parameters.quota_percent.value) == case["cap"]


def test_is_within_quota(case, plan):
    assert is_within_quota(case["areas"], case["units"], plan.parameters.quota_percent.value) is case["within"]


@pytest.mark.parametrize(("units", "percent"), [(-1, 15), (10, -1)])
def test_less_than_nothing_has_no_cap(units, percent):
    with pytest.raises(ValueError):
        cap(units, percent)


@given(st.integers(0, 20_000), st.integers(0, 100))
def test_the_cap_is_the_largest_list_within_the_quota(units, percent):
    most = cap(units, percent)
    assert is_within_quota(most, units, percent)
    assert not is_within_quota(most + 1, units, percent)


def test_a_list_longer_than_the_cap_is_told_by_how_much():
    check_within_cap(2019, 15, 15)
    with pytest.raises(Refusal, match="có 18 đơn vị, vượt mức tối đa 15; hãy bớt 3 đơn vị"):
        check_within_cap(2019, 18, 15)
