"""Estimate survival and mortality by arm."""

from sepsisflow import job
from sepsisflow.inference.follow_up import follow_up
from sepsisflow.inference.mortality import mortality_rows
from sepsisflow.inference.time_to_death import survival_rows
from sepsisflow.schemas.analysis_set import AnalysisSet
from sepsisflow.schemas.check import read_table
from sepsisflow.schemas.estimates import estimates_table
from sepsisflow.schemas.outcomes import Outcomes


def main(snakemake) -> None:
    """Read, estimate, write."""
    paths, params = snakemake.input, snakemake.params
    survival = params.survival
    followed = follow_up(
        read_table(paths.analysis_set, AnalysisSet),
        read_table(paths.outcomes, Outcomes),
        follow_up_days=survival["follow_up_days"],
    )
    horizons = survival["horizons_days"]
    rows = [
        *mortality_rows(followed, horizons_days=horizons, arms=params.arms, level=params.level),
        *survival_rows(
            followed,
            follow_up_days=survival["follow_up_days"],
            horizons_days=horizons,
            risk_table_days=survival["risk_table_days"],
            arms=params.arms,
            level=params.level,
        ),
    ]
    job.write_parquet(estimates_table(rows), snakemake.output.estimates)


if "snakemake" in globals():
    job.run(main, snakemake)
