"""Stop the workflow if the data hold more errors than the study file allows."""

from sepsisflow import job
from sepsisflow.errors import DataError
from sepsisflow.schemas.check import read_table
from sepsisflow.schemas.findings import ReportedFindings
from sepsisflow.validation.acceptance import refusal


def main(snakemake) -> None:
    """Read the findings; accept or refuse."""
    params = snakemake.params
    findings = read_table(snakemake.input.findings, ReportedFindings)
    message = refusal(
        findings, errors_allowed=params.errors_allowed, report=params.report, study=params.study
    )
    if message:
        raise DataError(message)
    job.write_text("accepted\n", snakemake.output.accepted)


if "snakemake" in globals():
    job.run(main, snakemake)
