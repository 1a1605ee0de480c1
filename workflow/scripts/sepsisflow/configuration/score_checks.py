"""The rules about ``scores`` and ``sepsis`` of a study file; see `study_checks`."""

from collections.abc import Iterator

from sepsisflow.configuration.schema import Problem
from sepsisflow.configuration.source_checks import names_given
from sepsisflow.errors import nearest
from sepsisflow.readers.databases.plan import database_source, names_filled
from sepsisflow.scores.definitions import SEPSIS

# Definitions of another form, and the key of the study file that wants them.
ELSEWHERE = {
    **dict.fromkeys(SEPSIS, "sepsis"),
    "apache-ii": "apache_ii",
    "norepinephrine-equivalents": "norepinephrine_equivalents",
    "urine-output": "urine_output",
}
INFECTION = {
    "agents": ("interventions", "agent", "antibiotic"),
    "events": ("events", "event", "culture"),
}


def check_scores(settings: dict, known: dict) -> Iterator[Problem]:
    """The definitions exist."""
    for at, name in enumerate(settings["scores"]):
        if name in ELSEWHERE:
            wrong = f"'{name}' belongs under `{ELSEWHERE[name]}`, not here."
            yield Problem(("scores", at), wrong)
        elif name not in known["definitions"]:
            wrong = f"there is no definition '{name}'"
            yield Problem(("scores", at), f"{wrong}; {nearest(name, known['definitions'])}")


def check_sepsis(settings: dict, known: dict) -> Iterator[Problem]:
    """The definitions exist, and the sources give antibiotics and cultures."""
    for at, name in enumerate(settings["sepsis"]):
        if name not in SEPSIS:
            wrong = f"there is no definition of sepsis '{name}'"
            yield Problem(("sepsis", at), f"{wrong}; {nearest(name, SEPSIS)}")
    source = database_source(settings)
    filled = names_filled(known["databases"][source["format"]]) if source else {}
    for kind, (table, field, name) in INFECTION.items():
        given = filled[kind] if source else names_given(settings, table, field)
        if settings["sepsis"] and given is not None and name not in given:
            wrong = f"no source fills {table} with '{name}', of which suspected infection is made."
            yield Problem(("sepsis",), wrong)


RULES = {check_scores: ("scores",), check_sepsis: ("sepsis", "sources")}
