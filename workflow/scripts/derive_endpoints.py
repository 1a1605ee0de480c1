"""Derive what each participant's course comes to."""

from sepsisflow import job
from sepsisflow.endpoints.study import study_endpoints
from sepsisflow.schemas.analysis_set import AnalysisSet
from sepsisflow.schemas.check import check, read_table
from sepsisflow.schemas.endpoints import Endpoints
from sepsisflow.schemas.events import Events
from sepsisflow.schemas.interventions import Interventions
from sepsisflow.schemas.measurements import Measurements
from sepsisflow.schemas.outcomes import Outcomes
from sepsisflow.schemas.scores import Scores


def main(snakemake) -> None:
    """Read, derive, write."""
    paths, params = snakemake.input, snakemake.params
    endpoints = study_endpoints(
        read_table(paths.analysis_set, AnalysisSet),
        read_table(paths.outcomes, Outcomes),
        scores=[read_table(path, Scores) for path in paths.scores],
        interventions=[read_table(path, Interventions) for path in paths.interventions],
        events=[read_table(path, Events) for path in paths.events],
        measurements=[read_table(path, Measurements) for path in paths.measurements],
        definition=params.definition,
        endpoints=params.endpoints,
    )
    job.write_parquet(check(endpoints, Endpoints, "endpoints"), snakemake.output.endpoints)


if "snakemake" in globals():
    job.run(main, snakemake)
