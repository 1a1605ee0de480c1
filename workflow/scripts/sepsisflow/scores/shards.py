"""Validated tables some participants at a time, and results written as they come."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from math import ceil
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from sepsisflow import job
from sepsisflow.scores.definitions import variables_read

SHARD_ROWS = 2_000_000
BATCH_ROWS = 1_000_000
COLUMNS = {
    "measurements": {
        "participant_id": pa.string(),
        "time_h": pa.float64(),
        "variable": pa.string(),
        "value": pa.float64(),
        "text": pa.string(),
        "censoring": pa.string(),
        "precision": pa.string(),
        "admission": pa.string(),
        "source_file": pa.string(),
        "source_row": pa.int64(),
    },
    "interventions": {
        "participant_id": pa.string(),
        "agent": pa.string(),
        "start_h": pa.float64(),
        "end_h": pa.float64(),
        "dose": pa.float64(),
        "source_file": pa.string(),
        "source_row": pa.int64(),
    },
    "events": {"participant_id": pa.string(), "event": pa.string(), "latest_h": pa.float64()},
}
WRITTEN = {"compression": "zstd"}


def shards(
    paths, definition: dict, scratch: Path, *, shard_rows: int = SHARD_ROWS
) -> Iterator[dict]:
    """All rows of some participants after the other; each file is read once.

    Parameters
    ----------
    paths : mapping
        Validated tables: ``participants``, a file; ``measurements``, ``interventions`` and
        ``events``, lists of files, empty where the study has none.
    definition : dict
        Says which variables are read, and whose stays belong into one shard.
    scratch : Path
        Folder for the parts of what is too large for one shard.
    shard_rows : int
        Rows that a shard has on average, at most.

    Yields
    ------
    dict
        ``participants``, a DataFrame; ``measurements``, ``interventions`` and ``events``, pyarrow
        tables.
    """
    participants = pd.read_parquet(paths["participants"])
    together = definition["choices"]["person"] or "participant_id"
    kinds = {
        name: (paths[name], columns, variables_read(definition) if "variable" in columns else None)
        for name, columns in COLUMNS.items()
    }
    rows = sum(pq.read_metadata(path).num_rows for each, _, _ in kinds.values() for path in each)
    count = max(1, ceil(rows / shard_rows))
    person = pd.factorize(participants[together])[0]
    shard = pd.Series(person * count // (person.max() + 1), participants["participant_id"])
    if count > 1:
        for name, (files, columns, wanted) in kinds.items():
            _divide(_batches(files, columns, wanted), shard, scratch / name, count, columns)
    for at in range(count):
        tables = {
            name: pq.read_table(scratch / name / f"{at}.parquet")
            if count > 1
            else pa.Table.from_batches(_batches(files, columns, wanted), pa.schema(columns))
            for name, (files, columns, wanted) in kinds.items()
        }
        yield {"participants": participants[(shard == at).to_numpy()], **tables}


def _batches(paths: list, columns: dict, wanted: list | None) -> Iterator[pa.RecordBatch]:
    """Rows of files, with these columns (null where a file lacks one), of wanted variables."""
    chosen = None if wanted is None else ds.field("variable").isin(wanted)
    for path in paths:
        there = ds.dataset(path, schema=pa.schema(columns))
        yield from there.to_batches(filter=chosen, batch_size=BATCH_ROWS)


def _divide(
    batches: Iterator[pa.RecordBatch], shard: pd.Series, folder: Path, count: int, columns: dict
) -> None:
    """Write the rows of each shard to a file of its own."""
    folder.mkdir()
    with ExitStack() as stack:
        writers = [
            stack.enter_context(pq.ParquetWriter(folder / f"{at}.parquet", pa.schema(columns)))
            for at in range(count)
        ]
        for batch in batches:
            coded = batch.column("participant_id").dictionary_encode()
            where = shard.reindex(coded.dictionary.to_pylist()).to_numpy()
            where = where[coded.indices.to_numpy()]
            order = np.argsort(where, kind="stable")
            ends = np.searchsorted(where[order], np.arange(count + 1))
            for at in range(count):
                rows = order[ends[at] : ends[at + 1]]
                if len(rows):
                    writers[at].write_batch(batch.take(pa.array(rows)))


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
