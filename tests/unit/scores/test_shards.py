"""Shards give the scores that one table gives, and never part the stays of a person."""

import pandas as pd
import pyarrow.parquet as pq
import pytest
from scored import DEFINITIONS, LISTS, infusion, people, table, value
from sepsisflow.scores.definitions import TABLES_OF_SCORES
from sepsisflow.scores.shards import scratch_beside, shards, written_in_parts
from sepsisflow.scores.sofa import score_participants

STAYS = [f"{person}{stay}" for person in range(6) for stay in "ab"]


@pytest.fixture
def tables(tmp_path):
    """Files of twelve stays of six persons; severity lacks columns, as other readers write it."""
    who = people(*STAYS).assign(subject_id=[name[0] for name in STAYS])
    who.to_parquet(tmp_path / "participants.parquet")
    rows = [
        value(name, hour + at / 12, 50.0 + at, stay, admission="1")
        for at, stay in enumerate(STAYS)
        for hour in range(at + 1)
        for name in ("map", "platelets", "anything")
    ]
    beats = [value("heart_rate", hour, 80.0, stay) for stay in STAYS for hour in (0.5, 12.5)]
    given = [infusion("norepinephrine", 0.5, 4, at / 20, stay) for at, stay in enumerate(STAYS)]
    files = {
        "organ_function": table("measurements", rows),
        "severity": table("measurements", beats).drop_columns(["text", "admission"]),
        "interventions": table("interventions", given),
    }
    for name, each in files.items():
        pq.write_table(each, tmp_path / f"{name}.parquet")
    return {
        "participants": tmp_path / "participants.parquet",
        "measurements": [tmp_path / "organ_function.parquet", tmp_path / "severity.parquet"],
        "interventions": [tmp_path / "interventions.parquet"],
        "events": [],
    }


def scores(tables, folder, shard_rows):
    """All tables of scores, and the number of shards they were made in."""
    files = {name: folder / f"{shard_rows}-{name}.parquet" for name in TABLES_OF_SCORES}
    definition, count = DEFINITIONS["mimic-code"], 0
    with scratch_beside(files["hourly_totals"]) as scratch, written_in_parts(files) as write:
        for shard in shards(tables, definition, scratch, shard_rows=shard_rows):
            count += 1
            write(score_participants("x", definition, variables=LISTS["variables"], **shard))
    return count, {name: pd.read_parquet(path) for name, path in files.items()}


def test_several_shards_give_the_same_scores_as_one(tables, tmp_path):
    one, whole = scores(tables, tmp_path, 10_000)
    several, parts = scores(tables, tmp_path, 60)
    assert (one, several) == (1, 5)
    for name in TABLES_OF_SCORES:
        pd.testing.assert_frame_equal(whole[name].astype(object), parts[name].astype(object))
    assert len(whole["hourly_totals"]) == 12 * 13
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".parquet"] * 12


def test_stays_of_one_person_are_in_one_shard_and_only_wanted_variables_are_read(tables, tmp_path):
    every = list(shards(tables, DEFINITIONS["mimic-code"], tmp_path, shard_rows=60))
    for shard in every:
        assert shard["participants"]["subject_id"].value_counts().eq(2).all()
        own = set(shard["participants"]["participant_id"])
        assert set(shard["measurements"]["participant_id"].to_pylist()) == own
    assert sum(shard["measurements"].num_rows for shard in every) == 2 * 78 + 24
