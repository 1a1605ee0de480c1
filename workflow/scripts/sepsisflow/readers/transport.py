"""SAS transport files (XPORT), version 5 and 8, one dataset a file: only the wanted columns.

pyreadstat reads names and cells. What it passes over in silence is looked for here, in the layout
of the file: rows that are cut off, further datasets, and which missing value (.A to .Z) a cell is.

References
----------
SAS Institute, TS-140, The record layout of a dataset in SAS transport format, versions 5 and 8.
"""

import codecs
import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sepsisflow.readers.records import Records, UnreadableFileError
from sepsisflow.readers.sas_dates import as_written, kind_of

RECORD = 80
FIRST_RECORDS = (b"HEADER RECORD*******LIBRARY HEADER", b"HEADER RECORD*******LIBV8   HEADER")
MEMBER_AT, VARIABLES_AT = 240, 560
SPECIAL_MISSING = b"_ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DAMAGED = "is damaged: its header contradicts itself. Get the file again."
CUT_OFF = "is cut off: it ends within {}. Get the file again."


def header(path: Path, source: dict) -> list[str]:
    """Names of the columns."""
    return _parsed(path, source, metadataonly=True)[1].column_names


def read(path: Path, source: dict, columns: list[str]) -> Iterator[Records]:
    """Every row, counted from 1.

    Numbers in a format of dates or date-times are such; a special missing value is the text
    ``.A`` and the like, an ordinary one is missing.

    Raises
    ------
    UnreadableFileError
        If the file is no transport file, is cut off, holds several datasets or is in another
        encoding.
    """
    names = header(path, source)
    if not set(columns) <= set(names):
        yield Records("", names, 1, [])
        return
    wanted = [name for name in names if name in columns]
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        layout = _layout(content, len(names))
        found, about = _parsed(path, source, usecols=wanted)
        cells = []
        for name in wanted:
            kind = kind_of(about.original_variable_types[name])
            column = found[name]
            if kind != "number":
                column = [as_written(cell, kind) for cell in column]
            if about.readstat_variable_types[name] != "string":
                at = layout.offsets[names.index(name)]
                column = _with_special_missing(column, content, layout, at)
            cells.append(column)
    yield Records("", wanted, 1, list(zip(*cells, strict=True)))


@dataclass(frozen=True)
class Layout:
    """Where the rows of a file begin, how many bytes each has, and where in it a column begins."""

    start: int
    width: int
    offsets: list[int]


def _layout(content: mmap.mmap, count: int) -> Layout:
    """Find the rows of a file of ``count`` columns, all of them whole."""
    first = VARIABLES_AT + RECORD
    try:
        size = int(content[MEMBER_AT + 74 : MEMBER_AT + 78])
        variables = [content[first + at * size : first + (at + 1) * size] for at in range(count)]
        lengths = [struct.unpack_from(">h", each, 4)[0] for each in variables]
        offsets = [struct.unpack_from(">i", each, 84)[0] for each in variables]
    except (ValueError, struct.error):
        raise UnreadableFileError(DAMAGED) from None
    header_at = content.find(b"HEADER RECORD*******OBS", first + count * size)
    start, width = header_at + RECORD, sum(lengths)
    ends = [at + length for at, length in zip(offsets, lengths, strict=True)]
    if header_at < 0 or min(offsets) < 0 or min(lengths) < 1 or max(ends) > width:
        raise UnreadableFileError(DAMAGED)
    if content.find(b"HEADER RECORD*******MEMB", start) >= 0:
        raise UnreadableFileError("holds several datasets; give each of them a file of its own.")
    _check_whole(content, content[header_at:start], start, width)
    return Layout(start, width, offsets)


def _check_whole(content: mmap.mmap, rows_header: bytes, start: int, width: int) -> None:
    """Raise if the last row is cut off. Version 8 can say how many rows there are.

    Without that, blanks fill the last record of 80 bytes; a file cut exactly between two rows and
    two records cannot be told from a whole one.
    """
    said = rows_header[48:].split()[:1] if rows_header[20:25] == b"OBSV8" else []
    rows = int(said[0]) if said and said[0].isdigit() else 0
    if rows:
        cut = len(content) < start + rows * width
    else:
        left = (len(content) - start) % width
        rest = content[len(content) - left :]
        cut = left >= RECORD or rest.strip(b" ") or (left and len(content) % RECORD)
    if cut:
        raise UnreadableFileError(CUT_OFF.format("a row"))


def _with_special_missing(column: list, content: mmap.mmap, layout: Layout, at: int) -> list:
    """Write special missing values into the places of missing numbers."""
    column = list(column)
    for row, cell in enumerate(column):
        if cell is None:
            byte = content[layout.start + row * layout.width + at]
            column[row] = f".{chr(byte)}" if byte in SPECIAL_MISSING else None
    return column


def _parsed(path: Path, source: dict, **options: object) -> tuple:
    """Columns by name, and what pyreadstat knows of them."""
    import pyreadstat

    _check_kind(path)
    encoding = source["encoding"]
    try:
        return pyreadstat.read_xport(
            path,
            encoding=codecs.lookup(encoding).name,
            output_format="dict",
            # One impossible date would stop it.
            disable_datetime_conversion=True,
            **options,
        )
    except LookupError:
        raise UnreadableFileError(f"is said to be in '{encoding}', which is no encoding.") from None
    except UnicodeDecodeError:
        raise _wrong_encoding(encoding) from None
    except pyreadstat.ReadstatError as error:
        if "encoding" in str(error):
            raise _wrong_encoding(encoding) from None
        raise UnreadableFileError(CUT_OFF.format("its header")) from None
    except (pyreadstat.PyreadstatError, TypeError):
        # TypeError: it meets a column without a name.
        raise UnreadableFileError(DAMAGED) from None


def _wrong_encoding(encoding: str) -> UnreadableFileError:
    return UnreadableFileError(f"is not {encoding} text; set 'encoding'.")


def _check_kind(path: Path) -> None:
    with open(path, "rb") as file:
        begin = file.read(RECORD)
    if begin.startswith(b"**COMPRESSED**"):
        raise UnreadableFileError("is made by PROC CPORT; export it with the XPORT engine instead.")
    if not begin.startswith(FIRST_RECORDS):
        raise UnreadableFileError(
            "is no SAS transport file of version 5 or 8; check its format, or export it anew."
        )
