"""A file with an identifier, an arm, a time and a status is a complete study."""

import pandas as pd
import pytest
from whole_workflow import ROOT, Workflow

STUDY = """\
title: Smallest <study> & no more
seed: 1
arms:
  t: {label: Treated, role: treated}
  c: {label: Control, role: control}
sources:
  all:
    file: all.csv
    format: csv
    maps:
      - table: participants
        fields: {participant_id: id, arm: {column: arm, codes: {T: t, C: c}}}
      - table: events
        when: {column: died, one_of: ["1"]}
        fields: {participant_id: id, event: {constant: death}, time: {column: days, as: days}}
      - table: events
        when: {column: died, one_of: ["0"]}
        fields:
          {participant_id: id, event: {constant: last_contact}, time: {column: days, as: days}}
eligibility: []
controls: {method: recorded}
survival:
  label: death from any cause
  follow_up_days: 28
  horizons_days: [28]
  death_counts_at: latest
  risk_table_days: [0, 14, 28]
"""
SOME_DIED = "id,arm,days,died\nA1,T,10,1\nÄ2,T,28,0\nA3,T,20,0\nB1,C,3,1\nB2,C,28,0\nB3,C,28,0\n"


def build(folder, study, data):
    """Run a study of one file; gives its results."""
    (folder / "config/studies").mkdir(parents=True)
    (folder / "config/config.yaml").write_text("study: small\ndata: data\n")
    (folder / "config/studies/small.yaml").write_text(study, encoding="utf-8")
    (folder / "data").mkdir()
    (folder / "data/all.csv").write_text(data, encoding="utf-8")
    Workflow(ROOT).build("--directory", str(folder))
    return folder / "results/small"


@pytest.mark.parametrize(
    ("data", "deaths", "known"),
    [
        # A3 is lost on day 20: her status on day 28 is not known.
        (SOME_DIED, [1, 1], [2, 3]),
        ("id,arm,days,died\nA1,T,28,0\nA2,T,28,0\nB1,C,28,0\n", [0, 0], [2, 1]),
        ("id,arm,days,died\nA1,T,1,1\nA2,T,2,1\nB1,C,28,0\n", [2, 0], [2, 1]),
    ],
    ids=["some died", "nobody died", "one arm died out"],
)
def test_a_study_of_four_columns_reaches_its_manuscript(tmp_path, data, deaths, known):
    results = build(tmp_path, STUDY, data)
    rows = pd.read_parquet(results / "estimates/survival.parquet").set_index("key")
    keys = [f"mortality.death.analysed.{arm}@28.deaths" for arm in ("t", "c")]
    assert rows.loc[keys, "value"].tolist() == deaths
    assert rows.loc[keys, "n"].tolist() == known
    for suffix in ("pdf", "docx", "html"):
        assert (results / f"manuscript/manuscript.{suffix}").stat().st_size > 10_000
    page = (results / "manuscript/manuscript.html").read_text(encoding="utf-8")
    assert "Smallest &lt;study&gt; &amp; no more" in page
    assert not (results / "tables/baseline.html").exists()


def test_a_study_that_compares_nothing_stops_after_its_quality_report(tmp_path):
    results = build(tmp_path, STUDY[: STUDY.index("eligibility:")], SOME_DIED)
    assert len(pd.read_parquet(results / "validated/participants.parquet")) == 6
    assert (results / "quality/report.html").is_file()
    assert (results / "quality/accepted.txt").is_file()
    assert not (results / "cohort").exists()
