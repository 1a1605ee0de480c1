"""Suspected infection and Sepsis-3 equal the field's reference tables (half of the stays).

The reference is mimic-code, commit 8bcbd190, run on the MIMIC-IV demo 2.2.
"""

import sys

import pandas as pd
import pytest
from scored_demo import differences
from sepsisflow.schemas.sepsis import Sepsis, SepticShock, SuspicionOfInfection

PRESET = "mimic-code-sepsis-3"
COMPONENTS = ["respiration", "coagulation", "liver", "cardiovascular", "cns", "renal"]
# Columns of the reference, and what they are here.
SUSPICION = {
    "antibiotic": "antibiotic",
    "antibiotic_time": "antibiotic_time",
    "suspected_infection": "suspected",
    "suspected_infection_time": "suspicion_time",
    "culture_time": "culture_time",
    "specimen": "specimen",
    "positive_culture": "positive",
}
SEPSIS_3 = {
    "subject_id": "subject_id",
    "antibiotic_time": "antibiotic_time",
    "culture_time": "culture_time",
    "suspected_infection_time": "suspicion_time",
    "sofa_time": "score_time",
    "sofa_score": "score",
    "sepsis3": "sepsis",
}


def people(run):
    participants = pd.read_parquet(run.results / "validated/participants.parquet")
    return participants.set_index("participant_id")


def derived(run, table, definition=PRESET):
    """Rows of a derived table by one definition, with times on the wall clock as written."""
    frame = pd.read_parquet(run.results / f"derived/{table}.parquet")
    frame = frame[frame["definition"] == definition].reset_index(drop=True)
    who = people(run).loc[frame["participant_id"]].set_axis(frame.index)
    hours = frame.filter(regex="_h$").columns
    passed = {name: pd.to_timedelta((frame[name] * 3600).round(), unit="s") for name in hours}
    times = {name.replace("_h", "_time"): who["origin"] + each for name, each in passed.items()}
    return frame.assign(subject_id=who["subject_id"].astype("int64")).assign(**times)


def compared(found, expected, columns):
    """Differences by column; booleans of the reference are numbers, or the other way round."""
    differ = {}
    for theirs, ours in columns.items():
        mine, reference = found[ours], expected[theirs]
        if pd.api.types.is_datetime64_any_dtype(mine):
            reference = pd.to_datetime(reference)
        elif pd.api.types.is_bool_dtype(mine):
            mine, reference = mine.astype("Float64").astype("float64"), reference.astype("float64")
        differ[theirs] = differences(mine, reference)
    return differ


def test_every_antibiotic_and_its_culture_equal_the_reference(run, capsys):
    expected = pd.read_csv(run.oracle / "suspicion_of_infection.csv.gz")
    expected = expected.set_index(["subject_id", "ab_id"]).sort_index()
    expected["antibiotic"] = expected["antibiotic"].str.strip()
    rows = derived(run, "suspicion_of_infection")
    rows = rows[rows["subject_id"].isin(expected.index.get_level_values(0))]
    rows = rows.set_index(["subject_id", "number"])
    # An antibiotic stands in every stay of its subject; the reference names the one it began in.
    stay = rows.loc[rows["during_stay"], "participant_id"].astype("float64")
    assert stay.index.is_unique
    each = rows[~rows.index.duplicated()]
    assert len(each) == len(expected) == 499
    differ = compared(each.reindex(expected.index), expected, SUSPICION)
    differ["stay_id"] = differences(stay.reindex(expected.index), expected["stay_id"])
    with capsys.disabled():
        sys.stdout.write(
            f"\nsuspicion_of_infection: {len(expected)} rows compared; differences: {differ}\n"
        )
    assert differ == dict.fromkeys(differ, 0)
    assert expected["suspected_infection"].sum() == 427


def test_every_stay_with_and_without_sepsis_equals_the_reference(run, capsys):
    expected = run.reference("sepsis3").set_index("participant_id")
    listed = set(pd.read_csv(run.oracle / "stay_ids.csv")["stay_id"].astype(str))
    rows = derived(run, "sepsis").set_index("participant_id")
    rows = rows[rows.index.isin(listed)]
    cases = rows[rows["sepsis"].fillna(False)]
    assert len(rows) == 70
    assert set(cases.index) == set(expected.index)
    cases = cases.reindex(expected.index)
    scores = run.scores("hourly_components")
    wide = scores.pivot(index=["participant_id", "hour"], columns="component", values="score")
    there = wide.loc[zip(cases.index, cases["hour"].astype(int), strict=True)].fillna(0)
    there = there.set_axis(cases.index)
    differ = {
        **compared(cases, expected, SEPSIS_3),
        **{name: differences(there[name], expected[name]) for name in COMPONENTS},
    }
    with capsys.disabled():
        sys.stdout.write(f"\nsepsis3: {len(expected)} rows compared; differences: {differ}\n")
    assert differ == dict.fromkeys(differ, 0)
    assert len(expected) == 34
    # The reference says that the onset is the time of the score.
    assert cases["onset_h"].equals(cases["score_h"])


@pytest.mark.parametrize("definition", [PRESET, "sepsis-3", "sofa-2-rise"])
def test_every_stay_is_a_case_or_not_or_its_score_is_missing(run, definition):
    rows = pd.read_parquet(run.results / "derived/sepsis.parquet")
    rows = Sepsis.validate(rows[rows["definition"] == definition], lazy=True)
    assert set(rows["participant_id"]) == set(people(run).index)
    assert rows["participant_id"].is_unique
    case = rows["sepsis"].fillna(False)
    assert rows.loc[case, ["onset_h", "suspicion_h", "score"]].notna().all(axis=None)
    assert (rows.loc[case, "score"] - rows.loc[case, "baseline"]).ge(2).all()
    assert rows.loc[~case, ["onset_h", "score"]].isna().all(axis=None)


def test_what_the_definitions_make_of_all_stays_is_known(run):
    rows = pd.read_parquet(run.results / "derived/sepsis.parquet")
    cases = rows["sepsis"].fillna(False).groupby(rows["definition"]).sum()
    shock = pd.read_parquet(run.results / "derived/septic_shock.parquet")["septic_shock"]
    assert cases[[PRESET, "sepsis-3"]].tolist() == [62, 73]
    assert (shock.eq(True).sum(), shock.isna().sum(), len(shock)) == (20, 4, 73)


def test_rows_of_the_raw_files_are_cited(run, reference):
    hosp = reference("data/mimic-iv-demo") / "hosp"
    suspicions = pd.read_parquet(run.results / "derived/suspicion_of_infection.parquet")
    suspicions = SuspicionOfInfection.validate(suspicions, lazy=True)
    drugs = pd.read_csv(hosp / "prescriptions.csv.gz", usecols=["drug"])["drug"]
    cited = drugs.loc[suspicions["antibiotic_row"] - 2].str.strip()
    assert cited.tolist() == suspicions["antibiotic"].tolist()
    shocks = pd.read_parquet(run.results / "derived/septic_shock.parquet")
    found = SepticShock.validate(shocks, lazy=True)
    found = found[found["septic_shock"].fillna(False)]
    values = pd.read_csv(hosp / "labevents.csv.gz", usecols=["valuenum"])["valuenum"]
    assert values.loc[found["source_row"] - 2].tolist() == found["lactate"].tolist()
    assert found["lactate"].gt(2).all()
