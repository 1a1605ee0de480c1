"""Signed-rank tests, Hodges–Lehmann estimates and Holm's adjustment as R 4.2.2 gives them."""

from fractions import Fraction
from itertools import combinations_with_replacement

import numpy as np
import pytest
from scipy.stats import wilcoxon
from sepsisflow.inference.biomarkers import holm
from sepsisflow.inference.estimate import Estimate
from sepsisflow.inference.paired import hodges_lehmann, signed_rank_p, signed_rank_p_normal

CLOSED_FORM = {"rel": 1e-9, "abs": 1e-12}
PAIRS = ["sleep", "sofa_day14_vs_1_treated", "no_ties_small"]


@pytest.fixture(params=PAIRS)
def pairs(request, oracles):
    """Differences of one set of pairs, and R's answers by method."""
    items = oracles("location_tests")
    answers = {
        name.removeprefix(f"{request.param}."): item["results"]
        for name, item in items.items()
        if name.startswith(f"{request.param}.")
    }
    inputs = items[f"{request.param}.exact_rank_tests"]["inputs"]
    return request.param, np.subtract(inputs["x"], inputs["y"]), answers


def test_exact_p_equals_enumeration_coin_and_exact_rank_tests(pairs):
    _, differences, r = pairs
    expected = r["wilcoxon_signed_enumerated"]["wilcox"]["p_two_sided"]
    assert signed_rank_p(differences).value == pytest.approx(expected, **CLOSED_FORM)
    assert r["wilcoxon_signed_coin"]["wilcoxon_exact"]["p"] == pytest.approx(expected)
    assert r["exact_rank_tests"]["p"] == pytest.approx(expected)


def test_normal_p_equals_wilcox_test(pairs):
    _, differences, r = pairs
    expected = r["wilcoxon_signed_normal"]["corrected"]["p"]
    assert signed_rank_p_normal(differences).value == pytest.approx(expected, **CLOSED_FORM)


def test_hodges_lehmann_estimate_and_interval_equal_exact_rank_tests(pairs):
    name, differences, r = pairs
    found = hodges_lehmann(differences, level=0.95)
    r_exact, r_test = r["exact_rank_tests"], r["wilcoxon_signed_normal"]["corrected"]
    assert found.upper == pytest.approx(r_exact["upper"], **CLOSED_FORM)
    # wilcox.test finds its estimate as a root, to 1e-4.
    assert found.value == pytest.approx(r_test["estimate"], abs=1e-4)
    if name != "sleep":
        assert found.value == pytest.approx(r_exact["estimate"], **CLOSED_FORM)
        assert found.lower == pytest.approx(r_exact["lower"], **CLOSED_FORM)


def test_where_exact_rank_tests_differs_on_sleep_its_rule_in_fractions_agrees(oracles):
    inputs = oracles("location_tests")["sleep.exact_rank_tests"]["inputs"]
    found = hodges_lehmann(np.subtract(inputs["x"], inputs["y"]), level=0.95)
    # R has -3: in floating point, differences of 1.65 from -2.95 are not tied.
    assert exact_lower_limit(inputs["differences"]) == -2.95
    assert found.lower == pytest.approx(-2.95, **CLOSED_FORM)
    # R has -1.45, the middle of two averages, because W is 23.5 and 21.5 at them and never 22.5;
    # the median of the averages is -1.4, as in wilcox.test.
    assert found.value == pytest.approx(-1.4, **CLOSED_FORM)


def exact_lower_limit(differences) -> float:
    """Lower limit by the rule of wilcox.exact, in fractions: the last average with W above 39."""
    changed = [Fraction(str(round(each, 9))) for each in differences if abs(each) > 1e-9]
    averages = [(a + b) / 2 for a, b in combinations_with_replacement(changed, 2)]
    return float(max(shift for shift in averages if rank_sum(changed, shift) > 39))


def rank_sum(values: list[Fraction], shift: Fraction) -> Fraction:
    sizes = [abs(value - shift) for value in values]
    ranks = [
        sum(other < size for other in sizes)
        + Fraction(sum(other == size for other in sizes) + 1, 2)
        for size in sizes
    ]
    return sum(rank for rank, value in zip(ranks, values, strict=True) if value > shift)


def test_normal_p_of_visits_against_the_first_equals_wilcox_test(oracles):
    item = oracles("location_tests")["sofa_visits_complete.pairwise_signed_rank"]
    visits = np.array(item["inputs"]["matrix"], dtype=float)
    found = [signed_rank_p_normal(visit - visits[:, 0]).value for visit in visits[:, 1:].T]
    assert found == pytest.approx(item["results"]["none"], **CLOSED_FORM)


def test_differences_of_decimals_are_tied_where_r_misses_it(oracles):
    item = oracles("location_tests")["rounding_times.pairwise_signed_rank"]
    times = np.array(item["inputs"]["matrix"])
    differences = times[:, 1] - times[:, 0]
    # All times are multiples of 0.05, yet 5.5 - 5.4 is not 5.85 - 5.75 in floating point.
    r = wilcoxon(differences, method="asymptotic", correction=True).pvalue
    assert r == pytest.approx(item["results"]["none"][0], **CLOSED_FORM)
    tied = wilcoxon(np.rint(20 * differences), method="asymptotic", correction=True).pvalue
    assert signed_rank_p_normal(differences).value == pytest.approx(tied, **CLOSED_FORM)


HOLM = {
    "p_adjust_a": lambda item: item["inputs"]["p"],
    "p_adjust_ties": lambda item: item["inputs"]["p"],
    "rounding_times.pairwise_signed_rank": lambda item: item["results"]["none"],
    "sofa_visits_complete.pairwise_signed_rank": lambda item: item["results"]["none"],
}


@pytest.mark.parametrize("name", HOLM)
def test_holm_equals_p_adjust(name, oracles):
    item = oracles("location_tests")[name]
    found = holm({place: Estimate(p, "") for place, p in enumerate(HOLM[name](item))})
    values = [estimate.value for estimate in found.values()]
    assert values == pytest.approx(item["results"]["holm"], **CLOSED_FORM)


def test_holm_passes_over_a_missing_p_as_p_adjust_does(oracles, numbers):
    item = oracles("nasty")["p_adjust_na"]
    family = dict(enumerate(numbers(item["inputs"]["p"])))
    found = [each.value for each in holm({k: Estimate(p, "") for k, p in family.items()}).values()]
    assert found == pytest.approx(numbers(item["results"]["holm"]), nan_ok=True)


def test_awkward_differences_behave_as_expected(oracles):
    items = oracles("nasty")
    every_zero = signed_rank_p(np.zeros(3))
    assert np.isnan(every_zero.value)
    assert "every difference is 0" in every_zero.method
    assert signed_rank_p(np.array([1.0])).value == items["wilcoxon_one_pair"]["results"]["p"]
    same_sign = np.array(items["wilcoxon_all_same_sign_n10"]["inputs"]["d"], dtype=float)
    assert signed_rank_p(same_sign).value == items["wilcoxon_all_same_sign_n10"]["results"]
