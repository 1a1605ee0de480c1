"""Raw files to canonical tables, on files of a few rows."""

from datetime import date

import openpyxl
import pandas as pd
import pytest
from raw_sources import filled
from sepsisflow.errors import DataError
from sepsisflow.readers.ingest import ingest_table
from sepsisflow.readers.mapping import reading_plan, tables_of
from sepsisflow.readers.raw import read_raw

VARIABLES = {
    "creatinine": {
        "domain": "organ_function", "unit": "mg/dL", "units": {"umol/L": 0.0113},
        "plausible": [0.1, 20], "possible": [0.01, 60],
    },
    "il_6": {
        "domain": "biomarkers", "unit": "pg/mL", "units": {},
        "plausible": [0.1, 50000], "possible": [0, 1000000],
    },
}  # fmt: skip
AGENTS = {"msc": {"unit": "10*6", "units": {"10*9": 1000}}}
CODELISTS = {
    "variables": VARIABLES,
    "agents": AGENTS,
    "events": {"death": {}, "last_contact": {}},
}
PEOPLE = "id;arm;begin;weight\nA1;T;01.02.2018;70,5\nA2;P;03.02.2018;0\n"
PEOPLE_MAP = {
    "table": "participants",
    "fields": {
        "participant_id": "id",
        "arm": {"column": "arm", "codes": {"T": "msc", "P": None}},
        "origin": "begin",
        "weight_kg": {"column": "weight", "unit": "kg", "declared_missing": ["0"]},
    },
}


def source(file, *maps, **changes):
    """A source written as a German hospital's export."""
    german = {"format": "csv", "delimiter": ";", "decimal": ",", "date_format": "%d.%m.%Y"}
    given = {"file": file, **german, "maps": list(maps), **changes}
    return filled({"source": given})["source"]


def ingest(sources, folder, time_zone=None):
    """Every table of a study, with its problems and counts by table."""
    settings = {
        "sources": sources,
        "covariates": {},
        "arms": {"msc": {}, "control": {}},
        "time_zone": time_zone,
        "repeats": {"default": "keep", "variables": {}},
    }
    tables, problems, counts = {}, [], {}
    for name in tables_of(settings, VARIABLES):
        plan = reading_plan(name, settings, CODELISTS)
        tables[name], found, counts[name] = ingest_table(plan, folder)
        problems.append(found.assign(table=name))
    return tables, pd.concat(problems, ignore_index=True), counts


def read(folder, **texts_and_maps):
    """Ingest a study of participants and further files given as ``name=(text, map)``."""
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    sources = {"people": source("people.csv", PEOPLE_MAP)}
    for name, (text, source_map) in texts_and_maps.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        sources[name] = source(f"{name}.csv", source_map)
    return ingest(sources, folder)


def test_participants_keep_file_and_row_and_a_declared_missing_value_is_kept_aside(tmp_path):
    tables, problems, counts = read(tmp_path)
    people = tables["participants"]
    assert people["participant_id"].tolist() == ["A1", "A2"]
    assert people["arm"].tolist() == ["msc", None]
    assert people["weight_kg"].tolist()[0] == 70.5
    assert people["source_row"].tolist() == [2, 3]
    assert set(people["source_file"]) == {"people.csv"}
    assert problems[["code", "raw", "source_row"]].values.tolist() == [
        ["value.declared_missing", "0", 3]
    ]
    # arm of A1, two origins, two weights; the pool's code means no arm.
    assert counts == {"participants": {"rows_in": 2, "values_in": 5}}


LONG_MAP = {
    "table": "measurements",
    "fields": {
        "participant_id": "id",
        "time": "date",
        "variable": {"column": "test", "codes": {"CREA": "creatinine", "IL6": "il_6"}},
        "value": "result",
        "unit": {"column": "unit"},
    },
}
LONG = (
    "id;date;test;result;unit\n"
    "A1;01.02.2018;CREA;100;µmol/L\n"
    "A1;02.02.2018;CREA;1,2;mg/dL\n"
    "A2;03.02.2018;IL6;<0,5;pg/mL\n"
    "A2;31.02.2018;IL6;7;pg/mL\n"
    "A2;04.02.2018;IL6;7;\n"
    "A2;04.02.2018;XYZ;7;pg/mL\n"
    "A9;04.02.2018;IL6;7;pg/mL\n"
    "A2;05.02.2018;IL6;12-13;pg/mL\n"
)


def test_a_long_export_is_split_by_domain_in_canonical_units(tmp_path):
    tables, problems, counts = read(tmp_path, labs=(LONG, LONG_MAP))
    creatinine = tables["measurements/organ_function"].dropna(subset="variable")
    assert creatinine["value"].tolist() == pytest.approx([1.13, 1.2])
    assert creatinine["unit"].tolist() == ["mg/dL", "mg/dL"]
    assert creatinine["time_h"].tolist() == [0, 24]
    interleukin = tables["measurements/biomarkers"]
    assert interleukin["censoring"].tolist()[0] == "below"
    codes = problems[problems["table"] == "measurements/biomarkers"].set_index("source_row")["code"]
    assert codes.to_dict() == {
        5: "date.impossible",
        6: "unit.missing",
        8: "participant.unknown",
        9: "value.range",
    }
    # A code that nobody mapped belongs to the first domain of the map, and is read once.
    assert problems.loc[problems["code"] == "code.unmapped", "table"].tolist() == [
        "measurements/organ_function"
    ]
    assert {name: each["rows_in"] for name, each in counts.items()} == {
        "participants": 2,
        "measurements/organ_function": 3,
        "measurements/biomarkers": 5,
    }


def test_a_wide_export_gives_a_row_per_value_and_none_for_an_empty_cell(tmp_path):
    wide = {
        "table": "measurements",
        "fields": {"participant_id": "id", "time": {"column": "day", "as": "study_day"}},
        "values": {
            "il_6": {"column": "IL6", "unit": "pg/mL"},
            "creatinine": {"column": "crea", "unit": "mg/dL"},
        },
    }
    text = "id;day;IL6;crea\nA1;1;<0,5;\nA1;3;x;1,1\nA2;3;;0,9\n"
    tables, problems, _ = read(tmp_path, visits=(text, wide))
    interleukin = tables["measurements/biomarkers"]
    assert interleukin["time_h"].tolist() == [0, 48]
    assert interleukin["precision"].tolist() == ["day", "day"]
    assert interleukin["value"].isna().tolist() == [False, True]
    assert tables["measurements/organ_function"]["value"].tolist() == [1.1, 0.9]
    assert problems["field"].tolist() == ["weight_kg", "il_6"]


def test_an_event_known_by_date_lies_in_that_day_and_an_elapsed_time_is_exact(tmp_path):
    by_date = {
        "table": "events",
        "fields": {"participant_id": "id", "event": {"constant": "death"}, "time": "died"},
    }
    elapsed = {
        "table": "events",
        "when": {"column": "alive", "one_of": ["yes"], "ignored": ["no"]},
        "fields": {
            "participant_id": "id",
            "event": {"constant": "last_contact"},
            "time": {"column": "days", "as": "days"},
        },
    }
    text = "id;died;alive;days\nA1;03.02.2018;no;2\nA2;;yes;30\n"
    tables, problems, _ = read(tmp_path, a=(text, by_date), b=(text, elapsed))
    events = tables["events"].set_index("participant_id")
    assert events.loc["A1", ["earliest_h", "latest_h"]].tolist() == [48, 72]
    assert events.loc["A2", ["earliest_h", "latest_h"]].tolist() == [720, 720]
    assert problems["code"].tolist() == ["value.declared_missing"]


def test_a_dose_is_converted_and_an_infusion_without_an_end_lasts_its_day(tmp_path):
    infusions = {
        "table": "interventions",
        "fields": {
            "participant_id": "id",
            "agent": {"constant": "msc"},
            "start": "date",
            "dose": {"column": "cells", "unit": "10*9"},
            "route": {"constant": "intravenous"},
        },
    }
    tables, _, _ = read(tmp_path, doses=("id;date;cells\nA1;02.02.2018;0,07\n", infusions))
    row = tables["interventions"].iloc[0]
    assert (row["start_h"], row["end_h"], row["unit"]) == (24, 48, "10*6")
    assert row["dose"] == pytest.approx(70)


def creatinine_of(folder, text, **spec):
    """Values, codes of problems and censoring of a wide file of creatinine, one row a person."""
    wide = {
        "table": "measurements",
        "fields": {"participant_id": "id", "time": {"column": "day", "as": "study_day"}},
        "values": {"creatinine": {"column": "crea", **spec}},
    }
    tables, problems, _ = read(folder, labs=(text, wide))
    found = tables["measurements/organ_function"]
    assert len(found) == text.count("\n") - 1
    return found["value"].tolist(), problems["code"].tolist()[1:], found["censoring"].tolist()


def test_a_unit_beside_a_number_must_be_the_one_that_is_stated(tmp_path):
    text = "id;day;crea\nA1;1;1,5 mg/dl\nA1;2;<1,5mg/dL\nA1;3;130 umol/L\nA1;4;1,5 H\n"
    values, codes, censoring = creatinine_of(tmp_path, text, unit="mg/dL")
    assert values[:2] == [1.5, 1.5]
    assert pd.isna(values[2:]).all()
    assert codes == ["unit.contradictory", "unit.contradictory"]
    assert censoring[:2] == ["none", "below"]


def test_a_unit_as_written_and_an_absent_one_mean_what_the_study_file_says(tmp_path):
    text = "id;day;crea;unit\nA1;1;100;SI\nA1;2;1,5;\nA1;3;1,5;conv\n"
    unit = {"column": "unit", "codes": {"SI": "umol/L"}, "absent": "mg/dL"}
    values, codes, _ = creatinine_of(tmp_path, text, unit=unit)
    assert values[:2] == pytest.approx([1.13, 1.5])
    assert codes == ["unit.unknown"]


def test_an_absent_unit_can_be_said_by_variable(tmp_path):
    unit = {"column": "unit", "absent": {"il_6": "ng/mL"}}
    long = {**LONG_MAP, "fields": {**LONG_MAP["fields"], "unit": unit}}
    text = "id;date;test;result;unit\nA1;01.02.2018;CREA;1,2;\nA1;02.02.2018;IL6;2;\n"
    tables, problems, _ = read(tmp_path, labs=(text, long))
    assert tables["measurements/biomarkers"]["value"].tolist() == [2000]
    assert problems["code"].tolist() == ["value.declared_missing", "unit.missing"]


def test_a_comment_gives_the_number_where_the_study_file_says_so(tmp_path):
    text = (
        "id;day;crea;said\n"
        "A1;1;;LESS THAN 0,5. Repeated.\n"
        "A1;2;___;2,5 mg/dl\n"
        "A1;3;1,5;9\n"
        "A1;4;HOLD;see 2,5\n"
        "A1;5;HOLD;130 umol/L\n"
    )
    spec = {"unit": "mg/dL", "comment": {"column": "said"}}
    values, codes, censoring = creatinine_of(tmp_path, text, **spec)
    assert values[:3] == [0.5, 2.5, 1.5]
    assert codes == ["value.unreadable", "value.unreadable"]
    assert censoring[:2] == ["below", "none"]


def test_a_mark_between_thousands_is_read_once_it_is_declared(tmp_path):
    text = 'id,n\nA1,"70,500"\n'
    (tmp_path / "people.csv").write_text(text, encoding="utf-8")
    weight = {"column": "n", "unit": "g"}
    people = {"table": "participants", "fields": {"participant_id": "id", "weight_kg": weight}}
    plain = {"delimiter": ",", "decimal": "."}
    _, problems, _ = ingest({"people": source("people.csv", people, **plain)}, tmp_path)
    assert problems["code"].tolist() == ["value.ambiguous"]
    declared = source("people.csv", people, **plain, thousands=",")
    tables, problems, _ = ingest({"people": declared}, tmp_path)
    assert tables["participants"]["weight_kg"].tolist() == [70.5]


@pytest.mark.parametrize(
    ("weight_kg", "unit", "dose", "codes"),
    [
        ("participant", "10*6/kg", 141, ["dose.no_weight"]),
        ({"column": "kg"}, "10*6/kg", 140, ["dose.no_weight"]),
        ("participant", "10*6", 2, []),
    ],
)
def test_a_dose_per_kg_is_taken_by_the_weight_that_the_study_file_names(
    tmp_path, weight_kg, unit, dose, codes
):
    infusions = {
        "table": "interventions",
        "fields": {
            "participant_id": "id",
            "agent": {"constant": "msc"},
            "start": "date",
            "dose": {"column": "cells", "unit": unit, "weight_kg": weight_kg},
        },
    }
    # The participants' own weights are 70.5 kg and, declared missing, 0.
    text = "id;date;cells;kg\nA1;02.02.2018;2;70\nA2;04.02.2018;2;0\n"
    tables, problems, _ = read(tmp_path, doses=(text, infusions))
    assert tables["interventions"]["dose"].iloc[0] == dose
    assert problems["code"].tolist()[1:] == codes


def test_dates_of_a_workbook_are_read_as_such_and_its_rows_keep_their_numbers(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Demo"
    for row in [["id", "begin", "age"], ["A1", date(2018, 2, 1), 44], [], ["A2", "02.02.2018", 50]]:
        book.active.append(row)
    book.save(tmp_path / "people.xlsx")
    fields = {"participant_id": "id", "origin": "begin", "age_years": "age"}
    people = source(
        "people.xlsx", {"table": "participants", "fields": fields}, format="xlsx", sheet="Demo"
    )
    tables, problems, _ = ingest({"people": people}, tmp_path)
    read_back = tables["participants"]
    assert read_back["origin"].tolist() == [pd.Timestamp(2018, 2, 1), pd.Timestamp(2018, 2, 2)]
    assert read_back["source_row"].tolist() == [2, 4]
    assert read_back["source_file"].tolist() == ["people.xlsx#Demo"] * 2
    assert problems.empty


def test_a_parquet_file_is_read_like_a_text_file(tmp_path):
    pd.DataFrame({"id": ["A1", "A2"], "age": [44.0, None]}).to_parquet(tmp_path / "people.parquet")
    raw = read_raw(tmp_path, source("people.parquet", format="parquet"), ["age", "id"])
    assert raw.columns == {"age": [44.0, None], "id": ["A1", "A2"]}
    assert raw.rows == [1, 2]


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path):
    (tmp_path / "people.csv").write_text("id;x\nA1;2\n", encoding="utf-8-sig")
    assert read_raw(tmp_path, source("people.csv"), ["id"]).columns == {"id": ["A1"]}


def test_a_missing_column_names_the_nearest_one(tmp_path):
    (tmp_path / "people.csv").write_text("Patient ID;x\nA1;2\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_raw(tmp_path, source("people.csv"), ["x", "PatientID"])
    assert str(error.value) == (
        "people.csv: no column 'PatientID'; did you mean 'Patient ID'?"
        " Correct the mapping in the study file."
    )


def test_a_file_in_another_encoding_is_refused_without_quoting_it(tmp_path):
    (tmp_path / "people.csv").write_bytes("id;name\nA1;Müller\n".encode("latin-1"))
    with pytest.raises(DataError) as error:
        read_raw(tmp_path, source("people.csv"), ["id"])
    assert str(error.value) == ("people.csv is not utf-8 text; set 'encoding'.")


def test_a_file_without_a_header_is_refused_without_quoting_it(tmp_path):
    (tmp_path / "people.csv").write_text("Mueller, Anna;1951\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_raw(tmp_path, source("people.csv"), ["id", "age"])
    assert str(error.value) == (
        "people.csv: none of the 2 columns that the study file names is in its first row; "
        "is that row a header?"
    )


def test_a_row_with_more_cells_than_columns_is_refused_with_its_number(tmp_path):
    (tmp_path / "people.csv").write_text("id;age\nA1;50;;\nA2;50;5\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_raw(tmp_path, source("people.csv"), ["id"])
    assert str(error.value) == (
        "people.csv, row 3: more cells than the header has columns. Is the delimiter also used "
        "inside cells, as a decimal mark or in a text?"
    )


def test_an_unclosed_quotation_mark_is_refused_with_its_line(tmp_path):
    (tmp_path / "people.csv").write_text('id;x\nA1;"2\n', encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_raw(tmp_path, source("people.csv"), ["id"])
    assert str(error.value) == (
        "people.csv, line 2: a quotation mark is not closed, or stands inside a cell. "
        "Correct the file."
    )


def test_a_failed_formula_of_a_workbook_is_a_problem_not_an_empty_cell(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Demo"
    book.active.append(["id", "age"])
    book.active.append(["A1", "#DIV/0!"])
    book.active["B2"].data_type = "e"
    book.save(tmp_path / "people.xlsx")
    fields = {"participant_id": "id", "age_years": "age"}
    people = source(
        "people.xlsx", {"table": "participants", "fields": fields}, format="xlsx", sheet="Demo"
    )
    tables, problems, counts = ingest({"people": people}, tmp_path)
    assert problems[["code", "raw"]].values.tolist() == [["value.unreadable", "#DIV/0!"]]
    assert counts["participants"]["values_in"] == 1
    assert tables["participants"]["age_years"].isna().all()


def test_a_status_that_no_map_reads_is_a_problem_once(tmp_path):
    maps = [
        {
            "table": "events",
            "when": {"column": "status", "one_of": [status]},
            "fields": {"participant_id": "id", "event": {"constant": event}, "time": "date"},
        }
        for status, event in (("dead", "death"), ("alive", "last_contact"))
    ]
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    text = "id;status;date\nA1;dead;03.02.2018\nA2;DEAD;03.02.2018\nA2;;03.02.2018\n"
    (tmp_path / "ends.csv").write_text(text, encoding="utf-8")
    sources = {"people": source("people.csv", PEOPLE_MAP), "ends": source("ends.csv", *maps)}
    tables, problems, _ = ingest(sources, tmp_path)
    assert tables["events"]["participant_id"].tolist() == ["A1"]
    found = problems[problems["table"] == "events"]
    assert found[["code", "raw", "source_row", "source_column"]].values.tolist() == [
        ["code.unmapped", "DEAD", 3, "status"]
    ]


def test_an_arm_without_codes_must_be_an_arm_of_the_study(tmp_path):
    (tmp_path / "people.csv").write_text("id;arm\nA1;msc\nA2;MSC\n", encoding="utf-8")
    fields = {"participant_id": "id", "arm": "arm"}
    people = source("people.csv", {"table": "participants", "fields": fields})
    tables, problems, _ = ingest({"people": people}, tmp_path)
    assert tables["participants"]["arm"].tolist() == ["msc", None]
    assert problems[["code", "source_row"]].values.tolist() == [["code.unmapped", 3]]


def test_codes_that_are_not_wanted_leave_no_row(tmp_path):
    given = {
        "table": "interventions",
        "fields": {
            "participant_id": "id",
            "agent": {"column": "drug", "codes": {"CELLS": "msc", "FUR": None}},
            "start": "date",
        },
    }
    text = "id;drug;date\nA1;CELLS;02.02.2018\nA1;FUR;02.02.2018\n"
    tables, problems, counts = read(tmp_path, drugs=(text, given))
    assert tables["interventions"]["agent"].tolist() == ["msc"]
    assert counts["interventions"]["rows_in"] == 1
    assert problems["code"].tolist() == ["value.declared_missing"]


def test_weight_height_and_age_are_read_in_their_units(tmp_path):
    (tmp_path / "people.csv").write_text("id;w;h;a\nA1;70500;1,75;30\n", encoding="utf-8")
    fields = {
        "participant_id": "id",
        "weight_kg": {"column": "w", "unit": "g"},
        "height_cm": {"column": "h", "unit": "m"},
        "age_years": {"column": "a", "unit": "mo"},
    }
    people = source("people.csv", {"table": "participants", "fields": fields})
    tables, _, _ = ingest({"people": people}, tmp_path)
    row = tables["participants"].loc[0, ["weight_kg", "height_cm", "age_years"]]
    assert row.tolist() == pytest.approx([70.5, 175, 2.5])


def test_a_stranger_is_found_without_a_date_and_the_first_origin_of_a_participant_counts(tmp_path):
    (tmp_path / "people.csv").write_text(
        "id;arm;begin;weight\nA1;T;01.02.2018;70\nA1;T;05.02.2018;70\n", encoding="utf-8"
    )
    by_day = {
        "table": "events",
        "fields": {
            "participant_id": "id",
            "event": {"constant": "death"},
            "time": {"column": "day", "as": "study_day"},
        },
    }
    by_date = {
        "table": "adverse_events",
        "fields": {"participant_id": "id", "start": "date", "term": "what"},
    }
    (tmp_path / "days.csv").write_text("id;day\nZ9;3\n", encoding="utf-8")
    (tmp_path / "dates.csv").write_text("id;date;what\nA1;06.02.2018;x\n", encoding="utf-8")
    sources = {
        "people": source("people.csv", PEOPLE_MAP),
        "days": source("days.csv", by_day),
        "dates": source("dates.csv", by_date),
    }
    tables, problems, _ = ingest(sources, tmp_path)
    assert problems[["code", "source_column"]].values.tolist() == [["participant.unknown", "id"]]
    assert tables["events"]["participant_id"].isna().all()
    assert tables["adverse_events"]["start_h"].tolist() == [120]


def test_rows_that_repeat_what_they_say_of_a_participant_count_once(tmp_path):
    people = {**PEOPLE_MAP, "distinct": True}
    text = PEOPLE + "A1;T;01.02.2018;70,5\nA2;T;03.02.2018;0\n"
    (tmp_path / "people.csv").write_text(text)
    tables, _, counts = ingest({"people": source("people.csv", people)}, tmp_path)
    # The second A2 says something else: validation asks which of them is right.
    assert tables["participants"]["participant_id"].tolist() == ["A1", "A2", "A2"]
    assert counts["participants"]["rows_in"] == 3


STATUS = (
    "id;form;status;day\nA1;end;died;02.02.2018\nA1;visit;?;\nA2;end;??;\nA2;end;alive;05.02.2018\n"
)


def test_a_map_may_ask_several_conditions_each_only_where_those_before_it_hold(tmp_path):
    when = [
        {"column": "form", "one_of": ["end"], "ignored": ["visit"]},
        {"column": "status", "one_of": ["died"], "ignored": ["alive"]},
    ]
    died = {
        "table": "events",
        "when": when,
        "fields": {"participant_id": "id", "event": {"constant": "death"}, "time": "day"},
    }
    tables, problems, _ = read(tmp_path, status=(STATUS, died))
    assert tables["events"]["participant_id"].tolist() == ["A1"]
    # "?" stands in a visit, of which the status is not asked.
    found = problems[["code", "source_row", "source_column", "raw"]].values.tolist()
    assert ["code.unmapped", 4, "status", "??"] in found
    assert "?" not in problems["raw"].tolist()


def test_the_time_of_day_may_stand_in_a_column_of_its_own(tmp_path):
    people = PEOPLE.replace("01.02.2018", "01.02.2018 06:00").replace(
        "03.02.2018", "03.02.2018 12:00"
    )
    (tmp_path / "people.csv").write_text(people)
    (tmp_path / "crea.csv").write_text(
        "id;day;time;crea\nA1;01.02.2018;18:30;1,2\nA2;03.02.2018;;1,3\n"
    )
    formats = ["%d.%m.%Y %H:%M", "%d.%m.%Y"]
    values = {
        "table": "measurements",
        "fields": {"participant_id": "id", "time": {"column": "day", "clock": {"column": "time"}}},
        "values": {"creatinine": {"column": "crea", "unit": "mg/dL"}},
    }
    sources = {
        "people": source("people.csv", PEOPLE_MAP, date_format=formats),
        "crea": source("crea.csv", values, date_format=formats),
    }
    tables, _, _ = ingest(sources, tmp_path)
    rows = tables["measurements/organ_function"]
    assert rows["time_h"].tolist() == [12.5, 0]
    assert rows["precision"].tolist() == ["minute", "day"]


def test_what_is_known_by_month_is_an_interval_of_an_event_and_no_time_of_a_value(tmp_path):
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "end.csv").write_text("id;when\nA1;2018-03\n")
    (tmp_path / "crea.csv").write_text("id;day;crea\nA1;2018-03;1,2\n")
    death = {"participant_id": "id", "event": {"constant": "death"}, "time": "when"}
    values = {
        "table": "measurements",
        "fields": {"participant_id": "id", "time": "day"},
        "values": {"creatinine": {"column": "crea", "unit": "mg/dL"}},
    }
    sources = {
        "people": source("people.csv", PEOPLE_MAP),
        "end": source("end.csv", {"table": "events", "fields": death}, date_format="iso8601"),
        "crea": source("crea.csv", values, date_format="iso8601"),
    }
    tables, problems, _ = ingest(sources, tmp_path)
    assert tables["events"][["earliest_h", "latest_h"]].values.tolist() == [[28 * 24, 59 * 24]]
    assert tables["measurements/organ_function"]["time_h"].isna().all()
    found = problems.loc[problems["field"] == "time", ["source_file", "code"]]
    assert found.values.tolist() == [
        ["end.csv", "date.partial"],
        ["crea.csv", "date.incomplete"],
    ]


def test_an_event_known_to_lie_between_two_dates_keeps_both(tmp_path):
    text = "id;alive;dead\nA1;03.02.2018;05.02.2018\nA2;04.02.2018;\n"
    fields = {
        "participant_id": "id",
        "event": {"constant": "death"},
        "time": "alive",
        "latest": "dead",
    }
    tables, _, _ = read(tmp_path, end=(text, {"table": "events", "fields": fields}))
    rows = tables["events"][["earliest_h", "latest_h"]].values.tolist()
    assert rows == [[48, 120], [24, 48]]


def test_a_date_that_two_formats_read_differently_is_a_problem(tmp_path):
    formats = ["%d/%m/%Y", "%m/%d/%Y"]
    (tmp_path / "people.csv").write_text("id;begin\nA1;03/02/2018\nA2;13/02/2018\n")
    people = {"table": "participants", "fields": {"participant_id": "id", "origin": "begin"}}
    tables, problems, _ = ingest({"p": source("people.csv", people, date_format=formats)}, tmp_path)
    assert problems["code"].tolist() == ["date.ambiguous"]
    assert tables["participants"]["origin"].notna().tolist() == [False, True]


def test_hours_are_those_that_passed_where_the_study_has_a_time_zone(tmp_path):
    (tmp_path / "people.csv").write_text("id;begin\nA1;24.03.2018 12:00\n")
    (tmp_path / "crea.csv").write_text("id;day;crea\nA1;25.03.2018 10:00;1,2\n")
    people = {"table": "participants", "fields": {"participant_id": "id", "origin": "begin"}}
    values = {
        "table": "measurements",
        "fields": {"participant_id": "id", "time": "day"},
        "values": {"creatinine": {"column": "crea", "unit": "mg/dL"}},
    }
    form = {"date_format": "%d.%m.%Y %H:%M"}
    sources = {
        "people": source("people.csv", people, **form),
        "crea": source("crea.csv", values, **form, time_zone="UTC"),
    }
    tables, _, _ = ingest(sources, tmp_path, "Europe/Berlin")
    # 10:00 UTC is 12:00 in Berlin's summer time, 23 hours after noon of the day before.
    assert tables["measurements/organ_function"]["time_h"].tolist() == [23]
