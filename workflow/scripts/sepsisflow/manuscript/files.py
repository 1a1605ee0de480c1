"""The manuscript's inputs, read from files."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq

Table = list[list[str]]
MARK = "[SYNTHETIC DATA]"  # of sepsisflow.tables; the manuscript has its own mark on every page
FORMULA_GUARD = re.compile(r"^'(?=[\s\N{NO-BREAK SPACE}]*[=+\-@＝＋－＠])")


def read_estimates(paths: Sequence[str]) -> dict[str, dict]:
    """Read files of estimates into rows by key; each row also names its ``file``.

    ``value``, ``lower`` and ``upper`` that are missing are NaN.
    """
    rows = {}
    for path in map(Path, paths):
        for row in pq.read_table(path).to_pylist():
            numbers = {part: _number(row[part]) for part in ("value", "lower", "upper")}
            rows[row["key"]] = {**row, **numbers, "file": f"{path.parent.name}/{path.name}"}
    return rows


def read_tables(paths: Sequence[str]) -> dict[str, Table]:
    """Read the csv files among ``paths`` into rows of texts, by the name of the file.

    What was added for spreadsheets is taken off again: the synthetic mark in the first cell, and
    the apostrophe that keeps a cell from being a formula.
    """
    tables = {}
    for path in map(Path, paths):
        if path.suffix == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as lines:
                rows = [[FORMULA_GUARD.sub("", cell) for cell in row] for row in csv.reader(lines)]
            rows[0][0] = rows[0][0].replace(MARK, "").strip()
            tables[path.stem] = rows
    return tables


def figure_names(paths: Sequence[str]) -> list[str]:
    """Names of the figures, each once, in the order of their files."""
    return list(dict.fromkeys(Path(path).stem for path in paths))


def _number(value: float | None) -> float:
    return float("nan") if value is None else value
