"""What a table is before it becomes a file, and how its cells are read from the estimates."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from sepsisflow.errors import DataError, nearest
from sepsisflow.formats import format_row

NOT_RANDOMISED = (
    "Nobody was assigned to a group at random: p values are exact only if the groups are "
    "exchangeable, and say nothing about confounding."
)
RANDOMISED = "Participants were assigned to the groups at random."
WITHIN_GROUP = (
    "Comparisons are within a group and descriptive. Nobody was assigned to a group at random, and "
    "there is no comparison with a course without treatment: p values say nothing about "
    "confounding."
)
WITHIN_RANDOMISED_GROUP = (
    "Comparisons are within a group and descriptive: the groups are not compared here, and change "
    "within a group is not an effect of treatment."
)

# Remarks of the estimates that the tables make in other words.
SAID = ("descriptive within arm", "not reached")


class Row(NamedTuple):
    """One row of formatted cells.

    A ``section`` has its first cell alone, over the width of the table; an ``indented`` row belongs
    to the row above it, and a ``nested`` one to the ``indented`` row above it.
    """

    cells: list[str]
    kind: str = "plain"


class Table(NamedTuple):
    """A table ready to be written; ``notes`` stand beneath it, one paragraph each."""

    title: str
    header: list[str]
    rows: list[Row]
    notes: list[str]


class Cells:
    """The estimates by key, written in the formats of `sepsisflow.formats`."""

    def __init__(self, estimates: pd.DataFrame):
        """Take a DataFrame as `Estimates`."""
        self.rows = {row["key"]: row for row in estimates.to_dict("records")}

    def row(self, key: str) -> Mapping:
        """Return the row of a key.

        Raises
        ------
        DataError
            If there is none; names the nearest.
        """
        if key not in self.rows:
            raise DataError(f"The estimates have no row '{key}'; {nearest(key, self.rows)}")
        return self.rows[key]

    def write(self, key: str, name: str) -> str:
        """Write the row of a key in the format called ``name``."""
        return format_row(self.row(key), name)

    def level(self, keys: Iterable[str]) -> str:
        """Return the coverage of these rows' intervals, as "95%"; "" if none has one."""
        levels = {self.row(key)["level"] for key in keys}
        return " or ".join(f"{100 * level:.4g}%" for level in sorted(levels) if level == level)

    def methods(self, keys: Iterable[str]) -> str:
        """Say how these numbers were obtained, each method once."""
        each = dict.fromkeys(self.row(key)["method"].split("; ")[0] for key in keys)
        whole = [one for one in each if not any(other.startswith(f"{one},") for other in each)]
        return f"Methods: {'; '.join(whole)}."

    def remarks(self, places: Mapping[str, str]) -> str:
        """Say what is peculiar to single numbers, as why they cannot be estimated.

        ``places`` is a dict of key -> where the number stands in the table.
        """
        each = []
        for key, place in places.items():
            _, *notes = self.row(key)["method"].split("; ")
            each += [f"{place}: {note}." for note in notes if not note.startswith(SAID)]
        return " ".join(dict.fromkeys(each))


def section(name: str, columns: int) -> Row:
    """Head a group of rows."""
    return Row([name, *[""] * (columns - 1)], "section")
