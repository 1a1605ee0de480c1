"""Dataset-JSON of a few rows: version 1.0, 1.1 and one row a line; whole and wrong."""

import json
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from raw_sources import filled
from sepsisflow.errors import DataError
from sepsisflow.readers.raw import header_of, read_raw
from sepsisflow.readers.records import UnreadableFileError

ISO = {"dataType": "date", "targetDataType": "integer", "displayFormat": "E8601DA."}
COLUMNS = [
    {"itemOID": "IT.USUBJID", "name": "USUBJID", "label": "Subject", "dataType": "string"},
    {"itemOID": "IT.AVAL", "name": "AVAL", "label": "Value", "dataType": "decimal"},
    {"itemOID": "IT.ADT", "name": "ADT", "label": "Date", **ISO},
    {"itemOID": "IT.LBDTC", "name": "LBDTC", "label": "Date", "dataType": "date"},
    {"itemOID": "IT.CNSR", "name": "CNSR", "label": "Censoring", "dataType": "integer"},
]
ROWS = [
    ["Ä-1", "1.50", "2024-02-29", "2024-02", 0],
    ["Ä-2", "<0.2", None, "", 1],
    ["", None, "2024-02-30", None, None],
]
META = {
    "datasetJSONCreationDateTime": "2024-11-23T14:35:56",
    "datasetJSONVersion": "1.1.0",
    "itemGroupOID": "IG.LB",
    "name": "LB",
    "label": 'Laboratory, "rows": [',
    "records": 3,
    "columns": COLUMNS,
}
NAMES = [column["name"] for column in COLUMNS]
CELLS = {
    "USUBJID": ["Ä-1", "Ä-2", ""],
    "AVAL": [1.5, "<0.2", None],
    "ADT": [date(2024, 2, 29), None, "2024-02-30"],
    "LBDTC": ["2024-02", "", None],
    "CNSR": [0, 1, None],
}


def version_1_0():
    """The same dataset in the older version, where a date with a format is a number of days."""
    types = {"string": "string", "decimal": "decimal", "integer": "integer", "date": "string"}
    items = [
        {"OID": each["itemOID"], "name": each["name"], "label": "", "type": types[each["dataType"]]}
        for each in COLUMNS
    ]
    items[2] = {**items[2], "type": "integer", "displayFormat": "DATE9."}
    days = [23435, None, 1e9]
    rows = [[*row[:2], day, *row[3:]] for row, day in zip(ROWS, days, strict=True)]
    dataset = {"records": 3, "name": "LB", "label": "", "items": items, "itemData": rows}
    data = {"studyOID": "S", "metaDataVersionOID": "M", "itemGroupData": {"IG.LB": dataset}}
    return {"creationDateTime": "", "datasetJSONVersion": "1.0.0", "clinicalData": data}


def source(file="lb.json"):
    given = {"file": file, "format": "dataset_json"}
    return filled({"source": {**given, "maps": [{"table": "participants", "fields": {}}]}})[
        "source"
    ]


def put(folder, content, name="lb.json"):
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    (folder / name).write_text(text, encoding="utf-8")


def refused(folder, content, name="lb.json"):
    put(folder, content, name)
    with pytest.raises(DataError) as error:
        read_raw(folder, source(name), ["USUBJID", "AVAL"])
    return str(error.value)


@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_cells_are_texts_numbers_and_dates_and_rows_count_from_1(tmp_path, bom):
    put(tmp_path, bom + json.dumps({**META, "rows": ROWS}))
    table = read_raw(tmp_path, source(), NAMES)
    assert header_of(tmp_path, source()) == NAMES
    assert table.rows == [1, 2, 3]
    assert table.columns == CELLS


def test_version_1_0_is_read_alike(tmp_path):
    put(tmp_path, version_1_0())
    assert header_of(tmp_path, source()) == NAMES
    table = read_raw(tmp_path, source(), NAMES)
    # What is no date stays as it was written, here a number of days.
    assert table.columns == {**CELLS, "ADT": [date(2024, 2, 29), None, 1e9]}


def test_one_row_a_line_is_read_alike(tmp_path):
    put(tmp_path, "\n".join(json.dumps(line) for line in [META, *ROWS]) + "\n", "lb.ndjson")
    assert header_of(tmp_path, source("lb.ndjson")) == NAMES
    assert read_raw(tmp_path, source("lb.ndjson"), NAMES).columns == CELLS


def test_a_date_time_that_stands_for_a_number_is_one(tmp_path):
    column = {**COLUMNS[2], "dataType": "datetime", "displayFormat": "E8601DT."}
    content = {**META, "columns": [column], "rows": [["2024-02-29T03:04:05"]], "records": 1}
    put(tmp_path, content)
    cells = read_raw(tmp_path, source(), ["ADT"]).columns["ADT"]
    assert cells == [datetime(2024, 2, 29, 3, 4, 5)]


def test_rows_may_stand_before_the_columns(tmp_path):
    put(tmp_path, {"rows": ROWS, **META})
    assert header_of(tmp_path, source()) == NAMES
    assert read_raw(tmp_path, source(), NAMES).columns == CELLS


def test_the_rows_are_not_read_for_the_header(tmp_path):
    put(tmp_path, json.dumps({**META, "rows": ROWS})[:-40])
    assert header_of(tmp_path, source()) == NAMES


def test_a_missing_column_names_the_nearest(tmp_path):
    columns = [{**each, "name": each["name"].replace("AVAL", "AVALC")} for each in COLUMNS]
    assert refused(tmp_path, {**META, "columns": columns, "rows": ROWS}) == (
        "lb.json: no column 'AVAL'; did you mean 'AVALC'? Correct the mapping in the study file."
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is no whole JSON; was it cut off? Get the file again."),
        (
            json.dumps({**META, "rows": ROWS})[:-9],
            "is no whole JSON; was it cut off? Get the file again.",
        ),
        ("[1, 2]", "holds no dataset of Dataset-JSON: there is no 'datasetJSONVersion'."),
        ({"rows": ROWS}, "holds no dataset of Dataset-JSON: there is no 'datasetJSONVersion'."),
        (
            {**META, "datasetJSONVersion": "2.0.0", "rows": ROWS},
            "is Dataset-JSON of version 2.0.0; versions 1.0 and 1.1 are read.",
        ),
        (
            {"datasetJSONVersion": "1.1.0", "records": 3, "rows": ROWS},
            "holds no dataset of Dataset-JSON: there is no 'columns'.",
        ),
        (META, "holds no dataset of Dataset-JSON: there is no 'rows'."),
        (
            {**META, "columns": [{"label": "Subject"}], "rows": ROWS},
            "has columns without a name; get it again.",
        ),
        (
            {**META, "rows": ROWS[:2]},
            "says that it has 3 rows, but 2 are there; get it again.",
        ),
        (
            {**META, "rows": [*ROWS[:2], ["Ä-3"]]},
            "has 5 columns, but not as many cells in row 3; get it again.",
        ),
        (
            {"datasetJSONVersion": "1.0.0", "clinicalData": {}},
            "holds no dataset of Dataset-JSON: there is no 'itemGroupData'.",
        ),
        (
            {"datasetJSONVersion": "1.0.0", "clinicalData": {"itemGroupData": {"A": {}, "B": {}}}},
            "holds 2 datasets; give each of them a file of its own.",
        ),
    ],
)
def test_what_is_no_dataset_json_says_why(tmp_path, content, said):
    assert refused(tmp_path, content) == f"lb.json {said}"


def test_a_line_cut_off_is_refused(tmp_path):
    lines = "\n".join(json.dumps(line) for line in [META, *ROWS])
    assert refused(tmp_path, lines[:-5], "lb.ndjson") == (
        "lb.ndjson is no whole JSON; was it cut off? Get the file again."
    )


def test_other_text_than_utf_8_is_refused(tmp_path):
    (tmp_path / "lb.json").write_bytes('{"name": "Ä"}'.encode("latin-1"))
    with pytest.raises(DataError) as error:
        read_raw(tmp_path, source(), ["USUBJID"])
    assert str(error.value) == "lb.json is not utf-8 text, as Dataset-JSON must be."


@given(data=st.data())
@settings(
    max_examples=200,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_damaged_file_is_read_or_refused_in_words(tmp_path, data):
    text = json.dumps({**META, "rows": ROWS}, ensure_ascii=False)
    at = data.draw(st.integers(0, len(text) - 1))
    cut = data.draw(st.integers(0, 9))
    put(tmp_path, text[:at] + data.draw(st.text('[]{}",: 0aÄ', max_size=3)) + text[at + cut :])
    said = ""
    try:
        header_of(tmp_path, source())
        read_raw(tmp_path, source(), NAMES)
    except (DataError, UnreadableFileError) as error:
        said = str(error)
    assert "Ä-" not in said
