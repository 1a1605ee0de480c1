"""Kaplan–Meier, quartiles, log-rank and Cox as R 4.2.2, survival 3.5.3, gives them."""

import warnings

import numpy as np
import pandas as pd
import pytest
from sepsisflow.inference.survival import hazard_ratio, kaplan_meier, logrank, survival_quantile

CLOSED_FORM = {"rel": 1e-9, "abs": 1e-12, "nan_ok": True}
COX = {"rel": 1e-7}
SETS = ["lung_sex", "veteran_trt", "ovarian_rx", "pbc_trt"]
NASTY = [
    "all_censored",
    "no_events_in_arm1",
    "one_subject_per_arm",
    "everything_tied",
    "complete_separation",
    "zero_times",
    "missing_values",
    "censor_tied_with_event",
    "flat_half",
    "floating_ties",
    "only_one_arm",
    "last_is_event",
]


@pytest.fixture
def trial(datasets, samples):
    """Treated and control of a survival suite, grouped as its ``inputs`` say."""

    def read(name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        data = datasets(name.split("_")[0])
        if name == "lung_sex":
            return samples(data["time"], data["status"].eq(2), data["sex"].eq(2).astype(int))
        if name == "veteran_trt":
            return samples(data["time"], data["status"].eq(1), data["trt"].eq(2).astype(int))
        if name == "ovarian_rx":
            return samples(data["futime"], data["fustat"].eq(1), data["rx"].eq(2).astype(int))
        data = data.dropna(subset=["trt"])
        return samples(data["time"], data["status"].eq(2), data["trt"].eq(1).astype(int))

    return read


@pytest.mark.parametrize("name", SETS)
def test_kaplan_meier_and_its_log_log_interval_equal_survfit(name, trial, oracles, numbers):
    r = oracles(name.split("_")[0])[f"{name}.km.loglog"]["results"]
    r = pd.DataFrame(r)
    for code, sample in zip((1, 0), trial(name), strict=True):
        expected = r[r["stratum"].eq(f"arm={code}")]
        curve = kaplan_meier(sample, at=[], level=0.95)
        assert curve.index.tolist() == expected["time"].tolist()
        assert curve["at_risk"].tolist() == expected["n_risk"].tolist()
        assert curve["deaths"].tolist() == expected["n_event"].tolist()
        for ours, theirs in (("survival", "surv"), ("lower", "lower"), ("upper", "upper")):
            assert curve[ours].tolist() == pytest.approx(
                numbers(expected[theirs].tolist()), **CLOSED_FORM
            )


@pytest.mark.parametrize("name", SETS)
def test_quartiles_equal_quantile_survfit(name, trial, oracles, numbers):
    r = oracles(name.split("_")[0])[f"{name}.quantiles.loglog"]["results"]
    for row, sample in zip((1, 0), trial(name), strict=True):
        curve = kaplan_meier(sample, at=[], level=0.95)
        for column, probability in enumerate(r["probs"]):
            found = survival_quantile(curve, probability, level=0.95)
            expected = [r[part]["values"][row][column] for part in ("quantile", "lower", "upper")]
            assert [found.value, found.lower, found.upper] == pytest.approx(
                numbers(expected), **CLOSED_FORM
            )


@pytest.mark.parametrize("name", SETS)
def test_log_rank_equals_survdiff(name, trial, oracles):
    r = oracles(name.split("_")[0])[f"{name}.survdiff.rho0"]["results"]
    found = logrank(*trial(name))
    assert found["logrank_chisq"].value == pytest.approx(r["chisq"], rel=1e-9)
    assert found["logrank_p"].value == pytest.approx(r["p"], rel=1e-9)


@pytest.mark.parametrize("name", SETS)
def test_cox_with_efron_ties_equals_coxph(name, trial, oracles):
    r = oracles(name.split("_")[0])[f"{name}.cox.efron"]["results"]["terms"]
    found = hazard_ratio(*trial(name), level=0.95)
    assert found.value == pytest.approx(r["hr"], **COX)
    assert (found.lower, found.upper) == pytest.approx((r["hr_lower"], r["hr_upper"]), **COX)


@pytest.fixture
def awkward(oracles, samples):
    """Treated and control of a case of nasty.json, without the rows that R drops as missing."""

    def read(name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        inputs = pd.DataFrame(oracles("nasty")[f"{name}.km"]["inputs"])
        inputs = inputs[~inputs.isin(["NA"]).any(axis=1)].astype(float)
        return samples(inputs["time"], inputs["status"].eq(1), inputs["arm"].astype(int))

    return read


@pytest.mark.parametrize("name", NASTY)
def test_kaplan_meier_of_awkward_data_equals_survfit(name, awkward, oracles, numbers):
    r = oracles("nasty")[f"{name}.km"]["results"]
    strata = r["strata"] or ["arm=1"] * len(r["time"])
    expected = pd.DataFrame({key: r[key] for key in ("time", "n_risk", "n_event", "surv", "lower")})
    for code, sample in zip((1, 0), awkward(name), strict=True):
        of_arm = expected[[stratum == f"arm={code}" for stratum in strata]]
        curve = kaplan_meier(sample, at=[], level=0.95)
        assert curve.index.tolist() == pytest.approx(of_arm["time"].tolist())
        assert curve["at_risk"].tolist() == of_arm["n_risk"].tolist()
        assert curve["deaths"].tolist() == of_arm["n_event"].tolist()
        for column, theirs in (("survival", "surv"), ("lower", "lower")):
            assert curve[column].tolist() == pytest.approx(
                numbers(of_arm[theirs].tolist()), **CLOSED_FORM
            )


# Where the curve ends on the stretch at one half, R disagrees with itself: summary(fit)$table,
# recorded in nasty.json, gives its first day (12), quantile(fit) and median(fit) its middle.
QUANTILE_SURVFIT = {("missing_values", 0): 20}


@pytest.mark.parametrize("name", NASTY)
def test_median_of_awkward_data_is_the_middle_of_a_flat_stretch(name, awkward, oracles, numbers):
    r = oracles("nasty")[f"{name}.km"]["results"]["median"]
    theirs = {1: r.get("arm=1", r.get("median")), 0: r.get("arm=0")}
    for code, sample in zip((1, 0), awkward(name), strict=True):
        if theirs[code] is not None:
            found = survival_quantile(kaplan_meier(sample, at=[], level=0.95), 0.5, level=0.95)
            expected = QUANTILE_SURVFIT.get((name, code), numbers(theirs[code]))
            assert found.value == pytest.approx(expected, **CLOSED_FORM)


# R 4.2.2, survival 3.5.3: quantile(survfit(Surv(time, status) ~ 1, conf.type = "log-log"),
# probs = p) -> $quantile, $lower, $upper. The curve ends on the stretch at 1 - p.
FLAT_TO_THE_END = [
    ([1, 7, 28, 28], [1, 1, 0, 0], 0.5, (17.5, 1)),
    ([3, 12, 28, 28], [1, 1, 0, 0], 0.5, (20, 3)),
    ([1, 7, 20, 28], [1, 1, 0, 0], 0.5, (17.5, 1)),
    ([1, 7, 7, 7], [1, 1, 0, 0], 0.5, (7, 1)),
    ([1, 2, 3, 4, 10, 10, 12, 12], [1, 1, 1, 1, 0, 0, 0, 0], 0.5, (8, 1)),
    ([2, 2, 5, 9], [1, 1, 0, 0], 0.5, (5.5, 2)),
    ([1, 7, 28, 28], [1, 1, 0, 0], 0.25, (4, 1)),
]


@pytest.mark.parametrize(("time", "status", "probability", "expected"), FLAT_TO_THE_END)
def test_a_stretch_at_the_quantile_may_be_the_last_as_in_quantile_survfit(
    time, status, probability, expected
):
    followed = pd.DataFrame({"time_d": time, "died": np.array(status, bool)}).astype(
        {"time_d": "float64"}
    )
    # Days asked for beyond the last follow-up lengthen no stretch.
    for at in ([], [0.0, 14.0, 60.0]):
        curve = kaplan_meier(followed, at=at, level=0.95)
        found = survival_quantile(curve, probability, level=0.95)
        assert (found.value, found.lower) == pytest.approx(expected, rel=1e-9)
        assert np.isnan(found.upper)  # R: NA in every case


WITHOUT_TEST = {
    "all_censored": "no deaths",
    "everything_tied": "everybody at risk died at the same time",
    "only_one_arm": "an arm without participants",
}


@pytest.mark.parametrize("name", NASTY)
def test_log_rank_of_awkward_data_equals_survdiff_or_says_why_not(name, awkward, oracles):
    found = logrank(*awkward(name))
    if name in WITHOUT_TEST:
        for estimate in found.values():
            assert np.isnan(estimate.value)
            assert WITHOUT_TEST[name] in estimate.method
    else:
        r = oracles("nasty")[f"{name}.logrank"]["results"]
        assert found["logrank_chisq"].value == pytest.approx(r["chisq"], **CLOSED_FORM)
        assert found["logrank_p"].value == pytest.approx(r["p"], **CLOSED_FORM)


WITHOUT_RATIO = {
    "all_censored": "no deaths",
    "only_one_arm": "an arm without participants",
    "no_events_in_arm1": "monotone likelihood",
    "one_subject_per_arm": "monotone likelihood",
    "complete_separation": "monotone likelihood",
    "missing_values": "monotone likelihood",
}


@pytest.mark.parametrize("name", NASTY)
def test_hazard_ratio_of_awkward_data_equals_coxph_or_says_why_not(name, awkward, oracles):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = hazard_ratio(*awkward(name), level=0.95)
    if name in WITHOUT_RATIO:
        assert np.isnan([found.value, found.lower, found.upper]).all()
        assert WITHOUT_RATIO[name] in found.method
    else:
        r = oracles("nasty")[f"{name}.cox_efron"]["results"]
        assert np.log(found.value) == pytest.approx(r["coef"], rel=1e-7, abs=1e-9)
        assert (found.lower, found.upper) == pytest.approx(tuple(r["hr_ci"]), **COX)
