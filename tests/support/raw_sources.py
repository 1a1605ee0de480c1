"""Sources of a study file as tests write them, with the schema's defaults filled in."""

from pathlib import Path

from sepsisflow.configuration.schema import read_schema, with_defaults

SCHEMAS = Path(__file__).parents[2] / "workflow" / "schemas"


def filled(sources: dict) -> dict:
    """The ``sources`` of a study file as `sepsisflow.study.load` gives them."""
    schema = read_schema(SCHEMAS, "study.schema.yaml")
    return with_defaults({"sources": sources}, schema)["sources"]
