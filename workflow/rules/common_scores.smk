# What the rules of scores ask of the study. No rule.

from sepsisflow.readers.mapping import without_labels
from sepsisflow.scores import rates
from sepsisflow.scores.definitions import domains_read, tables_of_definition, variables_read
from sepsisflow.scores.sepsis_definitions import scores_read, variables_of_shock
from sepsisflow.scores.words import in_words

DEFINITIONS = STUDY.definitions
SCORE_FILES = [
    f"results/<study>/derived/scores/{name}/{table}.parquet"
    for name, content in DEFINITIONS.items()
    for table in tables_of_definition(content)
]
# Of one window in place of hours and days.
WINDOWED = [name for name, each in DEFINITIONS.items() if "window" in each["choices"]["clock"]]
HOURLY = [name for name in DEFINITIONS if name not in WINDOWED]
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
# Of the definition that the SOFA of the analyses is computed by; recorded totals have none.
SOFA_DEFINITION = DEFINITIONS.get(SETTINGS["sofa"]["definition"]) if SETTINGS["sofa"] else None
DAILY_SOFA = SOFA_DEFINITION and {
    "name": SETTINGS["sofa"]["definition"],
    "settings": SCORE_SETTINGS[SETTINGS["sofa"]["definition"]],
    "last_day": max(SETTINGS["sofa"]["days"]),
}
# As the analyses, tables and text are given it.
SOFA_BLOCK = SETTINGS["sofa"] and {**SETTINGS["sofa"], "rules": in_words(SOFA_DEFINITION)}
# Recorded totals that are computed, too, in the order of the files with the computed components.
RECORDED_SCORES = recorded_scores(SETTINGS, VARIABLES, DEFINITIONS)
COMPUTED_COMPONENTS = [
    *(APACHE_II_FILES[:1] if APACHE_II and SETTINGS["apache_ii"]["recorded"] else []),
    *expand(
        "results/<study>/derived/scores/{definition}/daily_components.parquet",
        definition=SETTINGS["recorded_scores"].values(),
    ),
]

try:
    URINE, EQUIVALENTS = (
        rates.check_filled(rates.chosen_versions(key, STUDY, ROOT), key, STUDY)
        for key in (rates.URINE, rates.EQUIVALENTS)
    )
except DataError as error:
    sys.exit(str(error))
URINE_VARIABLES = rates.variables_of_urine(URINE)
URINE_SETTINGS = {"versions": URINE, "variables": URINE_VARIABLES}
EQUIVALENT_SETTINGS = {
    "versions": EQUIVALENTS,
    "units": {
        each: STUDY.codelists["agents"][each]["unit"]
        for each in rates.agents_of_equivalents(EQUIVALENTS)
    },
}
RATE_FILES = [
    *(["results/<study>/derived/urine_output.parquet"] if URINE else []),
    *(["results/<study>/derived/norepinephrine_equivalents.parquet"] if EQUIVALENTS else []),
]

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


def score_settings(wildcards):
    """A definition, and the variables that it looks at."""
    return SCORE_SETTINGS[wildcards.definition]


def score_measurements(wildcards):
    """Validated measurements that a rule's definition looks at."""
    return measurements_read(wildcards.definition)


def measurements_read(definition):
    """Validated measurements that hold what a definition, by name, looks at."""
    domains = domains_read(DEFINITIONS[definition], VARIABLES)
    names = [f"measurements/{each}" for each in domains]
    return [f"results/{STUDY.name}/validated/{each}.parquet" for each in names if each in TABLES]
