"""Estimate a panel of biomarkers by arm and day, and its change from baseline."""

from sepsisflow import job
from sepsisflow.inference.biomarkers import panel_rows
from sepsisflow.schemas.analysis_set import AnalysisSet
from sepsisflow.schemas.check import read_table
from sepsisflow.schemas.estimates import estimates_table
from sepsisflow.schemas.panel_values import PanelValues


def main(snakemake) -> None:
    """Read, estimate, write."""
    paths, params = snakemake.input, snakemake.params
    rows = panel_rows(
        read_table(paths.values, PanelValues),
        read_table(paths.analysis_set, AnalysisSet),
        panel=params.panel,
        settings=params.settings,
        level=params.level,
    )
    job.write_parquet(estimates_table(rows), snakemake.output.estimates)


if "snakemake" in globals():
    job.run(main, snakemake)
