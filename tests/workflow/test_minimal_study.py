"""A file with an identifier, an arm, a time and a status is a complete study."""

import pandas as pd
import pytest
from small_study import SOME_DIED, STUDY
from whole_workflow import ROOT, Workflow


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
    (tmp_path / "config/studies").mkdir(parents=True)
    (tmp_path / "config/config.yaml").write_text("study: small\ndata: data\n")
    (tmp_path / "config/studies/small.yaml").write_text(STUDY, encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/all.csv").write_text(data, encoding="utf-8")
    Workflow(ROOT).build("--directory", str(tmp_path))
    results = tmp_path / "results/small"
    rows = pd.read_parquet(results / "estimates/survival.parquet").set_index("key")
    keys = [f"mortality.death.analysed.{arm}@28.deaths" for arm in ("t", "c")]
    assert rows.loc[keys, "value"].tolist() == deaths
    assert rows.loc[keys, "n"].tolist() == known
    for suffix in ("pdf", "docx", "html"):
        assert (results / f"manuscript/manuscript.{suffix}").stat().st_size > 10_000
    page = (results / "manuscript/manuscript.html").read_text(encoding="utf-8")
    assert "Smallest &lt;study&gt; &amp; no more" in page
    assert not (results / "tables/baseline.html").exists()
