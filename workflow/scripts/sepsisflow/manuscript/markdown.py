"""Small pieces of pandoc's Markdown: escaped text, lists in words, tables."""

import re
from collections.abc import Sequence

# A word of the study file (an arm's or variable's key) is safe as it is, and part of many keys.
WORD = re.compile(r"[A-Za-z0-9_=]+")
SPECIAL = re.compile(r"([\\`*_{}\[\]<>$@|^~#&])")
BOUND = re.compile(r"\{\{.*?\}\}")  # a number not yet bound: its length says nothing
NARROW, WIDE = 9, 36  # characters: bounds of a column's relative width
NO_BREAK = "\N{NO-BREAK SPACE}"


class Markdown(str):
    """Text that is Markdown already and must not be escaped again."""


def escape(text: str) -> Markdown:
    """Make a label of the study file literal text, on one line; keys and Markdown stay as is."""
    if isinstance(text, Markdown) or WORD.fullmatch(text):
        return Markdown(text)
    return Markdown(SPECIAL.sub(r"\\\1", re.sub(r"[ \t\r\n]+", " ", text)))


def listing(items: Sequence, last: str = "and") -> Markdown:
    """Join items as in a sentence: "1", "1 and 2", "1, 3, 5 and 7"."""
    texts = [escape(item if isinstance(item, str) else str(item)) for item in items]
    if len(texts) < 2:
        return Markdown("".join(texts))
    return Markdown(f"{', '.join(texts[:-1])} {last} {texts[-1]}")


def pipe_table(header: Sequence[str], rows: Sequence[Sequence[str]], *, alignment: str) -> Markdown:
    """Write a pipe table.

    Parameters
    ----------
    header, rows : texts of the cells
        Escaped unless `Markdown`; spaces that lead the first cell of a row indent it.
    alignment : str
        One letter a column: l, c or r.

    Returns
    -------
    Markdown, ends with a line break; its caption may follow after a blank line
        The rule below the header is as wide as each column's longest text: pandoc takes relative
        widths from it where it needs them (``--columns``). Rows with a label alone do not count.
    """
    measured = [header, *(row for row in rows if any(row[1:]))]
    widths = [
        min(max(NARROW, *(len(BOUND.sub("", row[at])) for row in measured)), WIDE)
        for at in range(len(header))
    ]
    rules = [
        f"{':' if letter in 'lc' else ''}{'-' * width}{':' if letter in 'rc' else ''}"
        for letter, width in zip(alignment, widths, strict=True)
    ]
    lines = [_line(header), f"|{'|'.join(rules)}|", *(_line(row) for row in rows)]
    return Markdown("\n".join(lines) + "\n")


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(text: str) -> str:
    indent = len(text) - len(text.lstrip(" \N{NO-BREAK SPACE}\N{EM SPACE}"))
    return NO_BREAK * indent + escape(type(text)(text[indent:]))
