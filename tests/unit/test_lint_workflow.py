"""lint_workflow.py: snakemake's own checks hold, but for the one that is left out."""

import subprocess
import sys
from pathlib import Path

LINT = Path(__file__).parents[1] / "lint_workflow.py"
RULE = """\
rule make_it:
    output:
        "results/it.txt",
{log}    shell:
        "echo > {{output}}"
"""
LOG = '    log:\n        "results/it.log",\n'


def lint(folder: Path, snakefile: str) -> subprocess.CompletedProcess:
    (folder / "Snakefile").write_text(snakefile, encoding="utf-8")
    return subprocess.run(
        [sys.executable, LINT], cwd=folder, capture_output=True, text=True, check=False
    )


def test_a_rule_needs_no_conda_environment_or_container(tmp_path):
    done = lint(tmp_path, RULE.format(log=LOG))
    assert done.returncode == 0, done.stderr


def test_any_other_finding_fails(tmp_path):
    done = lint(tmp_path, RULE.format(log=""))
    assert done.returncode == 1
    assert "No log directive defined" in done.stderr
    assert "conda" not in done.stderr


def test_a_workflow_that_cannot_be_read_fails(tmp_path):
    assert lint(tmp_path, "rule\n").returncode == 1
