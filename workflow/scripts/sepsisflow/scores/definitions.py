"""Definitions of scores: data of ``resources/definitions``, checked when the workflow is read."""

from collections.abc import Iterator
from pathlib import Path

from sepsisflow.configuration.schema import Problem, read_schema, schema_problems, with_defaults
from sepsisflow.configuration.strict_yaml import read_yaml
from sepsisflow.errors import DataError

FOLDER = "resources/definitions"
SCHEMA = "definitions.schema.yaml"
PART_KEYS = (
    "variable",
    "agent",
    "derived",
    "unit",
    "worst",
    "several_at_once",
    "same_admission",
    "usable",
    "decimals",
    "bands",
)
TABLES_OF_SCORES = ("hourly_components", "hourly_totals", "daily_components", "daily_totals")
# Of definitions whose clock is one window.
TABLES_OF_WINDOWS = ("window_components", "window_totals")
# Variables of which derived ones are made, beside those that a definition names.
SOURCES = {
    "gcs": ("gcs_eye", "gcs_verbal", "gcs_motor"),
    "urine_24h": ("urine_output", "bladder_irrigant_in", "bladder_irrigant_out"),
    "urine_total": ("urine_output", "bladder_irrigant_in", "bladder_irrigant_out"),
    "pao2_fio2_supported": ("pao2",),
    "pao2_fio2_unsupported": ("pao2",),
}
CHARTED_SUPPORT = ("oxygen_device", "ventilator_mode")

# Choices that only a derived value, or an agent, asks for.
NEEDED = {
    "gcs": ("gcs",),
    "urine_24h": ("urine",),
    "urine_total": ("urine",),
    "pao2_fio2_supported": ("fio2", "support"),
    "pao2_fio2_unsupported": ("fio2", "support"),
    "agent": ("vasopressors",),
}

# Definitions of another form.
NOT_HOURLY = ("apache-ii", "norepinephrine-equivalents", "urine-output")


def definition_names(workflow_dir: Path) -> list[str]:
    """Names of all definitions of organ failure."""
    names = (path.stem for path in (workflow_dir / FOLDER).glob("*.yaml"))
    return sorted(name for name in names if name not in NOT_HOURLY)


def read_definition(name: str, workflow_dir: Path, codelists: dict) -> dict:
    """A definition, with defaults filled in and every component written as a list of ``parts``.

    Parameters
    ----------
    name : str
    workflow_dir : Path
        Folder of the Snakefile.
    codelists : dict
        ``variables`` and ``agents``, whose names parts may use.

    Raises
    ------
    DataError
        Naming every key that is wrong.
    """
    file = f"{FOLDER}/{name}.yaml"
    schema = read_schema(workflow_dir / "workflow/schemas", SCHEMA)
    content = read_yaml(workflow_dir / file, file)
    problems = schema_problems(content, schema)
    if not problems:
        content = with_defaults(content, schema)
        content["components"] = {
            key: _with_parts(each) for key, each in content["components"].items()
        }
        problems = [*_unknown_names(content, codelists), *_missing_choices(content)]
    if problems:
        raise DataError("\n".join(f"{file}: {problem}" for problem in problems))
    return content


def _with_parts(component: dict) -> dict:
    if "parts" in component:
        parts = component["parts"]
    else:
        parts = [{key: component[key] for key in PART_KEYS if key in component}]
    return {"label": component["label"], "parts": parts}


def _unknown_names(definition: dict, codelists: dict) -> Iterator[Problem]:
    for kind, list_name in (("variable", "variables"), ("agent", "agents")):
        for key, component in definition["components"].items():
            for part in component["parts"]:
                if kind in part and part[kind] not in codelists[list_name]:
                    wrong = f"resources/codelists/{list_name}.yaml has no '{part[kind]}'."
                    yield Problem(("components", key, kind), wrong)


def _missing_choices(definition: dict) -> Iterator[Problem]:
    """Every choice that a part asks for is made."""
    parts = parts_of(definition)
    derived = [part["derived"] for part in parts if "derived" in part]
    agents = ["agent"] if any("agent" in part for part in parts) else []
    for name in dict.fromkeys([*derived, *agents]):
        for choice in NEEDED[name]:
            if definition["choices"][choice] is None:
                yield Problem(("choices", choice), f"missing; a part with '{name}' needs it.")


def tables_of_definition(definition: dict) -> tuple[str, ...]:
    """The tables that a definition is scored into."""
    return TABLES_OF_WINDOWS if "window" in definition["choices"]["clock"] else TABLES_OF_SCORES


def parts_of(definition: dict) -> list[dict]:
    """All parts of all components."""
    return [part for each in definition["components"].values() for part in each["parts"]]


def variables_read(definition: dict) -> list[str]:
    """Measured variables that a definition looks at."""
    choices, parts = definition["choices"], parts_of(definition)
    names = [part["variable"] for part in parts if "variable" in part]
    derived = [part["derived"] for part in parts if "derived" in part]
    names += [name for each in derived for name in SOURCES[each]]
    if any(each.startswith("pao2_fio2") for each in derived):
        names += [choices["fio2"]["at_the_gas"], choices["fio2"]["charted"]]
        names += choices["support"]["flags"]
        if choices["support"]["from"] == "charted":
            names += [*CHARTED_SUPPORT, *choices["support"]["device_needs"]]
    if "first_reading_of" in choices["clock"]:
        names.append(choices["clock"]["first_reading_of"])
    return list(dict.fromkeys(names))


def domains_read(definition: dict, variables: dict) -> list[str]:
    """Domains of measurements that hold what a definition looks at."""
    names = [name for name in variables_read(definition) if name in variables]
    return sorted({variables[name]["domain"] for name in names})


def check_covariates(definition: dict, covariates: dict, where: str) -> dict:
    """Return a definition if the study declares the covariates that it needs.

    ``where`` is the study file's name and the definition's, for the message of the `DataError`.
    """
    for key in ("person", "admission"):
        name = definition["choices"][key]
        if name is not None and name not in covariates:
            raise DataError(f"{where} needs the covariate '{name}'; declare it under `covariates`.")
    return definition
