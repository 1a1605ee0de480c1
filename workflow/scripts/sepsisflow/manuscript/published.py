"""Published numbers beside the computed ones, compared at the decimals that were printed."""

from collections.abc import Mapping, Sequence

from sepsisflow.errors import DataError, nearest
from sepsisflow.formats import MISSING, format_row, number
from sepsisflow.manuscript.markdown import Markdown, escape, pipe_table

HEADER = ("Quantity", "Published", "Computed", "Agrees")
ANSWERS = {True: "yes", False: Markdown("**no**"), None: "not computed"}


def agrees(entry: Mapping, row: Mapping) -> bool | None:
    """Whether the computed estimate, rounded as published, is the published one.

    Parameters
    ----------
    entry : mapping
        An entry of the study file's ``published``: ``value``, or ``lower`` and ``upper``, or all
        three, in the unit of the estimate; ``decimals`` to which they were printed.
    row : mapping
        Its row of the estimates table.

    Returns
    -------
    bool or None
        None if the estimate lacks a part that was published.
    """
    parts = [part for part in ("value", "lower", "upper") if part in entry]
    published, computed = (
        [number(source[part], entry["decimals"]) for part in parts] for source in (entry, row)
    )
    return None if MISSING in computed else published == computed


def published_table(published: Sequence[Mapping], estimates: Mapping[str, Mapping]) -> Markdown:
    """Write the table "published against computed"; its computed numbers are bindings.

    Parameters
    ----------
    published : sequence of mappings
        The study file's ``published``; each entry's ``source`` is cited.
    estimates : mapping of key -> row of the estimates table

    Raises
    ------
    DataError
        If an entry's key is not among the estimates; names the entry and the nearest keys.
    """
    rows = []
    for position, entry in enumerate(published, start=1):
        key = entry["key"]
        if key not in estimates:
            raise DataError(
                f"published, entry {position}: there is no estimate '{key}'; "
                f"{nearest(key, estimates)}"
            )
        rows.append(
            [
                Markdown(f"{escape(entry['label'])} [@{entry['source']}]"),
                format_row(entry, written_as(entry)),
                Markdown(f"{{{{ {key} | {written_as(entry)} }}}}"),
                ANSWERS[agrees(entry, estimates[key])],
            ]
        )
    return pipe_table(HEADER, rows, alignment="lrrl")


def written_as(entry: Mapping) -> str:
    """Name the number format that shows the parts of an entry that were published."""
    if "value" not in entry:
        return f"number{entry['decimals']}_limits"
    return f"number{entry['decimals']}{'_ci' if 'lower' in entry else ''}"
