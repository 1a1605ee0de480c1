"""Shards give the scores that one table gives, and never part the stays of a person."""

import pandas as pd
import pyarrow.parquet as pq
import pytest
from scored import DEFINITIONS, LISTS, infusion, people, table, value
from sepsisflow.scores.definitions import TABLES_OF_SCORES, rows_read
from sepsisflow.scores.shards import in_order, scratch_beside, shards, written_in_parts
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


def scores(tables, folder, shard_rows, threads=1):
    """All tables of scores, and the number of shards they were made in."""
    files = {name: folder / f"{shard_rows}-{threads}-{name}.parquet" for name in TABLES_OF_SCORES}
    definition, begun = DEFINITIONS["mimic-code"], []

    def score(shard):
        begun.append(shard)
        return score_participants("x", definition, variables=LISTS["variables"], **shard)

    with scratch_beside(files["hourly_totals"]) as scratch, written_in_parts(files) as write:
        for each in in_order(
            score, shards(tables, scratch, **rows_read(definition), shard_rows=shard_rows), threads
        ):
            write(each)
    return len(begun), files


def same(one, other):
    """Whether tables of scores have the same rows in the same order."""
    for name in TABLES_OF_SCORES:
        left, right = (pd.read_parquet(each[name]).astype(object) for each in (one, other))
        pd.testing.assert_frame_equal(left, right)
    return len(left)


def test_several_shards_give_the_same_scores_as_one(tables, tmp_path):
    one, whole = scores(tables, tmp_path, 10_000)
    several, parts = scores(tables, tmp_path, 60)
    assert (one, several) == (1, 4)
    assert same(whole, parts) == 12
    assert pq.read_metadata(whole["hourly_totals"]).num_rows == 12 * 13
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".parquet"] * 12


def test_the_files_are_the_same_bytes_whatever_the_number_of_threads(tables, tmp_path):
    _, one = scores(tables, tmp_path, 60, threads=1)
    _, three = scores(tables, tmp_path, 60, threads=3)
    for name in TABLES_OF_SCORES:
        assert one[name].read_bytes() == three[name].read_bytes()


@pytest.mark.parametrize("rows_a_group", [7, 1000])
def test_rows_in_any_order_give_the_same_scores(tables, tmp_path, rows_a_group):
    _, expected = scores(tables, tmp_path, 60)
    for path in (*tables["measurements"], *tables["interventions"]):
        rows = pd.read_parquet(path)
        mixed = rows.sort_values("time_h" if "time_h" in rows else "dose", kind="stable")
        mixed.to_parquet(path, row_group_size=rows_a_group)
    mixed, found = scores(tables, tmp_path / "mixed", 60)
    assert mixed == 4
    assert same(expected, found) == 12


def test_tables_in_the_order_of_participants_are_read_where_they_are(tables, tmp_path):
    for path in tables["measurements"]:
        rows = pd.read_parquet(path)
        at = rows["participant_id"].map(STAYS.index)
        rows.iloc[at.argsort(kind="stable")].to_parquet(path, row_group_size=5)
    every = list(shards(tables, tmp_path, **rows_read(DEFINITIONS["mimic-code"]), shard_rows=60))
    assert len(every) == 4
    # The infusions are one group of rows, of which each shard would read all.
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["interventions"]


def test_results_come_in_order_and_few_wait(tmp_path):
    taken = []

    def items():
        for each in range(20):
            taken.append(each)
            yield each

    for at, found in enumerate(in_order(lambda each: each * each, items(), threads=3)):
        assert found == at * at
        assert len(taken) <= at + 4


def test_a_shard_that_cannot_be_scored_ends_the_job():
    with pytest.raises(ZeroDivisionError):
        list(in_order(lambda each: 1 / each, [1, 0, 1], threads=2))


def test_stays_of_one_person_are_in_one_shard_and_only_wanted_variables_are_read(tables, tmp_path):
    every = list(shards(tables, tmp_path, **rows_read(DEFINITIONS["mimic-code"]), shard_rows=60))
    assert len(every) == 4
    for shard in every:
        assert shard["participants"]["subject_id"].value_counts().eq(2).all()
        own = set(shard["participants"]["participant_id"])
        assert set(shard["measurements"]["participant_id"].to_pylist()) == own
    assert sum(shard["measurements"].num_rows for shard in every) == 2 * 78 + 24


def test_of_those_that_are_asked_for_all_stays_of_the_person_are_read(tables, tmp_path):
    whose = pd.Series(["3b", "5a"])
    (shard,) = shards(tables, tmp_path / "a", **rows_read(DEFINITIONS["mimic-code"]), whose=whose)
    expected = ["3a", "3b", "5a", "5b"]
    assert shard["participants"]["participant_id"].tolist() == expected
    for name in ("measurements", "interventions"):
        assert set(shard[name]["participant_id"].to_pylist()) == set(expected)
    (shard,) = shards(tables, tmp_path / "b", **rows_read(DEFINITIONS["sofa-1996"]), whose=whose)
    assert shard["participants"]["participant_id"].tolist() == ["3b", "5a"]
