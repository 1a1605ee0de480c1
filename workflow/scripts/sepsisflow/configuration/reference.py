"""Write config/README.md, the reference of every key, from the schemas.

PYTHONPATH=workflow/scripts python -m sepsisflow.configuration.reference
"""

from pathlib import Path

from sepsisflow.configuration.schema import read_schema, resolved

WORKFLOW_DIR = Path(__file__).parents[4]
SCHEMAS = ("config.schema.yaml", "study.schema.yaml")
README = "config/README.md"
KINDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "mapping",
    "array": "list",
    "null": "null",
}
BOUNDS = {"minimum": "≥ ", "maximum": "≤ ", "exclusiveMinimum": "> ", "exclusiveMaximum": "< "}
INTRODUCTION = """\
# Configuration

<!-- Generated from workflow/schemas by `make reference`: edit those. -->

A study is one file, `config/studies/<study>.yaml`; `config/config.yaml` says which one is run and
where its raw files lie. To start a study of your own, copy `config/studies/template.yaml`. A study
may live outside the repository: `snakemake --directory FOLDER` runs the one whose `config/` and
data lie in that folder.

Both files are checked when the workflow is read, before any job. Every problem is listed at once,
a line each, with file, key and the nearest valid name; positions in lists count from 1. Nothing is
guessed: a key that is not listed below stops the run.

The files are YAML 1.2, read strictly: `yes`, `no`, `12:30` and `2022-03-16` are texts, keys are
always texts as written, and a key given twice is an error.

**Default** says what holds where a key is left out; "required" keys cannot be, and "–" means that
leaving the key out has a meaning of its own. Units are written in UCUM. The names of variables,
agents and events, and the units they are converted to, are in `resources/codelists/`.
"""


def reference(schemas: list[dict]) -> str:
    """Markdown with one table of keys per mapping of the schemas, in order."""
    parts = [INTRODUCTION]
    for schema in schemas:
        parts.append(f"## {_inline(schema['title'])}\n\n{_inline(schema['description'])}\n")
        sections: dict[str, str] = {}
        _add_section("", schema, schema, sections)
        parts += [
            f"### {title}\n\n{table}" if title else table for title, table in sections.items()
        ]
        parts += _shapes(schema)
    return "\n".join(parts)


def _shapes(root: dict) -> list[str]:
    """Sections on the shapes that many keys share, after which their tables name them."""
    parts = []
    for name, shape in root["$defs"].items():
        if name.endswith("_field"):
            title = name.replace("_", " ").capitalize()
            table = _table(shape, root)
            remark = f"A text alone stands for `{shape['shorthand']}`."
            parts.append(f"### {title}\n\n{remark}\n\n{table}")
    return parts


def _add_section(path: str, schema: dict, root: dict, sections: dict[str, str]) -> None:
    """Add the table of one mapping, then those of the mappings inside it."""
    if "properties" in schema:
        sections[f"`{path}`" if path else ""] = _table(schema, root)
    for key, part in schema.get("properties", {}).items():
        if not _shape_name(part):
            _add_section(f"{path}.{key}" if path else key, resolved(part, root), root, sections)
    for suffix, part in (
        (".<name>", schema.get("additionalProperties")),
        ("[ ]", schema.get("items")),
    ):
        if isinstance(part, dict) and not _shape_name(part):
            _add_section(f"{path}{suffix}", resolved(part, root), root, sections)
    for branch in schema.get("allOf", []):
        for key, part in branch.get("then", {}).get("properties", {}).items():
            (word, condition), *_ = branch["if"]["properties"].items()
            title = f"`{path}.{key}` with `{word}: {condition['const']}`"
            sections[title] = _table(resolved(part, root), root)


def _table(schema: dict, root: dict) -> str:
    rows = ["| key | type | unit | default | meaning |", "| --- | --- | --- | --- | --- |"]
    for key, part in schema["properties"].items():
        known = resolved(part, root)
        required = key in schema.get("required", [])
        cells = [
            f"`{key}`",
            _type(part, root),
            f"`{known['unit']}`" if "unit" in known else "",
            "required" if required else _default(known),
            _inline(known.get("description", "")),
        ]
        rows.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    other = schema.get("additionalProperties")
    if isinstance(other, dict):
        shape = _type(other, root)
        rows.append(f"| *covariate* | {shape} | | – | A covariate that the study declares. |")
    return "\n".join(rows) + "\n"


def _type(part: dict, root: dict) -> str:
    """What a key takes, in words."""
    name = _shape_name(part)
    if name:
        return f"[{name.replace('_', ' ')}](#{name.replace('_', '-')})"
    schema = resolved(part, root)
    if "enum" in schema:
        return " or ".join(f"`{_literal(value)}`" for value in schema["enum"])
    if "title" in schema and "pattern" in schema:
        return schema["title"]
    kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    words = [KINDS[kind] for kind in kinds]
    if "items" in schema:
        items = resolved(schema["items"], root)
        many = "mappings" if "properties" in items else _type(schema["items"], root)
        words = [f"list of {many}"]
    if "enum_text" in schema:
        words[0] = " or ".join(f"`{value}`" for value in schema["enum_text"])
    bounds = [f"{sign}{schema[word]}" for word, sign in BOUNDS.items() if word in schema]
    return " or ".join(words) + (f", {' and '.join(bounds)}" if bounds else "")


def _shape_name(part: dict) -> str:
    """Name of the shared shape that a key refers to, if it does."""
    name = part.get("$ref", "").rpartition("/")[2]
    return name if name.endswith("_field") else ""


def _default(schema: dict) -> str:
    if "default" not in schema:
        return "–"
    return f"`{_literal(schema['default'])}`"


def _literal(value: object) -> str:
    """Write a default as it would stand in the file."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case "," | "." | "":
            return f'"{value}"'
        case list():
            return f"[{', '.join(_literal(each) for each in value)}]"
        case _:
            return str(value)


def _inline(text: str) -> str:
    """Keep ``<name>`` from being read as HTML."""
    outside = text.split("`")
    outside[::2] = [part.replace("<", "&lt;") for part in outside[::2]]
    return "`".join(outside)


def main() -> None:
    """Write config/README.md of this checkout."""
    schemas = [read_schema(WORKFLOW_DIR / "workflow/schemas", name) for name in SCHEMAS]
    (WORKFLOW_DIR / README).write_text(reference(schemas), encoding="utf-8")


if __name__ == "__main__":
    main()
