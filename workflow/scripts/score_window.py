"""Score organ failure once for each participant, of one window, by a definition."""

from pathlib import Path

from sepsisflow import job
from sepsisflow.scores.definitions import TABLES_OF_WINDOWS
from sepsisflow.scores.shards import scratch_beside, shards, written_in_parts
from sepsisflow.scores.sofa import score_participants


def main(snakemake) -> None:
    """Read, score and write, some participants at a time."""
    output, params = snakemake.output, snakemake.params
    paths = {name: Path(output.get(name)) for name in TABLES_OF_WINDOWS}
    definition, variables = params.settings["definition"], params.settings["variables"]
    with scratch_beside(paths["window_totals"]) as scratch, written_in_parts(paths) as write:
        for shard in shards(snakemake.input, definition, scratch):
            write(score_participants(params.name, definition, variables=variables, **shard))


if "snakemake" in globals():
    job.run(main, snakemake)
