"""Write docs/definitions.md, every definition as tables for a clinician, from the data files.

PYTHONPATH=workflow/scripts python -m sepsisflow.scores.reference
"""

from collections.abc import Iterator
from pathlib import Path

from sepsisflow.configuration.schema import read_schema, resolved, schema_problems
from sepsisflow.configuration.strict_yaml import read_yaml
from sepsisflow.scores.reference_points import points_table
from sepsisflow.scores.reference_words import below, comments, in_words, prose, table

WORKFLOW_DIR = Path(__file__).parents[4]
PAGE = WORKFLOW_DIR / "docs" / "definitions.md"
FOLDER = "resources/definitions"
SCHEMAS = "workflow/schemas"
DISAGREEMENTS = "resources/disagreements.yaml"
ABOUT = ("title", "source", "version", "extends", "components")
INTRODUCTION = """\
# Definitions of scores

<!-- Generated from resources/definitions by `make reference`: edit those. -->

A score is computed by what its file in `resources/definitions` says, and by nothing else. This page
is written from those files: points by value as publications print them, then every choice that a
publication leaves open or that others take differently. **?** marks what a clinician may dispute.

Limits are read as written: "100 to < 150" holds 100, but not 150; "> 2 to 3.5" holds 3.5, not 2.
Values are compared as measured; where a definition rounds them first, classes are shown as printed.
Of several lines of one component the one that gives most points counts. Where nothing was observed
there are no points; what the total makes of that is the choice on missing components.
"""


def reference(workflow_dir: Path = WORKFLOW_DIR) -> str:
    """Markdown: contents, each definition, and where implementations disagree."""
    files = sorted((workflow_dir / FOLDER).glob("*.yaml"), key=lambda path: path.stem)
    texts = {path.stem: path.read_text(encoding="utf-8") for path in files}
    contents = {path.stem: read_yaml(path, path.name) for path in files}
    schemas = _schemas(workflow_dir)
    labels = _labels(workflow_dir)
    disagreements = read_yaml(workflow_dir / DISAGREEMENTS, DISAGREEMENTS)
    sections = [_section(name, contents, texts, schemas, labels) for name in contents]
    return "\n".join(
        [
            INTRODUCTION,
            _contents(contents, texts),
            *sections,
            _disagreements(disagreements, contents),
        ]
    )


def _labels(workflow_dir: Path) -> dict[str, str]:
    """Names of variables, agents and events by their keys."""
    lists = [
        read_yaml(workflow_dir / f"resources/codelists/{name}.yaml", name)
        for name in ("agents", "events", "variables")
    ]
    return {key: entry["label"] for each in lists for key, entry in each.items()}


def _schemas(workflow_dir: Path) -> list[dict]:
    """Schemas of definitions, whatever their form."""
    folder = workflow_dir / SCHEMAS
    read = [read_schema(folder, path.name) for path in sorted(folder.glob("*.schema.yaml"))]
    return [schema for schema in read if schema.get("title", "").startswith(FOLDER)]


def _contents(contents: dict, texts: dict) -> str:
    rows = [
        [
            f"[{content['title']}](#{name})",
            prose(_head(comments(texts[name])).partition(". ")[0].rstrip(".")),
            str(content["version"]),
        ]
        for name, content in contents.items()
    ]
    rows.append(["[Where implementations disagree](#disagreements)", "", ""])
    return table(["definition", "what it is", "version"], rows) + "\n"


def _section(name: str, contents: dict, texts: dict, schemas: list, labels: dict) -> str:
    """One definition: head, points, remarks, choices; of a variant what it changes."""
    content, remarks = contents[name], comments(texts[name])
    schema = min(schemas, key=lambda each: len(schema_problems(content, each)))
    parts = [
        f'<a id="{name}"></a>\n\n## {content["title"]}',
        prose(_head(remarks)),
        f"Version {content['version']}. Source: {prose(content['source'])}",
    ]
    base = content.get("extends")
    if base:
        parts.append(
            f"Everything is as in [{contents[base]['title']}](#{base}), except what follows."
        )
    scored = {key: each for key, each in content.get("components", {}).items() if each}
    dropped = [key for key, each in content.get("components", {}).items() if each is None]
    if dropped:
        names = [contents[base]["components"][key]["label"] for key in dropped]
        parts.append(f"Left out: {', '.join(names)}.")
    if scored:
        parts.append(points_table(scored, labels))
        parts.append("\n".join(_footnotes(scored, remarks)))
    settings = {key: value for key, value in content.items() if key not in ABOUT}
    rows = list(_settings(settings, schema, schema, remarks, labels, ()))
    if rows:
        parts.append(table(["choice", "here", "what it decides, and why"], rows))
    parts.append(f"The file: `{FOLDER}/{name}.yaml`")
    return "\n\n".join(filter(None, parts)) + "\n"


def _head(remarks: dict) -> str:
    return " ".join(remarks.get((), []))


def _footnotes(components: dict, remarks: dict) -> Iterator[str]:
    for key, component in components.items():
        said = [prose(words) for words in below(remarks, ("components", key))]
        if len(said) == 1:
            yield f"- {component['label']}: {said[0]}"
        elif said:
            yield f"- {component['label']}"
            yield from (f"  - {words}" for words in said)


def _settings(
    value: object, schema: dict, root: dict, remarks: dict, labels: dict, path: tuple
) -> Iterator[list[str]]:
    """A row for each setting: its name, its value, what the schema and the file say about it."""
    for key, each in value.items():
        inner = _property(schema, key, root)
        at = (*path, key)
        # A mapping whose keys the schema does not name is one value.
        if isinstance(each, dict) and ("properties" in inner or not inner):
            yield from _settings(each, inner, root, remarks, labels, at)
            continue
        said = [inner.get("description", ""), *_of_mappings(remarks, value, at)]
        words = {} if "enum" in inner else labels
        yield [
            f"`{'.'.join(at).removeprefix('choices.')}`",
            in_words(each, words, inner.get("unit")),
            " ".join(prose(words) for words in said if words),
        ]


def _of_mappings(remarks: dict, siblings: dict, at: tuple) -> Iterator[str]:
    """Comments of a key and, with the first key of a mapping, those of the mapping."""
    if len(at) > 1 and next(iter(siblings)) == at[-1]:
        yield from remarks.get(at[:-1], [])
    yield from below(remarks, at)


def _property(schema: dict, key: str, root: dict) -> dict:
    """What a schema says of a key; nothing where it says nothing."""
    found = schema.get("properties", {}).get(key, schema.get("additionalProperties", {}))
    return resolved(found, root) if isinstance(found, dict) else {}


def _disagreements(entries: list[dict], contents: dict) -> str:
    parts = ['<a id="disagreements"></a>\n\n## Where implementations disagree']
    for entry in entries:
        said = [[who, prose(does)] for who, does in entry["elsewhere"].items()]
        named = [f"[{contents[name]['title']}](#{name})" for name in entry["definitions"]]
        parts += [
            f"### {entry['question']}",
            table(["who", "does what"], said),
            f"Here: {prose(entry['here'])} See {', '.join(named)}.",
            f"Sources: {'; '.join(entry['sources'])}",
        ]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
