"""The edge estimate_sofa: tables in, estimates out."""

from types import SimpleNamespace

import estimate_sofa
import numpy as np
import pandas as pd
import pytest

ARMS = {
    "msc": {"label": "MSC", "role": "treated"},
    "control": {"label": "Control", "role": "control"},
}
SOFA = {"definition": "recorded", "rules": None, "baseline_day": 1, "days": [1, 3]}
RULES = {"components": 6, "missing": "what is missing is 0", "after_death": "nobody is scored"}
# Of the treated: the score on day 1, and the change to day 3.
TREATED = {"A": (9, -3), "B": (8, -2), "C": (12, -4), "D": (10, -5), "E": (7, -1), "F": (11, -6)}


@pytest.fixture
def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Six treated with both days, one control with day 1 only, one control without a score."""
    rows = []
    for name, (first, change) in TREATED.items():
        rows += [(name, 6.0, "recorded", first), (name, 54.0, "recorded", first + change)]
    rows += [("A", 6.0, "sofa1996", 24), ("X", 0.0, "recorded", 5)]
    scores = pd.DataFrame(rows, columns=["participant_id", "time_h", "definition", "score"])
    source = {"source_file": "crf.xlsx#SOFA", "source_row": np.arange(2.0, len(scores) + 2)}
    scores = scores.assign(status="observed", n_components=6.0, **source)
    everybody = [*TREATED, "X", "Y"]
    analysis_set = pd.DataFrame(
        {
            "participant_id": everybody,
            "arm": ["msc"] * 6 + ["control"] * 2,
            "time_zero_h": [6.0] * 6 + [0.0] * 2,
        }
    )
    return analysis_set, scores.astype({"score": float})


@pytest.fixture
def estimate(tmp_path):
    """Run the edge on two tables; returns the path of the estimates."""

    def run(analysis_set: pd.DataFrame, scores: pd.DataFrame, name: str = "sofa", **changed):
        paths = SimpleNamespace(
            analysis_set=tmp_path / "analysis_set.parquet", sofa=tmp_path / "scores.parquet"
        )
        analysis_set.to_parquet(paths.analysis_set)
        scores.to_parquet(paths.sofa)
        path = tmp_path / f"{name}.parquet"
        estimate_sofa.main(
            SimpleNamespace(
                input=paths,
                output=SimpleNamespace(estimates=path),
                params=SimpleNamespace(sofa={**SOFA, **changed}, arms=ARMS, level=0.95),
            )
        )
        return path

    return run


def test_rows_of_the_treated(tables, estimate):
    table = pd.read_parquet(estimate(*tables)).set_index("key")
    assert table.loc["sofa.total.analysed.msc@1.mean", "value"] == 9.5
    assert table.loc["sofa.total.analysed.msc@3.median", ["value", "n"]].tolist() == [6, 6]
    change = table.loc["sofa.total.analysed.msc@3.change_hl"]
    # Changes of -1 to -6: the median of their averages; all of them, as 1/64 < 0.025 < 2/64.
    assert change[["value", "lower", "upper"]].tolist() == [-3.5, -6, -1]
    assert change["definition"] == "recorded"
    assert change["method"].endswith("; descriptive within arm, of those with both days")
    assert table.loc["sofa.total.analysed.msc@3.change_p", "value"] == 2 / 64
    assert table.loc["sofa.total.analysed.msc@3.change_mean", "value"] == -3.5


def test_computed_scores_say_their_rules_and_how_many_lack_a_component(tables, estimate):
    analysis_set, scores = tables
    scores.loc[[1, 3], "n_components"] = [5.0, 4.0]
    scores.loc[5, ["n_components", "status"]] = [0.0, "after_death"]
    table = pd.read_parquet(estimate(analysis_set, scores, rules=RULES)).set_index("key")
    method = "Median; what is missing is 0; nobody is scored"
    assert table.loc["sofa.total.analysed.msc@1.median", "method"] == method
    counts = table.loc[["sofa.total.analysed.msc.scores", "sofa.total.analysed.msc.incomplete"]]
    assert counts[["value", "n"]].values.tolist() == [[11, 6], [2, 6]]
    assert table.loc["sofa.total.analysed.control.incomplete", ["value", "n"]].tolist() == [0, 1]


def test_days_without_scores_are_missing_and_say_so(tables, estimate):
    table = pd.read_parquet(estimate(*tables)).set_index("key")
    assert table.loc["sofa.total.analysed.control@1.mean", ["value", "n"]].tolist() == [5, 1]
    assert np.isnan(table.loc["sofa.total.analysed.control@1.sd", "value"])
    change = table.loc["sofa.total.analysed.control@3.change_p"]
    assert np.isnan(change["value"])
    assert change["n"] == 0
    assert "not estimable: no pairs" in change["method"]


def test_the_baseline_day_has_no_change(tables, estimate):
    table = pd.read_parquet(estimate(*tables))
    on_day_1 = table.loc[table["study_day"].eq(1), "statistic"]
    assert set(on_day_1) == {"mean", "sd", "median", "q1", "q3"}


def test_the_order_of_rows_changes_no_byte(tables, estimate):
    shuffled = [table.sample(frac=1, random_state=1) for table in tables]
    first = estimate(*tables, name="first").read_bytes()
    assert estimate(*shuffled, name="second").read_bytes() == first
