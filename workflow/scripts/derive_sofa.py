"""Take the recorded SOFA totals."""

import pandas as pd
from sepsisflow import job
from sepsisflow.scores.recorded import recorded_sofa


def main(snakemake) -> None:
    """Read, derive, write."""
    params = snakemake.params
    severity = pd.read_parquet(snakemake.input.severity)
    sofa = recorded_sofa(severity, variable=params.variable, repeated=params.repeated)
    job.write_parquet(sofa, snakemake.output.sofa)


if "snakemake" in globals():
    job.run(main, snakemake)
