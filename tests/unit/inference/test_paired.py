"""Paired differences: hand-worked cases, scipy's enumeration and properties."""

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import PermutationMethod, wilcoxon
from sepsisflow.inference.paired import (
    EXACT_UP_TO,
    hodges_lehmann,
    nonzero,
    signed_rank_p,
    signed_rank_p_normal,
    smallest_p,
)

differences = st.lists(st.integers(-5, 5), min_size=1, max_size=10).map(
    lambda values: np.array(values, float)
)


def test_p_by_hand():
    # Ranks 1, 2, 3; only 1 and 2 positive: W = 3 or less in 5 of 8 patterns, doubled and capped.
    assert signed_rank_p(np.array([1.0, 2.0, -3.0])).value == 1
    # All three positive: 1 of 8 patterns, doubled.
    assert signed_rank_p(np.array([1.0, 2.0, 3.0])).value == 0.25


def test_hodges_lehmann_by_hand():
    # Averages of 1, 2, 6: 1, 1.5, 2, 3.5, 4, 6.
    found = hodges_lehmann(np.array([1.0, 2.0, 6.0]), level=0.5)
    assert found.value == 2.75
    # P(W = 0) = 1/8 and P(W <= 1) = 2/8 = (1 - 0.5)/2: two averages outside at each end.
    assert (found.lower, found.upper) == (1.5, 4)


def test_five_differences_cannot_give_95_percent():
    found = hodges_lehmann(np.arange(1.0, 6.0), level=0.95)
    assert found.value == 3
    assert isnan(found.lower)
    assert found.method.endswith("no interval: 5 non-zero difference(s) cannot give 95%")
    assert not isnan(hodges_lehmann(np.arange(1.0, 7.0), level=0.95).lower)


@pytest.mark.parametrize(
    ("values", "reason"), [([], "no pairs"), ([0.0, 0.0], "every difference is 0")]
)
def test_without_a_change_everything_is_missing_and_says_why(values, reason):
    changes = np.array(values)
    estimates = [
        signed_rank_p(changes),
        signed_rank_p_normal(changes),
        hodges_lehmann(changes, level=0.95),
        smallest_p(changes),
    ]
    for estimate in estimates:
        assert isnan(estimate.value)
        assert estimate.method.endswith(f"not estimable: {reason}")


def test_differences_equal_up_to_rounding_are_tied_and_zeros_are_zeros():
    noisy = np.array([0.1 + 0.2, -0.3, 0.3, (0.1 + 0.2) - 0.3])
    exact = np.array([0.3, -0.3, 0.3, 0.0])
    assert nonzero(noisy).size == 3
    assert signed_rank_p(noisy).value == signed_rank_p(exact).value


def test_smallest_p_counts_the_non_zero_differences():
    assert smallest_p(np.array([0.0, *range(1, 11)])).value == 2 / 1024


@given(differences)
def test_p_equals_scipy_by_enumeration_of_all_signs(values):
    changed = values[values != 0]
    if changed.size > 1:
        expected = wilcoxon(changed, method=PermutationMethod(n_resamples=2**11)).pvalue
        assert signed_rank_p(values).value == pytest.approx(expected)


@given(differences)
def test_the_smallest_p_is_never_undercut(values):
    if np.any(values != 0):
        assert signed_rank_p(values).value >= smallest_p(values).value


@given(differences)
def test_changing_every_sign_mirrors_the_estimate_and_keeps_p(values):
    found, mirrored = (hodges_lehmann(sign * values, level=0.9) for sign in (1, -1))
    assert found[0] == pytest.approx(-mirrored.value, nan_ok=True)
    assert found.lower == pytest.approx(-mirrored.upper, nan_ok=True)
    assert signed_rank_p(values).value == pytest.approx(signed_rank_p(-values).value, nan_ok=True)


@given(differences, st.randoms(use_true_random=False))
def test_the_order_of_pairs_changes_no_bit(values, random):
    shuffled = np.array(random.sample(list(values), len(values)))
    for statistic in (signed_rank_p, lambda x: hodges_lehmann(x, level=0.95), smallest_p):
        assert repr(statistic(values)) == repr(statistic(shuffled))


def test_many_pairs_are_tested_by_the_normal_approximation_close_to_the_exact_one():
    generator = np.random.default_rng(1)
    many = generator.normal(0.1, 1, EXACT_UP_TO + 1)
    fewer = many[:EXACT_UP_TO]
    assert signed_rank_p(many).method.startswith("Normal approximation")
    assert signed_rank_p(fewer).method.startswith("Exact")
    assert signed_rank_p(fewer).value == pytest.approx(signed_rank_p_normal(fewer).value, rel=0.02)
    large, exact = (hodges_lehmann(values, level=0.95) for values in (many, fewer))
    assert "normal approximation" in large.method
    assert large.lower == pytest.approx(exact.lower, abs=0.01)
