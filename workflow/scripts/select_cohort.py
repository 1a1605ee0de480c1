"""Choose who is compared with whom, and from when."""

import pandas as pd
from sepsisflow import job
from sepsisflow.cohort.analysis_set import build_analysis_set


def main(snakemake) -> None:
    """Read, select, write."""
    paths, params, output = snakemake.input, snakemake.params, snakemake.output
    interventions = pd.read_parquet(paths.interventions) if paths.interventions else None
    analysis_set, flow = build_analysis_set(
        pd.read_parquet(paths.participants),
        interventions,
        arms=params.arms,
        eligibility=params.eligibility,
        controls=params.controls,
    )
    job.write_parquet(analysis_set, output.analysis_set)
    job.write_parquet(flow, output.flow)


if "snakemake" in globals():
    job.run(main, snakemake)
