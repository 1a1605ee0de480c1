"""One grammar of numbers, for cells of files and of databases."""

import duckdb
import pytest
from sepsisflow.readers.cells import UnreadableError, read_number
from sepsisflow.readers.databases.numbers import number

CELLS = ["1", "-0.5", "+2", ".5", "1.", "1e3", "1E-2", " 7 ", "1_000", "inf", "-Infinity", "nan"]
CELLS += ["", "1-2", "0x1", "1,5", "2+", "1 2", "1e999", "true", "۳x"]


@pytest.mark.parametrize("cell", CELLS)
def test_a_database_reads_the_same_numbers_as_files_do(cell):
    try:
        expected = read_number(cell, decimal=".")
    except UnreadableError:
        expected = None
    read = duckdb.execute(f"SELECT {number('cell')} FROM (SELECT ? AS cell)", [cell]).fetchall()
    assert read == [(expected,)]
