"""Estimate SOFA by arm and day, and its change from baseline."""

from sepsisflow import job
from sepsisflow.inference.sofa import sofa_rows
from sepsisflow.schemas.analysis_set import AnalysisSet
from sepsisflow.schemas.check import read_table
from sepsisflow.schemas.estimates import estimates_table
from sepsisflow.schemas.scores import Scores


def main(snakemake) -> None:
    """Read, estimate, write."""
    paths, params = snakemake.input, snakemake.params
    rows = sofa_rows(
        read_table(paths.sofa, Scores),
        read_table(paths.analysis_set, AnalysisSet),
        definition=params.sofa["definition"],
        rules=params.sofa["rules"],
        baseline_day=params.sofa["baseline_day"],
        days=params.sofa["days"],
        arms=params.arms,
        level=params.level,
    )
    job.write_parquet(estimates_table(rows), snakemake.output.estimates)


if "snakemake" in globals():
    job.run(main, snakemake)
