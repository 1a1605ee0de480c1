"""Ingest synthetic chart events of an ICU database; prints speeds, memory and ratios, fails never.

    .venv/bin/python tests/benchmarks/icu_database.py [--rows 100000000] [--read 10] [--folder ...]

The same rows are read as csv.gz and as parquet. They are of twenty items, ten of which are read;
``--read 4`` is nearer to the MIMIC-IV demo, where 18 % of the charted rows are. The bare conversion
is DuckDB's, of the whole file to parquet, in a process of its own with the same threads and memory.
Needs about 25 bytes of disk a row.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests/support"), str(ROOT / "workflow/scripts")]

from icu_folder import write_database  # noqa: E402 (needs the path above)

MEMORY_MB, THREADS = 4000, 2
BUDGET_GIB = 4
ROWS_A_STAY = 2500
# Ten items that are read and ten that are not, with the units in which MIMIC-IV writes them.
READ = {
    220045: "bpm",
    220210: "insp/min",
    220277: "%",
    220179: "mmHg",
    220180: "mmHg",
    220181: "mmHg",
    220050: "mmHg",
    220051: "mmHg",
    220052: "mmHg",
    223761: "°F",
}
# The lowest of the ten values that each of the twenty items takes.
LOWEST = [70, 12, 90, 110, 60, 75, 110, 60, 75, 97, *[1] * 10]
UNREAD = [224093, 227969, 228305, 224650, 223989, 226138, 224055, 227957, 224080, 228300]
STUDY = """\
title: Synthetic chart events
seed: 1
sources:
  synthetic: {file: ., format: mimic_iv}
"""
GENERATE = """
import duckdb
connection = duckdb.connect()
connection.execute("SET threads = 2")
connection.execute("SET enable_progress_bar = false")
connection.execute("SET memory_limit = '1GB'")
connection.execute('''COPY ({rows}) TO '{path}' ({options})''')
"""
CONVERT = """
import duckdb
connection = duckdb.connect()
connection.execute("SET threads = {threads}")
connection.execute("SET enable_progress_bar = false")
connection.execute("SET memory_limit = '{memory}MB'")
connection.execute("COPY (SELECT * FROM '{path}') TO '{target}' (FORMAT parquet)")
"""
INGEST = """
import sys
sys.path.insert(0, {scripts!r})
from pathlib import Path
from sepsisflow import study
from sepsisflow.readers.databases.ingest import OUTPUTS, ingest_database
from sepsisflow.readers.databases.plan import database_folder, database_plan
known = study.load(
    {{"study": "synthetic", "data": {data!r}}}, workdir=Path({work!r}), workflow_dir=Path({root!r})
)
plan = database_plan(known)
outputs = {{
    kind: {{table: Path({target!r}) / kind / f"{{table}}.parquet" for table in plan["tables"]}}
    for kind in OUTPUTS
}}
ingest_database(
    plan, database_folder(known), outputs, memory_mb={memory}, threads={threads}, report=print
)
"""


def chart_rows(count, read):
    """SQL of synthetic chart events; each stay charts twenty items every seven minutes."""
    items = [*list(READ)[:read], *range(1, 11 - read), *UNREAD]
    units = [*READ.values(), *[""] * len(UNREAD)]
    return f"""
SELECT 10000000 + i // {2 * ROWS_A_STAY} AS subject_id, 20000000 + i // {ROWS_A_STAY} AS hadm_id,
    30000000 + i // {ROWS_A_STAY} AS stay_id, 4000 + i // 40 % 900 AS caregiver_id,
    TIMESTAMP ''2150-01-01'' + to_minutes(i % {ROWS_A_STAY} // 20 * 7) AS charttime,
    TIMESTAMP ''2150-01-01'' + to_minutes(i % {ROWS_A_STAY} // 20 * 7 + 9) AS storetime,
    {items}[1 + i % 20] AS itemid, ({LOWEST}[1 + i % 20] + hash(i) % 10)::VARCHAR AS value,
    {LOWEST}[1 + i % 20] + hash(i) % 10 AS valuenum, {units}[1 + i % 20] AS valueuom, 0 AS warning
FROM range({count}) AS rows(i)""".replace("''", "'")


def make_database(folder, rows, suffix, read):
    """Write the folder, its chart events as ``csv.gz`` or ``parquet``."""
    stays = [
        {
            "subject_id": 10000000 + at // 2,
            "hadm_id": 20000000 + at,
            "stay_id": 30000000 + at,
            "intime": "2150-01-01 00:00:00",
            "outtime": "2150-01-02 00:00:00",
        }
        for at in range(-(-rows // ROWS_A_STAY))
    ]
    write_database(folder, icustays=stays)
    (folder / "icu/chartevents.csv.gz").unlink()
    path = folder / f"icu/chartevents.{suffix}"
    options = "FORMAT csv, HEADER" if suffix == "csv.gz" else "FORMAT parquet"
    program = GENERATE.format(rows=chart_rows(rows, read), path=path, options=options)
    subprocess.run([sys.executable, "-c", program], check=True)
    return path


def measured(program):
    """Seconds and peak resident memory (GiB) of a Python program and its children."""
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", program])
    peak, done = [0], threading.Event()

    def watch():
        while not done.wait(0.05):
            peak[0] = max(peak[0], resident(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    failed = process.wait()
    seconds = time.perf_counter() - begun
    done.set()
    watcher.join()
    if failed:
        raise SystemExit("the program above failed")
    return seconds, peak[0] / 2**30


def resident(pid):
    """Resident bytes of a process and all below it."""
    total, waiting = 0, [pid]
    while waiting:
        each = waiting.pop()
        try:
            pages = int(Path(f"/proc/{each}/statm").read_text().split()[1])
            for task in Path(f"/proc/{each}/task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
        total += pages * os.sysconf("SC_PAGE_SIZE")
    return total


def main():
    """Print a line for each conversion and ingestion."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--read", type=int, default=10, choices=range(1, 11))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        work = Path(name)
        (work / "config/studies").mkdir(parents=True)
        (work / "config/studies/synthetic.yaml").write_text(STUDY)
        bare = {}
        for suffix in ("csv.gz", "parquet"):
            data, target = work / suffix, work / "results"
            path = make_database(data, given.rows, suffix, given.read)
            print(
                f"{suffix}: {given.rows:,} rows, {path.stat().st_size / 2**30:.2f} GiB", flush=True
            )
            shared = {"memory": MEMORY_MB, "threads": THREADS}
            convert = CONVERT.format(path=path, target=work / "bare.parquet", **shared)
            bare[suffix], memory = measured(convert)
            line(f"bare {suffix} to parquet", given.rows, bare[suffix], memory)
            (work / "bare.parquet").unlink()
            places = {"root": str(ROOT), "scripts": str(ROOT / "workflow/scripts")}
            places |= {"data": str(data), "work": str(work), "target": str(target)}
            seconds, memory = measured(INGEST.format(**places, **shared))
            line(f"ingest {suffix}", given.rows, seconds, memory)
            for against in dict.fromkeys(("csv.gz", suffix)):
                ratio = bare[against] / seconds
                print(f"  {ratio:.2f} of the speed of bare {against} (budget: csv.gz, 0.5)")
            print(f"  {memory:.2f} GiB (budget {BUDGET_GIB})", flush=True)
            shutil.rmtree(target)
            shutil.rmtree(data)


def line(what, rows, seconds, memory):
    """Print one measurement."""
    print(f"{what:24} {seconds:7.1f} s {rows / seconds / 1e6:6.2f} million/s {memory:5.2f} GiB")


if __name__ == "__main__":
    main()
