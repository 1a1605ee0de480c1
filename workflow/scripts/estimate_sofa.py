"""Estimate SOFA by arm and day, and its change from baseline."""

import pandas as pd
from sepsisflow import job
from sepsisflow.inference.sofa import sofa_rows
from sepsisflow.schemas.estimates import estimates_table


def main(snakemake) -> None:
    """Read, estimate, write."""
    paths, params = snakemake.input, snakemake.params
    rows = sofa_rows(
        pd.read_parquet(paths.sofa),
        pd.read_parquet(paths.analysis_set),
        definition=params.sofa["definition"],
        baseline_day=params.sofa["baseline_day"],
        days=params.sofa["days"],
        arms=params.arms,
        level=params.level,
    )
    job.write_parquet(estimates_table(rows), snakemake.output.estimates)


if "snakemake" in globals():
    job.run(main, snakemake)
