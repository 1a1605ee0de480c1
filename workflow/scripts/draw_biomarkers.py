"""Draw a panel of biomarkers by study day: individual courses and geometric means."""

from sepsisflow import job
from sepsisflow.figures import style
from sepsisflow.figures.biomarkers import plot_biomarkers
from sepsisflow.figures.courses import panel_courses
from sepsisflow.schemas.analysis_set import AnalysisSet
from sepsisflow.schemas.check import read_table
from sepsisflow.schemas.estimates import Estimates
from sepsisflow.schemas.panel_values import PanelValues


def main(snakemake) -> None:
    """Read, draw, write."""
    paths, params = snakemake.input, snakemake.params
    figure = plot_biomarkers(
        read_table(paths.estimates, Estimates),
        panel_courses(
            read_table(paths.values, PanelValues),
            read_table(paths.analysis_set, AnalysisSet),
            variables=params.settings["variables"],
        ),
        panel=params.settings,
        labels=params.labels,
        arms=params.arms,
        sizes=params.style,
        synthetic=params.synthetic,
    )
    style.save(figure, snakemake.output, dpi=params.style["dpi"])


if "snakemake" in globals():
    job.run(main, snakemake)
