"""Table: deaths, survival and their comparison."""

from typing import NamedTuple

import pandas as pd

from sepsisflow.tables.layout import NOT_RANDOMISED, RANDOMISED, Cells, Row, Table, section


class Line(NamedTuple):
    """One row: a statistic and its format for the arms, and the same for the comparisons."""

    name: str
    of_arm: tuple[str, str] | None = None
    of_comparison: tuple[str, str] | None = None


POINTS = "percent_difference_ci"
BY_DAY = [
    Line("Died", ("deaths", "deaths_of")),
    Line("Risk of death, exact interval", ("risk", "percent_ci"), ("risk_difference", POINTS)),
    Line("Risk of death, Wilson interval", ("risk_wilson", "percent_ci")),
    Line("Alive", ("alive", "value_of")),
    Line("Alive, exact interval", ("survival", "percent_ci"), ("survival_difference", POINTS)),
    Line("Risk ratio of death", None, ("risk_ratio", "estimate_ci")),
    Line("Odds ratio of death", None, ("odds_ratio", "estimate_ci")),
    Line("Fisher’s exact test, p", None, ("fisher_p", "p")),
]
AT_THE_END = Line("Alive, Kaplan–Meier", ("survival_probability", "percent_ci"))
OVER_TIME = [
    Line("Median survival, days", ("median", "median_ci")),
    Line("Hazard ratio of death", None, ("hazard_ratio", "estimate_ci")),
    Line("Log-rank test, p", None, ("logrank_p", "p")),
]


def mortality_table(
    estimates: pd.DataFrame, *, arms: dict, survival: dict, randomised: bool
) -> Table:
    """Give deaths by each horizon and survival over follow-up, by arm and compared.

    Parameters
    ----------
    estimates : DataFrame as `Estimates`
        The survival analysis.
    arms : dict of arm -> {label, role, …}
    survival : dict
        ``horizons_days``, ``follow_up_days`` (days from time zero).
    randomised : bool
        Whether participants were assigned to the arms at random.

    Returns
    -------
    Table with a column per arm and one per comparison
    """
    cells = Cells(estimates)
    pairs = estimates[["group", "comparator"]].dropna().drop_duplicates()
    columns = {arm: described["label"] for arm, described in arms.items()}
    versus = {
        f"{treated}-vs-{control}": f"{columns[treated]} against {columns[control]}"
        for treated, control in pairs.itertuples(index=False)
    }
    columns |= versus
    last = survival["follow_up_days"]
    blocks = [
        (f"By day {day:g}", "mortality", f"@{day:g}", BY_DAY) for day in survival["horizons_days"]
    ]
    blocks += [
        (f"Over {last:g} days", "survival", f"@{last:g}", [AT_THE_END]),
        ("", "survival", "", OVER_TIME),
    ]
    rows, places = [], {}
    for title, analysis, day, lines in blocks:
        rows += [section(title, 1 + len(columns))] if title else []
        for line in lines:
            written = [line.name]
            for column, label in columns.items():
                shown = line.of_comparison if "-vs-" in column else line.of_arm
                if shown is None:
                    written.append("")
                    continue
                statistic, name = shown
                key = f"{analysis}.death.analysed.{column}{day}.{statistic}"
                places[key] = f"{line.name}, {title.lower() or 'over follow-up'}, {label}"
                written.append(cells.write(key, name))
            rows.append(Row(written, "indented"))
    comparison = ["Comparison"] if len(versus) == 1 else list(versus.values())
    header = ["Outcome", *(described["label"] for described in arms.values()), *comparison]
    notes = [
        f"Comparison: {'; '.join(versus.values())}; differences of risk or of the proportion alive "
        "are in percentage points. Brackets hold "
        f"{cells.level(places)} confidence intervals. {cells.methods(places)}",
        cells.remarks(places),
        RANDOMISED if randomised else NOT_RANDOMISED,
    ]
    title = f"Mortality and survival to day {last:g}"
    return Table(title, header, rows, [note for note in notes if note])
