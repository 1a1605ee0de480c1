"""What a script leaves behind when it fails."""

import subprocess
import sys
from pathlib import Path

import pytest
from sepsisflow import job

SCRIPTS = Path(__file__).parents[2] / "workflow" / "scripts"


def run_script(folder, body, **environment):
    """Run ``main`` with ``body`` as a rule's script would; return process and log."""
    log = folder / "rule.log"
    program = (
        f"import sys; sys.path.insert(0, {str(SCRIPTS)!r})\n"
        "from types import SimpleNamespace\n"
        "from sepsisflow import job\nfrom sepsisflow.errors import DataError\n"
        f"def main(snakemake):\n    {body}\n"
        f"job.run(main, SimpleNamespace(log=[{str(log)!r}]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment
    )
    return done, log.read_text()


def test_what_the_user_must_mend_is_told_without_a_traceback(tmp_path):
    done, log = run_script(tmp_path, "raise DataError('labs.csv: no column')")
    assert (done.returncode, log) == (1, "labs.csv: no column\n")
    assert done.stdout + done.stderr == ""


def test_progress_is_said_on_the_console_and_in_the_log(tmp_path):
    done, log = run_script(tmp_path, "job.progress('labevents: 43 %')")
    assert (done.returncode, log, done.stderr) == (0, "labevents: 43 %\n", "labevents: 43 %\n")


def test_the_message_of_an_unforeseen_error_is_withheld(tmp_path):
    done, log = run_script(tmp_path, "float('secret value')")
    assert done.returncode == 1
    assert "secret" not in log + done.stdout + done.stderr
    assert log.endswith(
        "ValueError: message withheld, it may hold a participant's value "
        "(set SEPSISFLOW_DEBUG=1 to see it).\n"
    )


def test_the_message_is_written_when_asked_for(tmp_path):
    _, log = run_script(tmp_path, "float('secret value')", SEPSISFLOW_DEBUG="1")
    assert "secret value" in log


def write_half(path):
    with job.replacing(path) as temporary:
        temporary.write_text("half")
        temporary.write_text(f"{1 / 0}")


def test_a_result_is_replaced_whole_or_not_at_all(tmp_path):
    path = tmp_path / "result.txt"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError):
        write_half(path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
    job.write_text("new", path)
    assert path.read_text() == "new"
