"""The preset mimic-code equals the field's reference tables, hour by hour (half of the stays).

The reference is mimic-code, commit 8bcbd190, run on the MIMIC-IV demo 2.2.
"""

import sys
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from scored import DEFINITIONS
from scored_demo import differences
from sepsisflow.schemas.organ_scores import SCHEMAS
from sepsisflow.scores.definitions import rows_read
from sepsisflow.scores.observations import measured, people
from sepsisflow.scores.shards import shards
from sepsisflow.scores.ventilation import charted_status, episodes

COMPONENTS = ["respiration", "coagulation", "liver", "cardiovascular", "cns", "renal"]
BY_HOUR, BY_DAY = ["participant_id", "hour"], ["participant_id", "study_day"]


def side_by_side(scores, column, keys, expected):
    """Score of each component in a column, in the reference's rows."""
    wide = scores.pivot(index=keys, columns="component", values=column)
    listed = wide.index.get_level_values(0).isin(expected.index.get_level_values(0))
    assert wide[listed].index.sort_values().equals(expected.index.sort_values())
    return wide.reindex(expected.index)


def test_every_component_and_total_of_every_hour_equals_the_reference(run, capsys):
    expected = run.reference("sofa").rename(columns={"hr": "hour"}).set_index(BY_HOUR)
    scores = run.scores("hourly_components")
    alone = side_by_side(scores, "hour_score", BY_HOUR, expected)
    worst = side_by_side(scores, "score", BY_HOUR, expected)
    total = run.scores("hourly_totals").set_index(BY_HOUR)["score"].reindex(expected.index)
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
    expected = expected.assign(study_day=expected["icu_day"] + 1).set_index(BY_DAY)
    worst = side_by_side(run.scores("daily_components"), "score", BY_DAY, expected)
    totals = run.scores("daily_totals").set_index(BY_DAY).reindex(expected.index)
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


@pytest.fixture(scope="module")
def demo(run):
    """The preset's choices, and the measurements of all stays as arrays."""
    paths = {
        "participants": run.results / "validated/participants.parquet",
        "measurements": sorted(run.results.glob("validated/measurements/*.parquet")),
        "interventions": [],
        "events": [],
    }
    definition = DEFINITIONS["mimic-code"]
    (shard,) = shards(paths, run.results, **rows_read(definition))
    who = people(shard["participants"], definition["choices"])
    return definition["choices"], who, measured(shard["measurements"], who, definition["choices"])


def test_every_episode_of_ventilation_and_oxygen_equals_the_reference(run, demo):
    choices, who, rows = demo
    support = choices["support"]
    charted = charted_status(rows, support["statuses"], support["device_needs"])
    found = episodes(charted, gap_h=support["episode_gap_h"])
    status = np.array([each["status"] for each in support["statuses"]])[found.status]
    moments = [pd.to_datetime(each, unit="s").astype(str) for each in (found.start, found.end)]
    stays = who.identifier[found.person]
    mine = set(zip(stays, *moments, status, strict=True))
    expected = run.reference("ventilation")
    listed = run.reference("sofa")["participant_id"].unique()
    columns = ["participant_id", "starttime", "endtime", "ventilation_status"]
    theirs = set(expected[columns].itertuples(index=False, name=None))
    assert {each for each in mine if each[0] in listed} == theirs
    assert len(theirs) == len(expected) == 122
