"""Appendix of the HTML manuscript: where each number comes from."""

from collections.abc import Mapping, Sequence

from sepsisflow.formats import MISSING, number, significant
from sepsisflow.manuscript.bind import anchor
from sepsisflow.manuscript.markdown import Markdown, pipe_table

HEADER = ("Key", "Value (interval)", "Unit", "n", "Events", "How it was obtained", "File")
DIGITS = 6  # enough to recompute what the text rounds


def numbers_table(keys: Sequence[str], estimates: Mapping[str, Mapping]) -> Markdown:
    """List the estimates a manuscript uses, each row with the identifier its numbers link to.

    Parameters
    ----------
    keys : sequence of str
        Keys in the order shown.
    estimates : mapping of key -> row of the estimates table
        With ``file``, the file of estimates that holds the row.
    """
    rows = [_cells(key, estimates[key]) for key in keys]
    return pipe_table(HEADER, rows, alignment="lrlrrll")


def _cells(key: str, row: Mapping) -> list[str]:
    limits = [_stored(row[end]) for end in ("lower", "upper")]
    interval = "" if limits == [MISSING, MISSING] else f" ({limits[0]} to {limits[1]})"
    return [
        Markdown(f"[`{key}`]{{#{anchor(key)}}}"),
        f"{_stored(row['value'])}{interval}",
        row["unit"],
        number(row["n"], 0),
        number(row["n_events"], 0),
        row["method"],
        Markdown(f"`{row['file']}`"),
    ]


def _stored(value: object) -> str:
    text = significant(value, DIGITS)
    return text.rstrip("0").rstrip(".") if "." in text else text
