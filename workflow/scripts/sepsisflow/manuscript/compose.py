"""From template, study file, estimates, figures and tables to the manuscript's Markdown."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from sepsisflow.errors import DataError, nearest
from sepsisflow.manuscript import bind
from sepsisflow.manuscript.appendix import numbers_table
from sepsisflow.manuscript.floats import number_floats
from sepsisflow.manuscript.lint import check_typed_numbers
from sepsisflow.manuscript.markdown import Markdown, escape, pipe_table
from sepsisflow.manuscript.published import published_table
from sepsisflow.manuscript.render import bounded, known, render
from sepsisflow.manuscript.vocabulary import vocabulary

Table = Sequence[Sequence[str]]

APPENDIX = """
# Appendix: where each number comes from {#appendix}

Every number in the text that is underlined leads to its row here. Values are shown to six
significant digits, as stored in the files of estimates.

::: {.wide}
%s
:::
"""


def compose(
    template: str,
    *,
    name: str,
    study: Mapping,
    labels: Mapping[str, Mapping],
    estimates: Mapping[str, Mapping],
    figures: Collection[str],
    tables: Mapping[str, Table],
) -> str:
    """Fill in all but the bound numbers of a template.

    Parameters
    ----------
    template : str
        Markdown with both layers (see the package).
    name : str
        Name of the template's file, for messages.
    study : mapping
        The validated study file, without ``sources``.
    labels : mapping of variable -> {label, …}
        The codelist's entries of the variables of the study's panels.
    estimates : mapping of key -> row of the estimates table
    figures : names of the figures there are
    tables : mapping of name -> rows of texts
        The first row is the header.

    Returns
    -------
    str
        Pandoc's Markdown with bindings; `with_numbers` finishes it for one kind of document.

    Raises
    ------
    DataError
        If the template holds typed results, unknown names, figures or tables.
    """
    check_typed_numbers(template, name=name)
    words = {
        **vocabulary(study, estimates, labels),
        "figures": figures,
        "tables": tables,
        "known": partial(known, estimates=estimates),
        "bounded": partial(bounded, estimates=estimates),
        "table": partial(table_markdown, tables=tables),
        "published_table": lambda: published_table(study["published"], estimates),
    }
    text = render(bind.mark_lines(template), words, name=name)
    return number_floats(text, figures=figures, name=name)


def with_numbers(text: str, estimates: Mapping[str, Mapping], *, name: str, linked: bool) -> str:
    """Bind the numbers; ``linked`` makes each a link into an appendix that lists them."""
    write: Callable = bind.linked if linked else bind.plain
    numbered = bind.bind(text, estimates, name=name, write=write)
    if not linked:
        return numbered
    return numbered + APPENDIX % numbers_table(bind.bound_keys(text), estimates)


def table_markdown(name: str, tables: Mapping[str, Table], *, sections: bool = False) -> Markdown:
    """Write a finished table: the first column to the left, the others to the right.

    With ``sections``, a row with a label alone heads the rows below it and is bold.

    Raises
    ------
    DataError
        If there is no such table; names the nearest.
    """
    if name not in tables:
        raise DataError(f"The template asks for table '{name}'; {nearest(name, tables)}")
    header, *rows = tables[name]
    if sections:
        rows = [[heading(row[0]), *row[1:]] if not any(row[1:]) else row for row in rows]
    return pipe_table(header, rows, alignment="l" + "r" * (len(header) - 1))


def heading(label: str) -> Markdown:
    """Make a label bold, whatever indents it."""
    indent = label[: len(label) - len(label.lstrip())]
    return Markdown(f"{indent}**{escape(label.strip())}**")


def describe(study: Mapping, name: str) -> dict[str, object]:
    """Title, subtitle and marks of the manuscript of the study called ``name``."""
    registered = f"{study['registration']} · " if study["registration"] else ""
    groups = "randomised groups" if study["randomised"] else "groups that were not randomised"
    return {
        "title": escape(study["title"]),
        "subtitle": f"{escape(registered)}A comparison of two {groups}",
        "running": study["title"],
        "footer": f"sepsisflow · study {escape(name)}",
        "synthetic": study["synthetic"],
    }
