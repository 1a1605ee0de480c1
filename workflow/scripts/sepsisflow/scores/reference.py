"""Write docs/definitions.md, every definition as tables for a clinician, from the data files.

PYTHONPATH=workflow/scripts python -m sepsisflow.scores.reference
"""

from collections.abc import Iterator
from pathlib import Path

from sepsisflow.configuration.schema import read_schema, schema_problems, with_defaults
from sepsisflow.configuration.strict_yaml import read_yaml
from sepsisflow.scores.reference_choices import Said, idle, part_of, settings
from sepsisflow.scores.reference_formulas import ANCHOR, TITLE, formulas
from sepsisflow.scores.reference_points import points_table
from sepsisflow.scores.reference_words import below, comments, prose, table
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
    """Markdown: contents, each definition, formulas, and where implementations disagree."""
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
            formulas() + "\n",
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
    rows.append([f"[{TITLE}](#{ANCHOR})", "The formulas that a definition can choose", ""])
    rows.append(["[Where implementations disagree](#disagreements)", "", ""])
    return table(["definition", "what it is", "version"], rows) + "\n"


def _section(name: str, contents: dict, texts: dict, schemas: list, labels: dict) -> str:
    """One definition: head, points, remarks, choices; of a variant what it changes."""
    content, remarks = contents[name], comments(texts[name])
    whole = _whole(name, contents)
    schema = min(schemas, key=lambda each: len(schema_problems(whole, each)))
    said = Said(schema, remarks, labels)
    changed = content.get("components", {})
    scored = {key: each for key, each in whole.get("components", {}).items() if key in changed}
    parts = [
        f'<a id="{name}"></a>\n\n## {content["title"]}',
        prose(_head(remarks)),
        _origin(content),
        *_change(content, contents),
        points_table(scored, labels),
        "\n".join(_footnotes(scored, remarks)),
        _choices(name, contents, said),
        *_versions(name, content, said),
        f"The file: `{FOLDER}/{name}.yaml`",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _choices(name: str, contents: dict, said: Said) -> str:
    """All settings that change something; of a variant those that it changes, and what it varies.

    What a form can hold and this definition has no use for is not listed.
    """
    content = contents[name]
    written = _rows(content, said)
    whole = with_defaults(_whole(name, contents), said.root)
    unused = idle(whole)
    if "extends" in content:
        base = with_defaults(_whole(content["extends"], contents), said.root)
        before = {key: here for key, here, _ in _rows(base, said).values()}
        before |= dict.fromkeys(idle(base), "not used")
        rows = [[key, here, before.get(key, "none"), why] for key, here, why in written.values()]
        rows = [row for row in rows if row[0] not in unused]
        return _table_of_choices(rows, f"in {base['title']}")
    every = [row for row in _rows(whole, said).values() if row[0] not in unused]
    return _table_of_choices([row for row in every if row[0] in written or row[1] != "none"])


def _rows(content: dict, said: Said) -> dict[str, list[str]]:
    """Rows of settings by name."""
    own = {key: value for key, value in content.items() if key not in ABOUT}
    return {row[0]: row for row in settings(own, said.root, said)}


def _versions(file: str, content: dict, said: Said) -> Iterator[str]:
    """A section of each version of a definition that has several."""
    of_versions = part_of(said.root, "versions", said.root)
    for name, version in content.get("versions", {}).items():
        schema = part_of(of_versions, name, said.root)
        own = {key: value for key, value in version.items() if key not in ABOUT}
        yield f"### {version['title']}"
        yield _origin(version)
        yield f"In a study file: `{file.replace('-', '_')}: [{name}]`"
        yield _table_of_choices(list(settings(own, schema, said, ("versions", name))))


def _whole(name: str, contents: dict) -> dict:
    """A definition with all that it takes over."""
    return extended(contents[name], contents.__getitem__, list(contents))[0]


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
