"""Describe each participant-level endpoint by arm."""

from sepsisflow import job
from sepsisflow.inference.endpoints import endpoint_rows
from sepsisflow.schemas.analysis_set import AnalysisSet
from sepsisflow.schemas.check import read_table
from sepsisflow.schemas.endpoints import Endpoints
from sepsisflow.schemas.estimates import estimates_table


def main(snakemake) -> None:
    """Read, estimate, write."""
    paths = snakemake.input
    rows = endpoint_rows(
        read_table(paths.endpoints, Endpoints),
        read_table(paths.analysis_set, AnalysisSet),
        arms=snakemake.params.arms,
    )
    job.write_parquet(estimates_table(rows), snakemake.output.estimates)


if "snakemake" in globals():
    job.run(main, snakemake)
