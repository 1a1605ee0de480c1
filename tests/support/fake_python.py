"""A checkout with the set-up script, and interpreters that only say what a case needs."""

import os
import shutil
import subprocess
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
TOOLS = ("awk", "cat", "chmod", "cmp", "cp", "df", "dirname", "grep", "mkdir", "mv", "rm", "sed")
LOCK = "setuptools==1 \\\n    --hash=sha256:aa\npandas==2 \\\n    --hash=sha256:bb\n"

# $0 is this file or its copy in .venv. Each call of pip is noted, with the packages asked for, in
# pip-calls beside the lock file, which is where the set-up script works.
PYTHON = """\
#!/bin/sh
case "$1 $2" in
"-c import sys"*) echo "{version} $0" ;;
"-c import venv"*) exit {without_venv:d} ;;
"-m venv")
    for folder; do :; done
    mkdir -p "$folder/bin" && cp "$0" "$folder/bin/python" ;;
"-m pip")
    echo "$*" $(sed -n 's/==.*//p') >>pip-calls
    case "$*" in *--dry-run*) cat pip-would-do; exit ;; esac
    echo "#!$PWD/.venv/bin/python" >.venv/bin/snakemake
    chmod +x .venv/bin/snakemake
    cat pip-says && [ ! -s pip-says ] || exit 1
    for package in setuptools-1 pandas-2; do
        mkdir -p .venv/lib/python3.11/site-packages/$package.dist-info
        echo >.venv/lib/python3.11/site-packages/$package.dist-info/RECORD
    done ;;
esac
"""


class Checkout:
    """A folder with setup.sh and a lock file, and a PATH that holds only what is put there."""

    def __init__(self, folder: Path):
        self.folder = folder / "checkout"
        self.path = folder / "bin"
        self.folder.mkdir()
        self.path.mkdir()
        shutil.copy2(REPOSITORY / "setup.sh", self.folder)
        self.write("requirements.lock", LOCK)
        self.pip_says("")
        self.write("pip-would-do", "Would install pandas-2")
        for tool in (*TOOLS, "sh", "uname"):
            (self.path / tool).symlink_to(shutil.which(tool))

    def write(self, name: str, text: str) -> Path:
        """Write a file of the checkout."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def program(self, name: str, text: str) -> Path:
        """Put a program on PATH."""
        path = self.path / name
        path.unlink(missing_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)
        return path

    def python(self, name: str, version: str, *, without_venv: bool = False) -> Path:
        """Put an interpreter on PATH."""
        return self.program(name, PYTHON.format(version=version, without_venv=without_venv))

    def pip_says(self, text: str) -> None:
        """Let pip fail with these lines, or succeed if there are none."""
        self.write("pip-says", text)

    def pip_calls(self) -> int:
        """Count the calls of pip so far."""
        calls = self.folder / "pip-calls"
        return len(calls.read_text(encoding="utf-8").splitlines()) if calls.exists() else 0

    def set_up(self, **environment: str) -> subprocess.CompletedProcess:
        """Run setup.sh."""
        return subprocess.run(
            [self.path / "sh", self.folder / "setup.sh"],
            env={"PATH": str(self.path), "TMPDIR": "/tmp", **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def failure(self, **environment: str) -> str:
        """Give the one line that setup.sh writes to standard error when it fails."""
        done = self.set_up(**environment)
        assert done.returncode == 1, done.stdout + done.stderr
        assert done.stderr.startswith("Set-up failed: ")
        assert done.stderr.count("\n") == 1
        return done.stderr.removeprefix("Set-up failed: ").rstrip()

    def success(self, **environment: str) -> str:
        """Give what setup.sh prints when it succeeds."""
        done = self.set_up(**environment)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout


def running_process() -> str:
    """Name a process that runs, as setup.sh does in .venv/setup.pid."""
    return f"{os.getpid()} {os.uname().nodename}\n"
