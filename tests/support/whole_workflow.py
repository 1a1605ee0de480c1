"""Runs of the whole workflow in a copy of this checkout."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTS = ("Snakefile", "workflow", "config", "profiles", "resources", "requirements.lock")
TARGETS = (
    "validated",
    "quality",
    "scores",
    "cohort",
    "estimates",
    "figures",
    "tables",
    "manuscript",
)
JOB = re.compile(r"^(\w+)\s+(\d+)$", re.MULTILINE)


class Workflow:
    """A folder with the workflow in it, and what snakemake says there."""

    def __init__(self, folder: Path):
        self.folder = folder

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run snakemake in the folder."""
        return subprocess.run(
            [sys.executable, "-m", "snakemake", *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": "0"},
        )

    def build(self, *arguments: str) -> None:
        """Run snakemake and expect success."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr

    def planned(self, *arguments: str) -> dict[str, int]:
        """Jobs that the next run would do, by rule, without the targets that only collect."""
        done = self.run("-n", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        counts = {rule: int(count) for rule, count in JOB.findall(done.stdout + done.stderr)}
        for target in ("total", "all", *TARGETS):
            counts.pop(target, None)
        return counts


def copy_workflow(folder: Path) -> None:
    """Copy all that snakemake needs of this checkout."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, folder / part)
