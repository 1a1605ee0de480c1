"""Estimate a panel of biomarkers by arm and day, and its change from baseline."""

import pandas as pd
from sepsisflow import job
from sepsisflow.inference.biomarkers import panel_rows
from sepsisflow.schemas.estimates import estimates_table


def main(snakemake) -> None:
    """Read, estimate, write."""
    paths, params = snakemake.input, snakemake.params
    rows = panel_rows(
        pd.read_parquet(paths.values),
        pd.read_parquet(paths.analysis_set),
        panel=params.panel,
        settings=params.settings,
        level=params.level,
    )
    job.write_parquet(estimates_table(rows), snakemake.output.estimates)


if "snakemake" in globals():
    job.run(main, snakemake)
