"""The preset mimic-code equals the field's reference tables, hour by hour (half of the stays).

The reference is mimic-code, commit 8bcbd190, run on the MIMIC-IV demo 2.2.
"""

import sys
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from sepsisflow.schemas.organ_scores import SCHEMAS
from whole_workflow import Workflow, copy_workflow

COMPONENTS = ["respiration", "coagulation", "liver", "cardiovascular", "cns", "renal"]
HOUR, DAY = ["participant_id", "hour"], ["participant_id", "study_day"]


class Run:
    """Scores of the demo, and the reference tables."""

    def __init__(self, results, oracle):
        self.results, self.oracle = results, oracle

    def scores(self, table, definition="mimic-code"):
        """A table of scores."""
        frame = pd.read_parquet(self.results / f"derived/scores/{definition}/{table}.parquet")
        words = frame.select_dtypes("category").columns
        return frame.astype(dict.fromkeys(words, object))

    def reference(self, table):
        """A reference table, with the participants' names."""
        frame = pd.read_csv(self.oracle / f"{table}.csv.gz")
        return frame.assign(participant_id=frame["stay_id"].astype(str))


@pytest.fixture(scope="module")
def run(reference, tmp_path_factory):
    """The demo, scored through the workflow."""
    data = reference("data/mimic-iv-demo").resolve()
    oracle = reference("oracles/mimic-iv-demo")
    folder = tmp_path_factory.mktemp("mimic")
    copy_workflow(folder)
    workflow, chosen = Workflow(folder), ("--config", "study=mimic-iv-demo", f"data={data}")
    workflow.build("scores", "-c2", *chosen)
    assert workflow.planned("scores", *chosen) == {}
    return Run(folder / "results/mimic-iv-demo", oracle)


def side_by_side(scores, column, keys, expected):
    """Score of each component in a column, in the reference's rows."""
    wide = scores.pivot(index=keys, columns="component", values=column)
    listed = wide.index.get_level_values(0).isin(expected.index.get_level_values(0))
    assert wide[listed].index.sort_values().equals(expected.index.sort_values())
    return wide.reindex(expected.index)


def differences(found, expected):
    """Rows that are not equal; missing equals missing only."""
    return int((~(found.eq(expected) | (found.isna() & expected.isna()))).sum())


def test_every_component_and_total_of_every_hour_equals_the_reference(run, capsys):
    expected = run.reference("sofa").rename(columns={"hr": "hour"}).set_index(HOUR)
    scores = run.scores("hourly_components")
    alone = side_by_side(scores, "hour_score", HOUR, expected)
    worst = side_by_side(scores, "score", HOUR, expected)
    total = run.scores("hourly_totals").set_index(HOUR)["score"].reindex(expected.index)
    differ = {
        **{name: differences(alone[name], expected[name]) for name in COMPONENTS},
        **{
            f"{name}_24hours": differences(worst[name].fillna(0), expected[f"{name}_24hours"])
            for name in COMPONENTS
        },
        "sofa_24hours": differences(total, expected["sofa_24hours"]),
    }
    with capsys.disabled():
        sys.stdout.write(
            f"\nsofa: {len(expected)} hours of 70 stays compared; differences: {differ}\n"
        )
    assert len(expected) == 6652
    assert Counter(differ) == Counter(dict.fromkeys(differ, 0))


def test_every_component_and_total_of_every_day_equals_the_reference(run, capsys):
    expected = run.reference("sofa_daily")
    expected = expected.assign(study_day=expected["icu_day"] + 1).set_index(DAY)
    worst = side_by_side(run.scores("daily_components"), "score", DAY, expected)
    totals = run.scores("daily_totals").set_index(DAY).reindex(expected.index)
    differ = {name: differences(worst[name], expected[name]) for name in COMPONENTS}
    differ["sofa_day"] = differences(totals["score"], expected["sofa_day"])
    for name in ("n_components", "n_hours"):
        differ[name] = differences(totals[name], expected[name])
    with capsys.disabled():
        sys.stdout.write(f"\nsofa_daily: {len(expected)} days compared; differences: {differ}\n")
    assert len(expected) == 311
    assert Counter(differ) == Counter(dict.fromkeys(differ, 0))


@pytest.mark.parametrize("definition", ["mimic-code", "sofa-1996"])
@pytest.mark.parametrize("table", SCHEMAS)
def test_every_table_of_scores_fits_its_schema(run, definition, table):
    assert len(SCHEMAS[table].validate(run.scores(table, definition), lazy=True)) > 500


@pytest.mark.parametrize("definition", ["mimic-code", "sofa-1996"])
def test_stays_that_the_reference_does_not_list_are_scored_as_well(run, definition):
    totals = run.scores("hourly_totals", definition)
    participants = pd.read_parquet(run.results / "validated/participants.parquet")
    assert set(totals["participant_id"]) == set(participants["participant_id"])
    assert len(participants) == 140
    assert totals["score"].between(0, 24).all()
    hours = totals.groupby("participant_id")["hour"].agg(list)
    assert all(each == list(range(len(each))) for each in hours)


def test_the_deciding_value_of_every_point_is_the_one_in_the_raw_file(run):
    measured = pd.concat(
        pd.read_parquet(path) for path in run.results.glob("validated/measurements/*.parquet")
    )
    scores = run.scores("hourly_components")
    plain = scores[scores["variable"].isin(["platelets", "bilirubin", "creatinine"])]
    keys = ["participant_id", "variable", "source_file", "source_row"]
    cited = plain.merge(measured, on=keys, suffixes=("", "_raw"), how="left")
    assert len(cited) == len(plain) > 20_000
    assert (cited["value"] == cited["value_raw"]).all()
    assert np.allclose(cited["value_time_h"], cited["time_h_raw"])
    # In the window: after its begin, up to the end of the hour.
    age = cited["time_h"] - cited["value_time_h"]
    assert age.between(-1e-9, 24, inclusive="left").all()
