"""The raw files of a study before any job: there, with the sheets and columns the maps name.

Runs whenever the workflow is read: headers only, no pandas.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sepsisflow.configuration.schema import dotted
from sepsisflow.errors import DataError, nearest
from sepsisflow.readers.databases.files import SUFFIXES, columns_wanted, header
from sepsisflow.readers.databases.plan import database_files, database_folder, database_source
from sepsisflow.readers.raw import DESCRIPTIONS, header_of, raw_paths
from sepsisflow.readers.records import UnreadableFileError
from sepsisflow.study import Study

# Keys of a map that hold texts of the raw file, where "column" is no key.
TEXTS = ("codes", "declared_missing", "one_of", "ignored")
# Formats in which the names of columns are never a row of cells.
SCHEMED = ("parquet", "xpt", "dataset_json")


def raw_files(study: Study) -> list[Path]:
    """The raw files the study reads, each once, in the order of the study file."""
    if study.database is not None:
        source, folder = database_source(study.settings), database_folder(study)
        return [folder / name for name in database_files(folder, source, study.database).values()]
    sources = study.settings["sources"].values()
    return list(dict.fromkeys(path for each in sources for path in raw_paths(study.data, each)))


def check_sources(study: Study) -> None:
    """Check that every raw file, sheet and column that the study file names is there.

    Raises
    ------
    DataError
        Naming all that are not, a line each, with the nearest names that are. Of a published
        study, a missing file gives one sentence: where to get it and how to pass it.
    """
    missing = [path.name for path in raw_files(study) if not path.exists()]
    if study.database is not None and not raw_files(study):
        missing = list(study.database["tables"].values())
    if missing and study.settings["publisher"] is not None:
        raise DataError(_where_published(study, missing))
    local = any("url" not in source for source in study.settings["sources"].values())
    if local and not study.data.is_dir():
        raise DataError(
            f"{study.data}: there is no such folder; it should hold the raw files of study "
            f"'{study.name}'. Pass the folder that does: make run DATA=PATH, or "
            "snakemake --config data=PATH."
        )
    find = _problems if study.database is None else _database_problems
    problems = list(dict.fromkeys(find(study)))
    if problems:
        raise DataError("\n".join(f"{study.file}: {problem}" for problem in problems))


def _where_published(study: Study, missing: list[str]) -> str:
    lacking = ", ".join(missing)
    return (
        f"{study.data} does not hold {lacking}: get {'it' if len(missing) == 1 else 'them'} from "
        f"{study.settings['publisher']['url']} (terms of use: publisher.terms in {study.file}) and "
        f"pass the folder with make run STUDY={study.name} DATA=PATH, or "
        f"snakemake --config study={study.name} data=PATH."
    )


def _database_problems(study: Study) -> Iterator[str]:
    """Each table of the database whose file is missing, unreadable, or lacks a column."""
    settings, description = study.settings, study.database
    (name, source), *_ = settings["sources"].items()
    folder = database_folder(study)
    found = database_files(folder, source, description)
    there = [
        str(path.relative_to(folder))
        for path in sorted(folder.glob("*/*"))
        if path.name.endswith(SUFFIXES)
    ]
    for table, columns in columns_wanted(description, settings["covariates"]).items():
        path = ("sources", name, "files", table)
        if table not in found:
            wanted = source["files"].get(table, description["tables"][table] + SUFFIXES[0])
            hint = nearest(wanted, there) if there else "it holds no csv.gz, csv or parquet file."
            yield f"{dotted(path)}: there is no '{wanted}' in {folder}; {hint}"
            continue
        try:
            names = header(folder / found[table])
        except UnreadableFileError as error:
            yield f"{dotted(path)}: {found[table]} {error}"
            continue
        for column in columns:
            if column not in names:
                wrong = f"{found[table]} has no column '{column}'"
                yield f"{dotted(path)}: {wrong}; {nearest(column, names)}"


def _problems(study: Study) -> Iterator[str]:
    """Each missing file, sheet and column, as ``key: what is wrong``."""
    for name, source in study.settings["sources"].items():
        path = ("sources", name)
        keys = ["file", *(key for key in DESCRIPTIONS if source[key] is not None)]
        files = zip(keys, raw_paths(study.data, source), strict=True)
        absent = [key for key, file in files if not file.exists()]
        for key in absent:
            there = sorted(each.name for each in study.data.iterdir() if each.is_file())
            hint = nearest(source[key], there) if there else "the folder is empty."
            wrong = f"there is no '{source[key]}' in {study.data}"
            yield f"{dotted((*path, key))}: {wrong}; {hint}"
        if absent:
            continue
        try:
            header = header_of(study.data, source)
        except UnreadableFileError as error:
            key = "sheet" if "has no sheet" in str(error) else "file"
            yield f"{dotted((*path, key))}: {source['file']} {error}"
            continue
        yield from _column_problems(path, source, header)


def _column_problems(path: tuple, source: dict, header: list[str]) -> Iterator[str]:
    """Columns that the source's maps name and the file lacks, or has twice."""
    counts = Counter(header)
    place = f"{source['file']}, sheet '{source['sheet']}'," if "sheet" in source else source["file"]
    named = list(_columns((*path, "maps"), source["maps"]))
    named += [((*path, "identifiers", column), column) for column in source["identifiers"]]
    columns = {column for _, column in named}
    # A first row without any of them may hold a participant's values: nothing of it is shown.
    if source["format"] not in SCHEMED and columns.isdisjoint(counts):
        which = f"none of the {len(columns)} columns" if len(columns) > 1 else "not the one column"
        hint = ", and 'delimiter' right?" if source["format"] == "csv" else "?"
        wrong = f"{which} that the study file names is in its first row; is that row a header{hint}"
        yield f"{dotted((*path, 'file'))}: {place.rstrip(',')}: {wrong}"
        return
    for where, column in named:
        if column not in counts:
            wrong = f"{place} has no column '{column}'"
            yield f"{dotted(where)}: {wrong}; {nearest(column, dict.fromkeys(header))}"
        elif counts[column] > 1:
            wrong = f"{place} has {counts[column]} columns '{column}'"
            yield f"{dotted(where)}: {wrong}; give each its own name in the file."


def _columns(path: tuple, part: object) -> Iterator[tuple[tuple, str]]:
    """Every ``column`` in a part of a source's maps, with its path."""
    children = part.items() if isinstance(part, dict) else enumerate(part)
    for key, child in children:
        if key == "column" and isinstance(child, str):
            yield path, child
        elif key not in TEXTS and isinstance(child, dict | list):
            yield from _columns((*path, key), child)
