"""The published counts: 10 treated, 20 controls, deaths known by window only (R 4.2.2)."""

import numpy as np
import pandas as pd
import pytest
from sepsisflow.inference.proportions import (
    Count,
    clopper_pearson,
    fisher_p,
    newcombe_difference,
    odds_ratio,
    risk_ratio,
    wilson,
)
from sepsisflow.inference.survival import hazard_ratio, kaplan_meier, logrank

CLOSED_FORM = {"rel": 1e-9, "abs": 1e-12}
ALIVE = {14: (Count(10, 10), Count(14, 20)), 28: (Count(7, 10), Count(12, 20))}


@pytest.fixture(params=[14, 28])
def horizon(request, oracles):
    """Treated and control alive at a horizon, and R's answers."""
    r = oracles("seed_trial")[f"seed_trial.survival_day{request.param}"]["results"]
    return *ALIVE[request.param], r


@pytest.fixture
def trial(samples):
    """Treated and control from lists of death days such as "17 18 19"; the others live."""

    def build(treated_days: str, control_days: str):
        days = [[int(day) for day in text.split()] for text in (treated_days, control_days)]
        time, died, arm = [], [], []
        for code, n, deaths in zip((1, 0), (10, 20), days, strict=True):
            time += [*deaths, *[28] * (n - len(deaths))]
            died += [*[True] * len(deaths), *[False] * (n - len(deaths))]
            arm += [code] * n
        return samples(time, died, arm)

    return build


@pytest.mark.parametrize(
    ("interval", "name"), [(clopper_pearson, "clopper_pearson"), (wilson, "wilson")]
)
def test_intervals_of_the_proportion_alive_equal_r(horizon, interval, name):
    treated, control, r = horizon
    for count, arm in ((treated, "arm1"), (control, "arm2")):
        found = interval(count, level=0.95)
        assert found.value == pytest.approx(r["proportion"][arm], **CLOSED_FORM)
        expected = (r[name][arm]["lower"], r[name][arm]["upper"])
        assert (found.lower, found.upper) == pytest.approx(expected, **CLOSED_FORM)


def test_newcombe_interval_equals_r(horizon):
    treated, control, r = horizon
    found = newcombe_difference(treated, control, level=0.95)
    r = r["newcombe_method10"]
    assert found[0] == pytest.approx(r["difference"], **CLOSED_FORM)
    assert (found.lower, found.upper) == pytest.approx((r["lower"], r["upper"]), **CLOSED_FORM)


def test_newcombe_interval_reproduces_the_table_of_newcombe_1998():
    found = newcombe_difference(Count(56, 70), Count(48, 80), level=0.95)
    assert [round(limit, 4) for limit in (found.lower, found.upper)] == [0.0524, 0.3339]


def test_risk_ratio_of_survival_equals_r(horizon):
    treated, control, r = horizon
    found = risk_ratio(treated, control, level=0.95)
    r = r["risk_ratio"]
    expected = (r["estimate"], r["log_lower"], r["log_upper"])
    assert (found.value, found.lower, found.upper) == pytest.approx(expected, **CLOSED_FORM)


def test_sample_odds_ratio_at_day_28_equals_r_and_is_missing_where_r_has_infinity(oracles):
    r = {
        day: oracles("seed_trial")[f"seed_trial.survival_day{day}"]["results"]["odds_ratio"]
        for day in ALIVE
    }
    found = odds_ratio(*ALIVE[28], level=0.95)
    assert found.value == pytest.approx(r[28]["sample"], **CLOSED_FORM)
    # Woolf: exp(log(14 / 9) ± 1.96 √(1/7 + 1/3 + 1/12 + 1/8)); R's item has the exact limits.
    margin = np.exp(1.959963984540054 * (1 / 7 + 1 / 3 + 1 / 12 + 1 / 8) ** 0.5)
    assert found.lower == pytest.approx(14 / 9 / margin, **CLOSED_FORM)
    assert r[14]["sample"] == "Inf"
    assert np.isnan(odds_ratio(*ALIVE[14], level=0.95).value)


def test_fisher_p_equals_r(horizon):
    treated, control, r = horizon
    assert fisher_p(treated, control).value == pytest.approx(r["fisher_p_two_sided"], **CLOSED_FORM)


@pytest.mark.parametrize("day", [14, 28])
def test_kaplan_meier_at_the_horizons_equals_r(day, trial, oracles):
    r = oracles("seed_trial")[f"seed_trial.km_day{day}"]["results"]["log_log"]
    treated, control = trial("15 20 28", "1 2 3 4 5 6 20 28")
    for sample, place in ((control, 0), (treated, 1)):
        point = kaplan_meier(sample, at=[day], level=0.95).loc[day]
        assert point["survival"] == pytest.approx(r["surv"][place], **CLOSED_FORM)
        if r["surv"][place] < 1:
            expected = (r["lower"][place], r["upper"][place])
            assert (point["lower"], point["upper"]) == pytest.approx(expected, **CLOSED_FORM)
        else:
            # R gives 1 to 1, which carries no information.
            assert np.isnan([point["lower"], point["upper"]]).all()


@pytest.fixture(scope="session")
def patterns(reference):
    """Every 40th order of deaths that agrees with the publication."""
    path = reference("oracles/statistics/seed_trial_patterns.csv")
    return pd.read_csv(path).iloc[::40]


def test_log_rank_and_cox_equal_r_for_orders_of_deaths_across_the_enumeration(patterns, trial):
    assert len(patterns) == 61
    for pattern in patterns.to_dict("records"):
        treated, control = trial(pattern["treated_days"], pattern["control_days"])
        tests = logrank(treated, control)
        # The file has 12 digits.
        assert tests["logrank_chisq"].value == pytest.approx(pattern["logrank_chisq"], rel=1e-9)
        assert tests["logrank_p"].value == pytest.approx(pattern["logrank_p"], rel=1e-9)
        ratio = hazard_ratio(treated, control, level=0.95)
        limits = ("cox_efron_hr", "cox_efron_hr_lower", "cox_efron_hr_upper")
        expected = [pattern[name] for name in limits]
        assert [ratio.value, ratio.lower, ratio.upper] == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize(
    ("name", "statistic"),
    [
        ("logrank_chisq", lambda pair: logrank(*pair)["logrank_chisq"].value),
        ("logrank_p", lambda pair: logrank(*pair)["logrank_p"].value),
        ("cox_efron_hr", lambda pair: hazard_ratio(*pair, level=0.95).value),
    ],
)
def test_bounds_over_all_orders_are_reached_by_their_examples(name, statistic, trial, oracles):
    bounds = oracles("seed_trial")["seed_trial.rank_and_cox_bounds"]["results"]["bounds"][name]
    for ties in bounds.values():
        for end in ("min", "max"):
            pair = trial(**ties[f"{end}_example"])
            assert statistic(pair) == pytest.approx(ties[end], rel=1e-9)
