"""A study that lives outside the workflow's folder."""

import shutil
from pathlib import Path

from whole_workflow import ROOT, Workflow


def test_a_study_kept_elsewhere_runs_with_directory(tmp_path):
    study = tmp_path / "trial"
    shutil.copytree(ROOT / "resources/nct05283317", study / "data")
    (study / "config/studies").mkdir(parents=True)
    text = (ROOT / "config/studies/nct05283317.yaml").read_text(encoding="utf-8")
    (study / "config/studies/mine.yaml").write_text(text, encoding="utf-8")
    (study / "config/config.yaml").write_text("study: mine\ndata: data\n", encoding="utf-8")
    Workflow(ROOT).build("--directory", str(study), "cohort")
    assert Path(study / "results/mine/cohort/analysis_set.parquet").is_file()
    assert not (ROOT / "results/mine").exists()
