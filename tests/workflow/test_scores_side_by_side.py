"""A study without arms to compare has its definitions side by side."""

import pandas as pd
from whole_workflow import ROOT, Workflow

STUDY = """\
title: A ward's chart
seed: 1
scores: [sofa-1996, sofa-1996-without-cns]
sources:
  chart:
    file: all.csv
    format: csv
    date_format: iso8601
    maps:
      - table: participants
        fields: {participant_id: id, origin: from}
      - table: measurements
        fields: {participant_id: id, time: {column: day, as: study_day}}
        values:
          platelets: {column: platelets, unit: 10*3/uL}
          gcs: {column: gcs, unit: "1"}
"""
DATA = """\
id,from,day,platelets,gcs
A1,2020-01-01,1,90,12
B1,2020-01-01,1,140,8
"""


def test_two_definitions_are_compared_in_a_study_that_compares_nobody(tmp_path):
    (tmp_path / "config/studies").mkdir(parents=True)
    (tmp_path / "config/config.yaml").write_text("study: small\ndata: data\n")
    (tmp_path / "config/studies/small.yaml").write_text(STUDY, encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/all.csv").write_text(DATA, encoding="utf-8")
    run = Workflow(ROOT)
    run.build("--directory", str(tmp_path))
    results = tmp_path / "results/small"
    table = pd.read_parquet(results / "estimates/score_comparison.parquet").set_index("key")
    at = "score_comparison.{}.all.{}".format
    # Of A1 2 and 2 points, of B1 1 and 3; without the nervous system 2 and 1.
    assert table.loc[at("highest", "sofa_1996.mean"), "value"] == 4
    assert table.loc[at("highest", "sofa_1996_without_cns.mean"), "value"] == 1.5
    lost = "sofa_1996_without_cns-vs-sofa_1996.comparator_only"
    assert table.loc[at("highest_at_least_2", lost), "value"] == 1
    for suffix in ("pdf", "svg", "png"):
        assert (results / f"figures/score_comparison.{suffix}").stat().st_size > 5000
    assert "SOFA (1996) without the nervous system" in (
        results / "tables/score_comparison.html"
    ).read_text(encoding="utf-8")
    assert run.planned("--directory", str(tmp_path)) == {}
