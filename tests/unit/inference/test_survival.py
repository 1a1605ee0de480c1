"""Kaplan–Meier and the comparison of two samples: hand-worked cases and properties."""

import warnings
from math import isnan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sepsisflow.inference.survival import hazard_ratio, kaplan_meier, logrank, survival_quantile


def sample(times: list[float], died: list[bool]) -> pd.DataFrame:
    return pd.DataFrame({"time_d": np.array(times, float), "died": np.array(died, bool)})


samples = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=25).map(
    lambda rows: sample([time for time, _ in rows], [died for _, died in rows])
)


def test_survival_by_hand():
    # 5 at risk, 1 dies on day 2; 1 censored on day 3; of 3 at risk 1 dies on day 4.
    curve = kaplan_meier(
        sample([2, 3, 4, 9, 9], [True, False, True, False, False]), at=[0, 7], level=0.95
    )
    assert curve.index.tolist() == [0, 2, 3, 4, 7, 9]
    assert curve["survival"].tolist() == pytest.approx([1, 0.8, 0.8, 8 / 15, 8 / 15, 8 / 15])
    assert curve["at_risk"].tolist() == [5, 5, 4, 3, 2, 2]
    assert curve["deaths"].tolist() == [0, 1, 0, 1, 0, 0]
    assert curve["censored"].tolist() == [0, 0, 1, 0, 0, 2]


def test_there_is_no_interval_at_1_and_at_0():
    curve = kaplan_meier(sample([1, 2], [True, True]), at=[0], level=0.95)
    assert curve["lower"].isna().tolist() == [True, False, True]


def test_survival_after_the_last_follow_up_is_missing_unless_everybody_died():
    lost = kaplan_meier(sample([1, 5], [True, False]), at=[28], level=0.95)
    dead = kaplan_meier(sample([1, 5], [True, True]), at=[28], level=0.95)
    assert isnan(lost.loc[28, "survival"])
    assert isnan(lost.loc[28, "lower"])
    assert dead.loc[28, "survival"] == 0


def test_nobody_gives_an_empty_curve():
    curve = kaplan_meier(sample([], []), at=[0, 14], level=0.95)
    assert curve["at_risk"].tolist() == [0, 0]
    assert curve["survival"].isna().all()


def test_a_quantile_not_reached_keeps_the_limit_that_is():
    curve = kaplan_meier(
        sample([1, 2, 3, 4, 9, 9, 9, 9, 9, 9], [True] * 4 + [False] * 6), at=[], level=0.95
    )
    found = survival_quantile(curve, 0.5, level=0.95)
    assert isnan(found.value)
    # After the first death S = 0.9, with lower limit 0.9 ** exp(1.96) = 0.47.
    assert found.lower == 1
    assert isnan(found.upper)
    assert found.method.endswith("not reached")


@pytest.mark.parametrize(
    ("treated", "control", "reason"),
    [
        (sample([], []), sample([3], [True]), "an arm without participants"),
        (sample([28], [False]), sample([28], [False]), "no deaths"),
        (sample([2], [False]), sample([3], [True]), "no death while both arms were at risk"),
    ],
)
def test_without_a_comparison_the_rows_say_why(treated, control, reason):
    found = [hazard_ratio(treated, control, level=0.95), *logrank(treated, control).values()]
    for estimate in found:
        assert isnan(estimate.value)
        assert estimate.method.endswith(f"not estimable: {reason}")


def test_one_death_among_thousands_gives_a_fit_without_a_warning():
    treated = sample([3, *[28] * 2000], [True, *[False] * 2000])
    control = sample([5, *[28] * 2000], [True, *[False] * 2000])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = hazard_ratio(treated, control, level=0.95)
    assert found.value == pytest.approx(1, abs=0.01)


@given(samples, samples)
@settings(max_examples=40)
def test_swapping_arms_keeps_the_log_rank_test_and_inverts_the_hazard_ratio(treated, control):
    for name, estimate in logrank(treated, control).items():
        swapped = logrank(control, treated)[name]
        assert estimate.value == pytest.approx(swapped.value, rel=1e-9, abs=1e-9, nan_ok=True)
    found = hazard_ratio(treated, control, level=0.95)
    swapped = hazard_ratio(control, treated, level=0.95)
    assert isnan(found.value) == isnan(swapped.value)
    if not isnan(found.value):
        assert found.value * swapped.value == pytest.approx(1, rel=1e-7)
        assert found.lower * swapped.upper == pytest.approx(1, rel=1e-7)


@given(samples)
@settings(max_examples=40)
def test_survival_without_censoring_is_the_proportion_alive(followed):
    everybody = followed.assign(died=True)
    curve = kaplan_meier(everybody, at=[0], level=0.95)
    alive = [(everybody["time_d"] > day).mean() for day in curve.index]
    assert curve["survival"].tolist() == pytest.approx(alive, abs=1e-12)


@given(samples)
@settings(max_examples=40)
def test_survival_falls_within_its_interval(followed):
    curve = kaplan_meier(followed, at=[0, 28], level=0.95).dropna()
    assert curve["lower"].le(curve["survival"]).all()
    assert curve["survival"].le(curve["upper"]).all()
