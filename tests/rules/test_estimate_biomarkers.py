"""The edge estimate_biomarkers: tables in, estimates out."""

from types import SimpleNamespace

import estimate_biomarkers
import numpy as np
import pandas as pd
import pytest

ARMS = {
    "msc": {"label": "MSC", "role": "treated"},
    "control": {"label": "Control", "role": "control"},
}
SETTINGS = {
    "label": "Cytokines before each infusion",
    "domain": "biomarkers",
    "variables": ["il_6", "il_10", "tnf_alpha"],
    "arms": ["msc"],
    "baseline_day": 1,
    "days": [1, 3],
    "summary": "mean_log_ratio",
    "below_limit": "half_limit",
}
# IL-6 halves, quarters, …; IL-10 does not change; TNF-α is never measured.
RATIOS = [2.0**-power for power in range(1, 7)]


@pytest.fixture
def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Six treated, and a control whose values the panel does not ask for."""
    people = list("ABCDEF")
    rows = []
    for name, ratio in zip(people, RATIOS, strict=True):
        rows += [(name, 0.0, "il_6", 64.0, "none"), (name, 48.0, "il_6", 64.0 * ratio, "none")]
        rows += [(name, 0.0, "il_10", 4.0, "below"), (name, 48.0, "il_10", 2.0, "none")]
    rows += [("X", 0.0, "il_6", 1000.0, "none")]
    columns = ["participant_id", "time_h", "variable", "value", "censoring"]
    values = pd.DataFrame(rows, columns=columns)
    values = values.assign(unit="pg/mL", source_file="lab.csv", source_row=range(2, len(rows) + 2))
    analysis_set = pd.DataFrame(
        {"participant_id": [*people, "X"], "arm": ["msc"] * 6 + ["control"], "time_zero_h": 0.0}
    )
    return analysis_set, values


@pytest.fixture
def estimate(tmp_path):
    """Run the edge on two tables; returns the path of the estimates."""

    def run(analysis_set: pd.DataFrame, values: pd.DataFrame, name: str = "cytokines"):
        paths = SimpleNamespace(
            analysis_set=tmp_path / "analysis_set.parquet", values=tmp_path / "values.parquet"
        )
        analysis_set.to_parquet(paths.analysis_set)
        values.to_parquet(paths.values)
        path = tmp_path / f"{name}.parquet"
        params = SimpleNamespace(panel="cytokines", settings=SETTINGS, arms=ARMS, level=0.95)
        output = SimpleNamespace(estimates=path)
        estimate_biomarkers.main(SimpleNamespace(input=paths, output=output, params=params))
        return path

    return run


def test_rows_of_a_variable_that_falls(tables, estimate):
    table = pd.read_parquet(estimate(*tables)).set_index("key")
    day_3 = table.loc["cytokines.il_6.analysed.msc@3.geometric_mean"]
    assert day_3["value"] == pytest.approx(64 * 2**-3.5)
    assert (day_3["n"], day_3["unit"]) == (6, "pg/mL")
    ratio = table.loc["cytokines.il_6.analysed.msc.ratio"]
    expected = [2**-3.5, 2**-6, 2**-1]
    assert ratio[["value", "lower", "upper"]].tolist() == pytest.approx(expected)
    assert table.loc["cytokines.il_6.analysed.msc.p", "value"] == 2 / 64
    assert table.loc["cytokines.il_6.analysed.msc.p_smallest", "value"] == 2 / 64


def test_a_value_below_the_limit_counts_as_half_of_it_and_is_counted(tables, estimate):
    table = pd.read_parquet(estimate(*tables)).set_index("key")
    day_1 = table.loc["cytokines.il_10.analysed.msc@1.median"]
    assert day_1["value"] == 2
    assert day_1["method"] == "Median; 6 below the limit counted as 0.5 of it"
    assert table.loc["cytokines.il_10.analysed.msc@1.n_below_limit", "value"] == 6
    assert table.loc["cytokines.il_10.analysed.msc@3.n_below_limit", "value"] == 0


def test_what_cannot_be_tested_is_missing_and_not_counted_by_holm(tables, estimate):
    table = pd.read_parquet(estimate(*tables)).set_index("key")
    unchanged = table.loc["cytokines.il_10.analysed.msc.p"]
    assert np.isnan(unchanged["value"])
    assert "not estimable: every difference is 0" in unchanged["method"]
    absent = table.loc["cytokines.tnf_alpha.analysed.msc.ratio"]
    assert np.isnan(absent["value"])
    assert absent["n"] == 0
    adjusted = table.loc["cytokines.il_6.analysed.msc.p_holm"]
    assert adjusted["value"] == 2 / 64
    assert adjusted["method"].startswith("Holm's adjustment over 1 test(s)")


def test_only_the_arms_of_the_panel_have_rows(tables, estimate):
    assert set(pd.read_parquet(estimate(*tables))["group"]) == {"msc"}


def test_the_order_of_rows_changes_no_byte(tables, estimate):
    shuffled = [table.sample(frac=1, random_state=1) for table in tables]
    first = estimate(*tables, name="first").read_bytes()
    assert estimate(*shuffled, name="second").read_bytes() == first
