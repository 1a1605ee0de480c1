"""Choose who is compared with whom, and from when."""

from sepsisflow import job
from sepsisflow.cohort.analysis_set import build_analysis_set
from sepsisflow.schemas.check import read_table
from sepsisflow.schemas.interventions import Interventions
from sepsisflow.schemas.participants import Participants


def main(snakemake) -> None:
    """Read, select, write."""
    paths, params, output = snakemake.input, snakemake.params, snakemake.output
    interventions = read_table(paths.interventions, Interventions) if paths.interventions else None
    analysis_set, flow = build_analysis_set(
        read_table(paths.participants, Participants),
        interventions,
        arms=params.arms,
        eligibility=params.eligibility,
        controls=params.controls,
    )
    job.write_parquet(analysis_set, output.analysis_set)
    job.write_parquet(flow, output.flow)


if "snakemake" in globals():
    job.run(main, snakemake)
