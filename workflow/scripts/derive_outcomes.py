"""Date death, or the last sign of life, of every participant."""

from sepsisflow import job
from sepsisflow.derivation.outcomes import time_to_death
from sepsisflow.schemas.check import read_table
from sepsisflow.schemas.events import Events
from sepsisflow.schemas.participants import Participants


def main(snakemake) -> None:
    """Read, derive, write."""
    paths = snakemake.input
    outcomes = time_to_death(
        read_table(paths.events, Events),
        read_table(paths.participants, Participants),
        death_counts_at=snakemake.params.death_counts_at,
    )
    job.write_parquet(outcomes, snakemake.output.outcomes)


if "snakemake" in globals():
    job.run(main, snakemake)
