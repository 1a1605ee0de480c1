"""Derive urine output by kilogram and hour at each entry."""

from pathlib import Path

from sepsisflow import job
from sepsisflow.scores.rate_tables import urine_table
from sepsisflow.scores.shards import scratch_beside, shards, written_in_parts


def main(snakemake) -> None:
    """Read, derive and write, some participants at a time."""
    params, path = snakemake.params.settings, Path(snakemake.output.urine)
    with scratch_beside(path) as scratch, written_in_parts({"urine": path}) as write:
        for shard in shards(snakemake.input, scratch, variables=params["variables"]):
            tables = (shard[name] for name in ("participants", "measurements", "events"))
            write({"urine": urine_table(params["versions"], *tables)})


if "snakemake" in globals():
    job.run(main, snakemake)
