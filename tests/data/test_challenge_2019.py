"""A thousand hourly files of one hospital's patients: every row read, every value counted."""

import io
import tarfile
import time

import pandas as pd
import pytest
from ingested_study import STUDIES, ingest_study
from sepsisflow.configuration.strict_yaml import read_yaml
from sepsisflow.readers.raw import read_raw

ARCHIVE = "training_setB_first1000.tar.gz"
SECONDS = 30


@pytest.fixture(scope="module")
def folder(reference):
    return reference("data/challenge-2019-sample").resolve()


@pytest.fixture(scope="module")
def timed(folder, tmp_path_factory):
    """The study as ingested, and the seconds it took."""
    started = time.process_time()
    study = ingest_study("challenge_2019", folder, tmp_path_factory.mktemp("challenge") / "run")
    return study, time.process_time() - started


@pytest.fixture(scope="module")
def study(timed):
    return timed[0]


@pytest.fixture(scope="module")
def hours(folder):
    """The thousand files as pandas reads them."""
    with tarfile.open(folder / ARCHIVE) as archive:
        files = {
            member.name.removesuffix(".psv"): archive.extractfile(member).read()
            for member in archive
        }
    frames = [
        pd.read_csv(io.BytesIO(content), sep="|", float_precision="round_trip").assign(patient=name)
        for name, content in files.items()
    ]
    return pd.concat(frames, ignore_index=True)


@pytest.fixture(scope="module")
def columns():
    """Column of the files behind each variable of the study file."""
    name = STUDIES / "challenge_2019.yaml"
    (source,) = read_yaml(name, name.name)["sources"].values()
    (measured,) = [each for each in source["maps"] if each["table"] == "measurements"]
    return {variable: spec["column"] for variable, spec in measured["values"].items()}


def test_every_hourly_row_of_every_file_is_read(folder, hours):
    source = {
        "file": ARCHIVE,
        "format": "csv",
        "delimiter": "|",
        "encoding": "utf-8",
        "header_row": 1,
        "members": "*.psv",
        "member_column": "patient",
        "missing": [],
        "identifiers": {},
    }
    raw = read_raw(folder, source, ["patient", "ICULOS"])
    assert len(raw.rows) == len(hours) == 38_917
    assert len(set(raw.files)) == 1000
    assert raw.files[0] == f"{ARCHIVE}#p100001.psv"


def test_patients_are_taken_once_from_rows_that_repeat_them(study, hours):
    people = study.tables["participants"].set_index("participant_id")
    assert study.counts()["participants"][0] == len(people) == 1000
    first = hours.groupby("patient")[["Age", "Gender", "HospAdmTime", "Unit1"]].first()
    assert people["age_years"].equals(first["Age"].astype(float).rename_axis("participant_id"))
    assert people["sex"].eq("male").sum() == first["Gender"].eq(1).sum()
    assert people["hospital_to_icu_h"].tolist() == first["HospAdmTime"].tolist()
    assert people["icu"].value_counts().to_dict() == {
        "surgical": first["Unit1"].eq(0).sum(),
        "medical": first["Unit1"].eq(1).sum(),
    }


def test_all_vital_signs_and_laboratory_values_are_mapped(columns, hours):
    others = {"Age", "Gender", "Unit1", "Unit2", "HospAdmTime", "ICULOS", "SepsisLabel", "patient"}
    assert set(columns.values()) == set(hours.columns) - others
    assert len(columns) == 34


def test_every_value_is_there_once_at_its_hour_unchanged(study, hours, columns):
    measured = pd.concat(
        table for name, table in study.tables.items() if name.startswith("measurements/")
    )
    wanted = hours.melt(["patient", "ICULOS"], list(columns.values())).dropna()
    names = {column: variable for variable, column in columns.items()}
    wanted = wanted.assign(variable=wanted["variable"].map(names))
    wanted.columns = ["participant_id", "time_h", "variable", "value"]
    keys = ["participant_id", "variable", "time_h"]
    found = measured[wanted.columns].sort_values(keys, ignore_index=True)
    wanted = wanted.astype({"time_h": float}).sort_values(keys, ignore_index=True)
    pd.testing.assert_frame_equal(found, wanted, check_exact=True)
    assert len(found) == 253_087


def test_nothing_is_set_aside_and_sixty_patients_have_sepsis(study, hours):
    sums = study.accounting
    assert (sums["rows_in"] == sums["rows_validated"]).all()
    assert (sums["values_in"] == sums["values_validated"]).all()
    labelled = study.tables["events"]
    assert labelled["event"].eq("sepsis_label").all()
    assert labelled["participant_id"].nunique() == 60
    assert len(labelled) == hours["SepsisLabel"].sum() == 569


def test_ionised_calcium_among_total_calcium_is_flagged(study, hours):
    flagged = study.findings.query("field == 'total_calcium'")
    assert set(flagged["code"]) == {"value.implausible"}
    assert len(flagged) == (~hours["Calcium"].dropna().between(4, 16)).sum() == 526


def test_it_takes_less_than_half_a_minute(timed):
    assert timed[1] < SECONDS
