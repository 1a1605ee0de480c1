"""Derive norepinephrine equivalents between two changes of any rate."""

from pathlib import Path

from sepsisflow import job
from sepsisflow.scores.rate_tables import equivalents_table
from sepsisflow.scores.shards import scratch_beside, shards, written_in_parts


def main(snakemake) -> None:
    """Read, derive and write, some participants at a time."""
    params, path = snakemake.params.settings, Path(snakemake.output.equivalents)
    with scratch_beside(path) as scratch, written_in_parts({"equivalents": path}) as write:
        for shard in shards(snakemake.input, scratch, variables=[]):
            tables = (shard[name] for name in ("participants", "interventions"))
            write({"equivalents": equivalents_table(params["versions"], *tables, params["units"])})


if "snakemake" in globals():
    job.run(main, snakemake)
