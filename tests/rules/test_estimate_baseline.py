"""The edge estimate_baseline: tables in, estimates out."""

from types import SimpleNamespace

import estimate_baseline
import numpy as np
import pandas as pd
import pytest

ARMS = {
    "msc": {"label": "MSC", "role": "treated"},
    "control": {"label": "Control", "role": "control"},
}
COVARIATES = {
    "diabetes": {"label": "Diabetes", "type": "boolean"},
    "diagnosis": {
        "label": "Diagnosis",
        "type": "category",
        "levels": {"septic_shock": "Septic shock", "sepsis": "Sepsis"},
    },
    "race": {"label": "Race", "type": "category"},
    "education_years": {"label": "Education", "type": "number", "unit": "a"},
}
VARIABLES = ["age_years", "sex", *COVARIATES, "lactate", "il_6"]


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    """Two treated, two controls, and a candidate who is not analysed."""
    people = ["A", "B", "X", "Y", "Z"]
    participants = pd.DataFrame(
        {
            "participant_id": people,
            "age_years": [40.0, 60.0, 50.0, np.nan, 99.0],
            "sex": ["female", "male", "male", "male", "other"],
            "diabetes": pd.array([True, None, False, False, True], dtype="boolean"),
            "diagnosis": ["sepsis", "septic_shock", "sepsis", "sepsis", "sepsis"],
            "race": ["Other", "White, any", None, "Other", "Asian"],
            "education_years": [12.0, 12.0, 12.0, 12.0, 12.0],
        }
    ).assign(
        arm=None, site=None, weight_kg=70.0, height_cm=170.0, origin=pd.Timestamp(2020, 1, 1),
        source_file="people.csv", source_row=range(2, 7),
    )  # fmt: skip
    measurements = pd.DataFrame(
        [("A", 30.0, 9.0), ("A", 12.0, 3.0), ("A", 11.0, 7.0), ("B", 20.0, 8.0), ("X", 2.0, 1.5)],
        columns=["participant_id", "time_h", "value"],
    ).assign(
        variable="lactate", unit="mmol/L", censoring="none", precision="minute",
        source_file="lab.csv", source_row=range(2, 7),
    )  # fmt: skip
    return {
        "analysis_set": pd.DataFrame(
            {
                "participant_id": people[:4],
                "arm": ["msc", "msc", "control", "control"],
                "time_zero_h": [12.0, 12.0, 0.0, 0.0],
            }
        ),
        "participants": participants,
        "flow": pd.DataFrame(
            {
                "sequence": [1, 2, 3],
                "group": ["all", "all", "msc"],
                "step": ["screened", "age", "analysed"],
                "label": ["Screened", "Age 18 to 80 years", "Analysed"],
                "n_excluded": pd.array([None, 1, None], dtype="Int64"),
                "n_remaining": [5, 4, 2],
            }
        ),
        "measurements": measurements,
    }


@pytest.fixture
def estimate(tmp_path):
    """Run the edge on the tables; returns the path of the estimates."""

    def run(tables: dict[str, pd.DataFrame], name: str = "baseline"):
        for table, frame in tables.items():
            frame.to_parquet(tmp_path / f"{table}.parquet")
        paths = {table: tmp_path / f"{table}.parquet" for table in tables}
        domains = [paths.pop("measurements")] if "measurements" in paths else []
        path = tmp_path / "estimates" / f"{name}.parquet"
        params = SimpleNamespace(variables=VARIABLES, covariates=COVARIATES, arms=ARMS)
        estimate_baseline.main(
            SimpleNamespace(
                input=SimpleNamespace(**paths, measurements=domains),
                output=SimpleNamespace(estimates=path),
                params=params,
            )
        )
        return path

    return run


def test_flow_and_numbers_analysed(tables, estimate):
    table = pd.read_parquet(estimate(tables)).set_index("key")
    assert table.loc["flow.screened.screened.all.n", "value"] == 5
    excluded = table.loc["flow.age.screened.all.n_excluded"]
    assert (excluded["value"], excluded["method"]) == (
        1,
        "Participants excluded: Age 18 to 80 years",
    )
    assert "flow.screened.screened.all.n_excluded" not in table.index
    assert table.loc["participants.analysed.analysed.control.n", "value"] == 2


def test_a_number_is_described_of_those_who_have_it(tables, estimate):
    table = pd.read_parquet(estimate(tables)).set_index("key")
    age = table.loc["baseline.age_years.analysed.msc.mean"]
    assert (age["value"], age["unit"], age["n"]) == (50, "a", 2)
    assert table.loc["baseline.age_years.analysed.control.maximum", "value"] == 50
    assert table.loc["baseline.age_years.analysed.control.n_missing", "value"] == 1
    assert np.isnan(table.loc["baseline.age_years.analysed.control.sd", "value"])
    assert np.isnan(table.loc["baseline.age_years.analysed.msc-vs-control.smd", "value"])
    assert table.loc["baseline.education_years.analysed.msc-vs-control.smd", "value"] == 0


def test_a_boolean_has_one_level(tables, estimate):
    table = pd.read_parquet(estimate(tables)).set_index("key")
    count = table.loc["baseline.diabetes=true.analysed.msc.count"]
    assert (count["value"], count["n"]) == (1, 1)
    assert table.loc["baseline.diabetes=true.analysed.control.proportion", "value"] == 0
    assert table.loc["baseline.diabetes.analysed.msc.n_missing", "value"] == 1
    assert "baseline.diabetes=false.analysed.msc.count" not in table.index


def test_levels_come_in_the_order_of_the_study_file_else_sorted(tables, estimate):
    table = pd.read_parquet(estimate(tables))
    shown = table.loc[table["statistic"].eq("count") & table["group"].eq("msc"), "endpoint"]
    assert shown.tolist() == [
        *("sex=female", "sex=male", "diabetes=true"),
        *("diagnosis=septic_shock", "diagnosis=sepsis", "race=other", "race=white_any"),
    ]
    smd = table.set_index("key").loc["baseline.diagnosis=sepsis.analysed.msc-vs-control.smd"]
    assert smd["value"] == pytest.approx(-0.5 / np.sqrt(0.125))


def test_a_level_is_carried_as_the_data_hold_it(tables, estimate):
    sites = {"東京": "_1", "a\nb": "a_b"}
    people = tables["participants"]
    people["race"] = [list(sites)[number % 2] for number in range(len(people))]
    table = pd.read_parquet(estimate(tables))
    rows = table[table["endpoint"].str.startswith("race=")]
    assert set(rows["statistic"]) == {"count", "proportion", "smd"}
    found = {(row["endpoint"], row["definition"]) for row in rows.to_dict("records")}
    assert {text for _, text in found} == set(sites)
    assert len(found) == 2
    assert table.loc[table["endpoint"].eq("age_years"), "definition"].isna().all()


def test_a_measured_variable_is_its_first_value_on_study_day_1(tables, estimate):
    table = pd.read_parquet(estimate(tables)).set_index("key")
    lactate = table.loc["baseline.lactate.analysed.msc.median"]
    assert (lactate["value"], lactate["n"], lactate["unit"]) == (5.5, 2, "mmol/L")
    assert table.loc["baseline.lactate.analysed.control.n_missing", "value"] == 1
    assert table.loc["baseline.il_6.analysed.msc.n_missing", "value"] == 2


def test_a_limit_counts_as_itself_and_says_so(tables, estimate):
    limit = tables["measurements"]["time_h"].eq(20)
    tables["measurements"].loc[limit, "censoring"] = "below"
    table = pd.read_parquet(estimate(tables)).set_index("key")
    lactate = table.loc["baseline.lactate.analysed.msc.median"]
    assert lactate["value"] == 5.5
    assert lactate["method"].endswith("; 1 beyond a limit counted as the limit")
    assert "limit" not in table.loc["baseline.lactate.analysed.control.median", "method"]


def test_a_study_without_measurements_has_its_rows_all_the_same(tables, estimate):
    del tables["measurements"]
    table = pd.read_parquet(estimate(tables)).set_index("key")
    assert table.loc["baseline.lactate.analysed.msc.n_missing", "value"] == 2
    assert "not estimable: 0 value(s)" in table.loc["baseline.lactate.analysed.msc.mean", "method"]


def test_the_order_of_rows_changes_no_byte(tables, estimate):
    shuffled = {name: table.sample(frac=1, random_state=1) for name, table in tables.items()}
    first = estimate(tables, name="first").read_bytes()
    assert estimate(shuffled, name="second").read_bytes() == first
