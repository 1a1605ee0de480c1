"""Raw files in every form that one study file can describe, and what is said where it cannot."""

import gzip
import io
import tarfile
import zipfile
from datetime import date, datetime, time

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest
from raw_sources import filled
from sepsisflow.errors import DataError
from sepsisflow.readers.raw import header_of, read_raw
from sepsisflow.readers.records import UnreadableFileError


def source(file, **keys):
    """A source with the schema's defaults."""
    return filled({"x": {"file": file, "format": "csv", "maps": [], **keys}})["x"]


def test_a_text_file_compressed_by_gzip_is_read_as_it_is(tmp_path):
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"id,crp\nP1,3\n"))
    raw = read_raw(tmp_path, source("a.csv.gz"), ["id", "crp"])
    assert raw.columns == {"id": ["P1"], "crp": ["3"]}
    assert (raw.files, raw.rows) == (["a.csv.gz"], [2])


def test_a_compressed_file_that_was_cut_is_refused(tmp_path):
    whole = gzip.compress(b"id,crp\n" + b"P1,3\n" * 5000)
    (tmp_path / "a.csv.gz").write_bytes(whole[:-20])
    with pytest.raises(DataError) as error:
        read_raw(tmp_path, source("a.csv.gz"), ["id"])
    assert str(error.value) == "a.csv.gz ends too early: was it copied whole? Get the file again."
    (tmp_path / "a.csv.gz").write_bytes(b"id,crp\nP1,3\n")
    with pytest.raises(DataError) as error:
        read_raw(tmp_path, source("a.csv.gz"), ["id"])
    assert str(error.value) == "a.csv.gz is not compressed by gzip, as its name says."


def test_a_title_above_the_header_is_skipped_and_rows_keep_their_numbers(tmp_path):
    (tmp_path / "a.csv").write_text("Export of the laboratory\n\nid,crp\nP1,3\n")
    raw = read_raw(tmp_path, source("a.csv", header_row=3), ["id", "crp"])
    assert (raw.columns["crp"], raw.rows) == (["3"], [4])


def test_cells_over_several_lines_and_the_delimiter_in_quotes_are_one_cell(tmp_path):
    (tmp_path / "a.csv").write_text('id,note,crp\nP1,"first\nsecond, third",3\nP2,,4\n')
    raw = read_raw(tmp_path, source("a.csv"), ["note", "crp"])
    assert raw.columns == {"note": ["first\nsecond, third", ""], "crp": ["3", "4"]}
    assert raw.rows == [2, 3]


def workbook(path, rows, merged=()):
    book = openpyxl.Workbook()
    book.active.title = "S"
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(path)


def test_headings_over_two_rows_with_merged_cells_name_the_columns(tmp_path):
    rows = [
        ["Trial X"],
        ["Patient", "Day 1", None, "Day 3", None],
        [None, "CRP", "PCT", "CRP", "PCT"],
    ]
    workbook(tmp_path / "a.xlsx", [*rows, ["P1", 1, 2, 3, 4]], ["A2:A3", "B2:C2", "D2:E2"])
    wide = source("a.xlsx", format="xlsx", sheet="S", header_row=2, header_rows=2)
    names = ["Patient", "Day 1 CRP", "Day 1 PCT", "Day 3 CRP", "Day 3 PCT"]
    assert header_of(tmp_path, wide) == names
    raw = read_raw(tmp_path, wide, names)
    assert [cells[0] for cells in raw.columns.values()] == ["P1", 1, 2, 3, 4]
    assert (raw.files, raw.rows) == (["a.xlsx#S"], [4])


def test_a_cell_merged_over_rows_stands_in_each_of_them(tmp_path):
    workbook(tmp_path / "a.xlsx", [["id", "crp"], ["P1", 3], [None, 4], ["P2", 5]], ["A2:A3"])
    raw = read_raw(tmp_path, source("a.xlsx", format="xlsx", sheet="S"), ["id", "crp"])
    assert raw.columns == {"id": ["P1", "P1", "P2"], "crp": [3, 4, 5]}


def test_a_workbook_gives_dates_times_numbers_and_truths_as_such(tmp_path):
    cells = [datetime(2018, 2, 3, 8, 30), datetime(2018, 2, 3), time(8, 30), 1.5, True, " x "]
    workbook(tmp_path / "a.xlsx", [[f"c{at}" for at in range(6)], cells])
    raw = read_raw(
        tmp_path, source("a.xlsx", format="xlsx", sheet="S"), [f"c{at}" for at in range(6)]
    )
    read = [each[0] for each in raw.columns.values()]
    assert read == [cells[0], date(2018, 2, 3), *cells[2:]]


PSV = {"p1.psv": b"HR|Temp\n70|NaN\n80|37.5\n", "p2.psv": b"HR|Temp\n90|38\n", "README": b"no"}


def in_a_folder(path):
    path.mkdir()
    for name, content in PSV.items():
        (path / name).write_bytes(content)


def in_a_tar(path):
    with tarfile.open(path, "w:gz") as archive:
        for name, content in reversed(PSV.items()):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))


def in_a_zip(path):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in reversed(PSV.items()):
            archive.writestr(name, content)


@pytest.mark.parametrize("write", [in_a_folder, in_a_tar, in_a_zip])
def test_many_small_files_are_read_as_one_and_each_row_knows_its_file(tmp_path, write):
    write(tmp_path / "all")
    many = source("all", delimiter="|", members="*.psv", member_column="patient")
    assert header_of(tmp_path, many) == ["HR", "Temp", "patient"]
    raw = read_raw(tmp_path, many, ["patient", "HR", "Temp"])
    assert raw.columns == {
        "patient": ["p1", "p1", "p2"],
        "HR": ["70", "80", "90"],
        "Temp": ["NaN", "37.5", "38"],
    }
    assert raw.files == ["all#p1.psv", "all#p1.psv", "all#p2.psv"]
    assert raw.rows == [2, 3, 2]


def test_a_member_that_lacks_a_column_is_named(tmp_path):
    in_a_folder(tmp_path / "all")
    (tmp_path / "all/p2.psv").write_bytes(b"HR|Tmp\n90|38\n")
    with pytest.raises(DataError) as error:
        read_raw(tmp_path, source("all", delimiter="|", members="*.psv"), ["HR", "Temp"])
    assert str(error.value) == (
        "all#p2.psv: no column 'Temp'; did you mean 'Tmp'? Correct the mapping in the study file."
    )


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("*.csv", "holds no file '*.csv'; correct 'members'."),
        ("README", "is neither a folder nor a tar or zip archive."),
    ],
)
def test_an_archive_without_the_wanted_files_says_so(tmp_path, pattern, said):
    in_a_folder(tmp_path / "all")
    (tmp_path / "text").write_text("no archive")
    many = source("text" if pattern == "README" else "all", members=pattern)
    with pytest.raises(UnreadableFileError) as error:
        header_of(tmp_path, many)
    assert str(error.value) == said


def test_a_formula_that_was_never_computed_is_no_empty_cell(tmp_path):
    workbook(tmp_path / "a.xlsx", [["id", "crp"], ["P1", "=1+1"], ["P2", 5]])
    raw = read_raw(tmp_path, source("a.xlsx", format="xlsx", sheet="S"), ["id", "crp"])
    assert raw.columns["crp"] == ["=1+1", 5]


def test_a_row_that_ends_early_is_remarked_on_and_only_wanted_cells_are_held(tmp_path):
    (tmp_path / "a.csv").write_text("id,note,crp,pct\nP1,x,3\n,,,\nP2,y,4,5\n,z,,\n")
    raw = read_raw(tmp_path, source("a.csv"), ["id", "pct"])
    assert raw.columns == {"id": ["P1", "P2", ""], "pct": ["", "5", ""]}
    assert raw.rows == [2, 4, 5]
    assert raw.about_rows == {0: ("pct", "row.short")}


def cut(path):
    path.write_bytes(path.read_bytes()[:-40])


def with_password(path):
    data = bytearray(path.read_bytes())
    # The flag of encryption, in the local and in the central header of each member.
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(signature)
        while start >= 0:
            data[start + at] |= 1
            start = data.find(signature, start + 1)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("write", "damage", "said"),
    [
        (in_a_tar, cut, "is cut off or damaged: was it copied whole? Get the file again."),
        (in_a_zip, with_password, "is protected by a password; unpack it into a folder."),
    ],
)
def test_a_damaged_archive_is_refused_in_words(tmp_path, write, damage, said):
    write(tmp_path / "all")
    damage(tmp_path / "all")
    with pytest.raises(DataError) as error:
        read_raw(tmp_path, source("all", delimiter="|", members="*.psv"), ["HR"])
    assert str(error.value) == f"all {said}"


def test_a_damaged_sheet_is_refused_in_words(tmp_path):
    workbook(tmp_path / "a.xlsx", [["id", "crp"], ["P1", 3]])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as damaged:
        for name, content in parts.items():
            damaged.writestr(name, content[:-60] if "worksheets" in name else content)
    with pytest.raises(DataError) as error:
        read_raw(tmp_path, source("a.xlsx", format="xlsx", sheet="S"), ["id"])
    assert str(error.value) == "a.xlsx#S is damaged; save it again in a spreadsheet."


def test_bytes_of_a_parquet_file_are_text_and_lists_are_refused(tmp_path):
    table = pyarrow.table({"id": [b"P1"], "crp": [3.0], "all": [[1, 2]], "odd": [b"\xff"]})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    stored = source("a.parquet", format="parquet")
    assert read_raw(tmp_path, stored, ["id", "crp"]).columns == {"id": ["P1"], "crp": [3.0]}
    for column, said in (
        ("all", "holds lists or structures in column 'all'; make it flat."),
        ("odd", "holds bytes in column 'odd' that are no text."),
    ):
        with pytest.raises(DataError) as error:
            read_raw(tmp_path, stored, [column])
        assert str(error.value) == f"a.parquet {said}"
