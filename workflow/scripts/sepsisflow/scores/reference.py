"""Write docs/definitions.md, every definition as tables for a clinician, from the data files.

PYTHONPATH=workflow/scripts python -m sepsisflow.scores.reference
"""

from collections.abc import Iterator
from pathlib import Path

from sepsisflow.configuration.schema import read_schema, resolved, schema_problems, with_defaults
from sepsisflow.configuration.strict_yaml import read_yaml
from sepsisflow.labels import printed_unit
from sepsisflow.scores.reference_points import points_table
from sepsisflow.scores.reference_words import below, comments, in_words, prose, table
from sepsisflow.scores.variants import extended

WORKFLOW_DIR = Path(__file__).parents[4]
PAGE = WORKFLOW_DIR / "docs" / "definitions.md"
FOLDER = "resources/definitions"
SCHEMAS = "workflow/schemas"
DISAGREEMENTS = "resources/disagreements.yaml"
ABOUT = ("title", "source", "version", "extends", "components", "versions")
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
    titles = {name: f"[{content['title']}](#{name})" for name, content in contents.items()}
    labels = {**_labels(workflow_dir), **titles}
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
            prose(content.get("version", "several")),
        ]
        for name, content in contents.items()
    ]
    rows.append(["[Where implementations disagree](#disagreements)", "", ""])
    return table(["definition", "what it is", "version"], rows) + "\n"


def _section(name: str, contents: dict, texts: dict, schemas: list, labels: dict) -> str:
    """One definition: head, points, remarks, choices; of a variant what it changes."""
    content, remarks = contents[name], comments(texts[name])
    whole = _whole(name, contents)
    schema = min(schemas, key=lambda each: len(schema_problems(whole, each)))
    parts = [
        f'<a id="{name}"></a>\n\n## {content["title"]}',
        prose(_head(remarks)),
        _origin(content),
        *_change(content, contents),
    ]
    changed = content.get("components", {})
    scored = {key: each for key, each in whole.get("components", {}).items() if key in changed}
    if scored:
        parts.append(points_table(scored, labels))
        parts.append("\n".join(_footnotes(scored, remarks)))

    def rows(of: dict) -> dict[str, list[str]]:
        return {row[0]: row for row in _settings(_choices(of), schema, schema, remarks, labels, ())}

    if "extends" in content:
        base = contents[content["extends"]]["title"]
        before = rows(with_defaults(_whole(content["extends"], contents), schema))
        found = [[*row[:2], before.get(row[0], row)[1], row[2]] for row in rows(content).values()]
        parts.append(_table_of_choices(found, f"in {base}"))
    else:
        written = rows(content)
        every = rows(with_defaults(content, schema)).values()
        # What a form can hold and this definition has no use for is not listed.
        parts.append(_table_of_choices([e for e in every if e[0] in written or e[1] != "none"]))
    for key, version in content.get("versions", {}).items():
        inner = _property(_property(schema, "versions", schema), key, schema)
        at = ("versions", key)
        found = list(_settings(_choices(version), inner, schema, remarks, labels, at))
        parts += [f"### {version['title']}", _origin(version), _table_of_choices(found)]
    parts.append(f"The file: `{FOLDER}/{name}.yaml`")
    return "\n\n".join(filter(None, parts)) + "\n"


def _whole(name: str, contents: dict) -> dict:
    """A definition with all that it takes over."""
    return extended(contents[name], contents.__getitem__, list(contents))[0]


def _choices(content: dict) -> dict:
    return {key: value for key, value in content.items() if key not in ABOUT}


def _table_of_choices(rows: list[list[str]], *others: str) -> str:
    head = ["choice", "here", *others, "what it decides, and why"]
    return table(head, rows) if rows else ""


def _origin(content: dict) -> str:
    if "source" not in content:
        return ""
    return f"Version {prose(content['version'])}. Source: {prose(content['source'])}"


def _change(content: dict, contents: dict) -> Iterator[str]:
    """Of a variant: what it varies, and which components it leaves out."""
    if "extends" in content:
        base = _whole(content["extends"], contents)
        link = f"[{base['title']}](#{content['extends']})"
        yield f"Everything is as in {link}, except what follows."
        dropped = [key for key, each in content.get("components", {}).items() if each is None]
        if dropped:
            names = [base["components"][key]["label"] for key in dropped]
            yield f"Left out: {', '.join(names)}."


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
    value: dict, schema: dict, root: dict, remarks: dict, labels: dict, path: tuple
) -> Iterator[list[str]]:
    """A row for each setting: its name, its value, what the schema and the file say about it."""
    for key, each in value.items():
        inner = _property(schema, key, root)
        at = (*path, key)
        one_of_many = bool(_many(schema, root))
        # A mapping whose keys the schema does not name is one value, unless it is of mappings.
        named = "properties" in inner or _many(inner, root) or not inner
        if isinstance(each, dict) and named and not one_of_many:
            yield from _settings(each, inner, root, remarks, labels, at)
            continue
        # Of many things of one kind the first row tells what they are.
        first = key == next(iter(value))
        of = inner if not one_of_many else schema if first else {}
        said = [*_explained(of, root), *_of_mappings(remarks, value, at)]
        words = {} if "enum" in inner else labels
        shown = printed_unit(each) if key == "unit" else in_words(each, words, inner.get("unit"))
        yield [_name(at), shown, " ".join(prose(words) for words in said if words)]


def _name(path: tuple) -> str:
    """A setting as the file has it, without what its heading says."""
    shown = path[2:] if path[0] == "versions" else path
    return f"`{'.'.join(shown).removeprefix('choices.')}`"


def _many(schema: dict, root: dict) -> dict:
    """The schema of each of many mappings of one kind, empty if these are none."""
    each = schema.get("additionalProperties", schema.get("items"))
    each = resolved(each, root) if isinstance(each, dict) else {}
    return each if "properties" in each else {}


def _explained(schema: dict, root: dict) -> Iterator[str]:
    """What a schema says of a value and, where it is of many mappings, of their keys."""
    yield schema.get("description", "")
    for key, each in _many(schema, root).get("properties", {}).items():
        said = resolved(each, root).get("description")
        if said:
            yield f"`{key}`: {said}"


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
