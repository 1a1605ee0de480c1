"""Derive urine output by kilogram and hour at each entry."""

import pandas as pd
from sepsisflow import job
from sepsisflow.scores.rate_tables import read_rows, urine_table


def main(snakemake) -> None:
    """Read, derive, write."""
    paths, params = snakemake.input, snakemake.params.settings
    wanted = {"measurements": {"variable": params["variables"]}, "events": {}}
    tables = [read_rows(paths[kind], kind, words) for kind, words in wanted.items()]
    participants = pd.read_parquet(paths.participants)
    found = urine_table(params["versions"], participants, *tables)
    job.write_table(found, snakemake.output.urine)


if "snakemake" in globals():
    job.run(main, snakemake)
