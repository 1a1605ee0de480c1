"""Write docs/definitions.md, the definitions of scores as tables, from their data files.

PYTHONPATH=workflow/scripts python -m sepsisflow.scores.reference
"""

import re
from pathlib import Path

from sepsisflow.configuration.strict_yaml import read_yaml

WORKFLOW_DIR = Path(__file__).parents[4]
PAGE = WORKFLOW_DIR / "docs" / "definitions.md"
FOLDER = "resources/definitions"
NAMES = ("apache-ii",)
INTRODUCTION = """\
# Definitions of scores

<!-- Generated from resources/definitions by `make reference`: edit those. -->

A score is computed by what its file in `resources/definitions` says, and by nothing else. Below,
the first class that a value falls in gives the points, after it was rounded to the decimals of the
printed classes where there are any; every choice that the publication leaves open is a field of the
file. "?" marks what a clinician may dispute.
"""
# Signs of a band's own limits, and of what a band with that one limit leaves to the next.
SIGNS = {"at_least": "≥", "above": ">", "at_most": "≤", "below": "<"}
LEFT = {"at_least": "below", "above": "at_most", "at_most": "above", "below": "at_least"}
KEY = re.compile(r"  ([a-z0-9_]+):")
COMMENT = re.compile(r"(?:^|\s)# ?(.*)$")


def reference(names: tuple[str, ...] = NAMES) -> str:
    """Markdown with components and choices of each definition."""
    variables = read_yaml(WORKFLOW_DIR / "resources/codelists/variables.yaml", "variables")
    parts = [INTRODUCTION]
    for name in names:
        path = WORKFLOW_DIR / FOLDER / f"{name}.yaml"
        parts.append(_definition(path, path.read_text(encoding="utf-8"), variables))
    return "\n".join(parts)


def _definition(path: Path, text: str, variables: dict) -> str:
    """One definition; ``variables`` is the codelist, whose labels name what is measured."""
    definition = read_yaml(path, path.name)
    remarks = comments(text)
    rows = ["| component | by | unit | decimals | points | remarks |"]
    rows.append("| --- | --- | --- | --- | --- | --- |")
    for name, component in definition["components"].items():
        for at, part in enumerate(component.get("parts", [component])):
            measured = part.get("variable") or part.get("agent") or part["derived"]
            label = variables[measured]["label"] if measured in variables else measured
            by = part["label"] if part is not component and "label" in part else label
            first = (component["label"], remarks["components"].get(name, ""))
            shown, remark = first if at == 0 else ("", "")
            points = "; ".join(bands(part["bands"]))
            cells = [shown, by, part["unit"], part.get("decimals", ""), points, remark]
            rows.append(f"| {' | '.join(map(str, cells))} |")
    choices = ["| choice | value | why |", "| --- | --- | --- |"]
    for name, value in definition["choices"].items():
        choices.append(f"| `{name}` | `{value}` | {remarks['choices'].get(name, '')} |")
    head = f"## {definition['title']}\n\n{remarks['']}\n\nSource: {definition['source']}\n\n"
    head += f"Version {definition['version']}, `{FOLDER}/{path.name}`\n"
    return "\n".join([head, *rows, "", *choices, ""])


def bands(classes: list[dict]) -> list[str]:
    """Words for each class, with the limit that the one before it leaves."""
    said, before = [], {}
    for band in classes:
        own = {name: band[name] for name in SIGNS if name in band}
        left = {LEFT[name]: limit for name, limit in before.items()} if len(before) == 1 else {}
        limits = [f"{SIGNS[name]} {limit:g}" for name, limit in {**own, **left, **own}.items()]
        said.append(f"**{band['points']:g}** {', '.join(limits)}".strip())
        before = own
    return said


def comments(text: str) -> dict:
    """Comments of a definition's file: of its head, and by block and name within the block.

    A comment belongs to the name it follows, or, on lines of its own before a name, to that.
    """
    found: dict = {"": "", "choices": {}, "components": {}}
    block, name, waiting = "", "", ""
    for line in text.splitlines():
        key, comment = KEY.match(line), COMMENT.search(line)
        words = comment[1] if comment else ""
        if line and line[0] not in " #":
            if not block:
                found[""] = waiting.strip()
            block, name, waiting = line.partition(":")[0], "", ""
        elif key:
            name = key[1]
            _add(found, block, name, f"{waiting} {words}")
            waiting = ""
        elif line.startswith(("#", "  #")):
            waiting = f"{waiting} {words}"
        else:
            _add(found, block, name, words)
    return found


def _add(found: dict, block: str, name: str, words: str) -> None:
    if block in ("choices", "components") and words.strip():
        found[block][name] = f"{found[block].get(name, '')} {words.strip()}".strip()


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
