# The study, checked before any job, and what several stages ask of it. No rule.

import os
import sys
from pathlib import Path

ROOT = Path(workflow.basedir)
SCRIPTS = ROOT / "workflow" / "scripts"
sys.path.insert(0, str(SCRIPTS))

from sepsisflow import fingerprints, places, study
from sepsisflow.configuration import raw_files, remote
from sepsisflow.configuration.identifiers import check_key, undeclared
from sepsisflow.errors import DataError
from sepsisflow.readers.databases.plan import database_folder, database_plan
from sepsisflow.readers.mapping import DOMAINS, reading_plan, tables_of
from sepsisflow.readers.raw import raw_paths
from sepsisflow.scores import apache_ii_settings
from sepsisflow.validation.settings import cross_settings, form_names, pictured, recorded_scores

try:
    STUDY = study.load(config, workdir=Path(), workflow_dir=ROOT)
    STAMPS = Path("results") / STUDY.name / ".stamps"
    KNOWN = STAMPS / "known"
    places.declare(STUDY.downloads, STUDY.key_file)
    check_key(STUDY.settings, [ROOT, Path(), STUDY.data])
    remote.fetch_sources(STUDY, KNOWN, dry_run=workflow.output_settings.dryrun)
    raw_files.check_sources(STUDY)
except DataError as error:
    sys.exit(str(error))

SETTINGS = STUDY.settings
COMPARED = SETTINGS["survival"] is not None
ARMS = SETTINGS["arms"]
PANELS = SETTINGS["biomarkers"]
VARIABLES = STUDY.codelists["variables"]
DATABASE = database_plan(STUDY)
TABLES = DATABASE["tables"] if DATABASE else tables_of(SETTINGS, VARIABLES)
PLANS = {each: reading_plan(each, SETTINGS, STUDY.codelists) for each in TABLES if not DATABASE}


def stamp(kind, name, text):
    """File whose date changes only with its text: what a rule depends on."""
    path = STAMPS / kind / f"{name}.txt"
    fingerprints.write_if_changed(f"{text}\n", path)
    return str(path)


def code(script):
    """Stamp of a script, the package's modules it imports, and the libraries."""
    digest = fingerprints.code_fingerprint(SCRIPTS / f"{script}.py", ROOT / "requirements.lock")
    return stamp("code", script, digest)


def settings(name, values):
    """Stamp of a rule's params; unlike snakemake's record of them it lasts as results do."""
    return stamp("settings", name, fingerprints.as_json(values))


try:
    for table, plan in PLANS.items():
        digest = fingerprints.table_fingerprint(plan, STUDY.data, KNOWN / f"{table}.txt")
        stamp("raw", table, digest)
    if DATABASE:
        digest = fingerprints.database_fingerprint(DATABASE, database_folder(STUDY))
        stamp("raw", "database", digest)
except DataError as error:
    sys.exit(str(error))


def checksum(name):
    """Stamp that holds the SHA-256 of a raw file."""
    digest = fingerprints.file_fingerprint(STUDY.data / name, KNOWN / name)
    return stamp("files", name, digest)


def resource(name):
    """Path of a file that belongs to the workflow, relative to the working directory."""
    return os.path.relpath(ROOT / "resources" / name)


def table_plan(wildcards):
    """What a canonical table is read from, and how."""
    return PLANS[wildcards.table]


def table_files(wildcards):
    """The raw files that a canonical table is read from."""
    plan = PLANS[wildcards.table]
    sources = [part["source"] for part in (*plan["maps"], *plan["people"])]
    return list(
        dict.fromkeys(str(path) for each in sources for path in raw_paths(STUDY.data, each))
    )


def panel_measurements(wildcards):
    """Validated measurements of the domain that a panel belongs to."""
    domain = PANELS[wildcards.panel]["domain"]
    return f"results/{STUDY.name}/validated/measurements/{domain}.parquet"


def labels(names):
    """Label and unit of those names that are variables of the codelist."""
    return {
        name: {key: VARIABLES[name][key] for key in ("label", "unit")}
        for name in names
        if name in VARIABLES
    }


def panel_selection(wildcards):
    """Variables of a panel, and which of several values for one time counts."""
    return {name: PANELS[wildcards.panel][name] for name in ("variables", "repeated")}


def panel_settings(wildcards):
    """The study's settings for one panel of biomarkers."""
    return PANELS[wildcards.panel]


def panel_labels(wildcards):
    """Labels and units of a panel's variables."""
    return labels(PANELS[wildcards.panel]["variables"])


def validated_if_any(*names):
    """Those of these validated tables that the study has."""
    return [f"results/<study>/validated/{each}.parquet" for each in names if each in TABLES]


def measurements_of(names):
    """Validated measurements that hold those of the names that are variables."""
    domains = {VARIABLES[name]["domain"] for name in names if name in VARIABLES}
    return validated_if_any(*(f"measurements/{each}" for each in DOMAINS if each in domains))


def starts_at_a_dose():
    """Whether any arm's time zero is a first dose."""
    return any(arm["time_zero"] != "origin" for arm in ARMS.values())


PANEL_VARIABLES = [name for panel in PANELS.values() for name in panel["variables"]]
ACCEPTED = "results/<study>/quality/accepted.txt"
