"""Score organ failure by a definition: on every hour and day, or once of one window."""

from pathlib import Path

from sepsisflow import job
from sepsisflow.scores.definitions import rows_read
from sepsisflow.scores.shards import in_order, scratch_beside, shards, written_in_parts
from sepsisflow.scores.sofa import score_participants


def main(snakemake) -> None:
    """Read, score and write, some participants at a time."""
    params = snakemake.params
    paths = {name: Path(path) for name, path in snakemake.output.items()}
    definition, variables = params.settings["definition"], params.settings["variables"]

    def score(shard):
        return score_participants(params.name, definition, variables=variables, **shard)

    beside, threads = next(iter(paths.values())), snakemake.threads
    with scratch_beside(beside) as scratch, written_in_parts(paths) as write:
        every = shards(snakemake.input, scratch, **rows_read(definition), threads=threads)
        for tables in in_order(score, every, threads=threads):
            write(tables)


if "snakemake" in globals():
    job.run(main, snakemake)
