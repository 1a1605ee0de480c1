"""Score replicated and synthetic stays by the hour; prints speeds, memory and ratios, fails never.

    .venv/bin/python tests/benchmarks/score_sofa.py [--copies 1000] [--rows 100000000]
        [--definition mimic-code] [--folder ...]

The rule's script runs in a process of its own, from validated parquet to the four tables of scores:
of the MIMIC-IV demo (SEPSISFLOW_REFERENCE, default ../shared), 140 stays a copy, and of synthetic
measurements of stays of 100 hours. Beside it stand DuckDB's bare reading of the same columns, and
the scoring of a few shards that are in memory already, in one thread. Needs about 15 bytes of disk
for a synthetic row and 30 for a replicated one.
"""

import argparse
import os
import resource
import sys
import tempfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests/support"), str(ROOT / "workflow/scripts")]

from icu_database import INGEST, line, measured  # noqa: E402 (needs the path above)
from scored import DEFINITIONS, LISTS  # noqa: E402 (as above)
from sepsisflow.scores.definitions import domains_read, variables_read  # noqa: E402 (as above)
from sepsisflow.scores.shards import COLUMNS  # noqa: E402 (as above)

THREADS = 2
BUDGET_ROWS, BUDGET_GIB, BUDGET_DEMO_S = 5e6, 1, 0.34
IDS = ("participant_id", "admission", "subject_id", "hadm_id")
# As DuckDB, which writes the tables of a database, cuts them.
GROUP_ROWS = 122_880
HOURS_A_STAY = 100
# Of every hour of a synthetic stay.
CHARTED = {
    "heart_rate": 4,
    "map": 6,
    "gcs_eye": 1,
    "gcs_verbal": 1,
    "gcs_motor": 1,
    "urine_output": 1,
    "pao2": 1,
    "fio2_blood_gas": 1,
    "fio2": 1,
    "platelets": 1,
    "creatinine": 1,
    "bilirubin": 1,
}
# Lowest of ten values, and the step between them.
VALUES = {
    "heart_rate": (70, 5),
    "map": (55, 4),
    "gcs_eye": (1, 0.3),
    "gcs_verbal": (1, 0.4),
    "gcs_motor": (1, 0.5),
    "urine_output": (5, 10),
    "pao2": (50, 8),
    "fio2_blood_gas": (0.3, 0.07),
    "fio2": (0.3, 0.07),
    "platelets": (15, 20),
    "creatinine": (0.6, 0.5),
    "bilirubin": (0.4, 1.3),
}
SCORE = """
import sys
from types import SimpleNamespace
sys.path[:0] = {paths!r}
from scored import DEFINITIONS, LISTS
import score_sofa
settings = {{"definition": DEFINITIONS[{name!r}], "variables": LISTS["variables"]}}
params = SimpleNamespace(name={name!r}, settings=settings)
score_sofa.main(
    SimpleNamespace(input={inputs!r}, output={outputs!r}, params=params, threads={threads})
)
"""
READ = """
import duckdb
connection = duckdb.connect()
connection.execute("SET threads = {threads}")
connection.execute("SET enable_progress_bar = false")
for path in {files!r}:
    there = [row[0] for row in connection.execute(f"DESCRIBE FROM '{{path}}'").fetchall()]
    every = ", ".join(f"max({{name}})" for name in {columns!r} if name in there)
    connection.execute(f"SELECT {{every}} FROM '{{path}}'").fetchall()
"""
IN_MEMORY = """
import sys, time
from pathlib import Path
sys.path[:0] = {paths!r}
from scored import DEFINITIONS, LISTS
from sepsisflow.scores.definitions import rows_read
from sepsisflow.scores.shards import scratch_beside, shards
from sepsisflow.scores.sofa import score_participants
definition, rows, best = DEFINITIONS[{name!r}], 0, 0
with scratch_beside(Path({beside!r})) as scratch:
    for at, shard in zip(range(4), shards({inputs!r}, scratch, **rows_read(definition))):
        tables = {{name: shard[name] for name in shard}}
        seconds = []
        for _ in range(3):
            begun = time.perf_counter()
            score_participants({name!r}, definition, variables=LISTS["variables"], **tables)
            seconds.append(time.perf_counter() - begun)
        rows, best = rows + tables["measurements"].num_rows, best + min(seconds)
print(f"  in memory, one thread: {{best:.2f}} s for {{rows:,}} wanted rows,",
    f"{{rows / best / 1e6:.2f}} million/s", flush=True)
"""
SYNTHETIC = """
import duckdb
connection = duckdb.connect()
connection.execute("SET threads = 1")
connection.execute("SET enable_progress_bar = false")
connection.execute('''COPY ({rows}) TO '{path}'
    (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, PARQUET_VERSION v2)''')
"""


def demo(work):
    """Ingest the demo; the folder of its validated tables."""
    data = Path(os.environ.get("SEPSISFLOW_REFERENCE", ROOT / "../shared")) / "data/mimic-iv-demo"
    (work / "config/studies").mkdir(parents=True)
    study = (ROOT / "config/studies/mimic-iv-demo.yaml").read_text(encoding="utf-8")
    (work / "config/studies/synthetic.yaml").write_text(study, encoding="utf-8")
    places = {"root": str(ROOT), "scripts": str(ROOT / "workflow/scripts"), "work": str(work)}
    places |= {"data": str(data.resolve()), "target": str(work / "demo")}
    measured(INGEST.format(**places, memory=4000, threads=THREADS))
    return work / "demo/validated"


def replicate(source, target, copies):
    """Copies of validated tables behind one another, with identifiers of their own."""
    for path in sorted(source.rglob("*.parquet")):
        schema = pq.read_schema(path)
        table = pq.read_table(path)
        coded = [
            each.dictionary_encode() if pa.types.is_string(each.type) else each
            for each in table.columns
        ]
        table = pa.table(coded, names=table.column_names)
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        with pq.ParquetWriter(place, schema, compression="zstd", compression_level=1) as writer:
            for at in range(0, copies, 4):
                several = [copied(table, copy) for copy in range(at, min(at + 4, copies))]
                rows = pa.concat_tables(several).unify_dictionaries()
                writer.write_table(rows.cast(schema), row_group_size=GROUP_ROWS)


def copied(table, copy):
    """One copy of a table."""
    for at, name in enumerate(table.column_names):
        if name in IDS:
            column = table.column(at).combine_chunks()
            words = pc.binary_join_element_wise(column.dictionary, str(copy), "-")
            renamed = pa.DictionaryArray.from_arrays(column.indices, words)
            table = table.set_column(at, name, renamed)
    return table


def synthesise(target, count):
    """Write tables of so many measurements, in the order of participants and time."""
    (target / "measurements").mkdir(parents=True)
    names = [name for name, times in CHARTED.items() for _ in range(times)]
    a_stay = len(names) * HOURS_A_STAY
    stays = -(-count // a_stay)
    lowest, step = ([VALUES[name][at] for name in names] for at in (0, 1))
    which = f"[1 + i % {len(names)}]"
    rows = f"""
SELECT (30000000 + i // {a_stay})::VARCHAR AS participant_id,
    (i % {a_stay} // {len(names)} * 60 + 1 + i % 50) / 60.0 AS time_h, 'minute' AS "precision",
    {names}{which} AS variable,
    ({lowest}{which} + hash(i) % 10 * {step}{which})::DOUBLE AS value, NULL::VARCHAR AS text,
    'none' AS censoring, (20000000 + i // {a_stay})::VARCHAR AS admission,
    'icu/chartevents.csv.gz' AS source_file, i + 2 AS source_row FROM range({count}) AS rows(i)"""
    path = target / "measurements/organ_function.parquet"
    measured(SYNTHETIC.format(rows=rows, path=path))
    number = pd.Series(range(stays))
    people = pd.DataFrame({"participant_id": (30000000 + number).astype(str)})
    people["origin"] = pd.Timestamp("2150-01-01").as_unit("us")
    people["weight_kg"] = 80.0
    people["subject_id"], people["hadm_id"] = (
        (low + number).astype(str) for low in (10000000, 20000000)
    )
    people.to_parquet(target / "participants.parquet")
    begin = number % 50
    given = pd.DataFrame({"participant_id": people["participant_id"], "agent": "norepinephrine"})
    given = given.assign(start_h=begin + 0.5, end_h=begin + 20.5, dose=0.05 + number % 3 / 10)
    given.assign(source_file="icu/inputevents.csv.gz", source_row=number + 2).to_parquet(
        target / "interventions.parquet"
    )
    left = people[["participant_id"]].assign(event="icu_discharge", latest_h=float(HOURS_A_STAY))
    left.to_parquet(target / "events.parquet")


def inputs_of(folder, name):
    """What the rule reads."""
    domains = domains_read(DEFINITIONS[name], LISTS["variables"])
    files = [folder / f"measurements/{domain}.parquet" for domain in domains]
    return {
        "participants": str(folder / "participants.parquet"),
        "measurements": [str(path) for path in files if path.exists()],
        "interventions": [str(folder / "interventions.parquet")],
        "events": [str(folder / "events.parquet")],
    }


def score(what, folder, name):
    """Score the tables of a folder and print how fast."""
    inputs, results = inputs_of(folder, name), folder / "scores"
    tables = ("hourly_components", "hourly_totals", "daily_components", "daily_totals")
    outputs = {table: str(results / f"{table}.parquet") for table in tables}
    files = inputs["measurements"]
    rows = sum(pq.read_metadata(path).num_rows for path in files)
    wanted = sum(
        pc.sum(pc.is_in(batch.column(0), pa.array(variables_read(DEFINITIONS[name])))).as_py()
        for path in files
        for batch in pq.ParquetFile(path).iter_batches(1_000_000, columns=["variable"])
    )
    print(f"{what}, {name}: {rows:,} measurements, {wanted:,} of variables it reads", flush=True)
    shared = {"paths": [str(ROOT / "tests/support"), str(ROOT / "workflow/scripts")], "name": name}
    shared["inputs"] = inputs
    bare, memory = measured(
        READ.format(files=files, columns=list(COLUMNS["measurements"]), threads=THREADS)
    )
    line("  bare read by DuckDB", rows, bare, memory)
    before = processor_seconds()
    seconds, memory = measured(SCORE.format(**shared, outputs=outputs, threads=THREADS))
    busy = processor_seconds() - before
    line("  scored", rows, seconds, memory)
    written = sum(pq.read_metadata(path).num_rows for path in outputs.values())
    print(f"  {wanted / seconds / 1e6:.2f} million wanted rows/s; {written:,} rows of scores")
    print(
        f"  {busy:.1f} s of processors; alone on {THREADS}: {rows * THREADS / busy / 1e6:.2f}"
        " million/s at most"
    )
    print(
        f"  {rows / seconds / BUDGET_ROWS:.2f} of the speed asked for (5 million/s), "
        f"{memory / BUDGET_GIB:.2f} of the memory; {bare / seconds:.2f} of the bare read's speed"
    )
    measured(IN_MEMORY.format(**shared, beside=str(results)))


def processor_seconds():
    """Seconds that the processors spent on children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main():
    """Print a block for the demo, its copies and the synthetic stays."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--copies", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=100_000_000)
    parser.add_argument("--definition", action="append", choices=sorted(DEFINITIONS))
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    definitions = given.definition or ["mimic-code", "sofa-1996"]
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        work = Path(name)
        if given.copies:
            source, copies = demo(work), work / "copies"
            print(f"budget of the demo in memory: {BUDGET_DEMO_S} s")
            for each in definitions:
                score("demo", source, each)
            replicate(source, copies, given.copies)
            for each in definitions:
                score(f"{140 * given.copies:,} stays", copies, each)
        if given.rows:
            synthesise(work / "synthetic", given.rows)
            for each in definitions:
                score("synthetic", work / "synthetic", each)


if __name__ == "__main__":
    main()
