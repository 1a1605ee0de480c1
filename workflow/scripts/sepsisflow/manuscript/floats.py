"""Figures and tables of the manuscript: numbered in order, and referred to by number."""

import re
from collections.abc import Iterable

from sepsisflow.errors import DataError, nearest

# An image of a figure's file with its identifier, or the caption of a table with its own.
FIGURE = re.compile(
    r"!\[(?P<caption>[^!]*?)\]\(figures/(?P<name>\w+)\)\{#(?P<id>fig-[\w-]+)", re.DOTALL
)
TABLE = re.compile(r"^:[ \t]+(?P<caption>[^\n]*(?:\n[^\n]+)*?)\s*\{#(?P<id>tbl-[\w-]+)", re.M)
REFERENCE = re.compile(r"(?<![\w\\])@(?P<id>(?:fig|tbl)-[\w-]+)")
KINDS = {"fig": "Figure", "tbl": "Table"}


def number_floats(text: str, *, figures: Iterable[str], name: str) -> str:
    """Number figures and tables in order of appearance and resolve references to them.

    ``![Caption](figures/survival){#fig-survival}`` and ``: Caption {#tbl-baseline}`` get "Figure
    1." and "Table 1." before their captions; ``@fig-survival`` becomes a link that says "Figure
    1".

    Parameters
    ----------
    text : str
        Markdown of the manuscript.
    figures : names of the figures there are
    name : str
        Name of the template, for messages.

    Raises
    ------
    DataError
        If a figure does not exist, or a reference leads nowhere; names the nearest.
    """
    figures = list(figures)
    for match in FIGURE.finditer(text):
        if match["name"] not in figures:
            raise DataError(
                f"{name}: there is no figure '{match['name']}'; {nearest(match['name'], figures)}"
            )
    titles = {}
    for kind, pattern in (("fig", FIGURE), ("tbl", TABLE)):
        for number, match in enumerate(pattern.finditer(text), start=1):
            titles[match["id"]] = f"{KINDS[kind]} {number}"

    def captioned(match: re.Match) -> str:
        before, after = match[0].split(match["caption"], 1)
        return f"{before}**{titles[match['id']]}.** {match['caption']}{after}"

    def referred(match: re.Match) -> str:
        if match["id"] not in titles:
            raise DataError(
                f"{name}: nothing is called '@{match['id']}'; {nearest(match['id'], titles)}"
            )
        return f"[{titles[match['id']]}](#{match['id']})"

    text = TABLE.sub(captioned, FIGURE.sub(captioned, text))
    return REFERENCE.sub(referred, text)
