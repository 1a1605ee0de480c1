"""Apply the rules across tables and write the quality report."""

from pathlib import Path

import pandas as pd
from sepsisflow import job
from sepsisflow.validation.cross import check_across
from sepsisflow.validation.identifiers import check_identifiers
from sepsisflow.validation.published_files import check_published_files
from sepsisflow.validation.report import gather_findings, quality_report, unread_events


def main(snakemake) -> None:
    """Read, check across tables, report."""
    paths, params, output = snakemake.input, snakemake.params, snakemake.output
    frames = [pd.read_parquet(path) for path in paths.tables]
    of_tables = gather_findings([pd.read_parquet(path) for path in paths.findings])
    across = check_across(
        dict(zip(params.tables, frames, strict=True)),
        settings=params.rules,
        asked=unread_events(of_tables),
    )
    published = check_published_files(Path(params.data), params.checksums)
    private = check_identifiers(Path(paths.identifiers).read_text(encoding="utf-8"))
    findings = gather_findings([of_tables, across, published, private])
    accounting = pd.concat([pd.read_parquet(path) for path in paths.accounting])
    template = Path(paths.template).read_text(encoding="utf-8")
    page = quality_report(template, findings, accounting, study=params.study)
    job.write_parquet(findings, output.findings)
    job.write_text(page, output.report)


if "snakemake" in globals():
    job.run(main, snakemake)
