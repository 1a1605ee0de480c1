"""Apply the rules across tables; write the quality report and the queries for the sites."""

import pandas as pd
from sepsisflow import job
from sepsisflow.validation.cross import check_across
from sepsisflow.validation.distributions import all_histograms
from sepsisflow.validation.gather import gather_findings, locate_findings, unread_events
from sepsisflow.validation.identifiers import check_identifiers
from sepsisflow.validation.previous import compare_exports, read_previous
from sepsisflow.validation.published_files import check_published_files
from sepsisflow.validation.queries import query_workbook
from sepsisflow.validation.report import quality_report
from sepsisflow.validation.shards import read_shards


def main(snakemake) -> None:
    """Read, check across tables, compare with the previous export, report."""
    paths, params, output = snakemake.input, snakemake.params, snakemake.output
    tables = dict(zip(params.tables, paths.tables, strict=True))
    scores = dict(zip(params.scores, paths.scores, strict=True))
    of_tables = gather_findings([pd.read_parquet(path) for path in paths.findings])
    asked = unread_events(of_tables)
    across = check_across(read_shards(tables | scores), settings=params.rules, asked=asked)
    published = check_published_files(job.read_texts(paths.published), params.checksums)
    private = check_identifiers(*job.read_texts([paths.identifiers]))
    found = gather_findings([of_tables, across, published, private])
    people = pd.read_parquet(paths.ingested[params.tables.index("participants")])
    located = locate_findings(found, people, params.forms)
    findings, resolved = compare_exports(located, *map(read_previous, paths.previous))
    accounting = pd.concat([pd.read_parquet(path) for path in paths.accounting])
    files = zip(params.tables, paths.ingested, paths.tables, paths.quarantine, strict=True)
    drawn = all_histograms(files, params.covariates, params.codelists, params.forms)
    page = job.read_texts(paths.page)
    report = quality_report(page, findings, resolved, accounting, drawn, study=params.study)
    job.write_parquet(findings, output.findings)
    job.write_bytes(query_workbook(findings, resolved, params.study), output.queries)
    job.write_text(report, output.report)


if "snakemake" in globals():
    job.run(main, snakemake)
