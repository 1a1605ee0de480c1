"""SOFA-2 and the variants of SOFA (1996) on all 140 stays of the MIMIC-IV demo."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
from scored import DEFINITIONS, LISTS
from scored_demo import differences, texts
from sepsisflow.schemas.organ_scores import SCHEMAS
from sepsisflow.scores.days import first_day_h, study_day_scores
from sepsisflow.scores.definitions import rows_read, variables_read
from sepsisflow.scores.shards import shards
from sepsisflow.scores.sofa import score_participants

VARIANTS = [name for name in DEFINITIONS if name.startswith("sofa-")]
DAY = ["participant_id", "study_day"]


def paths(run):
    """Validated tables."""
    return {
        "participants": run.results / "validated/participants.parquet",
        "measurements": sorted(run.results.glob("validated/measurements/*.parquet")),
        "interventions": [run.results / "validated/interventions.parquet"],
        "events": [run.results / "validated/events.parquet"],
    }


@pytest.fixture(scope="module")
def tables(run, tmp_path_factory):
    """A function that gives the tables of scores by a definition."""
    folder = tmp_path_factory.mktemp("shards")

    @cache
    def scored(name, *, treatments=True):
        definition = DEFINITIONS[name] if treatments else measured_alone(DEFINITIONS[name])
        (shard,) = shards(paths(run), folder, **rows_read(definition))
        found = score_participants(name, definition, variables=LISTS["variables"], **shard)
        return {key: texts(each.to_pandas()) for key, each in found.items()}

    return scored


def measured_alone(definition):
    """A definition without what scores for a treatment."""
    kept = {
        name: [part for part in each["parts"] if not {"agent", "sum_of", "given"} & set(part)]
        for name, each in definition["components"].items()
    }
    parts = {name: {**definition["components"][name], "parts": kept[name]} for name in kept}
    return {**definition, "components": parts}


def components(tables, name):
    """Scores of days, a column for each component."""
    return tables(name)["daily_components"].pivot(index=DAY, columns="component", values="score")


def totals(tables, name):
    return tables(name)["daily_totals"].set_index(DAY)["score"]


@pytest.mark.parametrize("name", VARIANTS)
def test_every_table_fits_its_schema_and_every_point_cites_a_row(tables, name):
    for table, schema in SCHEMAS.items():
        if table in tables(name):
            schema.validate(tables(name)[table], lazy=True)
    rows = tables(name)["hourly_components"]
    given = rows["score"].notna()
    assert given.sum() > 40_000
    assert (
        rows.loc[given, ["variable", "value", "unit", "source_file", "source_row"]]
        .notna()
        .all(axis=None)
    )
    assert rows.loc[~given, "source_row"].isna().all()
    assert rows["score"].dropna().isin(range(5)).all()
    age = rows["time_h"] - rows["value_time_h"]
    # Infusions and treatments are cited by their start.
    measured = rows["variable"].isin(variables_read(DEFINITIONS[name]))
    assert age[measured & rows["variable"].ne("gcs")].between(-1e-9, 24, inclusive="left").all()


def test_variants_change_what_they_say_and_nothing_else(tables):
    usual, days = components(tables, "sofa-1996"), totals(tables, "sofa-1996")
    assert len(usual) == 586
    for name in ("sofa-1996-carried-after-death", "sofa-1996-death-24"):
        assert differences(totals(tables, name), days) == 0
    without = totals(tables, "sofa-1996-without-cns")
    assert differences(without, days - usual["cns"].fillna(0)) == 0
    prorated = totals(tables, "sofa-1996-prorated")
    assert (prorated - usual.mean(axis=1) * 6).abs().max() < 1e-9
    for name, changed in (("sofa-1996-before-sedation", "cns"), ("sofa-1996-spo2", "respiration")):
        mine = components(tables, name)
        differ = {each: differences(mine[each], usual[each]) for each in usual}
        assert [each for each, count in differ.items() if count] == [changed]


def test_liver_and_platelets_of_sofa_2_are_the_worst_of_the_day(tables, run):
    measured = pd.concat(
        pd.read_parquet(path) for path in run.results.glob("validated/measurements/*.parquet")
    )
    # An hour holds its end; the hours end with the stay, laboratory values do not.
    hour = np.ceil(np.round(measured["time_h"] * 3600) / 3600) - 1
    last = tables("sofa-2")["hourly_totals"].groupby("participant_id")["hour"].max()
    inside = hour <= measured["participant_id"].map(last)
    measured = measured.assign(study_day=hour // 24 + 1)[inside].dropna(subset="value")
    found = components(tables, "sofa-2")
    for component, variable, limits, sign in (
        ("liver", "bilirubin", [1.2, 3, 6, 12], 1),
        ("hemostasis", "platelets", [-150, -100, -80, -50], -1),
    ):
        values = measured.loc[measured["variable"].eq(variable)].set_index(DAY)["value"] * sign
        worst = values.groupby(level=DAY).max().reindex(found.index)
        side = "left" if sign > 0 else "right"
        expected = pd.Series(np.searchsorted(limits, worst, side=side), found.index, dtype=float)
        assert differences(found[component], expected.where(worst.notna())) == 0


def test_totals_of_sofa_2_carry_what_was_measured_last(tables):
    days = components(tables, "sofa-2")
    hours = tables("sofa-2", treatments=False)["hourly_components"]
    hours = hours.assign(study_day=hours["hour"] // 24 + 1).sort_values("hour")
    last = hours.groupby([*DAY, "component"])["hour_score"].last().unstack()
    before = last.groupby(level=0).ffill()
    carried = days.where(days.notna(), before).fillna(0).sum(axis=1)
    assert differences(totals(tables, "sofa-2"), carried) == 0
    assert (carried != days.sum(axis=1)).sum() > 50


@pytest.mark.parametrize("name", ["sofa-1996", "sofa-2"])
def test_study_days_from_the_origin_are_the_days_of_the_scores(run, tables, tmp_path, name):
    people = pd.read_parquet(run.results / "validated/participants.parquet")
    analysed = people[["participant_id"]].assign(arm="all", time_zero_h=0.0)
    (shard,) = shards(paths(run), tmp_path, **rows_read(DEFINITIONS[name]))
    days = score_participants(
        name,
        DEFINITIONS[name],
        variables=LISTS["variables"],
        day_1_h=first_day_h(analysed),
        **shard,
    )["daily_totals"]
    found = study_day_scores(
        texts(days.to_pandas()),
        analysed,
        pd.DataFrame(columns=["participant_id", "earliest_h"]),
        name=name,
        choices=DEFINITIONS[name]["choices"],
        last_day=28,
    )
    found = found.assign(study_day=found["time_h"] / 24 + 1).set_index(DAY)["score"]
    expected = tables(name)["daily_totals"].set_index(DAY)
    seen = expected["n_components"] > 0
    if DEFINITIONS[name]["choices"]["missing_component"] == "carried":
        seen = seen.groupby("participant_id").cummax()
    expected = expected.loc[seen, "score"].reindex(found.index)
    assert (len(found), differences(found, expected)) == (int(seen.sum()), 0)
    assert len(found) > 500
