"""Draw survival by arm with the numbers at risk."""

import pandas as pd
from sepsisflow import job
from sepsisflow.figures import style
from sepsisflow.figures.survival import plot_survival


def main(snakemake) -> None:
    """Read, draw, write."""
    params = snakemake.params
    figure = plot_survival(
        pd.read_parquet(snakemake.input.estimates),
        arms=params.arms,
        survival=params.survival,
        sizes=params.style,
        synthetic=params.synthetic,
    )
    style.save(figure, snakemake.output, dpi=params.style["dpi"])


if "snakemake" in globals():
    job.run(main, snakemake)
