"""Write config/studies/draft.yaml, a commented draft about the files in a folder."""

from pathlib import Path

from sepsisflow import job
from sepsisflow.drafting.draft import draft


def main(snakemake) -> None:
    """Look into the files, write."""
    params = snakemake.params
    job.write_text(draft(Path(params.data), Path(params.workflow_dir)), params.draft)


if "snakemake" in globals():
    job.run(main, snakemake)
