"""config/README.md says what the schemas say, and the schemas say enough."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from sepsisflow.configuration.reference import README, SCHEMAS, reference
from sepsisflow.configuration.schema import read_schema, resolved
from sepsisflow.configuration.strict_yaml import read_yaml

REPOSITORY = Path(__file__).parents[3]


def schemas() -> dict[str, dict]:
    return {name: read_schema(REPOSITORY / "workflow/schemas", name) for name in SCHEMAS}


def parts(schema: object) -> Iterator[dict]:
    """Every mapping inside a schema."""
    if isinstance(schema, dict):
        yield schema
    for part in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(part, dict | list):
            yield from parts(part)


def test_the_reference_is_not_stale():
    assert (REPOSITORY / README).read_text(encoding="utf-8") == reference(
        list(schemas().values())
    ), "Run make reference."


def test_no_two_schemas_give_a_shape_the_same_name():
    files = sorted((REPOSITORY / "workflow/schemas").glob("*.yaml"))
    names = [name for file in files for name in read_yaml(file, file.name)["$defs"]]
    assert len(files) == 10
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid(name):
    Draft202012Validator.check_schema(schemas()[name])


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_has_a_meaning_a_type_and_stands_in_the_reference(name):
    root = schemas()[name]
    written = (REPOSITORY / README).read_text(encoding="utf-8")
    keys = [
        (key, resolved(part, root))
        for schema in parts(root)
        if "additionalProperties" in schema
        for key, part in schema.get("properties", {}).items()
    ]
    assert keys
    for key, schema in keys:
        assert schema["description"].endswith("."), key
        assert schema["type"], key
        assert f"| `{key}` |" in written


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_mapping_with_known_keys_refuses_others(name):
    for schema in parts(schemas()[name]):
        if "object" in schema.get("type", ()) and "properties" in schema:
            # Fields of participants may be covariates, which source_checks knows.
            open_ended = "participant_id" in schema["properties"] and "arm" in schema["properties"]
            assert open_ended or schema["additionalProperties"] is False, schema["properties"]


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_default_is_valid(name):
    root = schemas()[name]
    for schema in parts(root):
        for key, part in schema.get("properties", {}).items():
            known = resolved(part, root)
            if "default" in known:
                problems = list(
                    Draft202012Validator({**known, "$defs": root["$defs"]}).iter_errors(
                        known["default"]
                    )
                )
                assert problems == [], key


def test_a_key_a_unit_and_a_default_make_a_row():
    schema = {
        "title": "a file",
        "description": "About <name>.",
        "type": "object",
        "required": ["b"],
        "properties": {
            "a": {
                "description": "A | B.",
                "type": "number",
                "unit": "mm",
                "minimum": 0,
                "default": 1,
            },
            "b": {"description": "Choice.", "type": "string", "enum": ["x", "y"]},
        },
        "$defs": {},
    }
    assert reference([schema]).endswith(
        "## a file\n\nAbout &lt;name>.\n\n"
        "| key | type | unit | default | meaning |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| `a` | number, ≥ 0 | `mm` | `1` | A \\| B. |\n"
        "| `b` | `x` or `y` |  | required | Choice. |\n"
    )
