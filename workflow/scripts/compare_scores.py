"""Estimate what each definition of a score makes of the same participants."""

import pandas as pd
from sepsisflow import job
from sepsisflow.inference.score_comparison import comparison_rows, daily_scores, sepsis_rows
from sepsisflow.schemas.estimates import estimates_table

TOTALS = ["participant_id", "study_day", "score", "n_components"]
SEPSIS = ["participant_id", "definition", "sepsis"]
COMPONENTS = ["participant_id", "study_day", "component", "score"]


def main(snakemake) -> None:
    """Read, compare, write."""
    paths, params = snakemake.input, snakemake.params
    people = pd.read_parquet(paths.participants, columns=["participant_id"])["participant_id"]
    files = zip(params.definitions, paths.totals, paths.components, strict=True)
    scores = {
        name: daily_scores(
            pd.read_parquet(totals, columns=TOTALS),
            pd.read_parquet(components, columns=COMPONENTS),
            names=params.definitions[name]["points"],
            people=people,
        )
        for name, totals, components in files
    }
    rows = comparison_rows(
        scores,
        points={name: each["points"] for name, each in params.definitions.items()},
        people=people,
        population=params.population,
    )
    for path in paths.sepsis:
        rows += sepsis_rows(
            pd.read_parquet(path, columns=SEPSIS),
            definitions=params.sepsis,
            people=people,
            population=params.population,
        )
    job.write_parquet(estimates_table(rows), snakemake.output.estimates)


if "snakemake" in globals():
    job.run(main, snakemake)
