"""Definitions of scores, read from resources/definitions. Without pandas."""

from pathlib import Path

from sepsisflow.configuration.schema import read_schema, schema_problems
from sepsisflow.configuration.strict_yaml import read_yaml
from sepsisflow.errors import DataError
from sepsisflow.units import conversion

FOLDER = "resources/definitions"


def read_definition(name: str, workflow_dir: Path) -> dict:
    """A definition as its file has it, checked against workflow/schemas/definitions.schema.yaml.

    Raises
    ------
    DataError
        Naming everything that the schema forbids, a line each.
    """
    file = f"{FOLDER}/{name}.yaml"
    definition = read_yaml(workflow_dir / file, file)
    schema = read_schema(workflow_dir / "workflow/schemas", "definitions.schema.yaml")
    problems = schema_problems(definition, schema)
    if problems:
        raise DataError("\n".join(f"{file}: {problem}" for problem in problems))
    return definition


def routes(component: dict) -> list[dict]:
    """The ways in which a component is scored; mostly one."""
    return component.get("routes", [component])


def variables_read(definition: dict) -> list[str]:
    """Variables that a definition reads, in order, columns of participants among them."""
    found: dict[str, None] = {}
    for component in definition["components"].values():
        for route in routes(component):
            found |= dict.fromkeys(route.get("computed_from", [route["variable"]]))
            if "doubled_by" in route:
                found[route["doubled_by"]] = None
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
    """Those of a study's tables that hold measured variables of `apache_ii_settings`."""
    domains = {entry["domain"] for entry in settings["entries"].values()}
    return [name for name in tables if name.removeprefix("measurements/") in domains]
