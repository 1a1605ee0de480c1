"""Table: endpoints of each participant, by arm."""

from collections.abc import Iterator, Mapping

import pandas as pd

from sepsisflow.endpoints.words import score_in_words
from sepsisflow.formats import MISSING, number
from sepsisflow.tables.layout import Cells, Row, Table, section

DEATH_RULES = {
    "missing": "No score after death",
    "carried": "Last score carried after death",
    "score_24": "24 points from death on",
    "worst_rank": "Rank, death worst",
}
DEATH_SCORES = {
    "zero": "All, the dead as 0",
    "minus_one": "All, the dead as −1",
    "until_death": "All, the dead by the days they lived",
}
CONTENTS = "Median (lower to upper quartile) [participants with a value], or a count."
COMPOSITE = (
    "Scores that death enters by a rule are composites: the same difference may come from deaths "
    "or from the living, so both parts are given."
)
NOT_RANDOMISED = (
    "Nobody was assigned to a group at random: the groups are described, not compared, and a "
    "difference says nothing about confounding."
)
DESCRIBED = "Participants were assigned to the groups at random; here the groups are described."


def endpoints_table(
    estimates: pd.DataFrame, *, arms: dict, endpoints: dict, randomised: bool
) -> Table:
    """Give every endpoint of each arm: participants, median and quartiles, and parts.

    Parameters
    ----------
    estimates : DataFrame as `Estimates`
        The analysis of endpoints.
    arms : dict of arm -> {label, role, …}
    endpoints : dict
        Block ``endpoints`` of the study file.
    randomised : bool
        Whether participants were assigned to the arms at random.

    Returns
    -------
    Table with a section per endpoint and a column per arm
    """
    cells = Cells(estimates)
    header = ["Endpoint", *(described["label"] for described in arms.values())]
    rows, notes = [], []
    for title, lines, note in _sections(cells, endpoints, next(iter(arms))):
        rows.append(section(title, len(header)))
        for label, endpoint, day, statistic in lines:
            at = [f"endpoints.{endpoint}.analysed.{arm}{day}" for arm in arms]
            rows.append(Row([label, *(_cell(cells, each, statistic) for each in at)], "indented"))
        notes += [note] if note else []
    return Table(
        "Endpoints of each participant, by group",
        header,
        rows,
        [CONTENTS, *notes, COMPOSITE, DESCRIBED if randomised else NOT_RANDOMISED],
    )


def _sections(cells: Cells, endpoints: Mapping, arm: str) -> Iterator[tuple[str, list, str]]:
    """Title, lines and note of each section, in the order of the study file."""

    def note(name: str, each: Mapping, at: str) -> str:
        definition = cells.row(f"endpoints.{name}.analysed.{arm}{at}")["definition"]
        return f"{each['label']}: {definition}."

    if endpoints["sofa"]:
        yield from _score_sections(cells, endpoints["sofa"], arm)
    for family in ("support_free_days", "days_alive_out"):
        for name, each in endpoints[family].items():
            day = each["horizon_day"]
            lines = [
                (DEATH_SCORES[each["death"]], name, f"@{day:g}", "median"),
                (f"Deaths by day {day:g}", name, f"@{day:g}", "deaths"),
                (f"Alive on day {day:g}", name, f"@{day:g}", "alive_median"),
            ]
            title = f"{each['label']} to day {day:g}"
            yield title, lines, note(name, each, f"@{day:g}.median")
    for name, each in endpoints["shock_reversal"].items():
        at = f"@{each['horizon_day']:g}"
        lines = [
            ("Reversed, of those in shock", name, at, "reversed"),
            ("Died before", name, at, "died"),
            ("Alive and not reversed, or not followed", name, at, "censored"),
            ("Days to reversal, of those reversed", name, at, "reversed_median"),
        ]
        title = f"{each['label']} to day {each['horizon_day']:g}"
        yield title, lines, note(name, each, f"{at}.reversed")
    for name, each in endpoints["clearance"].items():
        lines = [("Fall, percent of the first value", name, "", "median")]
        yield each["label"], lines, note(name, each, ".median")


def _score_sections(cells: Cells, sofa: Mapping, arm: str) -> Iterator[tuple[str, list, str]]:
    baseline, last = sofa["baseline_day"], max(sofa["over_days"])
    first = f"endpoints.sofa_{sofa['death_rules'][0]}.analysed.{arm}@{sofa['on_days'][0]:g}.median"
    definition = cells.row(first)["definition"]
    note = f"SOFA: definition “{definition}”, in points; {score_in_words(sofa)}."
    measures = [("", f"SOFA on day {day:g}", day) for day in sofa["on_days"]]
    measures += [
        ("delta_", f"Change of SOFA from day {baseline:g} to day {day:g}", day)
        for day in sofa["on_days"]
    ]
    measures += [
        ("maximum_", f"Maximum SOFA to day {last:g}", last),
        ("mean_", f"Mean SOFA to day {last:g}", last),
    ]
    for prefix, title, day in measures:
        lines = [
            (DEATH_RULES[rule], f"{prefix}sofa_{rule}", f"@{day:g}", "median")
            for rule in sofa["death_rules"]
        ]
        yield title, lines, note
        note = ""


def _cell(cells: Cells, at: str, statistic: str) -> str:
    """Write "3 of 10", or "4.5 (2.3 to 7.8) [10]": median, quartiles and participants."""
    if not statistic.endswith("median"):
        return cells.write(f"{at}.{statistic}", "value_of")
    prefix = statistic.removesuffix("median")
    found = [cells.row(f"{at}.{prefix}{part}") for part in ("median", "q1", "q3")]
    median, q1, q3 = (number(row["value"], 1) for row in found)
    count = number(found[0]["n"], 0)
    return f"{median} [{count}]" if median == MISSING else f"{median} ({q1} to {q3}) [{count}]"
