"""All ten REDCap projects through a study file alone: what is read, what is found, nothing lost."""

import csv

import pandas as pd
import pytest
from ingested_study import STUDIES, ingest_study
from whole_workflow import Workflow, copy_workflow

PROJECTS = {
    "redcap_checkboxes": "checkboxes-1",
    "redcap_clinical_trial": "clinical-trial-1",
    "redcap_decimal_comma": "decimal-comma",
    "redcap_longitudinal": "longitudinal",
    "redcap_problematic_values": "potentially-problematic-values",
    "redcap_repeating_instruments": "repeating-instruments",
    "redcap_repeating_instruments_sparse": "repeating-instruments-sparse",
    "redcap_russian": "russian",
    "redcap_simple": "simple",
    "redcap_validation_types": "validation-types-1",
}


@pytest.fixture
def ingested(reference, tmp_path):
    """``ingested("redcap_simple")``: that project, ingested and validated."""
    return lambda name: ingest_study(
        name, reference(f"data/redcap-projects/{PROJECTS[name]}").resolve(), tmp_path / name
    )


@pytest.fixture
def records(reference):
    """``records("redcap_simple")``: rows of that project's export, as text by column."""

    def read(name):
        path = reference(f"data/redcap-projects/{PROJECTS[name]}") / "data.csv"
        with open(path, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read


def filled(rows, *columns, none=("", "NA")):
    """How many cells of these columns hold anything."""
    return sum(row[column] not in none for row in rows for column in columns)


def answered(rows, field):
    """How many boxes of a checkbox field stand in rows where one of them is ticked."""
    boxes = [column for column in rows[0] if column.startswith(f"{field}___")]
    return sum(len(boxes) for row in rows if any(row[box] == "1" for box in boxes))


def test_every_project_has_a_study_file():
    assert {path.stem for path in STUDIES.glob("redcap_*.yaml")} == PROJECTS.keys()


@pytest.mark.parametrize("name", PROJECTS)
def test_rows_and_values_in_are_validated_or_set_aside(name, ingested):
    sums = ingested(name).accounting.drop(columns="table").sum()
    assert sums["rows_in"] == sums["rows_validated"] + sums["rows_quarantined"] > 0
    assert sums["values_in"] == sums["values_validated"] + sums["values_quarantined"]


def test_in_a_simple_project_true_and_false_stand_for_codes(ingested, records):
    rows, study = records("redcap_simple"), ingested("redcap_simple")
    people = study.tables["participants"]
    assert people["sex"].tolist() == [
        {"FALSE": "female", "TRUE": "male"}[row["sex"]] for row in rows
    ]
    unknown = sum(row["ethnicity"] == "0" for row in rows)
    values = filled(rows, "age", "sex", "weight", "height", "ethnicity") - unknown
    # Three of the six boxes for race are mapped, and every record ticks one box.
    assert answered(rows, "race") == 6 * len(rows)
    assert study.counts() == {
        "participants": (5, values + 3 * len(rows)),
        "measurements/severity": (5, filled(rows, "bmi")),
    }
    assert study.set_aside() == {"participants": (0, 2)}
    # Of the two mice, 7 and 6 cm and 1 kg are below what the form allows.
    small = [row for row in rows if float(row["height"]) < 130 or float(row["weight"]) < 35]
    assert study.codes()["value.outside_form"] == 2 * len(small) == 4
    assert study.codes()["value.impossible"] == 2


def test_a_trial_of_500_keeps_every_code_and_number(ingested, records):
    rows, study = records("redcap_clinical_trial"), ingested("redcap_clinical_trial")
    no_answer = sum((row["ethnicity"] == "2") + (row["race"] == "6") for row in rows)
    values = filled(rows, "gender", "height", "weight", "ethnicity", "race") - no_answer
    assert study.counts() == {"participants": (500, values)}
    assert study.set_aside() == {}
    people = study.tables["participants"]
    assert people["height_cm"].tolist() == [float(row["height"]) for row in rows]
    assert people["sex"].eq("male").sum() == sum(row["gender"] == "1" for row in rows)
    assert set(study.codes()) == {"column.incomplete"}


def test_decimal_commas_are_read_by_the_validation_type_and_calculated_fields_with_a_point(
    ingested,
):
    study = ingested("redcap_decimal_comma")
    people = study.tables["participants"]
    assert people["height_cm"].tolist() == [154, 184, 195, 161]
    assert people["weight_kg"].tolist() == [52.3, 92.3, 123.4, 45.9]
    bmi = study.tables["measurements/severity"]["value"]
    assert bmi.tolist() == [22.1, 27.3, 32.5, 17.7]
    assert study.counts() == {"participants": (4, 8), "measurements/severity": (4, 4)}
    assert study.findings.empty


def test_boxes_are_missing_where_none_is_ticked_and_no_beside_a_ticked_one(ingested, records):
    rows, study = records("redcap_checkboxes"), ingested("redcap_checkboxes")
    # The project's own column `desired_result` says the same of each record.
    wanted = {"one": {"1": [1], "2": None, "3": [1, 2, 3, 4], "4": None}}
    wanted["two"] = {"1": ["a", "c"], "2": ["b", "d"], "3": None, "4": None}
    for _, person in study.tables["participants"].iterrows():
        for field, choices in {"one": [1, 2, 3, 4], "two": list("abcde")}.items():
            ticked = wanted[field][person["participant_id"]]
            for choice in choices:
                cell = person[f"{field}_{choice}"]
                assert pd.isna(cell) if ticked is None else cell == (choice in ticked)
    values = answered(rows, "check_one") + answered(rows, "check_two")
    assert study.counts() == {"participants": (4, values)} == {"participants": (4, 18)}


def test_events_and_arms_of_a_longitudinal_project_are_told_apart(ingested, records):
    rows, study = records("redcap_longitudinal"), ingested("redcap_longitudinal")
    people = study.tables["participants"]
    assert people[["participant_id", "arm"]].values.tolist() == [
        ["100", "drug_a"],
        ["220", "drug_a"],
        ["304", "drug_b"],
    ]
    enrolled = [row for row in rows if row["redcap_event_name"].startswith("enrollment")]
    final = [row for row in rows if row["redcap_event_name"].startswith("final")]
    blood = [f"{form}{number}" for form in ("vld", "vbw") for number in (1, 3, 4, 5)]
    dates = ("date_enrolled", "withdraw_date", "date_visit_4", "discharge_date_4", "cpq1")
    admitted = [row for row in final if row["cpq7"] == "1"]
    laboratory = (
        filled(enrolled, "bmi", "prealb_b", "npcr_b", "chol_b", "transferrin_b")
        + filled(rows, *blood)
        + filled(final, "alb_4", "prealb_4", "npcr_4", "chol_4", "cpq2", "cpq4")
    )
    creatinine = filled(rows, "creat_b", "vld2", "vbw2", "creat_4")
    counts = study.counts()
    assert counts["events"] == (filled(rows, *dates),) * 2
    assert counts["adverse_events"] == (len(admitted), 2 * len(admitted))
    assert counts["measurements/laboratory"] == (laboratory,) * 2
    assert counts["measurements/organ_function"] == (creatinine,) * 2
    assert counts["measurements/severity"] == (filled(rows, "pmq1"),) * 2
    # The form asks for a date where it is labelled creatinine, and three values are no creatinine.
    assert study.codes(table="measurements/organ_function") == {
        "value.unreadable": filled(final, "creat_4"),
        "value.impossible": 3,
        "value.implausible": 5,
    }
    impossible = study.findings.query("code == 'value.impossible' and field == 'creatinine'")
    places = impossible[["source_column", "source_row"]].values.tolist()
    assert sorted(places) == [["creat_b", 2], ["vbw2", 12], ["vld2", 12]]
    assert study.set_aside()["measurements/organ_function"] == (0, 5)


def test_text_in_date_and_number_fields_is_found_cell_by_cell(ingested):
    study = ingested("redcap_problematic_values")
    places = study.findings[study.findings["code"] != "column.incomplete"]
    assert places[["code", "source_column", "source_row"]].values.tolist() == [
        ["date.impossible", "time_1", 3],
        ["date.impossible", "date_before_validation", 2],
        ["date.impossible", "date_before_validation", 3],
        ["value.unreadable", "integer_before_validation", 2],
        ["value.unreadable", "integer_before_validation", 3],
    ]
    assert study.counts() == {
        "participants": (2, 2),
        "events": (2, 2),
        "measurements/laboratory": (2, 2),
    }
    assert study.set_aside() == {
        "participants": (0, 1),
        "events": (2, 2),
        "measurements/laboratory": (0, 2),
    }


@pytest.mark.parametrize(
    "name", ["redcap_repeating_instruments", "redcap_repeating_instruments_sparse"]
)
def test_repeats_of_an_instrument_are_rows_beside_the_record(name, ingested, records):
    rows, study = records(name), ingested(name)
    people = [row for row in rows if not row["redcap_repeat_instrument"]]
    pressures = [row for row in rows if row["redcap_repeat_instrument"] == "bp"]
    repeated = ("bp_systolic", "bp_diastolic", "redcap_repeat_instance")
    covariates = ("age", "sex", "date_enrolled", "ethnicity", "race")
    assert study.counts() == {
        "participants": (len(people), filled(people, *covariates)),
        "events": (filled(people, "date_enrolled"),) * 2,
        "measurements/severity": (filled(pressures, *repeated),) * 2,
    }
    assert study.set_aside() == {}
    measured = study.tables["measurements/severity"].pivot(
        index="source_row", columns="variable", values="value"
    )
    assert measured.values.tolist() == [
        [float(row[name]) for name in ("bp_diastolic", "bp_systolic", "redcap_repeat_instance")]
        for row in pressures
    ]
    # Three repeats bear one date.
    assert study.codes()["measurement.repeated"] == 6


def test_an_export_in_another_script_without_dictionary_is_read(ingested, records):
    rows, study = records("redcap_russian"), ingested("redcap_russian")
    columns = ("interviewer", "age", "date_interview", "pregnant_now", "testhiv_last12m")
    # Nobody ticked a box, so whether they shared their result is not known.
    assert answered(rows, "shareresult_q14") == 0
    assert study.tables["participants"]["shared_result"].isna().all()
    assert study.counts() == {
        "participants": (3, filled(rows, *columns)),
        "events": (3, 3),
        "measurements/severity": (filled(rows, "num_sexpartners_last12m"),) * 2,
        "adverse_events": (0, 0),
    }
    assert study.findings.empty


def test_a_record_that_nobody_filled_in_gives_nothing_and_no_finding(ingested):
    study = ingested("redcap_validation_types")
    assert study.counts()["participants"] == (1, 0)
    assert study.findings.empty


@pytest.mark.parametrize("name", ["redcap_simple", "redcap_longitudinal"])
def test_the_workflow_reports_on_a_project(name, reference, tmp_path):
    data = reference(f"data/redcap-projects/{PROJECTS[name]}").resolve()
    copy_workflow(tmp_path)
    study_file = tmp_path / "config/studies" / f"{name}.yaml"
    study_file.write_text((STUDIES / f"{name}.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    Workflow(tmp_path).build("quality", "--config", f"study={name}", f"data={data}")
    quality = tmp_path / f"results/{name}/quality"
    assert "value.impossible" in set(pd.read_parquet(quality / "findings.parquet")["code"])
    assert (quality / "report.html").stat().st_size > 1000
