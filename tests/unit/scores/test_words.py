"""What text and tables say of a definition."""

from pathlib import Path

import pytest
from scored import DEFINITIONS
from sepsisflow.configuration.schema import read_schema
from sepsisflow.scores.words import AFTER_DEATH, MISSING, in_words

SCHEMA = read_schema(Path(__file__).parents[3] / "workflow/schemas", "definitions.schema.yaml")


def choice(name):
    parts = [SCHEMA, *SCHEMA.get("$defs", {}).values()]
    return next(part["properties"][name] for part in parts if name in part.get("properties", {}))


def test_every_rule_that_a_definition_may_have_has_its_words():
    assert set(choice("missing_component")["enum"]) <= set(MISSING)
    assert set(choice("after_death")["properties"]["rule"]["enum"]) == set(AFTER_DEATH)


@pytest.mark.parametrize(
    ("rule", "words", "scored"),
    [
        ({"rule": "missing"}, "nobody has a score after death", False),
        ({"rule": "score", "score": 24}, "after death the score is 24", True),
    ],
)
def test_the_rules_are_said_in_words(rule, words, scored):
    definition = DEFINITIONS["sofa-1996"]
    said = in_words({**definition, "choices": {**definition["choices"], "after_death": rule}})
    assert said == {
        "title": "SOFA (1996)",
        "components": 6,
        "missing": "a component of which nothing was observed that day counts as 0",
        "after_death": words,
        "scored_after_death": scored,
    }


def test_of_recorded_totals_nothing_is_said():
    assert in_words(None) is None
