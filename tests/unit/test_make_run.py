"""The Makefile: which settings of `make run` reach snakemake, and in which words."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def make(tmp_path):
    """Run make where setup.sh does nothing and snakemake prints its arguments, one a line."""
    shutil.copy2(REPOSITORY / "Makefile", tmp_path)
    (tmp_path / "setup.sh").write_text("exit ${SETUP_FAILS:-0}\n", encoding="utf-8")
    snakemake = tmp_path / ".venv/bin/snakemake"
    snakemake.parent.mkdir(parents=True)
    snakemake.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', encoding="utf-8")
    snakemake.chmod(0o755)

    def run(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            ["make", *arguments],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.mark.parametrize(
    ("settings", "arguments"),
    [
        ([], ["--cores", "all"]),
        (["STUDY=rhc"], ["--cores", "all", "--config", "study=rhc"]),
        (["CORES=2", "TARGET=quality"], ["quality", "--cores", "2"]),
        (
            ["STUDY=rhc", "DATA=../its $data's folder", "TARGET=quality figures"],
            [
                *["quality", "figures", "--cores", "all"],
                *["--config", "study=rhc", "data=../its $data's folder"],
            ],
        ),
        (
            ["PREVIOUS=exports/may.parquet"],
            ["--cores", "all", "--config", "previous_findings=exports/may.parquet"],
        ),
    ],
)
def test_settings_that_were_given_reach_snakemake_as_they_are(make, settings, arguments):
    done = make("run", *[setting.replace("$", "$$") for setting in settings])
    assert (done.stdout.splitlines(), done.stderr) == (arguments, "")


def test_nothing_runs_where_the_set_up_failed(make):
    done = make("run", "SETUP_FAILS=1")
    assert done.returncode != 0
    assert done.stdout == ""


def test_make_alone_lists_the_targets(make):
    listed = make().stdout
    for target in ("setup", "run", "test", "lint", "reference", "lock", "clean"):
        assert f"\n  {target} " in listed
