"""Validated tables some participants at a time, and results written as they come."""

import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from math import ceil
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sepsisflow import job
from sepsisflow.scores.dividing import divide
from sepsisflow.scores.reading import TEXT, File, table_of

SHARD_ROWS = 500_000
# Groups of rows in the order of participants lie in one shard, those at an edge in two. Where
# shards would read more than so many times the rows, these are divided first.
READ_AT_MOST = 2
# Of each group of rows is known which of so many equal parts of the persons are in it.
PARTS = 4096
COLUMNS = {
    "measurements": {
        "participant_id": TEXT,
        "time_h": pa.float64(),
        "variable": TEXT,
        "value": pa.float64(),
        "text": TEXT,
        "censoring": TEXT,
        "precision": TEXT,
        "admission": TEXT,
        "source_file": TEXT,
        "source_row": pa.int64(),
    },
    "interventions": {
        "participant_id": TEXT,
        "agent": TEXT,
        "start_h": pa.float64(),
        "end_h": pa.float64(),
        "dose": pa.float64(),
        "source_file": TEXT,
        "source_row": pa.int64(),
    },
    "events": {"participant_id": TEXT, "event": TEXT, "latest_h": pa.float64()},
}
# Statistics of columns, a denser compression and pages of 20,000 rows would each add a tenth to a
# quarter to the time of writing.
WRITTEN = {
    "compression": "snappy",
    "write_statistics": False,
    "data_page_size": 4 * 2**20,
    "max_rows_per_page": 2**20,
    "use_dictionary": [
        *("participant_id", "definition", "component", "variable", "unit", "source_file"),
        *("hour", "hour_score", "score", "value"),
    ],
}


@dataclass(frozen=True)
class Shard(Mapping):
    """``participants``, a DataFrame, and by name pyarrow tables that are read when asked for."""

    participants: pd.DataFrame
    read: dict[str, Callable[[], pa.Table]]

    def __getitem__(self, name: str) -> pd.DataFrame | pa.Table:
        return self.participants if name == "participants" else self.read[name]()

    def __iter__(self) -> Iterator[str]:
        return iter(["participants", *self.read])

    def __len__(self) -> int:
        return 1 + len(self.read)


def shards(
    paths,
    scratch: Path,
    *,
    variables: list[str],
    person: str | None = None,
    admission: bool = False,
    shard_rows: int = SHARD_ROWS,
    threads: int = 1,
    whose: pd.Series | None = None,
) -> Iterator[Shard]:
    """All rows of some participants after the other, the stays of one person together.

    A table in the order of participants, roughly, is read where it is; of others the rows are
    divided in one pass.

    Parameters
    ----------
    paths : mapping
        Validated tables: ``participants``, a file; ``measurements``, ``interventions`` and
        ``events``, lists of files, empty or left out where nothing is read of them.
    scratch : Path
        Folder for tables that are divided.
    variables : list of str
        Of which measurements are read.
    person : str or None
        Column of participants by which stays belong into one shard; each for itself if None.
    admission : bool
        Whether the hospital admission of measurements is read.
    shard_rows : int
        Rows that a shard has on average, at most.
    threads : int
        How many groups of rows are looked through at a time for whose they are.
    whose : Series of str
        Participants of whom all stays of the person are read; everybody if None.

    Yields
    ------
    Shard
        ``measurements``, ``interventions`` and ``events`` with `COLUMNS`; whatever the shards,
        participants come in the order in which their persons are first named.
    """
    participants = pd.read_parquet(paths["participants"])
    together = participants[person or "participant_id"]
    if whose is not None:
        # A score may look at what was measured in another stay.
        theirs = together.isin(together[participants["participant_id"].isin(whose)])
        participants, together = participants[theirs], together[theirs]
    number = pd.factorize(together, use_na_sentinel=False)[0]
    order = np.argsort(number, kind="stable")
    participants, number = participants.iloc[order], number[order]
    persons = int(number.max(initial=0)) + 1
    parts = min(persons, PARTS)
    part = pd.Series(number * parts // persons, participants["participant_id"])
    left_out = set() if admission else {"admission"}
    columns = {
        name: {key: type_ for key, type_ in every.items() if key not in left_out}
        for name, every in COLUMNS.items()
    }
    wanted = {"measurements": variables}
    tables = {
        name: [File(Path(path), columns[name], wanted.get(name)) for path in paths.get(name, [])]
        for name in COLUMNS
    }
    # What it looks up by is made once, before threads share it.
    part.index.get_indexer([])
    with ThreadPoolExecutor(threads) as pool:
        scans = {
            name: [_scanned(each, part, parts, pool) for each in files]
            for name, files in tables.items()
        }
    rows = sum(count for scan in chain(*scans.values()) for _, count in scan)
    count = max(1, min(ceil(rows / shard_rows), parts))
    shard = part * count // parts
    of_parts = np.arange(parts) * count // parts
    read = {
        name: _reader(files, scans[name], columns[name], shard, of_parts, scratch / name)
        for name, files in tables.items()
    }
    for at in range(count):
        mine = {name: partial(each, at) for name, each in read.items()}
        yield Shard(participants[(shard == at).to_numpy()], mine)


def _scanned(file: File, part: pd.Series, parts: int, pool: ThreadPoolExecutor) -> list[tuple]:
    """Of each group of rows which parts of the participants are in it, and how many rows count."""

    def scan(group: int) -> tuple[np.ndarray, int]:
        people, wanted = file.scanned(group)
        place = part.index.get_indexer(list(people))
        there = np.zeros(parts, dtype=bool)
        there[part.to_numpy()[place[place >= 0]]] = True
        return there, wanted

    return list(pool.map(scan, range(file.metadata.num_row_groups)))


def _reader(
    files: list[File],
    scans: list,
    columns: dict,
    shard: pd.Series,
    of_parts: np.ndarray,
    folder: Path,
) -> Callable[[int], pa.Table]:
    """A function that reads the rows of a shard.

    ``shard`` is by participant its number, ``of_parts`` by part of the participants.
    """
    groups = [_groups_by_shard(scan, of_parts) for scan in scans]
    read = sum(
        file.rows_of(at) for file, mine in zip(files, groups, strict=True) for at in chain(*mine)
    )
    if read > READ_AT_MOST * sum(each.metadata.num_rows for each in files):
        batches = chain(*(each.batches() for each in files))
        return divide(batches, columns, shard, folder).table

    def rows(at: int) -> pa.Table:
        people = pa.array(shard.index[shard == at], pa.string())
        batches = (each.batches(people, mine[at]) for each, mine in zip(files, groups, strict=True))
        return table_of(chain(*batches), columns)

    return rows


def _groups_by_shard(scan: list[tuple[np.ndarray, int]], of_parts: np.ndarray) -> list[list[int]]:
    """Groups of rows that hold anything of each shard."""
    found: list[list[int]] = [[] for _ in range(int(of_parts[-1]) + 1)]
    for group, (there, _) in enumerate(scan):
        for at in np.unique(of_parts[there]):
            found[at].append(group)
    return found


def in_order(work: Callable, items: Iterable, threads: int) -> Iterator:
    """What ``work`` returns of each item, in their order, ``threads`` of them at a time.

    One more waits while its result is used: memory does not grow with the number of items.
    """
    with ThreadPoolExecutor(threads) as pool:
        begun: deque = deque()
        for item in items:
            begun.append(pool.submit(work, item))
            if len(begun) > threads:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()


@contextmanager
def scratch_beside(path: Path) -> Iterator[Path]:
    """A temporary folder on the disk that holds ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".scoring-", dir=path.parent) as folder:
        yield Path(folder)


@contextmanager
def written_in_parts(paths: dict[str, Path]) -> Iterator:
    """Yield a function that appends tables, by name, to the files; whole or not at all."""
    with ExitStack() as stack:
        temporary = {name: stack.enter_context(job.replacing(path)) for name, path in paths.items()}
        writers: dict[str, pq.ParquetWriter] = {}

        def write(tables: dict[str, pa.Table]) -> None:
            for name, table in tables.items():
                if name not in writers:
                    writer = pq.ParquetWriter(temporary[name], table.schema, **WRITTEN)
                    writers[name] = stack.enter_context(writer)
                writers[name].write_table(table)

        yield write
