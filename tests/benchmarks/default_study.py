"""Time the default study against its budgets; prints seconds and ratios, fails never.

    .venv/bin/python tests/benchmarks/default_study.py

Runs in a copy of the checkout. Each figure is the median of three runs but for the clean run.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from whole_workflow import Workflow, copy_workflow  # noqa: E402 (needs the path above)

STUDY = "config/studies/nct05283317.yaml"
ONE_PROCESS = Path(__file__).with_name("one_process.py")


def seconds(call, repeats=1):
    """Median wall time of ``call``."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def empty_workflow(folder):
    """A workflow of one rule without input, the floor of every run."""
    folder.mkdir()
    (folder / "Snakefile").write_text("rule all:\n    input: []\n")
    return Workflow(folder)


def main():
    """Print one line a budget."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "study"
        folder.mkdir()
        copy_workflow(folder)
        study = Workflow(folder)
        clean = seconds(lambda: study.build())
        again = seconds(lambda: study.build(), 3)
        empty = empty_workflow(Path(name) / "empty")
        floor = seconds(lambda: empty.run("-n", "--cores", "1"), 3)
        settings = (folder / STUDY).read_text(encoding="utf-8")
        one_figure = settings.replace("full_width_mm: 174", "full_width_mm: 170")
        (folder / STUDY).write_text(one_figure, encoding="utf-8")
        figure = seconds(lambda: study.build())
        (folder / STUDY).write_text(settings, encoding="utf-8")
        study.build()
        single = seconds(
            lambda: subprocess.run(
                [sys.executable, ONE_PROCESS], cwd=folder, check=True, capture_output=True
            )
        )
    print(f"clean run                    {clean:6.1f} s   (budget 60 s)")
    print(f"same scripts in one process  {single:6.1f} s   ratio {clean / single:.1f} (budget 4)")
    print(f"nothing changed              {again:6.2f} s   (budget {1.3 * floor + 1:.2f} s)")
    print(f"empty workflow, -n           {floor:6.2f} s   ratio {again / floor:.2f}")
    print(f"one figure's size changed    {figure:6.1f} s   (budget 12 s)")


if __name__ == "__main__":
    main()
