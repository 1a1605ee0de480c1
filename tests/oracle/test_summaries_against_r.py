"""Summaries by visit, and standardised mean differences, as R 4.2.2 gives them."""

import numpy as np
import pytest
from sepsisflow.inference.baseline import smd_of_numbers, smd_of_proportions
from sepsisflow.inference.summaries import describe

CLOSED_FORM = {"rel": 1e-9, "abs": 1e-12}
THEIRS = {"mean": "mean", "sd": "sd", "median": "median", "q1": "q25", "q3": "q75"}


def test_sofa_by_arm_and_day_equals_aggregate(oracles, datasets):
    r = oracles("longitudinal")["trial_sofa.locf_summary"]["results"]
    trial = datasets("simulated_trial_long")
    for place, (arm, day) in enumerate(zip(r["arm"], r["day"], strict=True)):
        chosen = trial["arm"].eq(arm) & trial["day"].eq(day)
        values = trial.loc[chosen, "sofa"].dropna().to_numpy()
        assert values.size == r["n"][place]
        found = {name: each.value for name, each in describe(values, THEIRS).items()}
        expected = {name: r[theirs][place] for name, theirs in THEIRS.items()}
        assert found == pytest.approx(expected, **CLOSED_FORM)


@pytest.mark.parametrize(
    ("data", "numbers_of", "binary"),
    [
        ("lalonde", ["age", "educ", "re74", "re75"], {"married": 1, "nodegree": 1}),
        ("lalonde", [], {"race_black": "black", "race_hispan": "hispan", "race_white": "white"}),
        ("pool", ["age", "sofa"], {"sex_F": "F", "sex_M": "M", "shock": 1}),
    ],
)
def test_standardised_mean_differences_equal_r(data, numbers_of, binary, oracles, datasets):
    r = oracles("matching")[f"{data}.propensity"]["results"]["balance_before"]
    theirs = dict(zip(r["covariate"], r["smd_pooled_sd"], strict=True))
    table = datasets("simulated_pool" if data == "pool" else data)
    treated, control = table[table["treat"].eq(1)], table[table["treat"].eq(0)]
    for name in numbers_of:
        found = smd_of_numbers(treated[name].to_numpy(), control[name].to_numpy())
        assert found.value == pytest.approx(theirs[name], **CLOSED_FORM)
    for name, level in binary.items():
        column = name if name in table else name.split("_")[0]
        arms = [np.equal(arm[column].to_numpy(), level) for arm in (treated, control)]
        assert smd_of_proportions(*arms).value == pytest.approx(theirs[name], **CLOSED_FORM)
