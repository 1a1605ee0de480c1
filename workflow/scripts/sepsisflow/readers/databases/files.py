"""The files of a database's folder, and their headers.

Imported whenever the workflow is read, so without pandas or DuckDB.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sepsisflow.readers import delimited, parquet

SUFFIXES = (".csv.gz", ".csv", ".parquet")
# Keys of prescriptions and cultures that name a column.
CELLS = (
    "start",
    "end",
    "drug",
    "type",
    "route",
    "specimen",
    "number",
    "time",
    "date",
    "text",
    "organism",
    "organism_item",
)
TEXT = {"format": "csv", "delimiter": ",", "encoding": "utf-8", "header_row": 1}


def table_file(folder: Path, table: str, source: dict, description: dict) -> str | None:
    """Name in ``folder`` of the file that holds a table of the database, None if there is none.

    The study file's ``files`` takes precedence over the description's place.
    """
    if table in source["files"]:
        named = source["files"][table]
        return named if (folder / named).is_file() else None
    place = description["tables"][table]
    return next((place + end for end in SUFFIXES if (folder / (place + end)).is_file()), None)


def header(path: Path) -> list[str]:
    """Names of a file's columns, in order; raises as the readers of single files do."""
    if path.suffix == ".parquet":
        return parquet.header(path, {})
    return delimited.header(path, TEXT)


def columns_wanted(description: dict, covariates: Iterable[str]) -> dict[str, list[str]]:
    """Columns of each table of the database that are read, for a study with these covariates."""
    wanted = {table: list(names) for table, names in description["columns"].items()}
    for name in covariates:
        wanted[description["participants"]["covariates"][name]].append(name)
    for kind in ("measurements", "interventions"):
        for table, part in description[kind].items():
            wanted[table] = list(_columns(part, description))
    for kind in ("prescriptions", "cultures"):
        part = description[kind]
        cells = [part[key] for key in CELLS if key in part]
        wanted[part["table"]] = [description["persons"][part["belongs_to"]], *cells]
    return {table: list(dict.fromkeys(names)) for table, names in wanted.items()}


def _columns(part: dict, description: dict) -> Iterator[str]:
    yield description["persons"][part["belongs_to"]]
    yield "itemid"
    for key in ("time", "start", "end", "dose", "unit", "weight", "text", "admission"):
        if key in part:
            yield part[key]
    yield from part.get("number", ())
    if "specimen" in part:
        yield from ("specimen_id", part["specimen"]["column"])
