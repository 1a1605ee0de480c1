"""Versions of rates over time: urine by kilogram and hour, norepinephrine equivalents.

Checked when the workflow is read, so without pandas.
"""

from collections.abc import Iterator
from pathlib import Path

from sepsisflow.configuration.schema import Problem, read_schema, schema_problems, with_defaults
from sepsisflow.configuration.strict_yaml import read_yaml
from sepsisflow.errors import DataError, nearest
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
        f"{study.file}: {key}.{at}: there is no version '{name}'; {nearest(name, versions)}"
        for at, name in enumerate(study.settings[key])
        if name not in versions
    ]
    if unknown:
        raise DataError("\n".join(unknown))
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


def variables_of_urine(versions: dict[str, dict]) -> list[str]:
    """Variables that versions of urine output look at."""
    names = [*COLLECTED]
    for version in versions.values():
        since, weight = version["first_since"], version["weight"]
        names += [since["first_reading_of"]] if since != "origin" else []
        names += [weight[name] for name in ("admission", "daily") if name in weight]
    return list(dict.fromkeys(names))


def reading(variables: list[str]) -> dict:
    """What `sepsisflow.scores.shards.shards` asks of a definition: stays for themselves."""
    parts = [{"variable": name} for name in variables]
    choices = {"person": None, "admission": None, "clock": {}}
    return {"choices": choices, "components": {"rates": {"parts": parts}}}


def agents_of_equivalents(versions: dict[str, dict]) -> list[str]:
    """Agents that versions of norepinephrine equivalents look at."""
    found = [[*each["factors"], *each["also_cut_by"]] for each in versions.values()]
    return list(dict.fromkeys(name for names in found for name in names))
