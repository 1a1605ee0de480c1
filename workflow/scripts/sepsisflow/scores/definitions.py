"""Definitions of scores: data of ``resources/definitions``, checked when the workflow is read."""

from collections.abc import Iterator
from pathlib import Path

from sepsisflow.configuration.schema import Problem, read_schema, schema_problems, with_defaults
from sepsisflow.configuration.strict_yaml import read_yaml
from sepsisflow.errors import DataError, nearest
from sepsisflow.scores.variants import extended
from sepsisflow.units import conversion, units_of

FOLDER = "resources/definitions"
SCHEMA = "definitions.schema.yaml"
NAMES = ("label", "organ")  # of a component; the rest of it is its one part
TABLES_OF_SCORES = ("hourly_components", "hourly_totals", "daily_components", "daily_totals")
# Of definitions whose clock is one window.
TABLES_OF_WINDOWS = ("window_components", "window_totals")
# Variables of which derived ones are made, beside those that a definition names.
SOURCES = {
    "gcs": ("gcs_eye", "gcs_verbal", "gcs_motor"),
    "gcs_motor_alone": ("gcs_eye", "gcs_verbal", "gcs_motor"),
    "urine_24h": ("urine_output", "bladder_irrigant_in", "bladder_irrigant_out"),
    "urine_rate": (
        "urine_output",
        "bladder_irrigant_in",
        "bladder_irrigant_out",
        "urine_output_24h",
    ),
    "urine_total": ("urine_output", "bladder_irrigant_in", "bladder_irrigant_out"),
    "pao2_fio2_supported": ("pao2",),
    "pao2_fio2_unsupported": ("pao2",),
    "spo2_fio2_supported": ("spo2",),
    "spo2_fio2_unsupported": ("spo2",),
}
# Keys of a part that name something of a codelist.
KINDS = {
    "variable": "variables",
    "agent": "agents",
    "sum_of": "agents",
    "given": "agents",
    "with_any": "agents",
    "with_none": "agents",
}
RATED = ("variable", "agent", "sum_of")  # whose thresholds have a unit of the codelist
CHARTED_SUPPORT = ("oxygen_device", "ventilator_mode")

# Choices that only a derived value, or an agent, asks for.
NEEDED = {
    "gcs": ("gcs",),
    "gcs_motor_alone": ("gcs",),
    "urine_24h": ("urine",),
    "urine_rate": (),
    "urine_total": ("urine",),
    "pao2_fio2_supported": ("fio2", "support"),
    "pao2_fio2_unsupported": ("fio2", "support"),
    "spo2_fio2_supported": ("fio2", "support"),
    "spo2_fio2_unsupported": ("fio2", "support"),
    "agent": ("vasopressors",),
    "sum_of": ("vasopressors",),
    "with_any": ("vasopressors",),
    "with_none": ("vasopressors",),
}

# Definitions of sepsis and septic shock.
SEPSIS = ("mimic-code-sepsis-3", "sepsis-1", "sepsis-3", "septic-shock", "sofa-2-rise")
# Definitions of another form.
NOT_HOURLY = ("apache-ii", "norepinephrine-equivalents", "urine-output", *SEPSIS)


def definition_names(workflow_dir: Path) -> list[str]:
    """Names of all definitions of organ failure."""
    names = (path.stem for path in (workflow_dir / FOLDER).glob("*.yaml"))
    return sorted(name for name in names if name not in NOT_HOURLY)


def read_definition(name: str, workflow_dir: Path, codelists: dict) -> dict:
    """A definition, with all that it takes over from the one it ``extends``.

    Defaults are filled in and every component is written as a list of ``parts``.

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
    content, problems = extended(
        _content(name, workflow_dir),
        lambda base: _content(base, workflow_dir),
        definition_names(workflow_dir),
    )
    problems = problems or schema_problems(content, schema)
    if not problems:
        content = with_defaults(content, schema)
        content["components"] = {
            key: _with_parts(each) for key, each in content["components"].items()
        }
        problems = [*_unknown_names(content, codelists), *_missing_choices(content)]
    if problems:
        raise DataError("\n".join(f"{file}: {problem}" for problem in problems))
    return content


def _content(name: str, workflow_dir: Path) -> dict:
    return read_yaml(workflow_dir / FOLDER / f"{name}.yaml", f"{FOLDER}/{name}.yaml")


def _with_parts(component: dict) -> dict:
    if "parts" in component:
        parts = component["parts"]
    else:
        parts = [{key: each for key, each in component.items() if key not in NAMES}]
    return {**{key: component[key] for key in NAMES}, "parts": parts}


def _unknown_names(definition: dict, codelists: dict) -> Iterator[Problem]:
    for key, component in definition["components"].items():
        for part in _with_leaves(component["parts"]):
            for kind, list_name in KINDS.items():
                names = part.get(kind, [])
                for name in [names] if isinstance(names, str) else names:
                    yield from _unknown(name, list_name, ("components", key, kind), codelists)
                    if kind in RATED:
                        entry = codelists[list_name].get(name)
                        yield from _wrong_unit(part["unit"], name, kind, entry, key)
    for list_name, path, names in _names_chosen(definition["choices"]):
        for name in names:
            yield from _unknown(name, list_name, ("choices", *path), codelists)


def _wrong_unit(unit: str, name: str, kind: str, entry: dict | None, key: str) -> Iterator[Problem]:
    """A variable is converted to the unit of its thresholds, a rate is taken as it is."""
    if entry is None or unit == entry["unit"]:
        return
    if kind != "variable":
        wrong = f"rates of '{name}' are in {entry['unit']}; write thresholds in it."
        yield Problem(("components", key, "unit"), wrong)
    elif conversion(unit, entry) is None:
        close = nearest(unit, units_of(entry))
        wrong = f"'{unit}' is not a unit of '{name}'; {close}"
        yield Problem(("components", key, "unit"), wrong)


def _names_chosen(choices: dict) -> Iterator[tuple[str, tuple, list]]:
    """Names of a codelist in choices: the list, where they stand, and they."""
    gcs, support, vasopressors = (choices[key] for key in ("gcs", "support", "vasopressors"))
    if gcs:
        yield "agents", ("gcs", "sedation_agents"), gcs["sedation_agents"]
        yield (
            "variables",
            ("gcs", "sedated_variable"),
            list(filter(None, [gcs["sedated_variable"]])),
        )
    if support:
        yield "variables", ("support", "flags"), support["flags"]
    if support and support["from"] == "interventions":
        yield "agents", ("support", "counts"), support["counts"]
    yield "agents", ("open_ended",), choices["open_ended"]
    if vasopressors:
        for base, masses in vasopressors["salts"].items():
            yield "agents", ("vasopressors", "salts"), [base, *masses]


def _unknown(name: str, list_name: str, path: tuple, codelists: dict) -> Iterator[Problem]:
    if name not in codelists[list_name]:
        yield Problem(path, f"resources/codelists/{list_name}.yaml has no '{name}'.")


def _missing_choices(definition: dict) -> Iterator[Problem]:
    """Every choice that a part asks for is made."""
    parts = parts_of(definition)
    derived = [part["derived"] for part in parts if "derived" in part]
    kinds = [kind for part in parts for kind in part if kind in NEEDED]
    for name in dict.fromkeys([*derived, *kinds]):
        for choice in NEEDED[name]:
            if definition["choices"][choice] is None:
                yield Problem(("choices", choice), f"missing; a part with '{name}' needs it.")


def tables_of_definition(definition: dict) -> tuple[str, ...]:
    """The tables that a definition is scored into."""
    return TABLES_OF_WINDOWS if "window" in definition["choices"]["clock"] else TABLES_OF_SCORES


def parts_of(definition: dict) -> list[dict]:
    """All parts of all components, and the leaves of their criteria."""
    return [
        part for each in definition["components"].values() for part in _with_leaves(each["parts"])
    ]


def _with_leaves(parts: list[dict]) -> list[dict]:
    leaves = [leaf for part in parts if "criteria" in part for leaf in leaves_of(part["criteria"])]
    return [*parts, *leaves]


def leaves_of(tree: dict) -> list[dict]:
    """What criteria are made of, in the order of the file."""
    branches = tree.get("all", tree.get("any"))
    return [tree] if branches is None else [leaf for each in branches for leaf in leaves_of(each)]


def variables_read(definition: dict) -> list[str]:
    """Measured variables that a definition looks at."""
    choices, parts = definition["choices"], parts_of(definition)
    names = [part["variable"] for part in parts if "variable" in part]
    derived = [part["derived"] for part in parts if "derived" in part]
    names += [name for each in derived for name in SOURCES[each]]
    if any("fio2" in each for each in derived):
        names += [choices["fio2"]["at_the_gas"], choices["fio2"]["charted"]]
        names += choices["support"]["flags"]
        names += ["spo2"] if choices["spo2"]["pao2_from_spo2"] != "none" else []
        if choices["support"]["from"] == "charted":
            names += [*CHARTED_SUPPORT, *choices["support"]["device_needs"]]
    if any(each.startswith("gcs") for each in derived):
        names += ["gcs"] if choices["gcs"]["recorded"] else []
        if choices["gcs"]["sedation"] != "as_charted":
            names += filter(None, [choices["gcs"]["sedated_variable"]])
    if "first_reading_of" in choices["clock"]:
        names.append(choices["clock"]["first_reading_of"])
    return list(dict.fromkeys(names))


def rows_read(definition: dict) -> dict:
    """What `sepsisflow.scores.shards.shards` has to know of a definition."""
    choices = definition["choices"]
    return {
        "variables": variables_read(definition),
        "person": choices["person"],
        "admission": choices["admission"] is not None,
    }


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
