"""What is read of a database for a study.

Imported whenever the workflow is read, so without pandas or DuckDB.
"""

from pathlib import Path

from sepsisflow.readers.databases.files import table_file
from sepsisflow.readers.mapping import DOMAINS, without_labels
from sepsisflow.readers.raw import raw_path

FORMATS = ("mimic_iv",)
# Columns of participants that a database fills besides covariates; it knows no arm and no site.
PEOPLE_FILLED = {"participant_id", "age_years", "sex", "weight_kg", "height_cm", "origin"}


def database_source(settings: dict) -> dict | None:
    """The source of a study that is a database, None if it reads files."""
    sources = settings["sources"].values()
    return next((each for each in sources if each["format"] in FORMATS), None)


def names_filled(description: dict) -> dict[str, list[str]]:
    """Names of the codelists that a database fills: ``variables``, ``agents`` and ``events``."""
    variables, agents = [], []
    for part in description["measurements"].values():
        for name, spec in part["variables"].items():
            variables += [name, *([spec["arterial"]] if "arterial" in spec else [])]
    for part in description["interventions"].values():
        agents += part["agents"]
    agents += description["prescriptions"]["agents"]
    return {
        "variables": list(dict.fromkeys(variables)),
        "agents": list(dict.fromkeys(agents)),
        "events": [*description["events"], description["cultures"]["event"]],
    }


def database_tables(description: dict, variables: dict) -> list[str]:
    """Canonical tables that a database fills, as ``participants`` or ``measurements/severity``."""
    domains = {variables[name]["domain"] for name in names_filled(description)["variables"]}
    measured = [f"measurements/{domain}" for domain in DOMAINS if domain in domains]
    return ["participants", "events", "interventions", *measured]


def database_files(folder: Path, source: dict, description: dict) -> dict[str, str]:
    """Name of the file that holds each table of the database; only files that are there."""
    found = {
        table: table_file(folder, table, source, description) for table in description["tables"]
    }
    return {table: name for table, name in found.items() if name is not None}


def database_folder(study) -> Path:
    """Where the database of a `sepsisflow.study.Study` lies."""
    return raw_path(study.data, database_source(study.settings))


def database_plan(study) -> dict | None:
    """All that the canonical tables depend on besides the cells of the database.

    Parameters
    ----------
    study : sepsisflow.study.Study

    Returns
    -------
    dict or None
        ``tables``, names of the canonical tables; ``files``, by table of the database;
        ``description``; ``vocabulary``, the codelists cut down to the names the database fills;
        both without labels; ``covariates`` of the study. Plain values. None if the study reads
        files.
    """
    if study.database is None:
        return None
    description, settings, codelists = study.database, study.settings, study.codelists
    return {
        "tables": database_tables(description, codelists["variables"]),
        "files": database_files(database_folder(study), database_source(settings), description),
        "description": _without_item_labels(description),
        "vocabulary": {
            kind: {name: without_labels(codelists[kind][name]) for name in names}
            for kind, names in names_filled(description).items()
        },
        "covariates": {
            name: {"type": each["type"], "levels": list(each.get("levels", ()))}
            for name, each in settings["covariates"].items()
        },
    }


def _without_item_labels(description: dict) -> dict:
    """The description as reading needs it: correcting a label reads nothing again."""
    kinds = {"measurements": "variables", "interventions": "agents"}
    cut = {
        kind: {
            table: {
                **part,
                named: {
                    name: {**spec, "items": list(spec["items"])}
                    for name, spec in part[named].items()
                },
            }
            for table, part in description[kind].items()
        }
        for kind, named in kinds.items()
    }
    return {**description, **cut}
