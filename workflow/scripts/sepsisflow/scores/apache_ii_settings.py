"""What APACHE II is computed by: the definition, and what the study file adds. Without pandas."""

from collections.abc import Iterator
from pathlib import Path

from sepsisflow.configuration.schema import Problem, read_schema, schema_problems
from sepsisflow.configuration.strict_yaml import read_yaml
from sepsisflow.errors import DataError, nearest
from sepsisflow.units import conversion, units_of

AGE = "age_years"


def read_definition(name: str, workflow_dir: Path, variables: dict[str, dict]) -> dict:
    """A definition as its file in resources/definitions has it.

    Parameters
    ----------
    name : str
    workflow_dir : Path
        Folder of the Snakefile.
    variables : dict of str to dict
        The codelist.

    Raises
    ------
    DataError
        Naming every key that the schema forbids, and every variable and unit that is not known.
    """
    file = f"resources/definitions/{name}.yaml"
    definition = read_yaml(workflow_dir / file, file)
    schema = read_schema(workflow_dir / "workflow/schemas", "apache_ii.schema.yaml")
    problems = schema_problems(definition, schema) or list(_unknown(definition, variables))
    if problems:
        raise DataError("\n".join(f"{file}: {problem}" for problem in problems))
    return definition


def _unknown(definition: dict, variables: dict) -> Iterator[Problem]:
    """Variables that are not in the codelist, and units that are not theirs."""
    for name in variables_read(definition):
        if name not in variables and name != AGE:
            wrong = f"there is no variable '{name}'; {nearest(name, variables)}"
            yield Problem(("components",), wrong)
    for key, component in definition["components"].items():
        for part in parts_of(component):
            entry = variables.get(part["variable"])
            if entry and conversion(part["unit"], entry) is None:
                wrong = f"'{part['unit']}' is not a unit of '{part['variable']}'"
                close = nearest(part["unit"], units_of(entry))
                yield Problem(("components", key, "unit"), f"{wrong}; {close}")


def parts_of(component: dict) -> list[dict]:
    """The ways in which a component is scored; mostly one."""
    return component.get("parts", [component])


def variables_read(definition: dict) -> list[str]:
    """Variables that a definition reads, in order; a person's age among them."""
    found: dict[str, None] = {}
    for component in definition["components"].values():
        for part in parts_of(component):
            found |= dict.fromkeys(part.get("computed_from", [part["variable"]]))
            found |= dict.fromkeys([part["doubled_by"]] if "doubled_by" in part else [])
    return list(found)


def apache_ii_settings(block: dict, definition: dict, variables: dict[str, dict]) -> dict:
    """What the rule that computes APACHE II is given.

    Parameters
    ----------
    block : dict
        ``apache_ii`` of the study file.
    definition : dict
        See `read_definition`.
    variables : dict of str to dict
        The codelist.

    Returns
    -------
    dict
        Plain values; ``pressure`` is in mmHg, ``entries`` are those of the variables it reads,
        the recorded total among them.
    """
    pressure = block["barometric_pressure"]
    factor, offset = conversion(pressure["unit"], variables["pao2"])
    names = [*variables_read(definition), block["recorded"]]
    return {
        "name": block["definition"],
        "definition": definition,
        "pressure": factor * pressure["value"] + offset,
        "starts_at": block["starts_at"],
        "recorded": block["recorded"],
        "entries": {name: variables[name] for name in names if name in variables},
    }


def tables_read(settings: dict, tables: list[str]) -> list[str]:
    """Those of a study's tables that hold measured variables of `apache_ii_settings`.

    Raises
    ------
    DataError
        If the study has none.
    """
    domains = {entry["domain"] for entry in settings["entries"].values()}
    found = [name for name in tables if name.removeprefix("measurements/") in domains]
    if not found:
        raise DataError(
            "apache_ii: no source of the study fills measurements that the score reads. Map some, "
            "or remove `apache_ii` from the study file."
        )
    return found
