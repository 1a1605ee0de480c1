"""Date death, or the last sign of life, of every participant."""

import pandas as pd
from sepsisflow import job
from sepsisflow.derivation.outcomes import time_to_death


def main(snakemake) -> None:
    """Read, derive, write."""
    paths = snakemake.input
    outcomes = time_to_death(
        pd.read_parquet(paths.events),
        pd.read_parquet(paths.participants),
        death_counts_at=snakemake.params.death_counts_at,
    )
    job.write_parquet(outcomes, snakemake.output.outcomes)


if "snakemake" in globals():
    job.run(main, snakemake)
