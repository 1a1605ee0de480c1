"""A tiny MIMIC-IV-like folder, synthetic: two subjects, three ICU stays."""

import csv
import gzip
from pathlib import Path

ORIGIN = "2150-01-01 00:00:00"
PATIENTS = [
    {"subject_id": "1", "gender": "F", "anchor_age": "60", "anchor_year": "2149", "dod": ""},
    {
        "subject_id": "2",
        "gender": "M",
        "anchor_age": "70",
        "anchor_year": "2150",
        "dod": "2150-01-11",
    },
]
ADMISSIONS = [
    {
        "subject_id": "1",
        "hadm_id": "11",
        "dischtime": "2150-01-20 00:00:00",
        "hospital_expire_flag": "0",
    },
    {
        "subject_id": "2",
        "hadm_id": "22",
        "dischtime": "2150-01-09 00:00:00",
        "hospital_expire_flag": "0",
    },
]
STAYS = [
    {
        "subject_id": "1",
        "hadm_id": "11",
        "stay_id": "101",
        "intime": ORIGIN,
        "outtime": "2150-01-03 00:00:00",
    },
    {
        "subject_id": "1",
        "hadm_id": "11",
        "stay_id": "102",
        "intime": "2150-01-05 00:00:00",
        "outtime": "2150-01-06 00:00:00",
    },
    {
        "subject_id": "2",
        "hadm_id": "22",
        "stay_id": "201",
        "intime": "2150-01-02 12:00:00",
        "outtime": "2150-01-04 00:00:00",
    },
]
COLUMNS = {
    "hosp/patients": "subject_id gender anchor_age anchor_year anchor_year_group dod",
    "hosp/admissions": "subject_id hadm_id admittime dischtime deathtime hospital_expire_flag",
    "icu/icustays": "subject_id hadm_id stay_id first_careunit last_careunit intime outtime los",
    "hosp/labevents": "labevent_id subject_id hadm_id specimen_id itemid charttime value valuenum "
    "valueuom comments",
    "hosp/prescriptions": "subject_id hadm_id pharmacy_id starttime stoptime drug_type drug route",
    "hosp/microbiologyevents": "microevent_id subject_id hadm_id micro_specimen_id chartdate "
    "charttime spec_type_desc org_itemid org_name",
    "icu/chartevents": "subject_id hadm_id stay_id charttime itemid value valuenum valueuom",
    "icu/outputevents": "subject_id hadm_id stay_id charttime itemid value valueuom",
    "icu/inputevents": "subject_id hadm_id stay_id starttime endtime itemid amount amountuom rate "
    "rateuom patientweight",
    "icu/procedureevents": "subject_id hadm_id stay_id starttime endtime itemid value valueuom",
}
DEFAULTS = {
    "hosp/labevents": {
        "subject_id": "2",
        "hadm_id": "22",
        "specimen_id": "9",
        "charttime": "2150-01-02 13:30:00",
    },
    "hosp/prescriptions": {
        "subject_id": "1",
        "starttime": "2150-01-01 06:00:00",
        "stoptime": "2150-01-03 06:00:00",
        "drug_type": "MAIN",
        "drug": "CefTRIAXone",
        "route": "IV",
    },
    "hosp/microbiologyevents": {
        "subject_id": "1",
        "micro_specimen_id": "7",
        "chartdate": "2150-01-01 00:00:00",
        "charttime": "2150-01-01 03:00:00",
        "spec_type_desc": "BLOOD CULTURE",
    },
    "icu/chartevents": {"subject_id": "2", "stay_id": "201", "charttime": "2150-01-02 13:30:00"},
    "icu/outputevents": {"subject_id": "2", "stay_id": "201", "charttime": "2150-01-02 13:30:00"},
    "icu/inputevents": {
        "subject_id": "2",
        "stay_id": "201",
        "starttime": "2150-01-02 13:00:00",
        "endtime": "2150-01-02 14:30:00",
    },
    "icu/procedureevents": {
        "subject_id": "2",
        "stay_id": "201",
        "starttime": "2150-01-02 13:00:00",
        "endtime": "2150-01-02 14:30:00",
    },
}


def write_database(folder: Path, **tables: list[dict]) -> None:
    """Write a database; ``tables`` gives rows by name of the table, other tables are as above."""
    people = {"patients": PATIENTS, "admissions": ADMISSIONS, "icustays": STAYS}
    for place, columns in COLUMNS.items():
        rows = {**people, **tables}.get(place.partition("/")[2], [])
        path = folder / f"{place}.csv.gz"
        path.parent.mkdir(parents=True, exist_ok=True)
        with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns.split(), restval="")
            writer.writeheader()
            writer.writerows({**DEFAULTS.get(place, {}), **row} for row in rows)
