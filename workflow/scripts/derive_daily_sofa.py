"""Score organ failure by study day, from each participant's time zero."""

from pathlib import Path

import pyarrow as pa
from sepsisflow import job
from sepsisflow.schemas.analysis_set import AnalysisSet
from sepsisflow.schemas.check import check, read_table
from sepsisflow.schemas.events import Events
from sepsisflow.schemas.scores import Scores
from sepsisflow.scores.days import first_day_h, study_day_scores
from sepsisflow.scores.definitions import rows_read
from sepsisflow.scores.reading import plain
from sepsisflow.scores.shards import in_order, scratch_beside, shards
from sepsisflow.scores.sofa import score_participants


def main(snakemake) -> None:
    """Read, score some participants at a time, write."""
    paths, params, threads = snakemake.input, snakemake.params, snakemake.threads
    analysis_set = read_table(paths.analysis_set, AnalysisSet)
    deaths = read_table(paths.events[0], Events).query("event == 'death'")
    chosen = {**params.settings, "day_1_h": first_day_h(analysis_set)}

    def score(shard):
        return score_participants(params.name, **chosen, **shard)["daily_totals"]

    definition, whose = params.settings["definition"], analysis_set["participant_id"]
    with scratch_beside(Path(snakemake.output.sofa)) as scratch:
        every = shards(paths, scratch, **rows_read(definition), threads=threads, whose=whose)
        totals = plain(pa.concat_tables(in_order(score, every, threads))).to_pandas()
    rules = {"choices": definition["choices"], "last_day": params.last_day}
    sofa = study_day_scores(totals, analysis_set, deaths, name=params.name, **rules)
    job.write_parquet(check(sofa, Scores, "sofa"), snakemake.output.sofa)


if "snakemake" in globals():
    job.run(main, snakemake)
