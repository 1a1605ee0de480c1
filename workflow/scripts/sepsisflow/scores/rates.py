"""Versions of rates over time: urine by kilogram and hour, norepinephrine equivalents.

Checked when the workflow is read, so without pandas.
"""

from collections.abc import Iterator
from pathlib import Path

from sepsisflow.configuration.schema import Problem, read_schema, schema_problems, with_defaults
from sepsisflow.configuration.source_checks import names_of_sources
from sepsisflow.configuration.strict_yaml import read_yaml
from sepsisflow.errors import DataError, nearest
from sepsisflow.readers.databases.plan import database_source
from sepsisflow.scores.definitions import FOLDER
from sepsisflow.units import conversion, units_of

SCHEMA = "rates.schema.yaml"
# By key of the study file, the file of definitions that holds its versions.
URINE, EQUIVALENTS = "urine_output", "norepinephrine_equivalents"
FILES = {URINE: "urine-output", EQUIVALENTS: "norepinephrine-equivalents"}
COLLECTED = ("urine_output", "bladder_irrigant_in", "bladder_irrigant_out")


def chosen_versions(key: str, study, workflow_dir: Path) -> dict[str, dict]:
    """The versions that a study wants, by name; see `read_versions`.

    Parameters
    ----------
    key : str
        Key of the study file, of `FILES`.
    study : sepsisflow.study.Study
    workflow_dir : Path
        Folder of the Snakefile.

    Raises
    ------
    DataError
        Naming every version that does not exist, or every key of the file that is wrong.
    """
    versions = read_versions(key, workflow_dir, study.codelists)
    unknown = [
        Problem((key, at), f"there is no version '{name}'; {nearest(name, versions)}")
        for at, name in enumerate(study.settings[key])
        if name not in versions
    ]
    if unknown:
        raise DataError("\n".join(f"{study.file}: {problem}" for problem in unknown))
    return {name: versions[name] for name in study.settings[key]}


def read_versions(key: str, workflow_dir: Path, codelists: dict) -> dict[str, dict]:
    """All versions of a kind, defaults filled in; factors are by unit of the codelist.

    Raises
    ------
    DataError
        Naming every key that is wrong.
    """
    file = f"{FOLDER}/{FILES[key]}.yaml"
    schema = read_schema(workflow_dir / "workflow/schemas", SCHEMA)
    content = read_yaml(workflow_dir / file, file)
    problems = schema_problems(content, schema)
    problems = problems or list(_unknown_agents(content["versions"], codelists["agents"]))
    if problems:
        raise DataError("\n".join(f"{file}: {problem}" for problem in problems))
    versions = with_defaults(content, schema)["versions"]
    return {name: _by_codelist(each, codelists["agents"]) for name, each in versions.items()}


def _unknown_agents(versions: dict, agents: dict) -> Iterator[Problem]:
    for name, version in versions.items():
        factors = version.get("factors", {})
        salts = version.get("salts", {})
        every = [each for base, masses in salts.items() for each in (base, *masses)]
        for agent in dict.fromkeys([*factors, *version.get("also_cut_by", ()), *every]):
            if agent not in agents:
                wrong = f"resources/codelists/agents.yaml has no '{agent}'."
                yield Problem(("versions", name), wrong)
        for agent, each in factors.items():
            entry = agents.get(agent)
            if entry and conversion(each["unit"], entry) is None:
                wrong = f"'{each['unit']}' is not a unit of '{agent}'"
                close = nearest(each["unit"], units_of(entry))
                yield Problem(("versions", name, "factors", agent, "unit"), f"{wrong}; {close}")


def _by_codelist(version: dict, agents: dict) -> dict:
    if "factors" not in version:
        return version
    factors = {
        agent: each["factor"] / conversion(each["unit"], agents[agent])[0]
        for agent, each in version["factors"].items()
    }
    return {**version, "factors": factors}


def check_filled(versions: dict[str, dict], key: str, study) -> dict[str, dict]:
    """Return versions if some source of the study fills what each of them is made of.

    Parameters
    ----------
    versions : dict of str to dict
        Of `chosen_versions`.
    key, study
        See there.

    Raises
    ------
    DataError
        Naming, by version, everything that no source fills.
    """
    source = database_source(study.settings)
    known = {"databases": {source["format"]: study.database}} if source else {}
    filled = names_of_sources(study.settings, known)
    needs = _needs_of_urine if key == URINE else _needs_of_equivalents
    problems = [
        Problem((key, at), f"no source fills {table} with {_either(names)}, which '{name}' needs.")
        for at, (name, version) in enumerate(versions.items())
        for table, kind, names in needs(version)
        if filled[kind] is not None and not set(names) & set(filled[kind])
    ]
    if problems:
        raise DataError("\n".join(f"{study.file}: {problem}" for problem in problems))
    return versions


def _needs_of_urine(version: dict) -> Iterator[tuple[str, str, list[str]]]:
    """Tables, the kind of names in them, and names of which one must be filled."""
    since, weight = version["first_since"], version["weight"]
    yield "measurements", "variables", [URINE]
    if since != "origin":
        yield "measurements", "variables", [since["first_reading_of"]]
    if weight["from"] == "participants":
        yield "participants", "columns", ["weight_kg"]
    else:
        yield "measurements", "variables", [weight["admission"], weight["daily"]]


def _needs_of_equivalents(version: dict) -> Iterator[tuple[str, str, list[str]]]:
    yield "interventions", "agents", [*version["factors"]]


def _either(names: list[str]) -> str:
    return " or ".join(f"'{name}'" for name in names)


def variables_of_urine(versions: dict[str, dict]) -> list[str]:
    """Variables that versions of urine output look at."""
    names = [*COLLECTED]
    for version in versions.values():
        since, weight = version["first_since"], version["weight"]
        names += [since["first_reading_of"]] if since != "origin" else []
        names += [weight[name] for name in ("admission", "daily") if name in weight]
    return list(dict.fromkeys(names))


def agents_of_equivalents(versions: dict[str, dict]) -> list[str]:
    """Agents that versions of norepinephrine equivalents look at."""
    found = [[*each["factors"], *each["also_cut_by"]] for each in versions.values()]
    return list(dict.fromkeys(name for names in found for name in names))
