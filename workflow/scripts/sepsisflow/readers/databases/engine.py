"""DuckDB as a reader of large tables: bounded memory, rows numbered, progress, failures worded."""

import gzip
import re
import signal
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from sepsisflow.errors import DataError
from sepsisflow.readers.databases.files import header

# What the process needs beside DuckDB's own memory: Python, its libraries, buffers outside it.
MEMORY_SHARE = 0.6
PARQUET = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, PARQUET_VERSION v2"
PROGRESS_S = 2.0
SAMPLE_BYTES = 4_000_000


def connect(folder: Path, *, memory_mb: int, threads: int) -> duckdb.DuckDBPyConnection:
    """Open a database in memory that spills into ``folder``."""
    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '{int(memory_mb * MEMORY_SHARE)}MB'")
    connection.execute(f"SET threads = {threads}")
    connection.execute(f"SET temp_directory = {quoted(folder / 'spill')}")
    connection.execute("SET preserve_insertion_order = true")
    # The left side of a join is the large one.
    connection.execute("SET disabled_optimizers = 'build_side_probe_side'")
    connection.execute("SET enable_progress_bar = true")
    connection.execute("SET enable_progress_bar_print = false")
    return connection


@contextmanager
def stopped_by_signals(cursors: list[duckdb.DuckDBPyConnection]) -> Iterator[None]:
    """End what ``cursors``, which may become more, execute when the process is told to end.

    The blocks around this one can then remove what was written of participants.
    """
    over = threading.Event()

    def stop(number: int, _frame: object) -> None:
        def interrupt() -> None:
            # Until the last thread has ended: one that is between two statements would go on.
            while not over.wait(0.05):
                for each in list(cursors):
                    each.interrupt()

        threading.Thread(target=interrupt, daemon=True).start()
        raise SystemExit(128 + number)

    before = {each: signal.signal(each, stop) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        over.set()
        for each, handler in before.items():
            signal.signal(each, handler)


def keep_order(connection: duckdb.DuckDBPyConnection) -> None:
    """From here on run each statement in one thread.

    Several threads give the rows of a join in any order, and cut a parquet file into groups of rows
    as it happens. One keeps the order of the left side, and writes the same bytes each time.
    """
    connection.execute("SET threads = 1")


def join_as_written(connection: duckdb.DuckDBPyConnection) -> None:
    """From here on reorder no inner join either; progress can no longer be told."""
    connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")


def quoted(text: object) -> str:
    """Write a text as an SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"


def path_literal(path: Path) -> str:
    """Write the path of a file that is read; to DuckDB ``*``, ``?`` and ``[`` match others."""
    return quoted(re.sub(r"[*?[]", r"[\g<0>]", str(path)))


def named(name: str) -> str:
    """Write a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def rows_of(path: Path, columns: list[str]) -> str:
    """SQL that reads columns of a file as text, with ``source_row`` as a person counts.

    The header of a text file is its row 1. Rows are numbered in the file's order, whatever the
    number of threads.
    """
    if path.suffix == ".parquet":
        wanted = ", ".join(f"CAST({named(name)} AS VARCHAR) AS {named(name)}" for name in columns)
        return (
            f"SELECT file_row_number + 1 AS source_row, {wanted} "
            f"FROM read_parquet({path_literal(path)}, file_row_number = true)"
        )
    wanted = ", ".join(named(name) for name in columns)
    return f"SELECT row_number() OVER () + 1 AS source_row, {wanted} FROM {_text_file(path)}"


def rows_blanked(path: Path, columns: list[str], items: Iterable[str]) -> str:
    """SQL that reads columns of a text file, blank in rows whose item is not among ``items``.

    Numbering the rows of a text file would keep DuckDB to one thread. Written to parquet as they
    are, their numbers are their places there: see `rows_numbered`.
    """
    cells = ", ".join(
        f"CASE WHEN wanted THEN {named(each)} END AS {named(each)}" for each in columns
    )
    return f"SELECT {cells} FROM (SELECT *, {_wanted(items)} AS wanted FROM {_text_file(path)})"


def rows_numbered(path: Path, columns: list[str]) -> str:
    """SQL that reads what `rows_blanked` wrote, with ``source_row`` in the text file."""
    wanted = ", ".join(named(name) for name in columns)
    return (
        f"SELECT file_row_number + 2 AS source_row, {wanted} "
        f"FROM read_parquet({path_literal(path)}, file_row_number = true) WHERE itemid IS NOT NULL"
    )


def rows_wanted(path: Path, columns: list[str], items: Iterable[str]) -> str:
    """SQL of `rows_of` those whose item is among ``items``."""
    return f"SELECT * FROM ({rows_of(path, columns)}) WHERE {_wanted(items)}"


def _wanted(items: Iterable[str]) -> str:
    """Condition that leaves rows in their order; of a long ``IN`` DuckDB makes a join."""
    known = ", ".join(f"{quoted(item)}: true" for item in items)
    return f"coalesce(map_contains(MAP {{{known}}}, itemid), false)"


def _text_file(path: Path) -> str:
    """SQL relation of a text file, every cell a text."""
    types = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in header(path))
    # Told, as DuckDB looks for the suffix before a "?" in the path.
    packed = "gzip" if path.suffix == ".gz" else "none"
    return (
        f"read_csv({path_literal(path)}, columns = {{{types}}}, compression = '{packed}', "
        "header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"')"
    )


def run(
    connection: duckdb.DuckDBPyConnection,
    sql: str,
    *,
    doing: str,
    file: str,
    rows: float | None,
    report: Callable[[str], None],
) -> None:
    """Execute one long statement, saying every few seconds how far it is.

    Parameters
    ----------
    connection : DuckDB connection
    sql : str
    doing : str
        What is done, as "labevents".
    file : str
        The file that is read, as errors name it.
    rows : float or None
        About how many rows it holds, for the speed; None if that is not known.
    report : callable
        Is given each line of progress.

    Raises
    ------
    DataError
        If the file is damaged, or the memory allowed is too small.
    """
    begun, done = time.monotonic(), threading.Event()

    def watch() -> None:
        while not done.wait(PROGRESS_S):
            share = connection.query_progress()
            if share > 0:
                report(progress_line(doing, share, rows, time.monotonic() - begun))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        execute(connection, sql, file)
    finally:
        done.set()
        watcher.join()


def execute(connection: duckdb.DuckDBPyConnection, sql: str, file: str = "the database"):
    """Execute a statement; failures are worded, as they may quote a row."""
    try:
        return connection.execute(sql)
    except duckdb.Error as error:
        raise _worded(error, file) from error


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list) -> None:
    """Put rows into a table; of none this is nothing to do."""
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        try:
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        except duckdb.Error as error:
            raise _worded(error, table) from error


def rows_expected(path: Path) -> float | None:
    """About how many rows a file holds, told from its first rows; None if that cannot be."""
    if path.suffix == ".parquet":
        import pyarrow.parquet

        return pyarrow.parquet.read_metadata(path).num_rows
    with open(path, "rb") as file:
        opened = gzip.GzipFile(fileobj=file) if path.suffix == ".gz" else file
        try:
            lines = opened.read(SAMPLE_BYTES).count(b"\n")
        except (EOFError, gzip.BadGzipFile, zlib.error):
            return None
        return lines * path.stat().st_size / max(file.tell(), 1)


def progress_line(doing: str, share: float, rows: float | None, seconds: float) -> str:
    """Say how far a file is read: per cent, rows and rows per second."""
    if rows is None:
        return f"{doing}: {share:.0f} %"
    read = rows * share / 100
    speed = read / seconds
    return f"{doing}: {share:.0f} %, {read / 1e6:.1f} million rows, {speed / 1e6:.1f} million/s"


def _worded(error: duckdb.Error, file: str) -> Exception:
    """Say what a failure means; DuckDB's own words may quote a row."""
    text = str(error)
    line = re.search(r"CSV Error on Line: (\d+)", text)
    if isinstance(error, duckdb.OutOfMemoryException):
        return DataError(
            "The memory allowed does not suffice to read the database. Allow more, as with "
            "snakemake --set-resources ingest_database:mem_mb=8000."
        )
    if "GZIP" in text.upper():
        return DataError(
            f"{file}: cannot be read to its end; the gzip file is damaged or cut off. Get it again "
            "and compare its SHA-256 with the publisher's."
        )
    if line and "Expected Number of Columns" in text:
        wrong = "not as many cells as the header has columns"
    elif line and "unterminated quote" in text:
        wrong = "a quotation mark is not closed, or stands inside a cell"
    elif line and "unicode" in text:
        wrong = "a character that is not UTF-8"
    else:
        return error
    return DataError(f"{file}, line {line[1]}: {wrong}. Correct the file, or get it again.")
