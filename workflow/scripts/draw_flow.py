"""Draw the flow of participants from screening to analysis."""

from sepsisflow import job
from sepsisflow.figures import style
from sepsisflow.figures.flow import plot_flow
from sepsisflow.schemas.analysis_set import Flow
from sepsisflow.schemas.check import read_table


def main(snakemake) -> None:
    """Read, draw, write."""
    params = snakemake.params
    figure = plot_flow(
        read_table(snakemake.input.flow, Flow),
        arms=params.arms,
        sizes=params.style,
        synthetic=params.synthetic,
    )
    style.save(figure, snakemake.output, dpi=params.style["dpi"])


if "snakemake" in globals():
    job.run(main, snakemake)
