"""Derive norepinephrine equivalents between two changes of any rate."""

import pandas as pd
from sepsisflow import job
from sepsisflow.scores.rate_tables import equivalents_table, read_rows


def main(snakemake) -> None:
    """Read, derive, write."""
    paths, params = snakemake.input, snakemake.params.settings
    interventions = read_rows(
        paths.interventions, "interventions", {"agent": list(params["units"])}
    )
    participants = pd.read_parquet(paths.participants)
    found = equivalents_table(params["versions"], participants, interventions, params["units"])
    job.write_table(found, snakemake.output.equivalents)


if "snakemake" in globals():
    job.run(main, snakemake)
