"""Table: the groups at baseline."""

from collections.abc import Mapping

import pandas as pd

from sepsisflow.formats import MISSING, number
from sepsisflow.labels import with_unit
from sepsisflow.tables.layout import Cells, Row, Table

PARTICIPANTS = {
    "age_years": {"label": "Age", "unit": "a"},
    "sex": {"label": "Sex", "levels": {"female": "Female", "male": "Male", "other": "Other"}},
    "site": {"label": "Site"},
    "weight_kg": {"label": "Weight", "unit": "kg"},
    "height_cm": {"label": "Height", "unit": "cm"},
}
PARTS = ("median", "q1", "q3", "minimum", "maximum")
CONTENTS = (
    "Numbers are median (lower to upper quartile), and range; categories are participants (percent "
    "of those with a value). SMD, standardised mean difference."
)
NOT_TESTED = (
    "Nobody was assigned to a group at random. The differences are described and not tested: p "
    "values would say nothing about confounding."
)
BY_CHANCE = (
    "Participants were assigned to the groups at random. The differences are described and not "
    "tested: chance alone made them."
)


def baseline_table(
    estimates: pd.DataFrame,
    *,
    variables: list[str],
    arms: dict,
    covariates: dict,
    labels: dict,
    randomised: bool,
) -> Table:
    """Describe the groups, one or more rows per variable.

    Parameters
    ----------
    estimates : DataFrame as `Estimates`
        The baseline analysis.
    variables : list of str
        Participants' columns, covariates or variables of the codelist, in the order shown.
    arms : dict of arm -> {label, role, …}
    covariates : dict of column -> {label, type, levels, unit}
    labels : dict of variable -> {label, unit}
        Of the codelist.
    randomised : bool
        Whether participants were assigned to the arms at random.

    Returns
    -------
    Table with a column per arm, and one for the standardised difference of each comparison
    """
    cells = Cells(estimates)
    baseline = estimates[estimates["analysis"].eq("baseline")]
    pairs = baseline[["group", "comparator"]].dropna().drop_duplicates()
    versus = [f"{treated}-vs-{control}" for treated, control in pairs.itertuples(index=False)]
    endpoints = list(baseline["endpoint"].unique())
    known = {**labels, **PARTICIPANTS, **covariates}
    rows = []
    for name in variables:
        is_category = f"baseline.{name}.analysed.{next(iter(arms))}.median" not in cells.rows
        if is_category:
            levels = [each for each in endpoints if each.startswith(f"{name}=")]
            rows += _category_rows(cells, levels, known[name], list(arms), versus)
        else:
            rows += _number_rows(cells, name, known[name], list(arms), versus)
        rows += _missing_rows(cells, name, list(arms), versus)
    smd = baseline.loc[baseline["statistic"].eq("smd"), "key"]
    return Table(
        "Baseline characteristics by group",
        _header(cells, arms, pairs),
        rows,
        [CONTENTS, cells.methods(smd), BY_CHANCE if randomised else NOT_TESTED],
    )


def _header(cells: Cells, arms: dict, pairs: pd.DataFrame) -> list[str]:
    """Head a column per arm, with its participants, and one per comparison."""
    header = ["Characteristic"]
    for arm, described in arms.items():
        count = cells.write(f"participants.analysed.analysed.{arm}.n", "count")
        header.append(f"{described['label']} (n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{count})")
    if len(pairs) == 1:
        return [*header, "SMD"]
    labels = {arm: described["label"] for arm, described in arms.items()}
    named = pairs.replace(labels).itertuples(index=False)
    return [*header, *(f"SMD, {treated} against {control}" for treated, control in named)]


def _number_rows(
    cells: Cells, name: str, described: Mapping, arms: list[str], versus: list[str]
) -> list[Row]:
    """Write a number: median and quartiles, and beneath them the range."""
    found = [
        {part: cells.row(f"baseline.{name}.analysed.{arm}.{part}")["value"] for part in PARTS}
        for arm in arms
    ]
    decimals = _decimals([each["maximum"] for each in found])
    label = with_unit(described["label"], described.get("unit"), separator=", ")
    return [
        Row([label, *(_quartiles(each, decimals) for each in found), *_smd(cells, name, versus)]),
        Row(
            ["range", *(_range(each, decimals) for each in found), *[""] * len(versus)], "indented"
        ),
    ]


def _category_rows(
    cells: Cells, levels: list[str], described: Mapping, arms: list[str], versus: list[str]
) -> list[Row]:
    """Write a category: a row per level that anybody has, under the variable's name.

    Of a boolean, one row says how many have it.
    """
    if described.get("type") == "boolean":
        return [Row([described["label"], *_level(cells, each, arms, versus)]) for each in levels]
    labels = described.get("levels") or {}
    written = [
        cells.row(f"baseline.{each}.analysed.{arms[0]}.count")["definition"] for each in levels
    ]
    names = [labels.get(level) or _on_one_line(level) for level in written]
    head = Row([described["label"], *[""] * (len(arms) + len(versus))])
    return [
        head,
        *(
            Row([name, *_level(cells, each, arms, versus)], "indented")
            for name, each in zip(names, levels, strict=True)
            if any(cells.row(f"baseline.{each}.analysed.{arm}.count")["value"] for arm in arms)
        ),
    ]


def _level(cells: Cells, level: str, arms: list[str], versus: list[str]) -> list[str]:
    """Write how many of each arm have a level, and the differences."""
    keys = [f"baseline.{level}.analysed.{arm}.proportion" for arm in arms]
    return [*(cells.write(key, "events_percent") for key in keys), *_smd(cells, level, versus)]


def _on_one_line(level: str) -> str:
    """Turn white space of any kind into single blanks, as a cell has one line."""
    return " ".join(level.split())


def _missing_rows(cells: Cells, name: str, arms: list[str], versus: list[str]) -> list[Row]:
    """Write how many have no value, if anybody has none."""
    rows = [cells.row(f"baseline.{name}.analysed.{arm}.n_missing") for arm in arms]
    if not any(row["value"] for row in rows):
        return []
    counts = [number(row["value"], 0) for row in rows]
    return [Row(["not recorded", *counts, *[""] * len(versus)], "indented")]


def _smd(cells: Cells, endpoint: str, versus: list[str]) -> list[str]:
    return [cells.write(f"baseline.{endpoint}.analysed.{pair}.smd", "number2") for pair in versus]


def _decimals(largest: list[float]) -> int:
    """Choose decimals for a variable: three significant digits at its largest value."""
    known = max((abs(value) for value in largest if value == value), default=0)
    return 0 if known >= 100 else 1 if known >= 10 else 2


def _quartiles(found: Mapping[str, float], decimals: int) -> str:
    """Write "56.5 (41.2 to 63.0)"."""
    median, q1, q3 = (number(found[part], decimals) for part in ("median", "q1", "q3"))
    return MISSING if median == MISSING else f"{median} ({q1} to {q3})"


def _range(found: Mapping[str, float], decimals: int) -> str:
    """Write "22 to 80": without decimals where both ends are whole."""
    ends = found["minimum"], found["maximum"]
    if any(end != end for end in ends):
        return MISSING
    is_whole = all(float(end).is_integer() for end in ends)
    lowest, highest = (number(end, 0 if is_whole else decimals) for end in ends)
    return f"{lowest} to {highest}"
