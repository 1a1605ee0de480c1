"""From REDCap exports to findings: what the form forbids is found, and the value stays."""

import pytest
from ingested_study import read_table
from raw_sources import filled
from redcap_example import dictionary, source
from sepsisflow.readers.mapping import reading_plan

RANGES = {"plausible": [1, 300], "possible": [0, 1000]}
PULSE = {"domain": "severity", "unit": "1", "units": {}, **RANGES}
CODELISTS = {"variables": {"pulse": PULSE}, "agents": {}, "events": {"visit": {}}}
PEOPLE = {
    "table": "participants",
    "fields": {
        "participant_id": "id",
        "sex": {"column": "sex", "codes": {"0": "female", "1": "male"}},
        "weight_kg": "weight",
        "site": "phone",
    },
}
PULSES = {
    "table": "measurements",
    "fields": {"participant_id": "id", "time": {"constant": 0, "as": "hours"}},
    "values": {"pulse": "pulse"},
}


@pytest.fixture
def found(tmp_path):
    """``found(table, records, *maps, **source)``: validated rows, findings and quarantine."""

    def ingest(table, records, *maps, **changes):
        (tmp_path / "data.csv").write_text(records, encoding="utf-8")
        (tmp_path / "dictionary.csv").write_text(dictionary(), encoding="utf-8")
        settings = {
            "sources": {"records": source(maps=[PEOPLE, *maps], **changes)},
            "covariates": {},
            "arms": {},
            "time_zone": None,
            "repeats": {"default": "all", "variables": {}},
        }
        plan = reading_plan(table, filled_settings(settings), CODELISTS)
        return read_table(plan, tmp_path)

    return ingest


def filled_settings(settings):
    """Settings with the defaults of their maps filled in."""
    return {**settings, "sources": filled(settings["sources"])}


def listed(findings):
    """Code, field, row and column of each finding about a cell or row."""
    findings = findings[findings["source_row"].notna()]
    return findings[["code", "field", "source_row", "source_column"]].values.tolist()


def test_values_that_the_form_forbids_are_found_and_kept(found):
    records = 'id,sex,weight,phone\nA,1,"29,9",none\nB,0,"30,0",(405) 321-1111\n'
    people, findings, quarantine, sums = found("participants", records)
    assert listed(findings) == [
        ["value.unlike_form", "site", 2, "phone"],
        ["value.outside_form", "weight_kg", 2, "weight"],
        ["value.implausible", "weight_kg", 2, "weight"],
    ]
    assert people["weight_kg"].tolist() == [29.9, 30]
    assert people["site"].tolist() == ["none", "(405) 321-1111"]
    assert quarantine.empty
    assert sums.loc[0, "values_in"] == sums.loc[0, "values_validated"] == 6


def test_a_cell_that_cannot_be_used_has_one_finding_only(found):
    records = 'id,sex,weight,phone\nA,man,"heavy",\n'
    _, findings, quarantine, _ = found("participants", records)
    assert listed(findings) == [
        ["code.unmapped", "sex", 2, "sex"],
        ["value.unreadable", "weight_kg", 2, "weight"],
    ]
    assert quarantine["raw"].tolist() == ["man", "heavy"]


def test_missing_data_codes_are_notes_and_kept_aside(found):
    records = 'id,sex,weight,phone\nA,NASK,-999,NASK\nB,1,"30,0",\n'
    codes = {"missing_data_codes": ["NASK", "-999"]}
    people, findings, quarantine, _ = found("participants", records, **codes)
    declared = findings[findings["code"] == "value.declared_missing"]
    assert declared["field"].tolist() == ["site", "sex", "weight_kg"]
    assert set(declared["severity"]) == {"note"}
    assert sorted(quarantine["raw"]) == ["-999", "NASK", "NASK"]
    assert people["weight_kg"].isna().tolist() == [True, False]


def test_a_missing_data_code_in_the_column_of_a_filter_is_no_finding(found):
    when = {"column": "sex", "one_of": ["1"], "ignored": ["0"]}
    records = "id,sex,weight,phone,pulse\nA,1,,,80\nB,NASK,,,81\n"
    options = {"missing_data_codes": ["NASK"]}
    rows, findings, *_ = found(
        "measurements/severity", records, {**PULSES, "when": when}, **options
    )
    assert rows["value"].tolist() == [80]
    assert findings.empty


HEAD = "id,sex,weight,phone,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,pulse"


def test_a_record_that_stands_twice_is_found_and_its_values_stay(found):
    records = f"{HEAD}\nA,1,,,,,,80\nA,1,,,,bp,1,81\nA,1,,,,bp,1,82\n"
    rows, findings, quarantine, _ = found("measurements/severity", records, PULSES)
    assert rows["value"].tolist() == [80, 81, 82]
    assert ["record.repeated", "when", 4, "id"] in listed(findings)
    assert findings["code"].tolist().count("record.repeated") == 1
    assert quarantine.empty


def test_an_unknown_instrument_is_found_once_whether_its_row_is_read_or_not(found):
    records = f"{HEAD}\nA,1,,,,,,80\nA,,,,,vitals,1,81\nA,,,,,bp,1,82\n"
    expected = ["instrument.unknown", "when", 3, "redcap_repeat_instrument"]
    rows, findings, *_ = found("measurements/severity", records, PULSES)
    assert expected in listed(findings)
    assert rows["value"].tolist() == [80, 81, 82]
    when = {"column": "redcap_repeat_instrument", "one_of": ["bp"], "ignored": [""]}
    rows, findings, *_ = found("measurements/severity", records, {**PULSES, "when": when})
    assert listed(findings) == [expected]
    assert rows["value"].tolist() == [82]


def test_an_unknown_event_is_found_and_a_known_one_is_not(found, tmp_path):
    (tmp_path / "event.csv").write_text(
        "event_name,arm_num,unique_event_name\nVisit,1,visit_arm_1\n", encoding="utf-8"
    )
    records = f"{HEAD}\nA,1,,,Visit,,,80\nA,1,,,vist_arm_1,,,81\n"
    _, findings, *_ = found("measurements/severity", records, PULSES, events="event.csv")
    expected = ["event.unknown", "when", 3, "redcap_event_name"]
    assert [each for each in listed(findings) if each[0] == "event.unknown"] == [expected]


def test_an_event_without_time_stays_none_although_its_record_stands_twice(found):
    visit = {
        "table": "events",
        "fields": {
            "participant_id": "id",
            "event": {"constant": "visit"},
            "time": {"column": "pulse", "as": "hours"},
        },
    }
    records = f"{HEAD}\nA,1,,,,,,50\nA,1,,,,,,\n"
    rows, findings, quarantine, _ = found("events", records, visit)
    assert rows["earliest_h"].tolist() == [50]
    assert listed(findings) == [["record.repeated", "when", 3, "id"]]
    assert quarantine.empty


def test_a_column_that_the_dictionary_lacks_is_found_once(found):
    lactate = {**PULSES, "values": {"pulse": "lactate"}}
    records = "id,sex,weight,phone,lactate\nA,1,,,2.1\nB,0,,,2.2\n"
    rows, findings, *_ = found("measurements/severity", records, lactate)
    assert listed(findings) == [["field.undescribed", "pulse", 2, "lactate"]]
    assert rows["value"].tolist() == [2.1, 2.2]


def test_findings_name_the_column_of_each_map_that_reads_a_variable(found):
    other = {**PULSES, "values": {"pulse": "weight"}}
    records = 'id,sex,weight,phone,pulse\nA,1,"1100,0",,1200\n'
    _, findings, *_ = found("measurements/severity", records, PULSES, other)
    impossible = findings[findings["code"] == "value.impossible"]
    assert sorted(impossible["source_column"]) == ["pulse", "weight"]
