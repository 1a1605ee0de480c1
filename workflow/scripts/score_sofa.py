"""Score organ failure on every hour and day by a definition."""

from pathlib import Path

from sepsisflow import job
from sepsisflow.scores.definitions import TABLES_OF_SCORES
from sepsisflow.scores.shards import in_order, scratch_beside, shards, written_in_parts
from sepsisflow.scores.sofa import score_participants


def main(snakemake) -> None:
    """Read, score and write, some participants at a time."""
    output, params = snakemake.output, snakemake.params
    paths = {name: Path(output.get(name)) for name in TABLES_OF_SCORES}
    definition, variables = params.settings["definition"], params.settings["variables"]

    def score(shard):
        return score_participants(params.name, definition, variables=variables, **shard)

    with scratch_beside(paths["hourly_totals"]) as scratch, written_in_parts(paths) as write:
        every = shards(snakemake.input, definition, scratch, threads=snakemake.threads)
        for tables in in_order(score, every, threads=snakemake.threads):
            write(tables)


if "snakemake" in globals():
    job.run(main, snakemake)
