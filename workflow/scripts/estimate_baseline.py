"""Estimate the flow of participants and the arms at baseline."""

from sepsisflow import job
from sepsisflow.inference.baseline import baseline_rows
from sepsisflow.inference.flow import analysed_rows, flow_rows
from sepsisflow.schemas.analysis_set import AnalysisSet, Flow
from sepsisflow.schemas.check import read_table
from sepsisflow.schemas.estimates import estimates_table
from sepsisflow.schemas.measurements import Measurements
from sepsisflow.schemas.participants import Participants


def main(snakemake) -> None:
    """Read, estimate, write."""
    paths, params = snakemake.input, snakemake.params
    analysis_set = read_table(paths.analysis_set, AnalysisSet)
    rows = [
        *flow_rows(read_table(paths.flow, Flow)),
        *analysed_rows(analysis_set, arms=params.arms),
        *baseline_rows(
            analysis_set,
            read_table(paths.participants, Participants),
            [read_table(path, Measurements) for path in paths.measurements],
            variables=params.variables,
            covariates=params.covariates,
            arms=params.arms,
        ),
    ]
    job.write_parquet(estimates_table(rows), snakemake.output.estimates)


if "snakemake" in globals():
    job.run(main, snakemake)
