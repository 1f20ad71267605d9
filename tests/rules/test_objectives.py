from __future__ import annotations

import pytest

from rules.objectives import held, success


def codes(number):
    return [f"{n:02}" for n in range(number)]


def percent(plan, letter):
    return next(o.at_least_percent for o in plan.objectives if o.letter == letter)


def test_success(case, plan):
    share = success(codes(case["converted"]), codes(case["selected"]))
    assert (str(share), share.meets(percent(plan, "a"))) == (case["share"], case["met"])


def test_held(case, plan):
    share = held(codes(case["converted"]), codes(case["relapsed"]))
    assert (str(share), share.meets(percent(plan, "b"))) == (case["share"], case["met"])


def test_a_unit_converted_in_two_cycles_is_one_unit_to_hold():
    assert str(held(["01", "01", "02"], ["02"])) == "1/2"


@pytest.mark.parametrize("share", [success, lambda whole, part: held(part, whole)])
def test_an_area_that_was_never_among_them_cannot_be_counted(share):
    with pytest.raises(ValueError, match="99"):
        share(["99"], ["01"])
