"""The codelists of the workflow have the form that a study's own entries must have."""

from pathlib import Path

import pytest
from sepsisflow.configuration.schema import read_schema, schema_problems
from sepsisflow.configuration.strict_yaml import read_yaml

REPOSITORY = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def schema():
    whole = read_schema(REPOSITORY / "workflow/schemas", "study.schema.yaml")
    return {**whole["properties"]["codelists"], "$defs": whole["$defs"]}


@pytest.mark.parametrize("name", ["variables", "agents", "events"])
def test_every_entry_is_valid(schema, name):
    file = f"resources/codelists/{name}.yaml"
    assert schema_problems({name: read_yaml(REPOSITORY / file, file)}, schema) == []


def test_items_of_totals_are_variables_with_a_possible_range():
    file = "resources/codelists/variables.yaml"
    variables = read_yaml(REPOSITORY / file, file)
    items = {item for entry in variables.values() for item in entry.get("sum_of", ())}
    assert len(items) == 9
    assert all(variables[item]["possible"][0] == 0 for item in items)
