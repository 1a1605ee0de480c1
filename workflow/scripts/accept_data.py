"""Stop the workflow if the data hold more errors than the study file allows."""

import pandas as pd
from sepsisflow import job
from sepsisflow.errors import DataError
from sepsisflow.validation.report import refusal


def main(snakemake) -> None:
    """Read the findings; accept or refuse."""
    params = snakemake.params
    findings = pd.read_parquet(snakemake.input.findings)
    message = refusal(
        findings, errors_allowed=params.errors_allowed, report=params.report, study=params.study
    )
    if message:
        raise DataError(message)
    job.write_text("accepted\n", snakemake.output.accepted)


if "snakemake" in globals():
    job.run(main, snakemake)
