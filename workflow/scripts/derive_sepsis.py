"""Derive suspected infection, sepsis and septic shock by every definition that the study wants."""

import pandas as pd
from sepsisflow import job
from sepsisflow.scores.infected import sepsis_tables
from sepsisflow.scores.sepsis import HOURLY


def main(snakemake) -> None:
    """Read, derive, write."""
    paths, params = snakemake.input, snakemake.params
    tables = sepsis_tables(
        params.definitions,
        participants=pd.read_parquet(paths.participants),
        interventions=pd.read_parquet(paths.interventions),
        events=pd.read_parquet(paths.events),
        measurements=list(map(pd.read_parquet, paths.measurements)),
        hours={
            name: pd.read_parquet(path, columns=HOURLY)
            for name, path in zip(params.scores, paths.hours, strict=True)
        },
        variables=params.variables,
    )
    for name, table in tables.items():
        job.write_parquet(table, snakemake.output.get(name))


if "snakemake" in globals():
    job.run(main, snakemake)
