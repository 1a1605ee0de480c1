"""Awkward proportions: what R 4.2.2 returns, and what a user would expect."""

import numpy as np
import pytest
from sepsisflow.inference.proportions import (
    Count,
    clopper_pearson,
    fisher_p,
    newcombe_difference,
    odds_ratio,
    wilson,
)


@pytest.mark.parametrize("name", ["clopper_0_of_10", "clopper_10_of_10"])
def test_intervals_of_nobody_and_everybody_equal_binom_test_and_prop_test(name, oracles):
    item = oracles("nasty")[name]
    count = Count(item["inputs"]["x"], item["inputs"]["n"])
    for interval, theirs in ((clopper_pearson, "cp"), (wilson, "wilson")):
        found = interval(count, level=0.95)
        assert (found.lower, found.upper) == pytest.approx(item["results"][theirs], rel=1e-9)
    bound = found.lower if count.events == 0 else found.upper
    assert bound == count.events / count.n


def test_a_proportion_of_nobody_is_missing_and_more_events_than_participants_an_error():
    assert np.isnan(clopper_pearson(Count(0, 0), level=0.95).value)
    with pytest.raises(ValueError, match="must not be greater"):
        clopper_pearson(Count(11, 10), level=0.95)


def test_fisher_p_of_an_empty_column_is_1_and_the_odds_ratio_missing(oracles):
    (a, b), (c, d) = oracles("nasty")["fisher_zero_margin"]["inputs"]["table"]
    counts = Count(a, a + b), Count(c, c + d)
    assert fisher_p(*counts).value == 1
    assert np.isnan(odds_ratio(*counts, level=0.95).value)


def test_newcombe_interval_is_wide_when_everybody_lives(oracles):
    item = oracles("nasty")["risk_difference_both_all_alive"]
    counts = [Count(item["inputs"][f"x{arm}"], item["inputs"][f"n{arm}"]) for arm in (1, 2)]
    found = newcombe_difference(*counts, level=0.95)
    r = item["results"]["newcombe"]
    assert found.value == 0
    assert (found.lower, found.upper) == pytest.approx((r["lower"], r["upper"]), rel=1e-9)


@pytest.mark.parametrize("name", ["small_paired", "tea", "paired_2x2"])
def test_fisher_p_equals_fisher_test(name, oracles):
    item = oracles("location_tests")[f"{name}.tests"]
    table = np.array(item["inputs"]["table"])
    counts = [Count(int(row[0]), int(row.sum())) for row in table]
    assert fisher_p(*counts).value == pytest.approx(item["results"]["fisher_p"], rel=1e-9)
