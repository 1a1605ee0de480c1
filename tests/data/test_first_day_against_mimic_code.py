"""Scores of the first day equal the field's reference tables, stay by stay (half of the stays).

The reference is mimic-code, commit 8bcbd190, run on the MIMIC-IV demo 2.2.
"""

import sys
from collections import Counter

import pandas as pd
import pytest
from scored_demo import differences
from sepsisflow.schemas.organ_scores import WINDOW_SCHEMAS

SOFA = {
    each: each
    for each in ("respiration", "coagulation", "liver", "cardiovascular", "cns", "renal", "sofa")
}
SIRS = {
    "temp_score": "temperature",
    "heart_rate_score": "heart_rate",
    "resp_score": "respiration",
    "wbc_score": "leucocytes",
    "sirs": "sirs",
}


@pytest.mark.parametrize(
    ("definition", "table", "columns"),
    [("mimic-code-first-day", "first_day_sofa", SOFA), ("mimic-code-sirs", "sirs", SIRS)],
)
def test_every_component_and_total_of_every_stay_equals_the_reference(
    run, capsys, definition, table, columns
):
    expected = run.reference(table).set_index("participant_id")
    scores = run.scores("window_components", definition)
    wide = scores.pivot(index="participant_id", columns="component", values="score")
    totals = run.scores("window_totals", definition).set_index("participant_id")
    found = wide.assign(**{table.removeprefix("first_day_"): totals["score"]})
    found = found.reindex(expected.index)
    differ = {
        theirs: differences(found[mine], expected[theirs]) for theirs, mine in columns.items()
    }
    with capsys.disabled():
        sys.stdout.write(f"\n{table}: {len(expected)} stays compared; differences: {differ}\n")
    assert len(expected) == 70
    assert Counter(differ) == Counter(dict.fromkeys(columns, 0))


@pytest.mark.parametrize("definition", ["mimic-code-first-day", "mimic-code-sirs"])
def test_every_stay_has_one_score_of_the_first_day(run, definition):
    participants = pd.read_parquet(run.results / "validated/participants.parquet")
    for table, schema in WINDOW_SCHEMAS.items():
        scores = schema.validate(run.scores(table, definition), lazy=True)
        assert set(scores["participant_id"]) == set(participants["participant_id"])
    assert len(scores) == len(participants) == 140
