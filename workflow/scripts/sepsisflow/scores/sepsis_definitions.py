"""Definitions of sepsis and septic shock, checked when the workflow is read. Without pandas."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from sepsisflow.configuration.schema import Problem, read_schema, schema_problems, with_defaults
from sepsisflow.configuration.strict_yaml import read_yaml
from sepsisflow.errors import DataError
from sepsisflow.scores.definitions import FOLDER, SEPSIS
from sepsisflow.scores.variants import extended
from sepsisflow.units import conversion

SCHEMA = "sepsis.schema.yaml"
# Only a rise of this score is Sepsis-3; of any other one the label says that it is not.
SEPSIS_3_SCORE = "sofa-1996"
SEPSIS_3_ORGANS = {"respiration", "coagulation", "liver", "cardiovascular", "cns", "renal"}
NOT_SEPSIS_3 = "not Sepsis-3"


def is_of_sepsis_3(score: dict) -> bool:
    """Whether a rise of a score, given by its definition, may be called Sepsis-3.

    It may if the score is SOFA of 1996 whole: no component left out, no points for having died.
    """
    organs = {each["organ"] or key for key, each in score["components"].items()}
    dead = score["choices"]["after_death"]["rule"]
    return score["family"] == SEPSIS_3_SCORE and organs == SEPSIS_3_ORGANS and dead != "score"


def read_sepsis(
    names: list[str], workflow_dir: Path, *, scores: dict, codelists: dict, study: dict, where: str
) -> dict[str, dict]:
    """The definitions of sepsis and septic shock that a study wants, with defaults filled in.

    Parameters
    ----------
    names : list of str
    workflow_dir : Path
        Folder of the Snakefile.
    scores : dict
        Definitions by which the study scores, by name.
    codelists : dict
        ``variables`` and ``agents``.
    study : dict
        The study's settings.
    where : str
        The study file, for messages.

    Raises
    ------
    DataError
        Naming every key of a definition that is wrong, and everything that the study lacks for it.
    """
    schema = read_schema(workflow_dir / "workflow/schemas", SCHEMA)
    read, found, problems = partial(_content, workflow_dir=workflow_dir), {}, []
    for name in names:
        content, wrong = extended(_content(name, workflow_dir), read, list(SEPSIS))
        wrong = wrong or schema_problems(content, schema)
        if not wrong:
            content = with_defaults(content, schema)
            wrong = _unknown_names(content, codelists)
        problems += [f"{FOLDER}/{name}.yaml: {each}" for each in wrong]
        found[name] = content
    if not problems:
        problems = [f"{where}: sepsis: {each}" for each in _lacking(found, scores, study)]
    if not problems:
        problems = [
            f"{FOLDER}/{name}.yaml: {each}"
            for name, content in found.items()
            for each in _mislabelled(content, found, scores)
        ]
    if problems:
        raise DataError("\n".join(problems))
    return found


def _content(name: str, workflow_dir: Path) -> dict:
    return read_yaml(workflow_dir / FOLDER / f"{name}.yaml", f"{FOLDER}/{name}.yaml")


def _unknown_names(definition: dict, codelists: dict) -> Iterator[Problem]:
    if "shock" not in definition:
        return
    for at, agent in enumerate(definition["shock"]["vasopressors"]):
        if agent not in codelists["agents"]:
            wrong = f"resources/codelists/agents.yaml has no '{agent}'."
            yield Problem(("shock", "vasopressors", at), wrong)
    for base, salts in definition["shock"]["salts"].items():
        for agent in (base, *salts):
            if agent not in codelists["agents"]:
                wrong = f"resources/codelists/agents.yaml has no '{agent}'."
                yield Problem(("shock", "salts", base), wrong)
    lactate, path = definition["shock"]["lactate"], ("shock", "lactate")
    entry = codelists["variables"].get(lactate["variable"])
    if entry is None:
        wrong = f"resources/codelists/variables.yaml has no '{lactate['variable']}'."
        yield Problem((*path, "variable"), wrong)
    elif conversion(lactate["unit"], entry) is None:
        wrong = f"'{lactate['unit']}' is not a unit of '{lactate['variable']}'."
        yield Problem((*path, "unit"), wrong)


def _lacking(found: dict, scores: dict, study: dict) -> Iterator[str]:
    """What the study file has to name beside the definitions."""
    for name, definition in found.items():
        if "shock" in definition:
            if definition["sepsis"] not in found:
                yield f"'{name}' needs '{definition['sepsis']}'; add it."
            continue
        score = definition["dysfunction"]["score"]
        if score not in scores:
            yield f"'{name}' needs the score '{score}'; add it under `scores`."
        elif "window" in scores[score]["choices"]["clock"]:
            yield f"'{name}' needs a score of every hour; '{score}' is one of a window."
        known = definition["dysfunction"]["known_baseline"]
        if known is not None and study["covariates"].get(known, {}).get("type") != "number":
            wrong = f"needs the covariate '{known}', a number; declare it under `covariates`."
            yield f"'{name}' {wrong}"


def _mislabelled(definition: dict, found: dict, scores: dict) -> Iterator[Problem]:
    """Cases of another score than SOFA of 1996, whole, that do not say so."""
    sepsis = found[definition["sepsis"]] if "shock" in definition else definition
    score = sepsis["dysfunction"]["score"]
    if not is_of_sepsis_3(scores[score]) and NOT_SEPSIS_3 not in definition["label"]:
        yield Problem(
            ("label",),
            f"the score '{score}' is not SOFA of 1996 whole (its `family`, six components, no "
            f"points for death), so these cases are not Sepsis-3; say '{NOT_SEPSIS_3}' in the "
            "label.",
        )


def variables_of_shock(definitions: dict) -> list[str]:
    """Variables that the definitions of septic shock look at."""
    shocks = (each["shock"] for each in definitions.values() if "shock" in each)
    return list(dict.fromkeys(each["lactate"]["variable"] for each in shocks))


def scores_read(definitions: dict) -> list[str]:
    """Definitions of scores of which a rise is asked, each once."""
    rules = (each["dysfunction"] for each in definitions.values() if "dysfunction" in each)
    return list(dict.fromkeys(rule["score"] for rule in rules))
