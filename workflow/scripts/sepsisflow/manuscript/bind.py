"""Numbers of the manuscript: ``{{ key | format }}`` becomes the text of an estimate."""

import re
from collections.abc import Callable, Mapping
from functools import partial

from sepsisflow.errors import DataError, nearest
from sepsisflow.formats import FORMATS, format_row
from sepsisflow.manuscript.markdown import Markdown, escape

BINDING = re.compile(r"\{\{(?P<inside>.*?)\}\}", re.DOTALL)
# Set by `mark_lines`, because the study-level layer moves lines before numbers are bound.
LINE = re.compile(r"\|\s*line (\d+)\s*$")

Estimates = Mapping[str, Mapping]
Write = Callable[[str, str], str]


def mark_lines(template: str) -> str:
    """Add to each binding its line: ``{{ key | p }}`` becomes ``{{ key | p | line 7 }}``."""

    def marked(match: re.Match) -> str:
        line = template.count("\n", 0, match.start()) + 1
        return f"{{{{{match['inside']}| line {line}}}}}"

    return BINDING.sub(marked, template)


def bind(text: str, estimates: Estimates, *, name: str, write: Write) -> str:
    """Replace every binding by its number.

    Parameters
    ----------
    text : str
        Template whose bindings carry their lines (`mark_lines`), study-level text filled in.
    estimates : mapping of key -> row of the estimates table
    name : str
        Name of the template, for messages.
    write : callable (key, text of the number) -> Markdown
        How a number is put into this kind of document; see `plain` and `linked`.

    Raises
    ------
    DataError
        If a binding is malformed, or its key or format unknown: names the line of the template
        and the nearest keys or formats.
    """
    return BINDING.sub(partial(_bound, estimates=estimates, name=name, write=write), text)


def bound_keys(text: str) -> list[str]:
    """Keys of the bindings in ``text``, each once, in order of first use."""
    return list(dict.fromkeys(_fields(match)[1][0] for match in BINDING.finditer(text)))


def plain(key: str, number: str) -> Markdown:
    """Write the number alone."""
    return escape(number)


def linked(key: str, number: str) -> Markdown:
    """Write the number as a link to its row in the appendix."""
    return Markdown(f"[{escape(number)}](#{anchor(key)}){{.number}}")


def anchor(key: str) -> str:
    """Identifier of a key's row in the appendix; unlike the key, one that Markdown can carry."""
    return "estimate-" + key.replace("@", ":").replace("=", "::")


def _bound(match: re.Match, *, estimates: Estimates, name: str, write: Write) -> str:
    where, fields = _fields(match)
    where = f"{name}, {where}"
    if len(fields) != 2 or not all(fields):
        raise DataError(
            f"{where}: '{{{{ {' | '.join(fields)} }}}}' is not a binding; "
            "write {{ key of an estimate | format }}."
        )
    key, written_as = fields
    if key not in estimates:
        raise DataError(f"{where}: there is no estimate '{key}'; {nearest(key, estimates)}")
    if written_as not in FORMATS:
        raise DataError(
            f"{where}: there is no number format '{written_as}'; {nearest(written_as, FORMATS)}"
        )
    return write(key, format_row(estimates[key], written_as))


def _fields(match: re.Match) -> tuple[str, list[str]]:
    """Place of a binding in words, and the texts between its bars."""
    inside = match["inside"].replace("\\", "")  # the study-level layer escapes the _ of an arm
    line = LINE.search(inside)
    where = f"line {line[1]}" if line else "generated text"
    return where, [field.strip() for field in LINE.sub("", inside).split("|")]
