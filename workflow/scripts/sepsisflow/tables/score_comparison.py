"""Table: what each definition of a score makes of the same participants."""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from sepsisflow.formats import MISSING, format_row, number
from sepsisflow.schemas.score_comparison import REACHING, Comparison
from sepsisflow.scores.sepsis_definitions import NOT_SEPSIS_3
from sepsisflow.scores.side_by_side import component_labels
from sepsisflow.tables.layout import Row, Table, section

# Endpoint of the totals, study day, heading.
LEVELS = (
    ("first_day", 1, "First day"),
    ("highest", None, "Day of the highest score"),
)
CROSSED = {
    "both": "by both",
    "group_only": "by this one only",
    "comparator_only": "by {} only",
    "neither": "by neither",
}
DESCRIPTIVE = (
    "The same participants are described several times; nothing is tested. Days begin with each "
    "definition’s own clock; those of which nothing was observed are left out, and a score of one "
    "window stands as day 1. What a missing component adds to a total is the definition’s rule."
)
SEPSIS_3 = "A rise by 2 points and a suspected infection"
NOT_SEPSIS = (
    "2 points or more are not sepsis by themselves: Sepsis-3 asks for a suspected infection and a "
    "rise of SOFA (1996) by 2 points."
)
NOT_DERIVED = (
    "Sepsis was not derived, which takes antibiotics and cultures and a definition of it in the "
    "study’s settings; 2 points or more do not stand for it."
)


class Line(NamedTuple):
    """A row's label, what it says of a definition, and how it is indented."""

    label: str
    write: Callable[[str], str]
    kind: str = "indented"


def score_comparison_table(
    estimates: pd.DataFrame, *, definitions: dict, sepsis: dict, population: str
) -> Table:
    """Give a column per definition; the first is the reference of the others.

    Parameters
    ----------
    estimates : DataFrame as `Estimates`
        The analysis ``score_comparison``.
    definitions : dict of name -> {title, labels, sepsis_3, …}
        As `sepsisflow.scores.side_by_side`.
    sepsis : dict of name -> {title, label, score}
        Definitions of sepsis, each with the score that it looks at; the first is the reference.
    population : str
        Population of the estimates.
    """
    found = Comparison(estimates, population)
    reference = next(iter(definitions))
    title = definitions[reference]["title"]
    labels = component_labels(definitions)
    blocks = {
        "Scored": [*_scored(found), Line(SEPSIS_3, _named(definitions))],
        "Component observed, % of participant-days": _observed(found, labels),
    }
    for endpoint, day, heading in LEVELS:
        reached = REACHING[endpoint]
        blocks[heading] = [
            *_levels(found, endpoint, day, reached),
            *(
                Line(label.format(title), _crossed(found, reference, reached, day, cell), "nested")
                for cell, label in CROSSED.items()
            ),
        ]
    if sepsis:
        blocks["Sepsis, by its definition and the score that it looks at"] = _sepsis(found, sepsis)
    else:
        blocks["Sepsis"] = [Line("Participants, n (%)", lambda _: "not derived")]
    blocks[f"Other points than {title}, % of participant-days (mean difference)"] = [
        Line(label, _difference(found, key, reference))
        for key, label in [*labels.items(), ("total", "Total")]
        if key == "total" or _compared(found, key, definitions)
    ]
    if len(definitions) > 2:
        names = list(definitions)
        blocks["Another total, % of participant-days (mean difference), by pair"] = [
            Line(definitions[name]["title"], _pair(found, name, names[:place]))
            for place, name in enumerate(names[1:], start=1)
        ]
    rows = []
    for heading, lines in blocks.items():
        rows.append(section(heading, 1 + len(definitions)))
        rows += [Row([each.label, *map(each.write, definitions)], each.kind) for each in lines]
    notes = [
        "Shares of participant-days on which points differ are of the days that both definitions "
        "gave points; the mean difference is this definition, or that of the row, minus the other, "
        f"in points. {MISSING}, not comparable or nothing observed.",
        DESCRIPTIVE,
        NOT_SEPSIS if sepsis else f"{NOT_SEPSIS} {NOT_DERIVED}",
    ]
    header = ["", *(each["title"] for each in definitions.values())]
    return Table("The same participants by each definition of the score", header, rows, notes)


def _written(row: dict | None, form: str) -> str:
    return MISSING if row is None else format_row(row, form)


def _scored(found: Comparison) -> list[Line]:
    forms = {
        "Participants, n (%)": ("scored", "events_percent"),
        "Participant-days, n": ("days", "count"),
        "Components observed on a day, mean": ("components_observed", "number1"),
    }
    return [
        Line(
            label,
            lambda name, form=form: _written(found.row("participants", name, form[0]), form[1]),
        )
        for label, form in forms.items()
    ]


def _named(definitions: dict) -> Callable:
    """Say of a definition whether a rise of it may be called Sepsis-3."""
    return lambda name: "Sepsis-3" if definitions[name]["sepsis_3"] else NOT_SEPSIS_3


def _observed(found: Comparison, labels: dict[str, str]) -> list[Line]:
    return [
        Line(label, lambda name, key=key: _written(found.row(key, name, "observed"), "percent"))
        for key, label in labels.items()
    ]


def _levels(found: Comparison, endpoint: str, day: int | None, reached: str) -> list[Line]:
    def shown(name: str, *statistics: str) -> list[str]:
        return [number(found.value(endpoint, name, each, day=day), 1) for each in statistics]

    return [
        Line("Mean (SD)", lambda name: "{} ({})".format(*shown(name, "mean", "sd"))),
        Line(
            "Median (quartiles)",
            lambda name: "{} ({} to {})".format(*shown(name, "median", "q1", "q3")),
        ),
        Line(
            "2 points or more, n (%)",
            lambda name: _written(
                found.row(reached, name, "proportion", day=day), "events_percent"
            ),
        ),
    ]


def _crossed(
    found: Comparison, reference: str, reached: str, day: int | None, cell: str
) -> Callable:
    def write(name: str) -> str:
        row = found.row(reached, name, cell, against=reference, day=day)
        return "reference" if name == reference else _written(row, "count")

    return write


def _sepsis(found: Comparison, sepsis: dict) -> list[Line]:
    """Rows of each definition of sepsis, filled in the column of its score."""
    reference = next(iter(sepsis))
    lines = []
    for name, described in sepsis.items():
        row = found.row("sepsis", name, "proportion")
        cases = f"{format_row(row, 'deaths_of')} ({format_row(row, 'percent')})"
        said = f", {NOT_SEPSIS_3}" if NOT_SEPSIS_3 in described["label"] else ""
        cells = [(f"{described['title']}{said}, n (%)", cases, "indented")]
        if name != reference:
            title = sepsis[reference]["title"]
            for cell, label in CROSSED.items():
                count = found.row("sepsis", name, cell, against=reference)
                cells.append((label.format(title), _written(count, "count"), "nested"))
        lines += [
            Line(label, _in_column(described["score"], text), kind) for label, text, kind in cells
        ]
    return lines


def _in_column(column: str, text: str) -> Callable:
    return lambda name: text if name == column else ""


def _compared(found: Comparison, endpoint: str, definitions: dict) -> bool:
    """Whether any definition is compared with the first in this."""
    first, *others = definitions
    return any(found.row(endpoint, name, "days", against=first) for name in others)


def _difference(found: Comparison, endpoint: str, reference: str) -> Callable:
    def write(name: str) -> str:
        differs = _differs(found, endpoint, name, reference)
        return "reference" if name == reference else differs

    return write


def _pair(found: Comparison, row: str, earlier: list[str]) -> Callable:
    """One definition against each of those before it in the study file."""
    return lambda name: _differs(found, "total", row, name) if name in earlier else ""


def _differs(found: Comparison, endpoint: str, one: str, other: str) -> str:
    share, gap = (
        found.row(endpoint, one, statistic, against=other)
        for statistic in ("different", "mean_difference")
    )
    if share is None or not share["n"]:
        return MISSING
    return f"{format_row(share, 'percent')} ({format_row(gap, 'number2')})"
