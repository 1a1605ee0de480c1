"""CDISC Dataset-JSON, version 1.0 and 1.1, and its form of one row a line (``.ndjson``).

References
----------
CDISC, Dataset-JSON 1.0 (2023) and 1.1 (2024).
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TextIO

from sepsisflow.readers.records import Records, UnreadableFileError
from sepsisflow.readers.sas_dates import as_written, kind_of

VERSIONS = ("1.0", "1.1")
ROWS_BEGIN = re.compile(r',\s*"(?:rows|itemData)"\s*:\s*\[')
HEAD_CHARACTERS = 1_000_000
NO_DATASET = "holds no dataset of Dataset-JSON: there is no '{}'."


def header(path: Path, _source: dict) -> list[str]:
    """Names of the columns; where the rows stand last, as they should, they are not read."""
    return [column["name"] for column in _columns(_head(path))]


def read(path: Path, _source: dict, columns: list[str]) -> Iterator[Records]:
    """Every row, counted from 1; numeric dates and date-times are such, other dates are texts.

    Raises
    ------
    UnreadableFileError
        If the file is no Dataset-JSON of a version that is read, or is cut off.
    """
    content = _content(path)
    found = _columns(content)
    rows = _part(content, "rows", "itemData")
    said = content.get("records")
    if said != len(rows):
        raise UnreadableFileError(
            f"says that it has {said} rows, but {len(rows)} are there; get it again."
        )
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, list) or len(row) != len(found):
            raise UnreadableFileError(
                f"has {len(found)} columns, but not as many cells in row {number}; get it again."
            )
    names = [each["name"] for each in found]
    wanted = [(at, _kind(found[at])) for at, name in enumerate(names) if name in columns]
    cells = [tuple(_cell(row[at], kind) for at, kind in wanted) for row in rows]
    all_there = set(columns) <= set(names)
    yield Records("", [names[at] for at, _ in wanted] if all_there else names, 1, cells)


def _head(path: Path) -> dict:
    """What stands before the rows of a file, or the whole of it where they are not last."""
    if path.suffix == ".ndjson":
        with _opened(path) as file:
            return _dataset(_loaded(file.readline()))
    with _opened(path) as file:
        begin = file.read(HEAD_CHARACTERS)
    rows = ROWS_BEGIN.search(begin)
    if rows:
        # Version 1.1 has its rows in the outermost braces, version 1.0 three levels deeper.
        for braces in ("}", "}}}}"):
            try:
                return _dataset(json.loads(begin[: rows.start()] + braces))
            except json.JSONDecodeError:
                continue
    return _content(path)


def _content(path: Path) -> dict:
    """The dataset of a file, with its rows."""
    with _opened(path) as file:
        if path.suffix != ".ndjson":
            return _dataset(_loaded(file.read()))
        content = _dataset(_loaded(file.readline()))
        return {**content, "rows": [_loaded(line) for line in file if line.strip()]}


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """Open a file for reading; the standard has it in UTF-8."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            yield file
    except UnicodeDecodeError:
        raise UnreadableFileError("is not utf-8 text, as Dataset-JSON must be.") from None


def _loaded(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise UnreadableFileError("is no whole JSON; was it cut off? Get the file again.") from None


def _dataset(content: object) -> dict:
    """The part of a file that describes its one dataset."""
    if not isinstance(content, dict) or "datasetJSONVersion" not in content:
        raise UnreadableFileError(NO_DATASET.format("datasetJSONVersion"))
    version = str(content["datasetJSONVersion"])
    if not version.startswith(VERSIONS):
        raise UnreadableFileError(
            f"is Dataset-JSON of version {version}; versions {' and '.join(VERSIONS)} are read."
        )
    if version.startswith("1.1"):
        return content
    data = content.get("clinicalData") or content.get("referenceData")
    if not isinstance(data, dict) or not isinstance(data.get("itemGroupData"), dict):
        raise UnreadableFileError(NO_DATASET.format("itemGroupData"))
    datasets = list(data["itemGroupData"].values())
    if len(datasets) != 1:
        raise UnreadableFileError(
            f"holds {len(datasets)} datasets; give each of them a file of its own."
        )
    return datasets[0]


def _columns(dataset: dict) -> list[dict]:
    columns = _part(dataset, "columns", "items")
    if not all(isinstance(each, dict) and "name" in each for each in columns):
        raise UnreadableFileError("has columns without a name; get it again.")
    return columns


def _part(dataset: dict, *names: str) -> list:
    """The list under whichever of the names the version has."""
    for name in names:
        if isinstance(dataset.get(name), list):
            return dataset[name]
    raise UnreadableFileError(NO_DATASET.format(names[0]))


def _kind(column: dict) -> str:
    """Whether cells are numbers that mean a date, ISO texts that stand for one, or decimals."""
    data_type = column.get("dataType") or column.get("type")
    if data_type in ("date", "datetime") and column.get("targetDataType") == "integer":
        return f"iso_{data_type}"
    return "decimal" if data_type == "decimal" else kind_of(column.get("displayFormat"))


def _cell(cell: object, kind: str) -> object:
    """A cell as a transport file would hold it."""
    if isinstance(cell, list | dict):
        return json.dumps(cell)
    if not isinstance(cell, str):
        return as_written(cell, kind)
    try:
        if kind == "iso_date":
            return date.fromisoformat(cell)
        if kind == "iso_datetime":
            return datetime.fromisoformat(cell)
        if kind == "decimal":
            return float(cell)
    except ValueError:
        pass
    return cell
