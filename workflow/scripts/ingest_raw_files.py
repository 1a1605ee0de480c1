"""Read every raw file of the study into the canonical tables."""

from pathlib import Path

from sepsisflow import job
from sepsisflow.readers.ingest import ingest


def main(snakemake) -> None:
    """Read, map, write."""
    params, output = snakemake.params, snakemake.output
    settings = {"sources": params.sources, "covariates": params.covariates}
    tables, problems, accounting = ingest(settings, params.codelists, Path(params.data))
    for name, path in zip(params.tables, output.tables, strict=True):
        job.write_parquet(tables[name], path)
    job.write_parquet(problems, output.problems)
    job.write_parquet(accounting, output.accounting)


if "snakemake" in globals():
    job.run(main, snakemake)
