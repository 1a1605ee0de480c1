"""Read one canonical table from the raw files and set aside what cannot be used."""

from pathlib import Path

from sepsisflow import job
from sepsisflow.readers.ingest import ingest_table
from sepsisflow.readers.mapping import vocabulary
from sepsisflow.validation.table import validate_table


def main(snakemake) -> None:
    """Read, validate, write."""
    params, output = snakemake.params, snakemake.output
    settings = {"sources": params.sources, "covariates": params.covariates}
    ingested, problems, counts = ingest_table(
        params.table, settings, params.codelists, Path(params.data)
    )
    validated, findings, quarantine, accounting = validate_table(
        params.table,
        ingested,
        problems,
        counts,
        vocabulary=vocabulary(params.table, params.codelists),
        covariates=params.covariates,
    )
    job.write_parquet(ingested, output.ingested)
    job.write_parquet(validated, output.validated)
    job.write_parquet(findings, output.findings)
    job.write_parquet(quarantine, output.quarantine)
    job.write_parquet(accounting, output.accounting)


if "snakemake" in globals():
    job.run(main, snakemake)
