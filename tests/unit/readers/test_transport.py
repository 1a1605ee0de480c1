"""SAS transport files of a few rows, whole, cut off and wrong."""

from datetime import date, datetime

import pandas as pd
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from raw_sources import filled
from sepsisflow.errors import DataError
from sepsisflow.readers.raw import header_of, read_raw
from sepsisflow.readers.records import UnreadableFileError
from sepsisflow.readers.sas_dates import as_written, kind_of

VERSIONS = (5, 8)
# 7777 as SAS writes it, and the missing value .A.
MARK, MISSING_A = bytes.fromhex("441e610000000000"), b"A" + bytes(7)
LAB = pd.DataFrame(
    {
        "USUBJID": ["Ä-1", "Ä-2", "Ä-3"],
        "RESULT": [1.5, 7777.0, None],
        "ADT": [date(2024, 2, 29), None, date(1959, 12, 31)],
        "ADTM": [datetime(2024, 2, 29, 3, 4, 5), None, datetime(1959, 12, 31, 23, 0)],
        "ATM": [datetime(2024, 2, 29, 3, 4, 5).time(), None, None],
    }
)
NAMES = list(LAB)


def written(folder, frame=LAB, *, version=5, name="lab.xpt"):
    pyreadstat.write_xport(frame, folder / name, file_format_version=version, table_name="LB")
    return folder / name


def source(**changes):
    given = {"file": "lab.xpt", "format": "xpt", **changes}
    return filled({"source": {**given, "maps": [{"table": "participants", "fields": {}}]}})[
        "source"
    ]


def read(folder, columns, **changes):
    return read_raw(folder, source(**changes), columns)


def refused(folder, columns=("USUBJID",), **changes):
    with pytest.raises(DataError) as error:
        read(folder, list(columns), **changes)
    return str(error.value)


@pytest.mark.parametrize("version", VERSIONS)
def test_cells_are_texts_numbers_and_dates_and_rows_count_from_1(tmp_path, version):
    written(tmp_path, version=version)
    table = read(tmp_path, NAMES)
    assert header_of(tmp_path, source()) == NAMES
    assert table.rows == [1, 2, 3]
    assert table.columns == {
        "USUBJID": ["Ä-1", "Ä-2", "Ä-3"],
        "RESULT": [1.5, 7777.0, None],
        "ADT": [date(2024, 2, 29), None, date(1959, 12, 31)],
        "ADTM": [datetime(2024, 2, 29, 3, 4, 5), None, datetime(1959, 12, 31, 23, 0)],
        "ATM": ["03:04:05", None, None],
    }


@pytest.mark.parametrize("version", VERSIONS)
def test_a_special_missing_value_is_kept_apart_from_an_ordinary_one(tmp_path, version):
    path = written(tmp_path, version=version)
    path.write_bytes(path.read_bytes().replace(MARK, MISSING_A))
    assert read(tmp_path, ["RESULT", "USUBJID"]).columns["RESULT"] == [1.5, ".A", None]


def test_version_8_has_names_of_more_than_8_letters(tmp_path):
    frame = LAB.rename(columns={"RESULT": "REPORTED_RESULT"})
    written(tmp_path, frame, version=8)
    assert read(tmp_path, ["REPORTED_RESULT"]).columns == {"REPORTED_RESULT": [1.5, 7777.0]}


def test_only_wanted_columns_are_read_in_the_order_asked(tmp_path):
    written(tmp_path)
    assert list(read(tmp_path, ["RESULT", "USUBJID"]).columns) == ["RESULT", "USUBJID"]


def test_a_missing_column_names_the_nearest(tmp_path):
    written(tmp_path)
    assert refused(tmp_path, ["USUBJID", "RESULTS"]) == (
        "lab.xpt: no column 'RESULTS'; did you mean 'RESULT'?"
        " Correct the mapping in the study file."
    )


def test_text_in_another_encoding_needs_its_name(tmp_path):
    path = written(tmp_path, LAB.assign(USUBJID=["A-1 ", "A-2", ""]))
    path.write_bytes(path.read_bytes().replace(b"A-1 ", "Ä-1 ".encode("latin-1")))
    assert refused(tmp_path) == "lab.xpt is not utf-8 text; set 'encoding'."
    assert read(tmp_path, ["USUBJID"], encoding="latin-1").columns["USUBJID"] == ["Ä-1", "A-2"]
    assert refused(tmp_path, encoding="utf-9") == (
        "lab.xpt is said to be in 'utf-9', which is no encoding."
    )


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("cut", [100, 81, 79, 90])
def test_a_file_cut_off_within_a_row_is_refused(tmp_path, version, cut):
    wide = pd.DataFrame({"ID": ["A" * 60, "B" * 60, "C" * 60], "TEXT": ["x" * 70] * 3})
    path = written(tmp_path, wide, version=version)
    path.write_bytes(path.read_bytes()[:-cut])
    assert refused(tmp_path, ["ID"]) == (
        "lab.xpt is cut off: it ends within a row. Get the file again."
    )


def test_a_file_of_version_8_cut_off_between_two_rows_is_refused(tmp_path):
    wide = pd.DataFrame({"ID": ["A" * 80, "B" * 80, "C" * 80]})
    path = written(tmp_path, wide, version=8)
    path.write_bytes(path.read_bytes()[:-80])
    assert refused(tmp_path, ["ID"]) == (
        "lab.xpt is cut off: it ends within a row. Get the file again."
    )


def test_a_file_of_version_8_need_not_say_how_many_rows_it_has(tmp_path):
    path = written(tmp_path, version=8)
    content = path.read_bytes()
    at = content.index(b"OBSV8") + 28
    assert content[at : at + 15].strip() == b"3"
    path.write_bytes(content[:at] + b"0" * 15 + content[at + 15 :])
    assert read(tmp_path, ["USUBJID"]).rows == [1, 2, 3]
    path.write_bytes(path.read_bytes()[:-90])
    assert refused(tmp_path) == ("lab.xpt is cut off: it ends within a row. Get the file again.")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_file_cut_off_within_its_header_is_refused(tmp_path, version):
    path = written(tmp_path, version=version)
    path.write_bytes(path.read_bytes()[:400])
    assert refused(tmp_path) == (
        "lab.xpt is cut off: it ends within its header. Get the file again."
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is no SAS transport file of version 5 or 8; check its format, or export it anew."),
        (
            b"USUBJID,RESULT\nA-1,7\n" * 50,
            "is no SAS transport file of version 5 or 8; check its format, or export it anew.",
        ),
        (
            b"**COMPRESSED** **COMPRESSED** **COMPRESSED**".ljust(800),
            "is made by PROC CPORT; export it with the XPORT engine instead.",
        ),
    ],
)
def test_what_is_no_transport_file_says_so(tmp_path, content, said):
    (tmp_path / "lab.xpt").write_bytes(content)
    assert refused(tmp_path) == f"lab.xpt {said}"


def test_several_datasets_in_one_file_are_refused(tmp_path):
    path = written(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content + content[240:])
    assert refused(tmp_path) == (
        "lab.xpt holds several datasets; give each of them a file of its own."
    )


def test_an_impossible_date_stays_a_number_and_the_rest_is_read(tmp_path):
    path = written(tmp_path, LAB.assign(ADT=[date(2024, 2, 29), date(1981, 4, 17), None]))
    # 1981-04-17 is day 7777; the number with another exponent is beyond the year 9999.
    content = path.read_bytes()
    at = content.rindex(MARK)
    path.write_bytes(content[:at] + b"\x4b" + content[at + 1 :])
    dates = read(tmp_path, ["ADT"]).columns["ADT"]
    assert dates[0] == date(2024, 2, 29)
    assert isinstance(dates[1], float)


def test_rows_that_hold_nothing_are_left_out_and_the_others_keep_their_numbers(tmp_path):
    written(tmp_path, pd.DataFrame({"ID": ["A", "", "C"], "TEXT": ["x", "", "z"]}))
    assert read(tmp_path, ["ID", "TEXT"]).rows == [1, 3]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("DATE9.", "date"), ("E8601DA10.", "date"), ("YYMMDDN8.", "date"), ("MMDDYY10", "date"),
        ("DATETIME20.", "datetime"), ("E8601DT19.", "datetime"), ("TIME8.", "time"),
        ("8.2", "number"), ("BEST12.", "number"), ("$20.", "number"), (None, "number"),
    ],
)  # fmt: skip
def test_a_sas_format_says_what_a_number_counts(name, kind):
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    ("number", "kind", "expected"),
    [
        (0, "date", date(1960, 1, 1)),
        (-1.0, "date", date(1959, 12, 31)),
        (0.5, "date", 0.5),
        (1e9, "date", 1e9),
        (86_400.5, "datetime", datetime(1960, 1, 2, 0, 0, 0, 500_000)),
        (1e300, "datetime", 1e300),
        (86_399, "time", "23:59:59"),
        (86_400, "time", 86_400),
        (float("inf"), "date", float("inf")),
        (None, "date", None),
        (".A", "date", ".A"),
    ],
)
def test_what_is_no_date_stays_as_it_is(number, kind, expected):
    assert as_written(number, kind) == expected


@pytest.mark.parametrize("version", VERSIONS)
def test_a_header_that_contradicts_itself_is_refused(tmp_path, version):
    path = written(tmp_path, version=version)
    content = bytearray(path.read_bytes())
    # The second column begins beyond its row.
    content[640 + 140 + 84] = 1
    path.write_bytes(content)
    assert refused(tmp_path) == (
        "lab.xpt is damaged: its header contradicts itself. Get the file again."
    )


@pytest.mark.parametrize("version", VERSIONS)
@given(data=st.data())
@settings(
    max_examples=200,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
# The damage may give two columns one name, which pandas says and the reader refuses in words.
@pytest.mark.filterwarnings("ignore:column .* is duplicated")
def test_a_damaged_file_is_read_or_refused_in_words(tmp_path, version, data):
    path = written(tmp_path, version=version)
    content = path.read_bytes()
    at = data.draw(st.integers(0, len(content) - 1))
    cut = data.draw(st.sampled_from([0, 1, 8, 80]))
    path.write_bytes(content[:at] + data.draw(st.binary(max_size=80)) + content[at + cut :])
    said = ""
    try:
        header_of(tmp_path, source())
        read(tmp_path, NAMES)
    except (DataError, UnreadableFileError) as error:
        said = str(error)
    assert "Ä-" not in said
