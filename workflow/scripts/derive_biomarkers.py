"""Take the values of one panel of biomarkers."""

from sepsisflow import job
from sepsisflow.derivation.biomarkers import panel_values
from sepsisflow.schemas.check import read_table
from sepsisflow.schemas.measurements import Measurements


def main(snakemake) -> None:
    """Read, derive, write."""
    settings = snakemake.params.settings
    values = panel_values(
        read_table(snakemake.input.measurements, Measurements),
        variables=settings["variables"],
        repeated=settings["repeated"],
    )
    job.write_parquet(values, snakemake.output.values)


if "snakemake" in globals():
    job.run(main, snakemake)
