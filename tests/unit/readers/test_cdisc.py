"""The study file of docs/cdisc.md, on synthetic files of each domain."""

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from sepsisflow.readers.ingest import ingest_table
from sepsisflow.readers.mapping import reading_plan, tables_of
from study_example import loaded

DOCS = Path(__file__).parents[3] / "docs/cdisc.md"
FILES = {
    "dm": {
        "USUBJID": ["S-1", "S-2", "S-3"],
        "ARMCD": ["ACT", "PBO", "SCRNFAIL"],
        "SITEID": ["İzmir", "Köln", "Köln"],
        "AGE": [64, 71, 58],
        "SEX": ["F", "M", "U"],
        "RFSTDTC": ["2024-02-28T08:00", "2024-03-01", ""],
        "ETHNIC": ["HISPANIC OR LATINO", "UNKNOWN", "NOT HISPANIC OR LATINO"],
        "DTHFL": ["Y", "", ""],
        "DTHDTC": ["2024-03", "", ""],
    },
    "adsl": {
        "USUBJID": ["S-1", "S-2"],
        "TRTSDT": [date(2024, 2, 28), date(2024, 3, 1)],
        "BMIBL": [24.5, None],
    },
    "ex": {
        "USUBJID": ["S-1", "S-2"],
        "EXTRT": ["STUDY DRUG", "PLACEBO"],
        "EXSTDTC": ["2024-02-28T08:00", "2024-03-01"],
        "EXENDTC": ["2024-02-28T09:30", ""],
        "EXDOSE": [54, 0],
        "EXDOSU": ["mg", "mg"],
        "EXROUTE": ["INTRAVENOUS", "INTRAVENOUS"],
    },
    "ae": {
        "USUBJID": ["S-1", "S-2"],
        "AESTDTC": ["2024-03-01", "2024-04"],
        "AEDECOD": ["FEVER", "RASH"],
        "AESEV": ["SEVERE", ""],
        "AESER": ["Y", "N"],
        "AEREL": ["RELATED", "UNCERTAIN"],
    },
    "ds": {
        "USUBJID": ["S-1", "S-2", "S-2"],
        "DSCAT": ["DISPOSITION EVENT", "DISPOSITION EVENT", "PROTOCOL MILESTONE"],
        "DSDECOD": ["DEATH", "COMPLETED", "INFORMED CONSENT OBTAINED"],
        "DSSTDTC": ["2024-03-20", "2024-04-01", "2024-02-01"],
    },
    "lb": {
        "USUBJID": ["S-1", "S-1", "S-1", "S-2", "S-2"],
        "LBDTC": ["2024-02-28T10:00", "2024-02-29", "2024-03", "2024-03-02", "2024-03-03"],
        "LBTESTCD": ["CRP", "CREAT", "CRP", "CRP", "GLUC"],
        "LBORRES": ["<0.2", "100", "5", "", "5.5"],
        "LBORRESU": ["mg/dL", "umol/L", "mg/L", "", "mmol/L"],
        "LBSTRESN": [None, 1.1312, 5, None, 5.5],
        "LBSTAT": ["", "", "", "NOT DONE", ""],
    },
    "vs": {
        "USUBJID": ["S-1", "S-1", "S-1", "S-2"],
        "VSDY": [-1, 1, 2, 0],
        "VSTESTCD": ["TEMP", "HR", "RESP", "HR"],
        "VSORRES": ["98.6", "88", "18", "80"],
        "VSORRESU": ["F", "beats/min", "breaths/min", "beats/min"],
    },
    "adtte": {
        "USUBJID": ["S-1", "S-2", "S-2", "S-1"],
        "PARAMCD": ["TTREL", "TTREL", "OS", "TTREL"],
        "AVAL": [5, 32, 40, 6],
        "CNSR": [0, 2, 1, 9],
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def ingested(tmp_path_factory):
    """Tables and problems of the study in the documentation."""
    folder = tmp_path_factory.mktemp("cdisc")
    (folder / "raw").mkdir()
    for name, columns in FILES.items():
        version = 8 if name in ("lb", "vs") else 5
        path = folder / f"raw/{name}.xpt"
        pyreadstat.write_xport(pd.DataFrame(columns), path, file_format_version=version)
    text = "".join(re.findall(r"```yaml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL))
    study = loaded(folder, text, data="raw")
    tables, problems = {}, []
    for name in tables_of(study.settings, study.codelists["variables"]):
        plan = reading_plan(name, study.settings, study.codelists)
        tables[name], found, _ = ingest_table(plan, folder / "raw")
        problems.append(found)
    return tables, pd.concat(problems, ignore_index=True)


def rows(table, *columns):
    return table[list(columns)].values.tolist()


def test_everybody_screened_is_a_participant(ingested):
    people = ingested[0]["participants"]
    assert people["participant_id"].tolist() == ["S-1", "S-2", "S-3"]
    assert people["arm"].tolist() == ["active", "placebo", None]
    assert people["site"].tolist() == ["İzmir", "Köln", "Köln"]
    assert people["sex"].tolist() == ["female", "male", None]
    assert people["age_years"].tolist() == [64, 71, 58]
    assert people["origin"].tolist()[:2] == [pd.Timestamp(2024, 2, 28, 8), pd.Timestamp(2024, 3, 1)]
    assert people["ethnicity_hispanic"].tolist() == [True, pd.NA, False]


def test_units_are_those_of_each_row_and_a_limit_is_censored(ingested):
    crp = ingested[0]["measurements/laboratory"].dropna(subset=["time_h", "value"])
    assert rows(crp, "participant_id", "time_h", "value", "unit", "censoring", "precision") == [
        ["S-1", 2, 2, "mg/L", "below", "minute"]
    ]
    creatinine = ingested[0]["measurements/organ_function"].iloc[0]
    assert creatinine["value"] == pytest.approx(1.1312)
    assert (creatinine["time_h"], creatinine["precision"]) == (24, "day")


def test_the_day_before_day_1_is_minus_1_and_there_is_no_day_0(ingested):
    vital = ingested[0]["measurements/severity"]
    vital = vital[vital["source_file"].eq("vs.xpt")]
    assert vital["value"].tolist() == pytest.approx([37, 88, 18, 80])
    assert vital["time_h"].tolist()[:3] == [-24, 0, 24]
    assert pd.isna(vital["time_h"].tolist()[3])


def test_a_numeric_date_of_adam_is_a_day_of_the_clock(ingested):
    table = ingested[0]["measurements/severity"]
    bmi = table[table["variable"].eq("bmi_baseline")]
    assert rows(bmi, "participant_id", "time_h", "value") == [["S-1", 0, 24.5]]


def test_a_dose_has_its_interval_and_placebo_is_left_out(ingested):
    given = ingested[0]["interventions"]
    columns = ("participant_id", "agent", "start_h", "end_h", "dose", "unit", "route")
    assert rows(given, *columns) == [["S-1", "study_drug", 0, 1.5, 54, "mg", "intravenous"]]


def test_an_adverse_event_has_a_grade_for_its_severity(ingested):
    harm = ingested[0]["adverse_events"]
    assert harm["grade"].tolist()[0] == 3
    assert pd.isna(harm["grade"].tolist()[1])
    assert harm["serious"].tolist() == [True, False]
    assert harm["related"].tolist() == [True, pd.NA]


def test_cnsr_0_is_the_event_and_other_numbers_are_censored(ingested):
    events = ingested[0]["events"]
    found = events[events["source_file"].eq("adtte.xpt")]
    assert rows(found, "participant_id", "event", "latest_h") == [
        ["S-1", "relapse", 5 * 24],
        ["S-2", "last_contact", 32 * 24],
    ]


def test_a_death_of_which_the_month_is_known_lies_in_that_month(ingested):
    events = ingested[0]["events"]
    death = events[events["event"].eq("death")].iloc[0]
    # From 28 February 8:00 to 1 March and to 1 April.
    assert (death["earliest_h"], death["latest_h"]) == (40, 40 + 31 * 24)
    assert events["event"].value_counts()["completed"] == 1


def test_what_the_study_file_does_not_foresee_is_a_problem(ingested):
    left_out = '{"USUBJID": "S-1", "AVAL": "6", "PARAMCD": "TTREL", "CNSR": "9"}'
    assert sorted(rows(ingested[1], "code", "source_file", "source_column", "raw")) == [
        ["code.unmapped", "adtte.xpt", "CNSR", left_out],
        ["code.unmapped", "ae.xpt", "AEREL", "UNCERTAIN"],
        ["date.incomplete", "lb.xpt", "LBDTC", "2024-03"],
        ["date.partial", "ae.xpt", "AESTDTC", "2024-04"],
        ["date.partial", "dm.xpt", "DTHDTC", "2024-03"],
        ["value.unreadable", "vs.xpt", "VSDY", "0"],
    ]
