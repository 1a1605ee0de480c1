"""Rows: what each definition of a score makes of the same participants, and where two differ."""

from collections.abc import Iterable
from itertools import combinations

import pandas as pd

from sepsisflow.inference.estimate import Estimate, estimate_rows, not_estimable
from sepsisflow.inference.summaries import describe
from sepsisflow.schemas.score_comparison import AT_LEAST, REACHING, comparison_place

LEVELS = ["mean", "sd", "median", "q1", "q3", "minimum", "maximum"]
OF_ONE, OF_OTHER = " of one", " of the other"
DAY = ["participant_id", "study_day"]
OF_DAYS = "share of participant-days"
# Criterion -> study day of which it is; of any day where there is none.
CRITERIA = {REACHING["first_day"]: 1, REACHING["highest"]: None}


def daily_scores(
    totals: pd.DataFrame, components: pd.DataFrame, *, organs: dict[str, str], people: pd.Series
) -> pd.DataFrame:
    """Put the scores of a definition side by side, a row per participant and day.

    A day of which nothing was observed is left out, whatever a definition makes of it. A score
    without days, of one window, is taken as day 1.

    Parameters
    ----------
    totals : DataFrame
        Columns participant_id, study_day, score and n_components of `DailyTotals`, or of
        `WindowTotals`.
    components : DataFrame
        Columns participant_id, study_day, component and score of `DailyComponents`, or of
        `WindowComponents`.
    organs : dict of component -> organ
        Of all components of the definition.
    people : Series of str
        Identifiers of the participants that count; others are left out.

    Returns
    -------
    DataFrame of float indexed by participant_id and study_day
        ``total``, ``n_components``, then the points of each organ (missing: not observed).
    """
    wide, whole = (
        table[table["participant_id"].isin(people)].astype({"participant_id": str})
        for table in (components, totals)
    )
    if "study_day" not in totals:
        wide, whole = (table.assign(study_day=1) for table in (wide, whole))
    wide = wide.astype({"component": str}).pivot(index=DAY, columns="component", values="score")
    whole = whole.set_index(DAY)[["score", "n_components"]].rename(columns={"score": "total"})
    whole = whole[whole["n_components"] > 0]
    wide = wide.reindex(columns=list(organs)).rename(columns=organs)
    return whole.join(wide).astype(float)


def comparison_rows(
    scores: dict[str, pd.DataFrame],
    *,
    definitions: dict[str, dict],
    people: pd.Series,
    population: str,
) -> list[dict]:
    """Describe each definition, and each pair of definitions on the days that both scored.

    Parameters
    ----------
    scores : dict of definition -> DataFrame as `daily_scores`
        The first definition is the reference of reclassification.
    definitions : dict of definition -> {points, …}
        ``points``, the most that it gives of each organ. Points of an organ are compared where
        both definitions give as many at most, totals where that holds of all organs that the two
        share.
    people : Series of str
        Identifiers of the participants that could have been scored.
    population : str

    Returns
    -------
    list of dict, rows for `estimates_table`
        ``score_comparison.<endpoint>.<population>.<definition>[-vs-<earlier definition>]``, where
        hyphens of a definition's name are underscores; see docs/scores.md for the endpoints.
    """
    points = {name: each["points"] for name, each in definitions.items()}
    reference = next(iter(scores))
    rows = []
    for name, daily in scores.items():
        rows += _alone(name, daily, points[name], people)
    for earlier, later in combinations(scores, 2):
        both = scores[later].join(scores[earlier], how="inner", lsuffix=OF_ONE, rsuffix=OF_OTHER)
        for endpoint in shared(points[later], points[earlier]):
            rows += _differences(both, endpoint, comparison_place(endpoint, later, against=earlier))
        if earlier == reference:
            pair = [_reached(scores[each]) for each in (later, earlier)]
            for endpoint, day in CRITERIA.items():
                where = comparison_place(endpoint, later, against=earlier, day=day)
                rows += crossed(*(each[endpoint] for each in pair), where)
    return [{**row, "population": population} for row in rows]


def sepsis_rows(
    cases: pd.DataFrame, *, definitions: Iterable[str], people: pd.Series, population: str
) -> list[dict]:
    """Count who has sepsis by each definition of it, and who is reclassified.

    Parameters
    ----------
    cases : DataFrame
        Columns participant_id, definition and sepsis of `Sepsis`; somebody may have several rows.
    definitions : iterable of str
        Definitions of sepsis; the first is the reference of reclassification.
    people : Series of str
        Identifiers of the participants that count.
    population : str

    Returns
    -------
    list of dict, rows for `estimates_table`
        ``score_comparison.sepsis.<population>.<definition>[-vs-<first definition>]``; who has no
        score about any suspicion is not judged.
    """
    judged = cases[cases["participant_id"].isin(people)].dropna(subset="sepsis")
    judged = judged.astype({"participant_id": str, "sepsis": bool})
    met = {
        name: judged[judged["definition"].eq(name)].groupby("participant_id")["sepsis"].any()
        for name in definitions
    }
    reference = next(iter(met))
    rows = []
    for name, each in met.items():
        rows += _reaching(comparison_place("sepsis", name), each, "Participants with sepsis", name)
        if name != reference:
            where = comparison_place("sepsis", name, against=reference)
            rows += crossed(each, met[reference], where)
    return [{**row, "population": population} for row in rows]


def shared(one: dict[str, int], other: dict[str, int]) -> list[str]:
    """What can be compared of two definitions: "total", and components, in the order of one."""
    names = [name for name in one if name in other]
    same = [name for name in names if one[name] == other[name]]
    return [*(["total"] if names and same == names else []), *same]


def crossed(one: pd.Series, other: pd.Series, where: dict) -> list[dict]:
    """Count who meets a criterion by two definitions, of those whom both judge.

    Parameters
    ----------
    one, other : Series of bool, indexed by participant_id
        By the group's definition, and by the comparator's.
    where : dict as from `comparison_place`

    Returns
    -------
    list of dict, rows for `estimates_table` without population
        both, group_only, comparator_only, neither.
    """
    one, other = one.align(other, join="inner")
    cells = {
        "both": one & other,
        "group_only": one & ~other,
        "comparator_only": ~one & other,
        "neither": ~one & ~other,
    }
    judged = "Participants judged by both definitions"
    counts = {name: Estimate(int(each.sum()), judged) for name, each in cells.items()}
    return estimate_rows(where, counts, n=len(one))


def _first(daily: pd.DataFrame) -> pd.Series:
    """Totals of day 1, indexed by participant."""
    total = daily["total"].dropna()
    return total[total.index.get_level_values("study_day") == 1].droplevel("study_day")


def _highest(daily: pd.DataFrame) -> pd.Series:
    """Highest total of each participant."""
    return daily["total"].dropna().groupby("participant_id").max()


def _reached(daily: pd.DataFrame) -> dict[str, pd.Series]:
    """Whether participants reach `AT_LEAST` points, by criterion."""
    totals = (_first(daily), _highest(daily))
    return {name: each.ge(AT_LEAST) for name, each in zip(CRITERIA, totals, strict=True)}


def _alone(name: str, daily: pd.DataFrame, components, people: pd.Series) -> list[dict]:
    """Rows of one definition: whom it scores, of what, and how high."""
    first, highest = _first(daily), _highest(daily)
    days = daily[daily["total"].notna()]
    scored = people.isin(highest.index)
    some = int(scored.sum())
    everybody = comparison_place("participants", name)
    seen = describe(days["n_components"].to_numpy(), ["mean"])["mean"]
    rows = estimate_rows(
        everybody,
        {"scored": _share(scored, "Participants with a score on any day")},
        n=len(people),
        n_events=some,
    )
    rows += estimate_rows(
        everybody,
        {
            "days": Estimate(len(days), "Participant-days with a score"),
            "components_observed": seen._replace(method=f"{seen.method} of participant-days"),
        },
        n=some,
    )
    for component in components:
        observed = {"observed": _share(days[component].notna(), f"Observed, {OF_DAYS}")}
        rows += estimate_rows(comparison_place(component, name), observed, n=some)
    for endpoint, values, day in (("first_day", first, 1), ("highest", highest, None)):
        where = comparison_place(endpoint, name, day=day)
        rows += estimate_rows(where, describe(values.to_numpy(), LEVELS), n=len(values))
    for endpoint, met in _reached(daily).items():
        where = comparison_place(endpoint, name, day=CRITERIA[endpoint])
        rows += _reaching(where, met, f"Participants with {AT_LEAST} points or more", name)
    return [{**row, "definition": name} for row in rows]


def _reaching(where: dict, met: pd.Series, method: str, definition: str) -> list[dict]:
    """Rows of the share of participants that meet a criterion."""
    share = {"proportion": _share(met, method)}
    return estimate_rows(where, share, n=len(met), n_events=int(met.sum()), definition=definition)


def _differences(both: pd.DataFrame, endpoint: str, where: dict) -> list[dict]:
    """Rows of a component, or the total, of two definitions on the days that both scored."""
    one, other = (both[f"{endpoint}{suffix}"] for suffix in (OF_ONE, OF_OTHER))
    gap = (one - other).dropna()
    people = gap.index.unique("participant_id").size
    different, alone = gap.ne(0), one.notna() ^ other.notna()
    mean = describe(gap.to_numpy(), ["mean"])["mean"]
    rows = estimate_rows(
        where,
        {
            "days": Estimate(len(gap), "Participant-days with points of both"),
            "mean_difference": mean._replace(method=f"{mean.method} of participant-days"),
            "different": _share(different, f"Different points, {OF_DAYS} with points of both"),
        },
        n=people,
    )
    by_one = _share(alone, f"Points of one of the two alone, {OF_DAYS} scored by both")
    return rows + estimate_rows(
        where, {"by_one_only": by_one}, n=both.index.unique("participant_id").size
    )


def _share(met: pd.Series, method: str) -> Estimate:
    return Estimate(met.mean(), method) if len(met) else not_estimable(method, "nothing scored")
