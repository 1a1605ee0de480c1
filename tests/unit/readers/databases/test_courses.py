"""Prescriptions and cultures of a database, in synthetic miniature."""

import pandas as pd
import pytest
from icu_folder import STAYS
from sepsisflow.schemas.check import check
from sepsisflow.schemas.events import Events
from sepsisflow.schemas.interventions import Interventions


def antibiotics(read):
    """Antibiotics of stay 101."""
    given = check(read.validated["interventions"], Interventions, "interventions")
    return given[given["participant_id"].eq("101") & given["agent"].eq("antibiotic")]


def cultures(read, participant="101"):
    events = check(read.validated["events"], Events, "events")
    return events[events["participant_id"].eq(participant) & events["event"].eq("culture")]


def sums(read, table):
    counts = read.accounting[table].iloc[0]
    for what in ("rows", "values"):
        aside = counts[f"{what}_quarantined"]
        assert counts[f"{what}_in"] == counts[f"{what}_validated"] + aside
    return counts.drop("table").astype(int).tolist()


def test_a_prescription_stands_in_every_stay_of_its_subject_on_each_clock(folder):
    read = folder.read(prescriptions=[{}])
    given = read.validated["interventions"]
    assert given[
        ["participant_id", "agent", "start_h", "end_h", "route", "text"]
    ].to_numpy().tolist() == [
        ["101", "antibiotic", 6.0, 54.0, "IV", "CefTRIAXone"],
        ["102", "antibiotic", -90.0, -42.0, "IV", "CefTRIAXone"],
    ]
    assert given[["dose", "unit"]].isna().all(axis=None)
    assert sums(read, "interventions") == [2, 2, 0, 2, 2, 0]


@pytest.mark.parametrize(
    "cells",
    [
        {"drug": "Fluconazole"},
        {"drug": "Mupirocin Cream 2%"},
        {"drug": "Vancomycin Desensitization"},
        {"drug": "Erythromycin 0.5% Ophth Oint", "route": "PO"},
        {"drug": "Metronidazole Gel"},
        {"drug_type": "BASE"},
        {"route": ""},
        {"route": "TP"},
        {"route": "OU"},
        {"route": "LEFT EYE"},
        {"route": "BOTH EARS"},
    ],
)
def test_what_is_no_systemic_antibiotic_is_not_read(folder, cells):
    read = folder.read(prescriptions=[cells])
    assert read.validated["interventions"].empty
    assert sums(read, "interventions") == [0] * 6


@pytest.mark.parametrize(
    "cells",
    [
        {"drug": "*NF* Ertapenem Sodium"},
        {"drug": "sulfameth/trimethoprim ds", "route": "PO/NG"},
        {"drug": "Piperacillin-Tazobactam", "drug_type": "ADDITIVE"},
        {"drug": "Vancomycin Oral Liquid", "route": "NU"},
    ],
)
def test_an_antibiotic_is_told_by_a_part_of_its_name_in_any_case(folder, cells):
    assert antibiotics(folder.read(prescriptions=[cells]))["text"].tolist() == [cells["drug"]]


def test_a_prescription_without_end_is_open(folder):
    assert antibiotics(folder.read(prescriptions=[{"stoptime": ""}]))["end_h"].isna().all()


def test_dates_of_a_prescription_that_cannot_be_are_findings(folder):
    rows = [{"starttime": "2150-13-01"}, {"stoptime": "soon"}]
    read = folder.read(prescriptions=rows)
    found = read.findings["interventions"]
    assert set(zip(found["code"], found["field"], found["source_row"], strict=True)) == {
        ("date.impossible", "start", 2),
        ("date.impossible", "end", 3),
    }
    assert antibiotics(read)["source_row"].tolist() == [3]
    assert sums(read, "interventions") == [4, 2, 2, 4, 2, 2]


def test_a_specimen_is_one_culture_of_every_stay(folder):
    rows = [{}, {"org_name": "ESCHERICHIA COLI", "org_itemid": "80002"}, {"micro_specimen_id": "8"}]
    read = folder.read(microbiologyevents=rows)
    found = cultures(read)
    assert found["earliest_h"].tolist() == found["latest_h"].tolist() == [3.0, 3.0]
    assert found["text"].tolist() == ["BLOOD CULTURE"] * 2
    assert found["positive"].tolist() == [True, False]
    assert found["source_row"].tolist() == [2, 4]
    assert cultures(read, "102")["earliest_h"].tolist() == [-93.0, -93.0]
    # Four cultures, and the discharges of three stays and two admissions, one of which has two.
    assert sums(read, "events")[0] == 4 + sums(folder.read(into="without"), "events")[0]


def test_a_culture_known_by_date_lies_between_its_midnights_even_before_the_origin(folder):
    dated = {"subject_id": "2", "charttime": "", "chartdate": "2150-01-02 00:00:00"}
    found = cultures(folder.read(microbiologyevents=[dated]), "201")
    assert found[["earliest_h", "latest_h"]].to_numpy().tolist() == [[-12.0, 12.0]]


@pytest.mark.parametrize(
    ("cells", "positive"),
    [
        ({"org_name": "YEAST", "org_itemid": "80075"}, True),
        ({"org_name": "NEGATIVE", "org_itemid": "90856"}, False),
        ({"org_name": "CANCELLED", "org_itemid": "90760"}, False),
        ({"org_name": "", "org_itemid": "80002"}, False),
    ],
)
def test_a_culture_is_positive_if_an_organism_is_named(folder, cells, positive):
    assert cultures(folder.read(microbiologyevents=[cells]))["positive"].tolist() == [positive]


def test_a_row_without_a_number_of_its_specimen_is_a_culture_by_itself(folder):
    rows = [{"micro_specimen_id": ""}, {"micro_specimen_id": " "}]
    assert cultures(folder.read(microbiologyevents=rows))["source_row"].tolist() == [2, 3]


def test_cultures_stand_in_the_order_that_the_database_numbers(folder):
    rows = [
        {"micro_specimen_id": "5", "microevent_id": "10"},
        {"micro_specimen_id": "6", "microevent_id": "9"},
    ]
    assert cultures(folder.read(microbiologyevents=rows))["source_row"].tolist() == [3, 2]


def test_a_time_of_a_culture_that_cannot_be_is_a_finding_not_replaced_by_its_date(folder):
    read = folder.read(microbiologyevents=[{"charttime": "2150-01-01 25:00:00"}])
    found = read.findings["events"]
    assert found["code"].unique().tolist() == ["date.impossible"]
    assert found["source_column"].unique().tolist() == ["charttime"]
    assert cultures(read).empty
    assert sums(read, "events")[2] == sums(read, "events")[5] == 2


def test_courses_of_a_stay_without_a_beginning_say_so(folder):
    stays = [{**STAYS[2], "intime": "soon"}]
    mine = {"subject_id": "2"}
    read = folder.read(icustays=stays, prescriptions=[mine], microbiologyevents=[mine])
    for table in ("interventions", "events"):
        found = read.findings[table].query("source_file.str.startswith('hosp/')", engine="python")
        assert {"time.no_origin"} <= set(found["code"])
        assert "date.impossible" not in set(found["code"])
    assert sums(read, "interventions")[1:3] == [0, 1]


def test_courses_of_people_who_are_no_participants_are_counted_in_a_note(folder):
    stranger = {"subject_id": "9"}
    read = folder.read(prescriptions=[stranger], microbiologyevents=[stranger, stranger])
    found = read.findings["participants"].query("code == 'source.outside'")
    assert sorted(found["source_file"]) == [
        "hosp/microbiologyevents.csv.gz",
        "hosp/prescriptions.csv.gz",
    ]
    assert pd.isna(found["participant_id"]).all()
