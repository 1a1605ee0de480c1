"""Table: SOFA by study day, and its change from baseline."""

import pandas as pd

from sepsisflow.formats import MISSING, number
from sepsisflow.tables.layout import (
    WITHIN_GROUP,
    WITHIN_RANDOMISED_GROUP,
    Cells,
    Row,
    Table,
    section,
)

PARTS = ("mean", "sd", "median", "q1", "q3")


def sofa_table(estimates: pd.DataFrame, *, arms: dict, sofa: dict, randomised: bool) -> Table:
    """Give the score of each arm on each day, and the participants' change from baseline.

    Parameters
    ----------
    estimates : DataFrame as `Estimates`
        The SOFA analysis.
    arms : dict of arm -> {label, role, …}
    sofa : dict
        ``baseline_day`` and ``days`` (study days), ``rules`` (as
        `sepsisflow.scores.words.in_words`; None of recorded totals).
    randomised : bool
        Whether participants were assigned to the arms at random.

    Returns
    -------
    Table with a section per arm and a row per day
    """
    cells = Cells(estimates)
    baseline = sofa["baseline_day"]
    header = ["Study day", "n", "Mean (SD)", "Median (quartiles)", "Pairs"]
    header += [f"Change from day {baseline}", "p"]
    rows, changes = [], {}
    for arm, described in arms.items():
        rows.append(section(described["label"], len(header)))
        for day in sofa["days"]:
            at = f"sofa.total.analysed.{arm}@{day:g}"
            found = {part: cells.row(f"{at}.{part}")["value"] for part in PARTS}
            count = number(cells.row(f"{at}.median")["n"], 0)
            written = [f"Day {day:g}", count, _with_sd(found), _with_quartiles(found)]
            if day > baseline:
                written += _change(cells, at)
                place = f"Change to day {day:g}, {described['label']}"
                changes |= {f"{at}.change_hl": place, f"{at}.change_p": place}
            rows.append(Row([*written, *[""] * (len(header) - len(written))], "indented"))
    notes = [
        f"SOFA in points, definition “{sofa['definition']}”, of the participants scored that day; "
        f"{_rules(cells, arms, sofa['rules'])}pairs are those also scored at baseline. Brackets "
        "after a change hold its "
        f"{cells.level(changes)} confidence interval. {cells.methods(changes)}",
        cells.remarks(changes),
        WITHIN_RANDOMISED_GROUP if randomised else WITHIN_GROUP,
    ]
    return Table("SOFA score by study day", header, rows, [note for note in notes if note])


def _rules(cells: Cells, arms: dict, rules: dict | None) -> str:
    """What the definition does with missing values and the dead, and how often values lack."""
    if rules is None:
        return ""
    lacking = ", ".join(
        f"{number(cells.row(f'sofa.total.analysed.{arm}.incomplete')['value'], 0)} of "
        f"{number(cells.row(f'sofa.total.analysed.{arm}.scores')['value'], 0)} "
        f"({described['label']})"
        for arm, described in arms.items()
    )
    return f"{rules['missing']} (so in scores: {lacking}); {rules['after_death']}; "


def _with_sd(found: dict[str, float]) -> str:
    mean, sd = (number(found[part], 1) for part in ("mean", "sd"))
    return MISSING if mean == MISSING else f"{mean} ({sd})"


def _with_quartiles(found: dict[str, float]) -> str:
    median, q1, q3 = (number(found[part], 1) for part in ("median", "q1", "q3"))
    return MISSING if median == MISSING else f"{median} ({q1} to {q3})"


def _change(cells: Cells, at: str) -> list[str]:
    pairs = number(cells.row(f"{at}.change_hl")["n"], 0)
    change = cells.write(f"{at}.change_hl", "number1_ci")
    return [pairs, change, cells.write(f"{at}.change_p", "p")]
