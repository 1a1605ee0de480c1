"""Urine by kilogram and hour, weights and norepinephrine equivalents equal the reference tables.

The reference is mimic-code, commit 8bcbd190, run on the MIMIC-IV demo 2.2 (half of the stays).
"""

import sys

import pandas as pd
import pytest
from sepsisflow.configuration.strict_yaml import read_yaml
from sepsisflow.schemas.rates import NorepinephrineEquivalents, UrineOutput
from sepsisflow.scores.observations import measured, people
from sepsisflow.scores.rate_tables import CHOICES
from sepsisflow.scores.shards import shards
from sepsisflow.scores.weights import weights

# Reference, ours, and half of the reference's last decimal.
OF_A_WINDOW = {"urineoutput": ("volume", 0), "uo_tm": ("documented_h", 0.005)}
OF_A_WINDOW |= {"uo_mlkghr": ("rate", 0.00005)}


@pytest.fixture(scope="module")
def clock(run):
    """Participants, with the second of their origin."""
    participants = pd.read_parquet(run.results / "validated/participants.parquet")
    return participants.set_index("participant_id")["origin"].astype("datetime64[s]")


def written(clock, frame, column):
    """Times of a table as the reference writes them."""
    hours = pd.to_timedelta((frame[column] * 3600).round(), unit="s")
    return (frame["participant_id"].map(clock) + hours).astype(str)


def unequal(found, expected, tolerance):
    """Rows that differ by more than the reference's rounding; missing equals missing only."""
    near = (found - expected).abs() <= tolerance + 1e-9
    return int((~(near | (found.isna() & expected.isna()))).sum())


def test_urine_weight_and_documented_hours_of_every_entry_equal_the_reference(run, clock, capsys):
    found = pd.read_parquet(run.results / "derived/urine_output.parquet")
    UrineOutput.validate(found, lazy=True)
    found = found[found["version"].eq("mimic-code")]
    found = found.assign(charttime=written(clock, found, "time_h"))
    keys = ["participant_id", "charttime"]
    expected = run.reference("urine_output_rate").set_index(keys)
    differ = {}
    for hours in (6, 12, 24):
        window = found[found["over_h"].eq(hours)].set_index(keys)
        listed = window.index.get_level_values(0).isin(expected.index.get_level_values(0))
        assert window[listed].index.sort_values().equals(expected.index.sort_values())
        window = window.reindex(expected.index)
        for theirs, (mine, tolerance) in OF_A_WINDOW.items():
            name = f"{theirs}_{hours}hr"
            differ[name] = unequal(window[mine], expected[name], tolerance)
        differ[f"weight {hours}"] = unequal(window["weight"], expected["weight"], 0.0005)
        differ[f"uo {hours}"] = unequal(window["entry"], expected["uo"], 0)
    with capsys.disabled():
        sys.stdout.write(
            f"\nurine_output_rate: {len(expected)} entries compared; differences: {differ}\n"
        )
    assert len(expected) == 4059
    assert differ == dict.fromkeys(differ, 0)


def test_every_entry_of_every_stay_has_a_row_of_each_window(run):
    measured = pd.read_parquet(run.results / "validated/measurements/organ_function.parquet")
    names = ["urine_output", "bladder_irrigant_in", "bladder_irrigant_out"]
    collected = measured[measured["variable"].isin(names)]
    times = collected[["participant_id", "time_h"]].round(6).drop_duplicates()
    found = pd.read_parquet(run.results / "derived/urine_output.parquet")
    plain = found[found["version"].eq("kdigo-2012")]
    assert plain.groupby("over_h").size().to_dict() == dict.fromkeys((6, 12, 24), len(times))
    assert plain["participant_id"].nunique() > 100
    documented = plain["documented_h"] >= plain["over_h"]
    assert plain["rate"].notna().eq(documented & plain["weight"].notna()).all()


def test_every_weight_and_its_interval_equal_the_reference_but_for_the_end_of_four(
    run, clock, capsys
):
    validated = run.results / "validated"
    version = read_yaml(run.folder / "resources/definitions/urine-output.yaml", "")["versions"]
    paths = {
        "participants": validated / "participants.parquet",
        "measurements": sorted(validated.glob("measurements/*.parquet")),
        "interventions": [],
        "events": [validated / "events.parquet"],
    }
    (shard,) = shards(paths, run.folder, variables=["weight", "weight_admission"])
    who = people(shard["participants"], CHOICES)
    rows = measured(shard["measurements"], who, CHOICES)
    events = shard["events"].to_pandas()
    known = weights(rows, who, events, version["mimic-code"]["weight"])
    found = pd.DataFrame(
        {
            "participant_id": who.identifier[known.person],
            "starttime": pd.to_datetime(known.start, unit="s").astype(str),
            "endtime": pd.to_datetime(known.end, unit="s").astype(str),
            "weight": known.value.round(3),
        }
    )
    expected = run.reference("weight_durations")
    both = expected.merge(
        found, on=["participant_id", "starttime", "weight"], suffixes=("", "_mine"), how="outer"
    )
    both = both[both["participant_id"].isin(expected["participant_id"])]
    assert len(expected) == len(both) == 360
    later = both[both["endtime"].ne(both["endtime_mine"])]
    with capsys.disabled():
        sys.stdout.write(
            f"\nweight_durations: {len(expected)} compared; {len(later)} end at another time\n"
        )
    # Of who died in the unit: the reference waits for icustays.outtime, which is no event of the
    # dead here. No urine was charted in between.
    died = events[events["event"].eq("death")].set_index("participant_id")["latest_h"]
    ends = later["participant_id"].map(died) + 2
    assert len(later) == 4
    assert written(clock, later.assign(end_h=ends), "end_h").eq(later["endtime_mine"]).all()
    assert (later["endtime_mine"] < later["endtime"]).all()


def test_every_interval_of_norepinephrine_equivalents_equals_the_reference(run, clock, capsys):
    path = run.results / "derived/norepinephrine_equivalents.parquet"
    found = NorepinephrineEquivalents.validate(pd.read_parquet(path), lazy=True)
    found = found[found["version"].eq("mimic-code")]
    times = {name: written(clock, found, name) for name in ("start_h", "end_h")}
    keys, dose = ["participant_id", "starttime", "endtime"], "norepinephrine_equivalent_dose"
    found = found.assign(starttime=times["start_h"], endtime=times["end_h"])
    expected = run.reference("norepinephrine_equivalent_dose")
    found = found[found["participant_id"].isin(expected["participant_id"])]
    found, expected = (
        each.sort_values([*keys, column], ignore_index=True)
        for each, column in ((found, "dose"), (expected, dose))
    )
    differ = unequal(found["dose"], expected[dose], 0.00005)
    with capsys.disabled():
        sys.stdout.write(f"\n{dose}: {len(expected)} intervals compared; differences: {differ}\n")
    assert found[keys].equals(expected[keys])
    assert (len(expected), differ) == (986, 0)


def test_versions_without_the_defect_have_one_row_for_each_interval(run):
    found = pd.read_parquet(run.results / "derived/norepinephrine_equivalents.parquet")
    found = found[found["version"].ne("mimic-code")]
    keys = ["version", "participant_id", "start_h"]
    assert not found.duplicated(keys).any()
    assert (found["end_h"] > found["start_h"]).all()
    later = found.sort_values(keys).groupby(keys[:2])["start_h"].shift(-1)
    assert not (later < found.sort_values(keys)["end_h"]).any()


def test_every_component_of_an_equivalent_is_a_row_of_the_raw_file(run):
    path = run.results / "derived/norepinephrine_equivalents.parquet"
    found = pd.read_parquet(path)
    found = found[found["version"].eq("goradia-2020")].explode("components")
    cited = pd.DataFrame(found["components"].tolist())
    cited = cited.assign(participant_id=found["participant_id"].to_numpy())
    given = pd.read_parquet(run.results / "validated/interventions.parquet")
    keys = ["participant_id", "agent", "source_file", "source_row"]
    both = cited.merge(given, on=keys, how="left", validate="many_to_one")
    # A sum of overlapping rows cites the first.
    assert len(both) == len(cited) > 1000
    assert (both["rate"] - both["dose"]).between(-1e-12, 1).all()
    assert both["rate"].eq(both["dose"]).mean() > 0.99
