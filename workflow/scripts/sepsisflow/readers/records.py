"""What a reader of raw files gives: some columns of a file, cell by cell, as they stand in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field


class UnreadableFileError(Exception):
    """A raw file cannot be read; the message goes on where its name ends."""


@dataclass(frozen=True)
class Records:
    """Rows of one file, sheet or member of an archive.

    ``name`` is the member's, empty where a source is one file; ``header`` names the columns;
    ``first_row`` is the number of the first of ``rows`` as a person counts in the file. Cells are
    str, or what a workbook, parquet or transport file stores: int, float, bool, date, datetime,
    None. A row may be shorter than the header.

    A format that knows what a file may hold gives remarks, codes of findings that leave the value
    as it is: ``about_cells`` by number of the row and column, ``about_rows`` by number of the row,
    each with the column in which it shows.
    """

    name: str
    header: list[str]
    first_row: int
    rows: Iterable
    about_cells: dict[tuple[int, str], str] = field(default_factory=dict)
    about_rows: dict[int, tuple[str, str]] = field(default_factory=dict)
