"""Draw the flow of participants from screening to analysis."""

import pandas as pd
from sepsisflow import job
from sepsisflow.figures import style
from sepsisflow.figures.flow import plot_flow


def main(snakemake) -> None:
    """Read, draw, write."""
    params = snakemake.params
    figure = plot_flow(
        pd.read_parquet(snakemake.input.flow),
        arms=params.arms,
        sizes=params.style,
        synthetic=params.synthetic,
    )
    style.save(figure, snakemake.output, dpi=params.style["dpi"])


if "snakemake" in globals():
    job.run(main, snakemake)
