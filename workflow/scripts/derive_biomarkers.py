"""Take the values of one panel of biomarkers."""

import pandas as pd
from sepsisflow import job
from sepsisflow.derivation.biomarkers import panel_values


def main(snakemake) -> None:
    """Read, derive, write."""
    settings = snakemake.params.settings
    values = panel_values(
        pd.read_parquet(snakemake.input.measurements),
        variables=settings["variables"],
        repeated=settings["repeated"],
    )
    job.write_parquet(values, snakemake.output.values)


if "snakemake" in globals():
    job.run(main, snakemake)
