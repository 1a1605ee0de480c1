"""The raw files of a study before any job: there, with the sheets and columns the maps name.

Runs whenever the workflow is read: headers only, no pandas.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sepsisflow.configuration.schema import dotted
from sepsisflow.errors import DataError, nearest
from sepsisflow.readers.raw import raw_path
from sepsisflow.study import Study

# Keys of a map that hold texts of the raw file, where "column" is no key.
TEXTS = ("codes", "declared_missing", "one_of", "ignored")


class _UnreadableError(Exception):
    """A header cannot be read; the message says why."""


def raw_files(study: Study) -> list[Path]:
    """The raw files the study reads, each once, in the order of the study file."""
    sources = study.settings["sources"].values()
    return list(dict.fromkeys(raw_path(study.data, source) for source in sources))


def check_sources(study: Study) -> None:
    """Check that every raw file, sheet and column that the study file names is there.

    Raises
    ------
    DataError
        Naming all that are not, a line each, with the nearest names that are. Of a published
        study, a missing file gives one sentence: where to get it and how to pass it.
    """
    missing = [path.name for path in raw_files(study) if not path.is_file()]
    if missing and study.settings["publisher"] is not None:
        raise DataError(_where_published(study, missing))
    local = any("url" not in source for source in study.settings["sources"].values())
    if local and not study.data.is_dir():
        raise DataError(
            f"{study.data}: there is no such folder; it should hold the raw files of study "
            f"'{study.name}'. Pass the folder that does: make run DATA=PATH, or "
            "snakemake --config data=PATH."
        )
    problems = list(dict.fromkeys(_problems(study)))
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


def _problems(study: Study) -> Iterator[str]:
    """Each missing file, sheet and column, as ``key: what is wrong``."""
    reader = _HeaderReader(study.data)
    for name, source in study.settings["sources"].items():
        path = ("sources", name)
        if not raw_path(study.data, source).is_file():
            there = sorted(each.name for each in study.data.iterdir() if each.is_file())
            hint = nearest(source["file"], there) if there else "the folder is empty."
            wrong = f"there is no '{source['file']}' in {study.data}"
            yield f"{dotted((*path, 'file'))}: {wrong}; {hint}"
            continue
        if source["format"] == "xlsx":
            try:
                sheets = reader.sheets(source)
            except _UnreadableError as error:
                yield f"{dotted((*path, 'file'))}: {source['file']} {error}"
                continue
            if source["sheet"] not in sheets:
                wrong = f"{source['file']} has no sheet '{source['sheet']}'"
                yield f"{dotted((*path, 'sheet'))}: {wrong}; {nearest(source['sheet'], sheets)}"
                continue
        try:
            header = reader.header(source)
        except _UnreadableError as error:
            yield f"{dotted((*path, 'file'))}: {source['file']} {error}"
            continue
        yield from _column_problems(path, source, header)


def _column_problems(path: tuple, source: dict, header: list[str]) -> Iterator[str]:
    """Columns that the source's maps name and the file lacks, or has twice."""
    counts = Counter(header)
    place = f"{source['file']}, sheet '{source['sheet']}'," if "sheet" in source else source["file"]
    named = list(_columns((*path, "maps"), source["maps"]))
    columns = {column for _, column in named}
    # A first row without any of them may hold a participant's values: nothing of it is shown.
    if source["format"] != "parquet" and columns.isdisjoint(counts):
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


class _HeaderReader:
    """Headers of the raw files in a folder, each workbook opened once."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.workbook = cache(self._workbook)

    def _workbook(self, path: Path):
        from python_calamine import CalamineError, CalamineWorkbook

        try:
            return CalamineWorkbook.from_path(path)
        except CalamineError:
            raise _UnreadableError("cannot be read as xlsx; check its format.") from None

    def sheets(self, source: dict) -> list[str]:
        """Names of a workbook's sheets."""
        return self.workbook(raw_path(self.folder, source)).sheet_names

    def header(self, source: dict) -> list[str]:
        """Names of a source's columns."""
        path = raw_path(self.folder, source)
        if source["format"] == "parquet":
            return _parquet_header(path)
        if source["format"] == "xlsx":
            sheet = self.workbook(path).get_sheet_by_name(source["sheet"])
            first = sheet.to_python(skip_empty_area=False, nrows=1)
            cells = first[0] if first else []
        else:
            cells = _text_header(path, source)
        if not cells:
            raise _UnreadableError("holds no header; the first row must name the columns.")
        return [str(cell).strip() for cell in cells]


def _text_header(path: Path, source: dict) -> list[str]:
    delimiter = "\t" if source["format"] == "tsv" else source["delimiter"]
    encoding = source["encoding"]
    # A byte order mark is no part of the first column's name.
    encoding = "utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding
    try:
        with open(path, encoding=encoding, newline="") as file:
            return next(csv.reader(file, delimiter=delimiter, strict=True), [])
    except LookupError:
        raise _UnreadableError(f"is said to be in '{encoding}', which is no encoding.") from None
    except UnicodeDecodeError:
        raise _UnreadableError(f"is not {source['encoding']} text; set 'encoding'.") from None
    except csv.Error:
        raise _UnreadableError("has an unclosed quote in its header.") from None


def _parquet_header(path: Path) -> list[str]:
    import pyarrow
    import pyarrow.parquet

    try:
        return pyarrow.parquet.read_schema(path).names
    except pyarrow.ArrowException:
        raise _UnreadableError("cannot be read as parquet; check its format.") from None
