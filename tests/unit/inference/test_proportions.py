"""Proportions: what is missing says why, and swapping arms mirrors."""

from math import exp, isnan, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sepsisflow.inference.proportions import (
    Count,
    clopper_pearson,
    fisher_p,
    newcombe_difference,
    odds_ratio,
    risk_ratio,
    wilson,
)


@st.composite
def counts(draw, least: int = 1) -> Count:
    n = draw(st.integers(least, 60))
    return Count(draw(st.integers(0, n)), n)


@pytest.mark.parametrize("comparison", [newcombe_difference, risk_ratio, odds_ratio])
@pytest.mark.parametrize("pair", [(Count(0, 0), Count(3, 5)), (Count(3, 5), Count(0, 0))])
def test_a_comparison_with_an_empty_arm_is_missing_and_says_so(comparison, pair):
    found = comparison(*pair, level=0.95)
    assert isnan(found.value)
    assert found.method.endswith("not estimable: an arm without participants")
    assert isnan(fisher_p(*pair).value)


def test_risk_ratio_without_events_in_the_treated_is_0_without_interval():
    found = risk_ratio(Count(0, 10), Count(6, 20), level=0.95)
    assert found.value == 0
    assert isnan(found.lower)
    assert found.method == "Risk ratio; no interval: no event in the treated"


def test_risk_ratio_without_events_in_the_control_is_missing():
    found = risk_ratio(Count(3, 10), Count(0, 20), level=0.95)
    assert isnan(found.value)
    assert "no event in the control" in found.method


def test_risk_ratio_when_everybody_has_the_event_is_1_without_interval():
    found = risk_ratio(Count(10, 10), Count(20, 20), level=0.95)
    assert (found.value, isnan(found.upper)) == (1, True)


@pytest.mark.parametrize(
    ("treated", "control", "value"),
    [(Count(0, 10), Count(6, 20), 0), (Count(4, 10), Count(20, 20), 0)],
)
def test_odds_ratio_of_0_has_no_interval(treated, control, value):
    found = odds_ratio(treated, control, level=0.95)
    assert (found.value, isnan(found.lower)) == (value, True)


def test_odds_ratio_by_hand():
    found = odds_ratio(Count(3, 10), Count(8, 20), level=0.95)
    value, margin = (3 * 12) / (7 * 8), exp(1.959964 * sqrt(1 / 3 + 1 / 7 + 1 / 8 + 1 / 12))
    limits = (value, value / margin, value * margin)
    assert (found.value, found.lower, found.upper) == pytest.approx(limits)


@given(counts(), counts())
def test_swapping_arms_mirrors_the_difference(treated, control):
    found = newcombe_difference(treated, control, level=0.95)
    swapped = newcombe_difference(control, treated, level=0.95)
    mirrored = (-swapped.value, -swapped.upper, -swapped.lower)
    assert (found.value, found.lower, found.upper) == pytest.approx(mirrored, abs=1e-12)


@given(counts(), counts())
def test_swapping_arms_inverts_the_ratios(treated, control):
    for ratio in (risk_ratio, odds_ratio):
        found = ratio(treated, control, level=0.95)
        swapped = ratio(control, treated, level=0.95)
        assert isnan(found.lower) == isnan(swapped.lower)
        if not isnan(found.lower):
            assert found.value * swapped.value == pytest.approx(1)
            assert found.lower * swapped.upper == pytest.approx(1)


@given(counts(), counts())
def test_counting_the_living_instead_of_the_dead_changes_no_p(treated, control):
    living = [Count(count.n - count.events, count.n) for count in (treated, control)]
    assert fisher_p(*living).value == pytest.approx(fisher_p(treated, control).value)


@given(counts(), st.sampled_from([0.9, 0.95, 0.99]))
def test_intervals_hold_the_proportion_and_stay_within_0_and_1(count, level):
    for interval in (clopper_pearson, wilson):
        found = interval(count, level=level)
        assert -1e-12 <= found.lower <= found.value + 1e-12
        assert found.value - 1e-12 <= found.upper <= 1 + 1e-12
