"""The tables in a folder of unknown files: format, encoding, delimiter, first rows."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sepsisflow.drafting.profiles import profile
from sepsisflow.readers.cells import cell_text

ROWS_READ = 20_000
BYTES_READ = 20_000_000
MANY_FILES = 12
DELIMITERS = ("\t", ";", "|", ",")  # of equal merit, the one that is rarer in texts
ENCODINGS = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254"]  # the commonest first
FORMATS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".psv": "csv",
    ".tab": "csv",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".xpt": "xpt",
}


@dataclass
class UnknownTable:
    """One file or sheet as found.

    ``reading`` holds the keys of a source that say how it is read; ``columns`` the cells of each
    column, up to `ROWS_READ`; ``remarks`` sentences on what was guessed.
    """

    file: str
    format: str
    header: list[str]
    columns: list[list]
    reading: dict = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """File, and sheet of a workbook."""
        sheet = self.reading.get("sheet")
        return f"{self.file}, sheet {sheet}" if sheet else self.file

    @property
    def rows(self) -> int:
        """Number of rows looked at."""
        return max((len(column) for column in self.columns), default=0)


def unknown_tables(folder: Path) -> tuple[list[UnknownTable], list[str]]:
    """Every table in the folder's files, and remarks on the files that hold none."""
    tables: list[UnknownTable] = []
    remarks, others = [], []
    for path in sorted(folder.iterdir()):
        kind = FORMATS.get(path.suffix.lower())
        if not path.is_file() or path.name.startswith((".", "~$")):
            continue
        if kind is None:
            others.append(path.name)
            continue
        try:
            found = list(READERS[kind](path))
        except Exception as error:  # any library may fail on an unknown file
            remarks.append(f"{path.name}: cannot be read as {kind} ({type(error).__name__}).")
            continue
        # The first line of a text that is no table may be about a participant: not shown.
        usable = [each for each in found if len(each.header) > 1]
        if not usable:
            remarks.append(f"{path.name}: holds no table.")
        tables += usable
    if others:
        remarks.append(f"Of no format that is looked into: {', '.join(others)}.")
    return _one_of_many(tables), remarks


def _one_of_many(tables: list[UnknownTable]) -> list[UnknownTable]:
    """Of many files with the same columns the first, which says how many there are."""
    alike: dict[tuple, list[UnknownTable]] = {}
    for table in tables:
        alike.setdefault((table.format, *table.header), []).append(table)
    kept = []
    for first, *others in alike.values():
        many = len(others) >= MANY_FILES
        if many:
            first.remarks.append(f"? {len(others)} more files have the same columns.")
        kept += [first] if many else [first, *others]
    return sorted(kept, key=tables.index)


# ---- text ----


def _text_tables(path: Path) -> Iterator[UnknownTable]:
    with open(path, "rb") as file:
        data = file.read(BYTES_READ)
    cut = len(data) == BYTES_READ
    if not data.strip():
        return
    encoding, remarks = guess_encoding(data)
    text = data.decode(encoding, errors="replace" if cut else "strict")
    delimiter = guess_delimiter(text)
    records = []
    for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        records.append(record)
        if len(records) > ROWS_READ:
            remarks.append(f"Looked at the first {ROWS_READ} rows only.")
            break
    reading: dict = {}
    if encoding not in ("utf-8", "utf-8-sig", "ascii"):
        reading["encoding"] = encoding
    kind = "tsv" if delimiter == "\t" else "csv"
    if delimiter not in (",", "\t"):
        reading["delimiter"] = delimiter
    yield _table(path.name, kind, records, reading, remarks)


def guess_encoding(data: bytes) -> tuple[str, list[str]]:
    """Encoding of a text, and what to check if it is a guess."""
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig", []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", []
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A character cut off where reading stopped.
        if len(data) == BYTES_READ and error.start > len(data) - 4:
            return "utf-8", []
    else:
        return "utf-8", []
    from charset_normalizer import from_bytes

    found = from_bytes(data[:1_000_000], cp_isolation=ENCODINGS)
    # Of encodings that give as clean a text, the commonest.
    ranked = sorted(found, key=lambda each: (round(each.chaos, 2), ENCODINGS.index(each.encoding)))
    encoding = ranked[0].encoding if ranked else "cp1252"
    if _decoded(data, "cp1252") == _decoded(data, encoding):
        encoding = "cp1252"
    count = sum(byte > 127 for byte in data)
    return encoding, [
        f"? Not UTF-8; {encoding} is a guess from {count} letter(s) beyond a to z. Are they right?"
    ]


def _decoded(data: bytes, encoding: str) -> str:
    return data.decode(encoding, errors="replace")


def guess_delimiter(text: str) -> str:
    """The delimiter that cuts most lines into as many cells as the first."""

    def merit(delimiter: str) -> tuple:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        sizes = [len(record) for record, _ in zip(reader, range(300), strict=False) if record]
        even = sum(size == sizes[0] for size in sizes) / len(sizes) if sizes else 0
        width = sizes[0] if sizes else 1
        return (width > 1 and even > 0.8, even * width)

    return max(DELIMITERS, key=merit)


# ---- other formats ----


def _workbook_tables(path: Path) -> Iterator[UnknownTable]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    for sheet in book.sheet_names:
        records = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False, nrows=ROWS_READ)
        yield _table(path.name, "xlsx", records, {"sheet": sheet}, [])


def _parquet_tables(path: Path) -> Iterator[UnknownTable]:
    import pyarrow.parquet

    batch = next(pyarrow.parquet.ParquetFile(path).iter_batches(batch_size=ROWS_READ), None)
    header = pyarrow.parquet.read_schema(path).names
    columns = [] if batch is None else [column.to_pylist() for column in batch.columns]
    yield UnknownTable(path.name, "parquet", header, columns)


def _transport_tables(path: Path) -> Iterator[UnknownTable]:
    import pyreadstat

    frame, meta = pyreadstat.read_xport(path, row_limit=ROWS_READ)
    columns = [frame[name].tolist() for name in frame]
    yield UnknownTable(path.name, "xpt", list(frame), columns, remarks=[_labels(meta)])


def _labels(meta) -> str:
    """Names and labels of a transport file's columns."""
    pairs = zip(meta.column_names, meta.column_labels, strict=True)
    return "Columns: " + "; ".join(f"{name}: {label}" for name, label in pairs)


READERS = {
    "csv": _text_tables,
    "xlsx": _workbook_tables,
    "parquet": _parquet_tables,
    "xpt": _transport_tables,
}


def _table(
    file: str, kind: str, records: list[list], reading: dict, remarks: list[str]
) -> UnknownTable:
    """Records as columns; no header where the first row looks like values."""
    if not records:
        return UnknownTable(file, kind, [], [], reading, remarks)
    header = [cell_text(cell) for cell in records[0]]
    body = [record for record in records[1:] if any(cell not in (None, "") for cell in record)]
    named = [name for name in header if name]
    if _is_row_of_values(named):
        words = "? The first row looks like values, not names of columns: nothing of it is shown."
        return UnknownTable(file, kind, [""] * 2, [[], []], reading, [*remarks, words])
    columns = [
        [record[at] if at < len(record) else None for record in body] for at in range(len(header))
    ]
    twice = [name for name, count in Counter(named).items() if count > 1]
    if twice:
        remarks = [*remarks, f"? Several columns bear one name and cannot be read: {twice}."]
    return UnknownTable(file, kind, header, columns, reading, remarks)


def _is_row_of_values(names: list[str]) -> bool:
    """Whether a first row is no header: a date or decimal number in it, or mostly numbers."""
    seen = profile(list(names), missing=set(), sentinels=set())
    return bool(seen.point or seen.comma or seen.dates) or 2 * seen.whole > len(names) or not names
