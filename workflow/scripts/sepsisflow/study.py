"""The study: config and study file read, checked against their schemas and rules, defaults filled.

Runs whenever the workflow is read, so without pandas. Defaults live in ``workflow/schemas``;
nothing after `load` needs to know one.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from sepsisflow.configuration import (
    addresses,
    database_checks,
    endpoint_checks,
    identifiers,
    recorded_checks,
    score_checks,
    source_checks,
    study_checks,
)
from sepsisflow.configuration.schema import Problem, read_schema, schema_problems, with_defaults
from sepsisflow.configuration.strict_yaml import read_yaml
from sepsisflow.data_entry.maps import expand_templates
from sepsisflow.errors import DataError, nearest
from sepsisflow.readers.databases.plan import database_source
from sepsisflow.scores.definitions import check_covariates, definition_names, read_definition
from sepsisflow.scores.sepsis_definitions import read_sepsis

CONFIG_FILE = "config/config.yaml"
CODELISTS = ("variables", "agents", "events")
DATABASES = "resources/databases"
NOT_A_STUDY = "template"
RULES = (
    study_checks.RULES
    | source_checks.RULES
    | addresses.RULES
    | identifiers.RULES
    | database_checks.RULES
    | score_checks.RULES
    | endpoint_checks.RULES
    | recorded_checks.RULES
)
# What the maps of a data-entry workbook are made of.
EXPANDED_FROM = ("sources", "arms", "covariates", "codelists")
BIB_ENTRY = re.compile(r"^@\w+\{\s*([^,\s]+),", re.MULTILINE)


@dataclass(frozen=True)
class Study:
    """A study as configured.

    ``file`` is the study file as messages name it, ``data`` the folder with the raw files (as
    ``workdir`` was given: relative stays relative), ``previous_findings`` the findings of an
    earlier export, ``settings`` the study file with defaults filled in, ``codelists`` the
    vocabularies ``variables``, ``agents`` and ``events``; ``downloads`` is the folder for fetched
    files and ``key_file`` holds the key for identifiers, None where the machine's environment says;
    ``database`` is the description of the database it reads, None if it reads files;
    ``definitions`` are those of the scores it wants, by name, and ``sepsis`` those of sepsis.
    """

    name: str
    file: str
    data: Path
    previous_findings: Path | None
    settings: dict
    codelists: dict[str, dict]
    downloads: Path | None
    key_file: Path | None
    database: dict | None = None
    definitions: dict[str, dict] = field(default_factory=dict)
    sepsis: dict[str, dict] = field(default_factory=dict)


def load(config: dict, *, workdir: Path, workflow_dir: Path) -> Study:
    """Read the study that ``config`` names.

    Parameters
    ----------
    config : dict
        Content of config/config.yaml, overridden by ``--config``.
    workdir : Path
        Folder with config/studies; ``data`` is relative to it.
    workflow_dir : Path
        Folder of the Snakefile, with workflow/schemas, resources/codelists and
        resources/manuscript.

    Raises
    ------
    DataError
        Naming everything that is wrong, a line each: file, key, what, and the nearest valid name.
    """
    schemas = workflow_dir / "workflow/schemas"
    chosen = _checked(config, read_schema(schemas, "config.schema.yaml"), CONFIG_FILE)
    name = chosen["study"]
    file = f"config/studies/{name}.yaml"
    if not (workdir / file).is_file():
        raise DataError(_no_such_study(name, workdir / "config/studies"))
    settings = read_yaml(workdir / file, file)
    known = vocabularies(workflow_dir)
    schema = read_schema(schemas, "study.schema.yaml")
    settings = _checked(settings, schema, file, known)
    codelists = {each: _with_own(known, settings)[each] for each in CODELISTS}
    data = workdir / Path(chosen["data"].replace("{study}", name)).expanduser()
    previous = _previous_findings(chosen["previous_findings"], workdir, name)
    downloads, key_file = (
        None if chosen[key] is None else workdir / Path(chosen[key]).expanduser()
        for key in ("downloads", "key_file")
    )
    source = database_source(settings)
    database = known["databases"][source["format"]] if source else None
    definitions = {
        each: check_covariates(
            read_definition(each, workflow_dir, codelists),
            settings["covariates"],
            f"{file}: scores: '{each}'",
        )
        for each in settings["scores"]
    }
    recorded_checks.check_clocks(settings, definitions, file)
    recorded_checks.check_items(settings, definitions, codelists["variables"], file)
    sepsis = read_sepsis(
        settings["sepsis"],
        workflow_dir,
        scores=definitions,
        codelists=codelists,
        study=settings,
        where=file,
    )
    return Study(
        name,
        file,
        data,
        previous,
        settings,
        codelists,
        downloads,
        key_file,
        database,
        definitions,
        sepsis,
    )


def _previous_findings(path: str | None, workdir: Path, name: str) -> Path | None:
    """Where the findings of the previous export lie; they must outlast the next run."""
    if path is None:
        return None
    previous = workdir / Path(path).expanduser()
    where = f"{CONFIG_FILE}: previous_findings: {previous}"
    if previous.resolve().is_relative_to((workdir / "results" / name).resolve()):
        raise DataError(
            f"{where} is overwritten by the next run; copy it to a folder outside results/ and "
            "name the copy."
        )
    if not previous.is_file():
        raise DataError(
            f"{where}: there is no such file. Name a copy of quality/findings.parquet of an "
            "earlier run, or leave the key out."
        )
    return previous


def vocabularies(workflow_dir: Path) -> dict[str, dict | list]:
    """Names that a study file may use.

    The codelists, ``templates``, ``references``, ``databases`` and ``definitions`` of scores. Of a
    database the description of what is read of it.
    """
    manuscript = workflow_dir / "resources/manuscript"
    bibliography = (manuscript / "references.bib").read_text(encoding="utf-8")
    return {
        **{each: _codelist(each, workflow_dir) for each in CODELISTS},
        "templates": sorted(path.stem for path in manuscript.glob("*.md")),
        "references": BIB_ENTRY.findall(bibliography),
        "definitions": definition_names(workflow_dir),
        "databases": {
            path.stem: read_yaml(path, f"{DATABASES}/{path.name}")
            for path in sorted((workflow_dir / DATABASES).glob("*.yaml"))
        },
    }


def _with_own(known: dict, settings: dict) -> dict:
    """The vocabularies, with the names that a study adds to the codelists."""
    own = settings["codelists"]
    return {**known, **{name: {**known[name], **own[name]} for name in CODELISTS}}


def codelist_file(name: str) -> str:
    """Path of a codelist in the workflow's folder."""
    return f"resources/codelists/{name}.yaml"


def _codelist(name: str, workflow_dir: Path) -> dict:
    return read_yaml(workflow_dir / codelist_file(name), codelist_file(name))


def _checked(settings: dict, schema: dict, file: str, known: dict | None = None) -> dict:
    """Settings with defaults filled in; raises if the schema or a rule forbids anything."""
    problems = schema_problems(settings, schema)
    filled = with_defaults(settings, schema)
    if known is not None:
        malformed = {problem.path[0] for problem in problems if problem.path}
        if isinstance(filled, dict) and malformed <= schema["properties"].keys():
            if malformed.isdisjoint(EXPANDED_FROM):
                expanded = expand_templates(filled, _with_own(known, filled))
                filled = with_defaults(expanded, schema)
            elif "sources" not in malformed and _has_template(filled["sources"]):
                malformed.add("sources")
            problems += _rule_problems(filled, known, malformed)
    if problems:
        raise DataError("\n".join(f"{file}: {problem}" for problem in problems))
    return filled


def _has_template(sources: dict) -> bool:
    """Whether a source is a data-entry workbook, which has no maps until it is expanded."""
    return any(source["format"] == "template" for source in sources.values())


def _rule_problems(settings: dict, known: dict, malformed: set[str]) -> list[Problem]:
    """What the rules across keys find, but for rules that read a malformed key."""
    found: dict[Problem, None] = {}
    if "codelists" not in malformed:
        taken = [(name, key) for name in CODELISTS for key in settings["codelists"][name]]
        found = {
            Problem(("codelists", name, key), f"is in {codelist_file(name)}; rename it."): None
            for name, key in taken
            if key in known[name]
        }
        known = _with_own(known, settings)
    for rule, read in RULES.items():
        if malformed.isdisjoint(read):
            found |= dict.fromkeys(rule(settings, known))
    return list(found)


def _no_such_study(name: str, folder: Path) -> str:
    """Say which studies there are instead."""
    names = sorted(path.stem for path in folder.glob("*.yaml") if path.stem != NOT_A_STUDY)
    wrong = f"{CONFIG_FILE}: study: there is no config/studies/{name}.yaml"
    if not names:
        return (
            f"{wrong}, nor any other study file; copy config/studies/template.yaml of the workflow."
        )
    close = nearest(name, names)
    hint = f"; {close}" if close.startswith("did you mean") else "."
    return f"{wrong}{hint} Study files there: {', '.join(names)}."
