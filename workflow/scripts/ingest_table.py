"""Read one canonical table from the raw files and set aside what cannot be used."""

from pathlib import Path

from sepsisflow import job
from sepsisflow.readers.ingest import ingest_table
from sepsisflow.validation.table import source_columns, validate_table


def main(snakemake) -> None:
    """Read, validate, write."""
    plan, output = snakemake.params.plan, snakemake.output
    ingested, problems, counts = ingest_table(plan, Path(snakemake.params.data))
    validated, findings, quarantine, accounting = validate_table(
        plan["table"],
        ingested,
        problems,
        counts,
        vocabulary=plan["vocabulary"],
        repeats=plan["repeats"],
        covariates=plan["covariates"],
        source_columns=source_columns(plan),
    )
    job.write_parquet(ingested, output.ingested)
    job.write_parquet(validated, output.validated)
    job.write_parquet(findings, output.findings)
    job.write_parquet(quarantine, output.quarantine)
    job.write_parquet(accounting, output.accounting)


if "snakemake" in globals():
    job.run(main, snakemake)
