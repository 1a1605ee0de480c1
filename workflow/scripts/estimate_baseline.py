"""Estimate the flow of participants and the arms at baseline."""

import pandas as pd
from sepsisflow import job
from sepsisflow.inference.baseline import baseline_rows
from sepsisflow.inference.flow import analysed_rows, flow_rows
from sepsisflow.schemas.estimates import estimates_table


def main(snakemake) -> None:
    """Read, estimate, write."""
    paths, params = snakemake.input, snakemake.params
    analysis_set = pd.read_parquet(paths.analysis_set)
    rows = [
        *flow_rows(pd.read_parquet(paths.flow)),
        *analysed_rows(analysis_set, arms=params.arms),
        *baseline_rows(
            analysis_set,
            pd.read_parquet(paths.participants),
            [pd.read_parquet(path) for path in paths.measurements],
            variables=params.variables,
            covariates=params.covariates,
            arms=params.arms,
        ),
    ]
    job.write_parquet(estimates_table(rows), snakemake.output.estimates)


if "snakemake" in globals():
    job.run(main, snakemake)
