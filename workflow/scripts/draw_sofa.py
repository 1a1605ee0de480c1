"""Draw SOFA by study day: individual courses, and median with quartiles by arm."""

from sepsisflow import job
from sepsisflow.figures import style
from sepsisflow.figures.courses import score_courses
from sepsisflow.figures.sofa import plot_sofa
from sepsisflow.schemas.analysis_set import AnalysisSet
from sepsisflow.schemas.check import read_table
from sepsisflow.schemas.estimates import Estimates
from sepsisflow.schemas.scores import Scores


def main(snakemake) -> None:
    """Read, draw, write."""
    paths, params = snakemake.input, snakemake.params
    courses = score_courses(
        read_table(paths.sofa, Scores),
        read_table(paths.analysis_set, AnalysisSet),
        definition=params.sofa["definition"],
    )
    figure = plot_sofa(
        read_table(paths.estimates, Estimates),
        courses,
        arms=params.arms,
        sofa=params.sofa,
        sizes=params.style,
        synthetic=params.synthetic,
    )
    style.save(figure, snakemake.output, dpi=params.style["dpi"])


if "snakemake" in globals():
    job.run(main, snakemake)
