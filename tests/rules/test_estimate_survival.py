"""The edge estimate_survival: tables in, estimates out."""

from types import SimpleNamespace

import estimate_survival
import pandas as pd
import pytest

ARMS = {
    "msc": {"label": "MSC", "role": "treated"},
    "control": {"label": "Control", "role": "control"},
}
SURVIVAL = {
    "label": "death from any cause",
    "follow_up_days": 28,
    "horizons_days": [14, 28],
    "death_counts_at": "latest",
    "risk_table_days": [0, 7, 14, 21, 28],
}
DEATHS = {"msc": [20, 24, 28], "control": [1, 2, 3, 4, 5, 7, 20, 22]}
SIZE = {"msc": 10, "control": 20}


@pytest.fixture
def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    """The published trial: time zero 12 hours after the origin in the treated."""
    analysis_set, outcomes = [], []
    for arm, size in SIZE.items():
        for number in range(size):
            name, zero = f"{arm}{number:02d}", 12.0 if arm == "msc" else 0.0
            died = number < len(DEATHS[arm])
            day = DEATHS[arm][number] if died else 40
            analysis_set.append({"participant_id": name, "arm": arm, "time_zero_h": zero})
            outcomes.append({"participant_id": name, "died": died, "time_h": 24.0 * day + zero})
    outcomes = pd.DataFrame(outcomes).assign(source_file="ends.csv", source_row=2)
    return pd.DataFrame(analysis_set), outcomes


@pytest.fixture
def estimate(tmp_path):
    """Run the edge on two tables; returns the path of the estimates."""

    def run(analysis_set: pd.DataFrame, outcomes: pd.DataFrame, name: str = "survival"):
        paths = SimpleNamespace(
            analysis_set=tmp_path / "analysis_set.parquet", outcomes=tmp_path / "outcomes.parquet"
        )
        analysis_set.to_parquet(paths.analysis_set)
        outcomes.to_parquet(paths.outcomes)
        path = tmp_path / f"{name}.parquet"
        estimate_survival.main(
            SimpleNamespace(
                input=paths,
                output=SimpleNamespace(estimates=path),
                params=SimpleNamespace(survival=SURVIVAL, arms=ARMS, level=0.95),
            )
        )
        return path

    return run


def test_the_published_numbers_come_out(tables, estimate):
    table = pd.read_parquet(estimate(*tables)).set_index("key")
    alive = [
        table.loc[f"mortality.death.analysed.{arm}@{day}.alive", "value"]
        for day in (14, 28)
        for arm in ("msc", "control")
    ]
    assert alive == [10, 14, 7, 12]
    versus = "mortality.death.analysed.msc-vs-control"
    assert table.loc[f"{versus}@14.fisher_p", "value"] == pytest.approx(0.0741189844638121)
    assert table.loc[f"{versus}@28.fisher_p", "value"] == pytest.approx(0.70199515626802)
    difference = table.loc[f"{versus}@14.survival_difference"]
    limits = [round(difference[name], 3) for name in ("value", "lower", "upper")]
    assert limits == [0.300, -0.018, 0.519]
    assert difference["method"].startswith("Difference of proportions, Newcombe")


def test_every_row_has_its_method_and_the_keys_agreed(tables, estimate):
    table = pd.read_parquet(estimate(*tables))
    assert table["method"].str.len().gt(0).all()
    by_kind = table.groupby("analysis")["statistic"].agg(set)
    assert by_kind["mortality"] == {
        *("deaths", "alive", "risk", "risk_wilson", "survival"),
        *("risk_difference", "survival_difference", "risk_ratio", "odds_ratio", "fisher_p"),
    }
    assert by_kind["survival"] == {
        *("survival_probability", "at_risk", "median"),
        *("hazard_ratio", "logrank_chisq", "logrank_p"),
    }


def test_numbers_at_risk_count_those_followed_to_the_day(tables, estimate):
    table = pd.read_parquet(estimate(*tables))
    rows = table[table["statistic"].eq("at_risk") & table["group"].eq("control")]
    assert rows["study_day"].tolist() == SURVIVAL["risk_table_days"]
    assert rows["value"].tolist() == [20, 15, 14, 13, 12]
    assert rows["n_events"].tolist() == [0, 6, 6, 7, 8]


def test_the_order_of_rows_changes_no_byte(tables, estimate):
    shuffled = [table.sample(frac=1, random_state=1) for table in tables]
    first = estimate(*tables, name="first").read_bytes()
    assert estimate(*shuffled, name="second").read_bytes() == first
