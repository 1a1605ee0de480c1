"""Table: biomarkers at baseline and last, and their change."""

import pandas as pd

from sepsisflow.formats import number
from sepsisflow.labels import with_unit
from sepsisflow.tables.layout import (
    WITHIN_GROUP,
    WITHIN_RANDOMISED_GROUP,
    Cells,
    Row,
    Table,
    section,
)

HEADER = [
    "Variable",
    "Baseline",
    "Last day",
    "Pairs",
    "Ratio to baseline",
    "p",
    "Holm p",
    "Least p",
]
COUNTED = {"half_limit": "half the limit", "limit": "the limit"}
CONTENTS = (
    "Baseline and last day: geometric mean, in square brackets the values below the limit of "
    "quantification out of all. Least p is the smallest that the test can reach with so many "
    "participants."
)


def biomarker_table(
    estimates: pd.DataFrame, *, panels: dict, arms: dict, labels: dict, randomised: bool
) -> Table:
    """Give each variable at baseline and on the last day, and the participants' change.

    Parameters
    ----------
    estimates : DataFrame as `Estimates`
        All panels' analyses.
    panels : dict of panel -> {label, variables, arms, baseline_day, days, below_limit, …}
    arms : dict of arm -> {label, role, …}
    labels : dict of variable -> {label, unit}
    randomised : bool
        Whether participants were assigned to the arms at random.

    Returns
    -------
    Table with a section per panel and arm, and a row per variable
    """
    cells = Cells(estimates)
    rows, tests, places, limits = [], [], {}, []
    for panel, settings in panels.items():
        first, last = settings["baseline_day"], max(settings["days"])
        counted = COUNTED[settings["below_limit"]]
        limits.append(f"{settings['label']}: a value below the limit counts as {counted}.")
        for arm in settings["arms"]:
            name = f"{settings['label']}, {arms[arm]['label']} (day {first:g}, day {last:g})"
            rows.append(section(name, len(HEADER)))
            for variable in settings["variables"]:
                at = f"{panel}.{variable}.analysed.{arm}"
                label = with_unit(**labels[variable], separator=", ")
                rows.append(Row([label, *_written(cells, at, first, last)], "indented"))
                tests += [f"{at}.{statistic}" for statistic in ("ratio", "p", "p_holm")]
                places[f"{at}.ratio"] = f"{labels[variable]['label']}, {arms[arm]['label']}"
    level = cells.level(tests)
    notes = [
        f"{CONTENTS} Brackets after a ratio hold its {level} confidence interval.",
        f"{' '.join(limits)} {cells.methods(tests)}",
        cells.remarks(places),
        WITHIN_RANDOMISED_GROUP if randomised else WITHIN_GROUP,
    ]
    title = "Biomarkers and their change within groups"
    return Table(title, HEADER, rows, [note for note in notes if note])


def _written(cells: Cells, at: str, first: float, last: float) -> list[str]:
    return [
        _mean(cells, f"{at}@{first:g}"),
        _mean(cells, f"{at}@{last:g}"),
        number(cells.row(f"{at}.ratio")["n"], 0),
        cells.write(f"{at}.ratio", "estimate_ci"),
        *(cells.write(f"{at}.{statistic}", "p") for statistic in ("p", "p_holm", "p_smallest")),
    ]


def _mean(cells: Cells, at: str) -> str:
    """Write "38.1 [2/10]": geometric mean, values below the limit, values."""
    below = cells.row(f"{at}.n_below_limit")
    counts = f"{number(below['value'], 0)}/{number(below['n'], 0)}"
    return f"{cells.write(f'{at}.geometric_mean', 'significant3')} [{counts}]"
