"""How definitions are worded for a clinician: comments, values, units."""

import re
from collections.abc import Iterator

from sepsisflow.labels import printed_unit

KEY = re.compile(r"(?P<indent> *)(?:- )?(?P<name>[A-Za-z0-9_-]+):(?: |$)")
COMMENT = re.compile(r"(?:^|\s)# ?(.*)$")
# What numbers of issues in comments refer to.
ISSUES = "https://github.com/MIT-LCP/mimic-code/issues/"
ISSUE = re.compile(r"(?<![\w/])#(\d+)")
MICRO = re.compile(r"\bu(?=(?:mol|g|L)\b)")


def comments(text: str) -> dict[tuple, list[str]]:
    """Comments of a YAML file by the path of the key they belong to; () is the head of the file.

    A comment belongs to the key it follows, or, on lines of its own before a key, to that; within
    a list to the key of the list.
    """
    found: dict[tuple, list[str]] = {}
    path: list[tuple[int, str]] = []
    waiting = ""
    for line in text.splitlines():
        key, comment = KEY.match(line), COMMENT.search(line)
        words = comment[1].strip() if comment else ""
        if not line.strip():
            if waiting and not path:
                _add(found, (), waiting)
                waiting = ""
        elif line.lstrip().startswith("#"):
            waiting = f"{waiting} {words}"
        elif key and not line.lstrip().startswith("- "):
            if not path:
                _add(found, (), waiting)
                waiting = ""
            indent = len(key["indent"])
            path = [each for each in path if each[0] < indent] + [(indent, key["name"])]
            _add(found, tuple(name for _, name in path), waiting, words)
            waiting = ""
        else:
            _add(found, tuple(name for _, name in path), waiting, words)
            waiting = ""
    return found


def _add(found: dict, path: tuple, *remarks: str) -> None:
    said = [words.strip() for words in remarks if words.strip()]
    if said:
        found[path] = found.get(path, []) + said


def below(remarks: dict[tuple, list[str]], path: tuple) -> list[str]:
    """All comments at a path and below it."""
    return [words for at, each in remarks.items() if at[: len(path)] == path for words in each]


def prose(text: str) -> str:
    """Text of a comment or a schema as a cell of a table, with links to the issues it names."""
    linked = ISSUE.sub(rf"[#\1]({ISSUES}\1)", MICRO.sub("µ", " ".join(text.split())))
    marked = re.sub(r"(?<=[.;:] )\? (?=\S)", "**?** ", re.sub(r"^\? ", "**?** ", linked))
    return marked.replace("|", "\\|")


def in_words(value: object, labels: dict[str, str], unit: str | None = None) -> str:
    """A value of a definition as a clinician reads it; ``labels`` name variables and agents."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value in ([], {}):
        return "none"
    if isinstance(value, dict):
        told = {key: each for key, each in value.items() if each not in (None, [], {})}
        return "; ".join(_pair(key, each, labels) for key, each in told.items())
    if isinstance(value, list):
        separator = "<br>" if any(isinstance(each, dict) for each in value) else ", "
        return separator.join(in_words(each, labels) for each in value)
    if isinstance(value, (int, float)):
        return f"{value:g} {printed_unit(unit)}".strip()
    return labels.get(value, spelt(value))


def _pair(key: str, value: object, labels: dict[str, str]) -> str:
    said = printed_unit(value) if key == "unit" else in_words(value, labels)
    return f"{in_words(key, labels)}{f' ({said})' if isinstance(value, dict) else f': {said}'}"


def spelt(name: str) -> str:
    """A name of the data as words."""
    return name.replace("_", " ") if re.fullmatch(r"[a-z0-9_]+", name) else name


def listed(words: list[str], last: str = "or") -> str:
    """Words as a sentence enumerates them: "a, b or c"."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def table(head: list[str], rows: Iterator[list[str]] | list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
