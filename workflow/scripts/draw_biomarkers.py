"""Draw a panel of biomarkers by study day: individual courses and geometric means."""

import pandas as pd
from sepsisflow import job
from sepsisflow.figures import style
from sepsisflow.figures.biomarkers import plot_biomarkers
from sepsisflow.figures.courses import panel_courses


def main(snakemake) -> None:
    """Read, draw, write."""
    paths, params = snakemake.input, snakemake.params
    figure = plot_biomarkers(
        pd.read_parquet(paths.estimates),
        panel_courses(
            pd.read_parquet(paths.values),
            pd.read_parquet(paths.analysis_set),
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
