"""Score APACHE II of 24 hours, with the value that decided each component."""

import pandas as pd
from sepsisflow import job
from sepsisflow.schemas.apache_ii import ApacheComponents, ApacheTotals
from sepsisflow.schemas.check import check, read_table
from sepsisflow.schemas.measurements import Measurements
from sepsisflow.schemas.participants import Participants
from sepsisflow.scores.apache_ii import apache_ii


def main(snakemake) -> None:
    """Read, score, write."""
    paths, output = snakemake.input, snakemake.output
    participants = read_table(paths.participants, Participants)
    measurements = [read_table(path, Measurements) for path in paths.measurements]
    components, totals = apache_ii(participants, pd.concat(measurements), snakemake.params.settings)
    job.write_parquet(check(components, ApacheComponents, "apache_ii"), output.components)
    job.write_parquet(check(totals, ApacheTotals, "apache_ii"), output.totals)


if "snakemake" in globals():
    job.run(main, snakemake)
