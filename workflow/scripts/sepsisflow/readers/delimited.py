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


def read(path: Path, source: dict, _columns: list[str]) -> Iterator[Records]:
    """Every row of the file."""
    with open_binary(path) as file:
        yield read_stream(file, source, name="", place=path.name)


def read_stream(file: BinaryIO, source: dict, *, name: str, place: str) -> Records:
    """Every row of an open file; ``place`` is how an error names it.

    Raises
    ------
    DataError
        If a quotation mark is not closed, or a row is longer than the header.
    """
    with _worded(source):
        reader = rows_of(file, source)
        try:
            names = _header(reader, source)
            rows = list(reader)
        except csv.Error as error:
            raise DataError(
                f"{place}, line {reader.line_num}: a quotation mark is not closed, or stands "
                "inside a cell. Correct the file."
            ) from error
    first_row = source["header_row"] + 1
    for number, row in enumerate(rows, start=first_row):
        if any(row[len(names) :]):
            raise DataError(
                f"{place}, row {number}: more cells than the header has columns. Is the "
                "delimiter also used inside cells, as a decimal mark or in a text?"
            )
    return Records(name, names, first_row, rows)


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
