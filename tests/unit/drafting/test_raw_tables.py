"""Encoding, delimiter and header of unknown files."""

import pytest
from sepsisflow.drafting.raw_tables import guess_delimiter, guess_encoding, unknown_tables


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b;c\n1,5;2,5;3\n1,5;2;3\n", ";"),
        ("a,b\n1,2\n", ","),
        ("a\tb, c\n1\t2, 3\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ('a,b\n"x;y;z",2\n', ","),
    ],
)
def test_the_delimiter_is_the_one_that_cuts_lines_alike(text, delimiter):
    assert guess_delimiter(text) == delimiter


def test_an_encoding_that_is_not_utf_8_is_asked_about():
    assert guess_encoding("Größe".encode()) == ("utf-8", [])
    assert guess_encoding("\ufeffGröße".encode()) == ("utf-8-sig", [])
    encoding, (question,) = guess_encoding("Müller;Größe;µmol/L;Schädel".encode("cp1252") * 9)
    assert encoding == "cp1252"
    assert question.startswith("? Not UTF-8; cp1252 is a guess from")


@pytest.mark.parametrize("first", ["4711,12.3.2020,Muster", "Muster,Anna,36.6", "4711,80,Muster"])
def test_nothing_is_shown_of_a_first_row_that_is_no_header(tmp_path, first):
    (tmp_path / "a.csv").write_text(f"{first}\n4712,13.3.2020,81\n")
    ((table,), _) = unknown_tables(tmp_path)
    assert set(table.header) == {""}
    assert table.remarks == [
        "? The first row looks like values, not names of columns: nothing of it is shown."
    ]


def test_a_file_that_is_no_table_is_named_but_not_quoted(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Dr. Muster\nabout Mrs. Example\n")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF")
    tables, remarks = unknown_tables(tmp_path)
    assert tables == []
    assert remarks[0].startswith("broken.xlsx: cannot be read as xlsx (")
    assert remarks[1:] == [
        "letter.txt: holds no table.",
        "Of no format that is looked into: scan.pdf.",
    ]


def test_of_many_files_with_the_same_columns_one_is_described(tmp_path):
    for number in range(20):
        (tmp_path / f"p{number:02}.psv").write_text("HR|Temp\n80|36.6\n")
    (tmp_path / "people.csv").write_text("id,age\n1,60\n")
    tables, _ = unknown_tables(tmp_path)
    assert [table.file for table in tables] == ["p00.psv", "people.csv"]
    assert tables[0].remarks == ["? 19 more files have the same columns."]
