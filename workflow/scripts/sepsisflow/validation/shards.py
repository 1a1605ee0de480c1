"""Canonical tables some participants at a time, so that memory does not grow with a database."""

from collections.abc import Iterator
from math import ceil
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

SHARD_ROWS = 2_000_000


def read_shards(
    paths: dict[str, Path], *, shard_rows: int = SHARD_ROWS
) -> Iterator[dict[str, pd.DataFrame]]:
    """All rows of some participants after the other.

    Parameters
    ----------
    paths : dict of str to Path
        Validated tables by name, ``participants`` among them.
    shard_rows : int
        Rows of all tables together that a shard has on average, at most.

    Yields
    ------
    dict of str to DataFrame
        The tables with the rows of one shard; small studies are one shard.
    """
    participants = pd.read_parquet(paths["participants"])
    rows = {name: pq.read_metadata(path).num_rows for name, path in paths.items()}
    count = max(1, min(len(participants), ceil(sum(rows.values()) / shard_rows)))
    for people in np.array_split(participants["participant_id"].to_numpy(), count):
        chosen = [("participant_id", "in", people.tolist())] if count > 1 else None
        # Of a table without rows, parquet knows no types to filter by.
        yield {
            name: pd.read_parquet(path, filters=chosen if rows[name] else None)
            for name, path in paths.items()
        }
