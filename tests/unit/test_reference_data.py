"""conftest.py: tests without their reference data are skipped, and the last line counts them."""

import shutil
import subprocess
import sys
from pathlib import Path

CONFTEST = Path(__file__).parents[1] / "conftest.py"
TESTS = """\
import pytest

def test_present(reference):
    assert reference("data/rhc").is_dir()

def test_absent(reference):
    reference("data/mimic-iv-demo")

def test_skipped_for_another_reason():
    pytest.skip("not today")
"""


def test_the_last_line_counts_the_tests_that_missed_reference_data(tmp_path):
    shutil.copy2(CONFTEST, tmp_path)
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "mine/data/rhc").mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", tmp_path],
        env={"SEPSISFLOW_REFERENCE": str(tmp_path / "mine")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "reference data absent: data/mimic-iv-demo" in done.stdout
    *_, summary, last = done.stdout.splitlines()
    assert summary.startswith("1 passed, 2 skipped")
    assert last == "Reference tests skipped: 1"
