# What the rules of scores ask of the study. No rule.

from sepsisflow.readers.mapping import without_labels
from sepsisflow.scores.definitions import TABLES_OF_SCORES, domains_read, variables_read
from sepsisflow.scores.side_by_side import side_by_side

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
SIDE_BY_SIDE = side_by_side(DEFINITIONS)
SEPSIS_SIDE_BY_SIDE = {}
COMPARISON_ESTIMATES = (
    ["results/<study>/estimates/score_comparison.parquet"] if SIDE_BY_SIDE else []
)
COMPARISON_FIGURES = [
    f"results/<study>/figures/score_comparison.{suffix}"
    for suffix in ("pdf", "svg", "png")
    if SIDE_BY_SIDE
]
COMPARISON_TABLES = [
    f"results/<study>/tables/score_comparison.{suffix}"
    for suffix in ("html", "docx", "csv")
    if SIDE_BY_SIDE
]


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
