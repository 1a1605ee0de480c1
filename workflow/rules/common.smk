# The study, checked before any job, and what several stages ask of it. No rule.

import os
import sys
from pathlib import Path

ROOT = Path(workflow.basedir)
SCRIPTS = ROOT / "workflow" / "scripts"
sys.path.insert(0, str(SCRIPTS))

from sepsisflow import fingerprints, study
from sepsisflow.configuration import raw_files
from sepsisflow.errors import DataError
from sepsisflow.readers.mapping import DOMAINS, maps_for, tables_of

try:
    STUDY = study.load(config, workdir=Path(), workflow_dir=ROOT)
    raw_files.check_sources(STUDY)
    raw_fingerprints = fingerprints.table_fingerprints(STUDY.settings, STUDY.codelists, STUDY.data)
except DataError as error:
    sys.exit(str(error))

SETTINGS = STUDY.settings
ARMS = SETTINGS["arms"]
VARIABLES = STUDY.codelists["variables"]
TABLES = tables_of(SETTINGS, VARIABLES)
PANELS = list(SETTINGS["biomarkers"])
STAMPS = Path("results") / STUDY.name / ".stamps"

for table, digest in raw_fingerprints.items():
    fingerprints.write_if_changed(f"{digest}\n", STAMPS / "raw" / f"{table}.txt")


def code(script):
    """Fingerprint file of a script and the package's modules it imports."""
    path = STAMPS / "code" / f"{script}.txt"
    digest = fingerprints.code_fingerprint(SCRIPTS / f"{script}.py")
    fingerprints.write_if_changed(f"{digest}\n", path)
    return str(path)


def resource(name):
    """Path of a file that belongs to the workflow, relative to the working directory."""
    return os.path.relpath(ROOT / "resources" / name)


def table_sources(wildcards):
    """The sources that a canonical table is read from, and that of its participants."""
    wanted = {
        name
        for table in (wildcards.table, "participants")
        for name, _ in maps_for(table, SETTINGS, VARIABLES)
    }
    return {name: source for name, source in SETTINGS["sources"].items() if name in wanted}


def table_files(wildcards):
    """The raw files that a canonical table is read from."""
    names = (source["file"] for source in table_sources(wildcards).values())
    return [str(STUDY.data / name) for name in dict.fromkeys(names)]


def panel_settings(wildcards):
    """The study's settings for one panel of biomarkers."""
    return SETTINGS["biomarkers"][wildcards.panel]


def panel_measurements(wildcards):
    """Validated measurements of the domain that a panel belongs to."""
    domain = SETTINGS["biomarkers"][wildcards.panel]["domain"]
    return f"results/{STUDY.name}/validated/measurements/{domain}.parquet"


def baseline_measurements():
    """Validated measurements that hold variables of the baseline table."""
    wanted = SETTINGS["baseline"]["variables"]
    domains = {VARIABLES[name]["domain"] for name in wanted if name in VARIABLES}
    return [
        f"results/<study>/validated/measurements/{domain}.parquet"
        for domain in DOMAINS
        if domain in domains
    ]


def starts_at_a_dose():
    """Whether any arm's time zero is a first dose."""
    return any(arm["time_zero"] != "origin" for arm in ARMS.values())


LABELS = {
    name: {"label": entry["label"], "unit": entry["unit"]} for name, entry in VARIABLES.items()
}
# A figure is given only the sizes it is drawn with, so that another's redraws nothing.
ONE_COLUMN = {name: SETTINGS["figures"][name] for name in ("width_mm", "dpi")}
FIGURES = ["flow", "survival", *(["sofa"] if SETTINGS["sofa"] else []), *PANELS]
ESTIMATES = ["baseline", "survival", *(["sofa"] if SETTINGS["sofa"] else []), *PANELS]
TABLE_NAMES = [
    *(["baseline"] if SETTINGS["baseline"]["variables"] else []),
    "mortality",
    *(["sofa"] if SETTINGS["sofa"] else []),
    *(["biomarkers"] if PANELS else []),
]
ACCEPTED = "results/<study>/quality/accepted.txt"
TABLE_FILES = [
    f"results/<study>/tables/{name}.{suffix}"
    for name in TABLE_NAMES
    for suffix in ("html", "docx", "csv")
]
FIGURE_FILES = [
    f"results/<study>/figures/{name}.{suffix}"
    for name in FIGURES
    for suffix in ("pdf", "svg", "png")
]
MANUSCRIPT = [
    f"results/<study>/manuscript/manuscript.{suffix}" for suffix in ("pdf", "docx", "html")
]
