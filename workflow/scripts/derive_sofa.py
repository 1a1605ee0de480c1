"""Take the recorded SOFA totals."""

from sepsisflow import job
from sepsisflow.schemas.check import read_table
from sepsisflow.schemas.measurements import Measurements
from sepsisflow.scores.recorded import recorded_sofa


def main(snakemake) -> None:
    """Read, derive, write."""
    params = snakemake.params
    severity = read_table(snakemake.input.severity, Measurements)
    sofa = recorded_sofa(severity, variable=params.variable, repeated=params.repeated)
    job.write_parquet(sofa, snakemake.output.sofa)


if "snakemake" in globals():
    job.run(main, snakemake)
