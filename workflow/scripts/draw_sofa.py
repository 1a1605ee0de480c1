"""Draw SOFA by study day: individual courses, and median with quartiles by arm."""

import pandas as pd
from sepsisflow import job
from sepsisflow.figures import style
from sepsisflow.figures.courses import score_courses
from sepsisflow.figures.sofa import plot_sofa


def main(snakemake) -> None:
    """Read, draw, write."""
    paths, params = snakemake.input, snakemake.params
    courses = score_courses(
        pd.read_parquet(paths.sofa),
        pd.read_parquet(paths.analysis_set),
        definition=params.sofa["definition"],
    )
    figure = plot_sofa(
        pd.read_parquet(paths.estimates),
        courses,
        arms=params.arms,
        sofa=params.sofa,
        sizes=params.style,
        synthetic=params.synthetic,
    )
    style.save(figure, snakemake.output, dpi=params.style["dpi"])


if "snakemake" in globals():
    job.run(main, snakemake)
