"""Estimate what each definition of a score makes of the same participants."""

import pandas as pd
from sepsisflow import job
from sepsisflow.inference.score_comparison import comparison_rows, daily_scores, sepsis_rows
from sepsisflow.schemas.estimates import estimates_table

BY = {"daily": ["participant_id", "study_day"], "window": ["participant_id"]}
SEPSIS = ["participant_id", "definition", "sepsis"]


def main(snakemake) -> None:
    """Read, compare, write."""
    paths, params = snakemake.input, snakemake.params
    people = pd.read_parquet(paths.participants, columns=["participant_id"])["participant_id"]
    files = zip(params.definitions.items(), paths.totals, paths.components, strict=True)
    scores = {
        name: daily_scores(
            pd.read_parquet(totals, columns=[*BY[each["step"]], "score", "n_components"]),
            pd.read_parquet(components, columns=[*BY[each["step"]], "component", "score"]),
            organs=each["organs"],
            people=people,
        )
        for (name, each), totals, components in files
    }
    whom = {"people": people, "population": params.population}
    rows = comparison_rows(scores, definitions=params.definitions, **whom)
    for path in paths.sepsis:
        cases = pd.read_parquet(path, columns=SEPSIS)
        rows += sepsis_rows(cases, definitions=params.sepsis, **whom)
    job.write_parquet(estimates_table(rows), snakemake.output.estimates)


if "snakemake" in globals():
    job.run(main, snakemake)
