"""`snakemake draft_study` writes a draft that the next command runs, and only once."""

from whole_workflow import ROOT, Workflow, copy_workflow


def test_a_draft_is_written_once_and_runs(tmp_path):
    copy_workflow(tmp_path)
    data = ROOT / "resources/nct05283317"
    workflow = Workflow(tmp_path)
    done = workflow.run("draft_study", "--config", f"data={data}")
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert f"Looks into {data} and writes config/studies/draft.yaml." in said
    draft = tmp_path / "config/studies/draft.yaml"
    written = draft.read_text(encoding="utf-8")
    assert written.startswith("# A draft")

    again = workflow.run("draft_study", "--config", f"data={data}")
    assert again.returncode == 1
    assert "is there already and is not overwritten" in again.stderr
    assert draft.read_text(encoding="utf-8") == written

    planned = workflow.planned("quality", "--config", "study=draft", f"data={data}")
    assert planned == {"ingest_table": 8, "report_quality": 1}
