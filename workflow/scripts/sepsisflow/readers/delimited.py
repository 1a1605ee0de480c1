"""Delimited text: csv, tsv and the like, also compressed by gzip."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sepsisflow.errors import DataError
from sepsisflow.readers.records import Records, UnreadableFileError


def header(path: Path, source: dict) -> list[str]:
    """Names of the columns."""
    with open_binary(path) as file:
        return header_of(file, source)


def header_of(file: BinaryIO, source: dict) -> list[str]:
    """Names of the columns of an open file."""
    with _worded(source):
        try:
            return _header(rows_of(file, source), source)
        except csv.Error:
            raise UnreadableFileError("has an unclosed quote in its header.") from None


def read(path: Path, source: dict, columns: list[str]) -> Iterator[Records]:
    """Every row of the file, of which no more than the wanted cells are held."""
    with open_binary(path) as file:
        yield read_stream(file, source, columns, name="", place=path.name)


def read_stream(
    file: BinaryIO, source: dict, columns: list[str] | None, *, name: str, place: str
) -> Records:
    """Every row of an open file; ``place`` is how an error names it.

    ``columns`` None are all of them. Rows shorter than the header are remarked on.

    Raises
    ------
    DataError
        If a quotation mark is not closed, or a row is longer than the header.
    """
    rows, short = [], {}
    first_row = source["header_row"] + 1
    with _worded(source):
        reader = rows_of(file, source)
        try:
            names = _header(reader, source)
            wanted = names if columns is None else [each for each in columns if each in names]
            if columns is not None and len(wanted) < len(columns):
                return Records(name, names, first_row, [])
            # Of labelled exports several columns may bear one name.
            places = [
                at if columns is None else names.index(each) for at, each in enumerate(wanted)
            ]
            for number, row in enumerate(reader, start=first_row):
                if any(row[len(names) :]):
                    raise DataError(
                        f"{place}, row {number}: more cells than the header has columns. Is the "
                        "delimiter also used inside cells, as a decimal mark or in a text?"
                    )
                held = any(row)
                if held and len(row) < len(names):
                    short[number] = (names[len(row)], "row.short")
                cells = [row[at] if at < len(row) else "" for at in places]
                # The last cell, of no column, says that the row holds something in some column.
                rows.append((*cells, held) if held else ())
        except csv.Error as error:
            raise DataError(
                f"{place}, line {reader.line_num}: a quotation mark is not closed, or stands "
                "inside a cell. Correct the file."
            ) from error
    return Records(name, wanted, first_row, rows, about_rows=short)


def open_binary(path: Path) -> BinaryIO:
    """Open a file for reading, decompressed if its name ends on ``.gz``."""
    return gzip.open(path) if path.suffix == ".gz" else open(path, "rb")


def rows_of(file: BinaryIO, source: dict):
    """Reader of the rows of an open file, in the source's encoding and with its delimiter."""
    encoding = source["encoding"]
    # A byte order mark is no part of the first column's name.
    encoding = "utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding
    try:
        text = io.TextIOWrapper(file, encoding=encoding, newline="")
    except LookupError:
        raise UnreadableFileError(f"is said to be in '{encoding}', which is no encoding.") from None
    delimiter = "\t" if source["format"] == "tsv" else source["delimiter"]
    return csv.reader(text, delimiter=delimiter, strict=True)


def _header(reader, source: dict) -> list[str]:
    """Names in the header's row, those above it skipped."""
    for _ in range(source["header_row"] - 1):
        next(reader, None)
    return [name.strip() for name in next(reader, [])]


@contextmanager
def _worded(source: dict) -> Iterator[None]:
    """Say in words why the bytes of a file cannot be read."""
    try:
        yield
    except UnicodeDecodeError:
        raise UnreadableFileError(f"is not {source['encoding']} text; set 'encoding'.") from None
    except EOFError:
        raise UnreadableFileError(
            "ends too early: was it copied whole? Get the file again."
        ) from None
    except (gzip.BadGzipFile, zlib.error):
        raise UnreadableFileError("is not compressed by gzip, as its name says.") from None
