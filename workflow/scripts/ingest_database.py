"""Read a database, once each file, and set aside what cannot be used."""

from pathlib import Path

from sepsisflow import job
from sepsisflow.readers.databases.ingest import OUTPUTS, ingest_database


def main(snakemake) -> None:
    """Read, validate, write."""
    plan, output = snakemake.params.plan, snakemake.output
    outputs = {
        kind: dict(zip(plan["tables"], map(Path, output.get(kind)), strict=True))
        for kind in OUTPUTS
    }
    ingest_database(
        plan,
        Path(snakemake.params.data),
        outputs,
        memory_mb=snakemake.resources.mem_mb,
        threads=snakemake.threads,
        report=job.progress,
    )


if "snakemake" in globals():
    job.run(main, snakemake)
