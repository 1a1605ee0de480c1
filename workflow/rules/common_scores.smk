# What the rules of scores ask of the study. No rule.

from sepsisflow.readers.mapping import without_labels
from sepsisflow.scores.definitions import TABLES_OF_SCORES, domains_read, variables_read
from sepsisflow.scores.sepsis_definitions import scores_read, variables_of_shock

DEFINITIONS = STUDY.definitions
SCORE_FILES = expand(
    "results/<study>/derived/scores/{definition}/{table}.parquet",
    definition=DEFINITIONS,
    table=TABLES_OF_SCORES,
)
SCORE_SETTINGS = {
    name: {
        "definition": content,
        "variables": {
            each: without_labels(VARIABLES[each])
            for each in variables_read(content)
            if each in VARIABLES
        },
    }
    for name, content in DEFINITIONS.items()
}


def score_settings(wildcards):
    """A definition, and the variables that it looks at."""
    return SCORE_SETTINGS[wildcards.definition]


def score_measurements(wildcards):
    """Validated measurements that hold what a definition looks at."""
    domains = domains_read(DEFINITIONS[wildcards.definition], VARIABLES)
    names = [f"measurements/{each}" for each in domains]
    return [f"results/{STUDY.name}/validated/{each}.parquet" for each in names if each in TABLES]


def validated_if_any(*names):
    """Those of these validated tables that the study has."""
    return [f"results/<study>/validated/{each}.parquet" for each in names if each in TABLES]


SEPSIS_FILES = [
    f"results/<study>/derived/{name}.parquet"
    for name in ("suspicion_of_infection", "sepsis", "septic_shock")
    if STUDY.sepsis
]
SHOCK_VARIABLES = variables_of_shock(STUDY.sepsis)
SEPSIS = {
    "definitions": STUDY.sepsis,
    "scores": scores_read(STUDY.sepsis),
    "variables": {each: without_labels(VARIABLES[each]) for each in SHOCK_VARIABLES},
}
SHOCK_TABLES = {f"measurements/{VARIABLES[each]['domain']}" for each in SHOCK_VARIABLES}
