"""Suspected infection and Sepsis-3 equal the field's reference tables (half of the stays).

The reference is mimic-code, commit 8bcbd190, run on the MIMIC-IV demo 2.2.
"""

import sys

import pandas as pd
import pytest
from sepsisflow.schemas.sepsis import Sepsis, SepticShock, SuspicionOfInfection
from whole_workflow import Workflow, copy_workflow

PRESET = "mimic-code-sepsis-3"
COMPONENTS = ["respiration", "coagulation", "liver", "cardiovascular", "cns", "renal"]


class Run:
    """What was derived of the demo, and the reference tables."""

    def __init__(self, results, oracle):
        self.results, self.oracle = results, oracle
        people = pd.read_parquet(results / "validated/participants.parquet")
        self.people = people.set_index("participant_id")
        self.listed = set(pd.read_csv(oracle / "stay_ids.csv")["stay_id"].astype(str))

    def derived(self, table, definition=PRESET):
        """Rows of a derived table by one definition, with times on the wall clock."""
        frame = pd.read_parquet(self.results / f"derived/{table}.parquet")
        frame = frame[frame["definition"] == definition].reset_index(drop=True)
        origin = frame["participant_id"].map(self.people["origin"])
        hours = frame.filter(regex="_h$").columns
        passed = {name: pd.to_timedelta((frame[name] * 3600).round(), unit="s") for name in hours}
        times = {name.replace("_h", "_time"): origin + each for name, each in passed.items()}
        return frame.assign(
            subject_id=frame["participant_id"].map(self.people["subject_id"])
        ).assign(**times)

    def reference(self, table):
        """A reference table, identifiers as texts."""
        frame = pd.read_csv(self.oracle / f"{table}.csv.gz", parse_dates=TIMES[table])
        ids = frame[["subject_id", "stay_id"]].astype("Int64").astype("string").astype(object)
        return frame.assign(**ids.where(ids.notna(), None))


TIMES = {
    "suspicion_of_infection": ["antibiotic_time", "suspected_infection_time", "culture_time"],
    "sepsis3": ["antibiotic_time", "culture_time", "suspected_infection_time", "sofa_time"],
}


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


def differences(found, expected):
    """Rows that are not equal; missing equals missing only."""
    assert len(found) == len(expected)
    found, expected = found.reset_index(drop=True), expected.reset_index(drop=True)
    both = found.isna() & expected.isna()
    return int((~(found.eq(expected).fillna(False).astype(bool) | both)).sum())


def test_every_antibiotic_and_its_culture_equal_the_reference(run, capsys):
    expected = run.reference("suspicion_of_infection").set_index(["subject_id", "ab_id"])
    rows = run.derived("suspicion_of_infection")
    rows = rows[rows["subject_id"].isin(expected.index.get_level_values(0))]
    rows = rows.set_index(["subject_id", "number"])
    # An antibiotic stands in every stay of its subject; the reference names the one it began in.
    stay = rows.loc[rows["during_stay"], "participant_id"]
    assert stay.index.is_unique
    each = rows[~rows.index.duplicated()]
    assert len(each) == len(expected) == 499
    each = each.reindex(expected.index)
    differ = {
        "stay_id": differences(stay.reindex(expected.index), expected["stay_id"]),
        "antibiotic": differences(each["antibiotic"], expected["antibiotic"].str.strip()),
        **{
            theirs: differences(each[ours], expected[theirs])
            for theirs, ours in {
                "antibiotic_time": "antibiotic_time",
                "suspected_infection": "suspected",
                "suspected_infection_time": "suspicion_time",
                "culture_time": "culture_time",
                "specimen": "specimen",
                "positive_culture": "positive",
            }.items()
        },
    }
    with capsys.disabled():
        sys.stdout.write(
            f"\nsuspicion_of_infection: {len(expected)} rows compared; differences: {differ}\n"
        )
    assert differ == dict.fromkeys(differ, 0)
    assert expected["suspected_infection"].sum() == 427


def test_every_stay_with_and_without_sepsis_equals_the_reference(run, capsys):
    expected = run.reference("sepsis3").set_index("stay_id")
    rows = run.derived("sepsis").set_index("participant_id")
    rows = rows[rows.index.isin(run.listed)]
    cases = rows[rows["sepsis"].fillna(False)]
    assert len(rows) == 70
    assert set(cases.index) == set(expected.index)
    cases = cases.reindex(expected.index)
    scores = pd.read_parquet(
        run.results / "derived/scores/mimic-code/hourly_components.parquet",
        columns=["participant_id", "hour", "component", "score"],
    ).astype({"participant_id": object, "component": object})
    wide = scores.pivot(index=["participant_id", "hour"], columns="component", values="score")
    there = wide.loc[zip(cases.index, cases["hour"].astype(int), strict=True)].fillna(0)
    differ = {
        **{
            theirs: differences(cases[ours], expected[theirs])
            for theirs, ours in {
                "subject_id": "subject_id",
                "antibiotic_time": "antibiotic_time",
                "culture_time": "culture_time",
                "suspected_infection_time": "suspicion_time",
                "sofa_time": "score_time",
                "sofa_score": "score",
                "sepsis3": "sepsis",
            }.items()
        },
        **{name: differences(there[name], expected[name]) for name in COMPONENTS},
    }
    with capsys.disabled():
        sys.stdout.write(f"\nsepsis3: {len(expected)} rows compared; differences: {differ}\n")
    assert differ == dict.fromkeys(differ, 0)
    assert len(expected) == 34
    # The reference says that the onset is the time of the score.
    assert cases["onset_h"].equals(cases["score_h"])


@pytest.mark.parametrize("definition", [PRESET, "sepsis-3"])
def test_every_stay_is_a_case_or_not_or_its_score_is_missing(run, definition):
    rows = pd.read_parquet(run.results / "derived/sepsis.parquet")
    rows = Sepsis.validate(rows[rows["definition"] == definition], lazy=True)
    assert set(rows["participant_id"]) == set(run.people.index)
    assert rows["participant_id"].is_unique
    case = rows["sepsis"].fillna(False)
    assert rows.loc[case, ["onset_h", "suspicion_h", "score"]].notna().all(axis=None)
    assert (rows.loc[case, "score"] - rows.loc[case, "baseline"]).ge(2).all()
    assert rows.loc[~case, ["onset_h", "score"]].isna().all(axis=None)


def test_what_the_definitions_make_of_all_stays_is_known(run):
    rows = pd.read_parquet(run.results / "derived/sepsis.parquet")
    cases = rows["sepsis"].fillna(False).groupby(rows["definition"]).sum()
    shock = pd.read_parquet(run.results / "derived/septic_shock.parquet")["septic_shock"]
    assert cases[[PRESET, "sepsis-3"]].tolist() == [62, 74]
    assert (shock.eq(True).sum(), shock.isna().sum(), len(shock)) == (25, 4, 74)


def test_every_table_fits_its_schema_and_cites_rows_of_the_raw_files(run):
    suspicions = pd.read_parquet(run.results / "derived/suspicion_of_infection.parquet")
    SuspicionOfInfection.validate(suspicions, lazy=True)
    raw = pd.read_csv(run.oracle.parent.parent / "data/mimic-iv-demo/hosp/prescriptions.csv.gz")
    cited = raw.loc[suspicions["antibiotic_row"] - 2, "drug"].str.strip()
    assert cited.tolist() == suspicions["antibiotic"].tolist()
    shocks = pd.read_parquet(run.results / "derived/septic_shock.parquet")
    found = SepticShock.validate(shocks, lazy=True)
    found = found[found["septic_shock"].fillna(False)]
    labs = pd.read_csv(run.oracle.parent.parent / "data/mimic-iv-demo/hosp/labevents.csv.gz")
    assert (
        labs.loc[found["source_row"].astype(int) - 2, "valuenum"].to_numpy() == found["lactate"]
    ).all()
    assert found["lactate"].gt(2).all()
