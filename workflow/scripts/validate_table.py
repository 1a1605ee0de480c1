"""Validate one canonical table."""

import pandas as pd
from sepsisflow import job
from sepsisflow.validation.table import validate_table


def main(snakemake) -> None:
    """Read, validate, write."""
    paths, params, output = snakemake.input, snakemake.params, snakemake.output
    problems = pd.read_parquet(paths.problems)
    counts = pd.read_parquet(paths.accounting).set_index("table")
    validated, findings, quarantine, accounting = validate_table(
        params.table,
        pd.read_parquet(paths.table),
        problems[problems["table"] == params.table],
        counts.loc[params.table].to_dict(),
        vocabulary=params.vocabulary,
        covariates=params.covariates,
    )
    job.write_parquet(validated, output.table)
    job.write_parquet(findings, output.findings)
    job.write_parquet(quarantine, output.quarantine)
    job.write_parquet(accounting, output.accounting)


if "snakemake" in globals():
    job.run(main, snakemake)
