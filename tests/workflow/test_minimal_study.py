"""A file with an identifier, an arm, a time and a status is a complete study."""

import pandas as pd
import pytest
from small_study import SOME_DIED, STUDY
from whole_workflow import ROOT, Workflow


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


def test_many_small_files_are_one_source_and_an_edit_of_one_of_them_is_followed(tmp_path):
    many = "file: .\n    members: '*.csv'\n    member_column: id\n"
    study = STUDY[: STUDY.index("eligibility:")].replace("file: all.csv\n", many)
    results = build(tmp_path, study, "arm,days,died\nT,10,1\n")
    (tmp_path / "data/b.csv").write_text("arm,days,died\nC,28,0\n")
    run = Workflow(ROOT)
    run.build("--directory", str(tmp_path))
    people = pd.read_parquet(results / "validated/participants.parquet")
    assert people[["participant_id", "arm", "source_file"]].values.tolist() == [
        ["all", "t", ".#all.csv"],
        ["b", "c", ".#b.csv"],
    ]
    assert run.planned("--directory", str(tmp_path)) == {}
    (tmp_path / "data/b.csv").write_text("arm,days,died\nT,28,0\n")
    assert run.planned("--directory", str(tmp_path))["ingest_table"] == 1
