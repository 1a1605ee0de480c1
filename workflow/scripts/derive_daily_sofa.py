"""Add up SOFA by study day, from the scores by hour."""

import pandas as pd
from sepsisflow import job
from sepsisflow.schemas.analysis_set import AnalysisSet
from sepsisflow.schemas.check import check, read_table
from sepsisflow.schemas.events import Events
from sepsisflow.schemas.scores import Scores
from sepsisflow.scores.days import HOURS, study_day_scores


def main(snakemake) -> None:
    """Read, derive, write."""
    paths = snakemake.input
    analysis_set = read_table(paths.analysis_set, AnalysisSet)
    events = read_table(paths.events, Events)
    analysed = [("participant_id", "in", analysis_set["participant_id"].tolist())]
    hours = pd.read_parquet(paths.hours, columns=HOURS, filters=analysed)
    sofa = study_day_scores(
        hours.astype({"participant_id": object, "component": object}),
        analysis_set,
        events[events["event"] == "death"],
        **snakemake.params,
    )
    job.write_parquet(check(sofa, Scores, "sofa"), snakemake.output.sofa)


if "snakemake" in globals():
    job.run(main, snakemake)
