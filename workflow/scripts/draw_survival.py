"""Draw survival by arm with the numbers at risk."""

from sepsisflow import job
from sepsisflow.figures import style
from sepsisflow.figures.survival import plot_survival
from sepsisflow.schemas.check import read_table
from sepsisflow.schemas.estimates import Estimates


def main(snakemake) -> None:
    """Read, draw, write."""
    params = snakemake.params
    figure = plot_survival(
        read_table(snakemake.input.estimates, Estimates),
        arms=params.arms,
        survival=params.survival,
        sizes=params.style,
        synthetic=params.synthetic,
    )
    style.save(figure, snakemake.output, dpi=params.style["dpi"])


if "snakemake" in globals():
    job.run(main, snakemake)
