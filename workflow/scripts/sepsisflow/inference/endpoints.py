"""Rows: participant-level endpoints by arm, with the parts of composites beside them."""

import pandas as pd

from sepsisflow.inference.estimate import Estimate, estimate_rows, left_out, noted, place
from sepsisflow.inference.summaries import describe

SUMMARY = ["median", "q1", "q3", "mean", "sd", "minimum", "maximum"]
SPREAD = ["median", "q1", "q3"]
BY_DEATH = "by the rule about death"


def endpoint_rows(endpoints: pd.DataFrame, analysis_set: pd.DataFrame, *, arms: dict) -> list[dict]:
    """Describe each endpoint by arm.

    Parameters
    ----------
    endpoints : DataFrame as `sepsisflow.schemas.endpoints.Endpoints`
    analysis_set : DataFrame, one row per analysed participant
        Columns participant_id, arm.
    arms : dict of arm -> {label, role}

    Returns
    -------
    list of dict, rows for `estimates_table`, at ``endpoints.<endpoint>.analysed.<arm>@<day>``
        ``median``, ``q1``, ``q3``, ``mean``, ``sd``, ``minimum``, ``maximum``, ``n_missing``; of
        scores ``n_death_rule``; of free days ``deaths`` and ``alive_median``, ``alive_q1``,
        ``alive_q3``, ``alive_mean`` of those alive at the horizon; of a time to reversal instead
        ``in_shock``, ``reversed``, ``died``, ``censored`` and ``reversed_median``,
        ``reversed_q1``, ``reversed_q3`` of those reversed.
    """
    arm_of = analysis_set.set_index("participant_id")["arm"]
    by_arm = endpoints.assign(arm=endpoints["participant_id"].map(arm_of))
    rows = []
    by = ["endpoint", "study_day"]
    for (endpoint, day), each in by_arm.groupby(by, sort=False, dropna=False):
        first = each.iloc[0]
        shared = {"unit": first["unit"], "definition": first["definition"]}
        for arm in arms:
            where = place("endpoints", endpoint, arm, day=None if pd.isna(day) else day)
            of_arm = each[each["arm"].eq(arm)]
            for columns, estimates in PARTS[first["kind"]](of_arm):
                rows += estimate_rows(where, estimates, **{**shared, **columns})
    return rows


def _described(values: pd.Series, statistics: list[str], prefix: str = "", note: str = "") -> tuple:
    """Columns and estimates of a sample, its missing values left out."""
    known = values.dropna().to_numpy()
    found = describe(known, statistics)
    named = {f"{prefix}{name}": noted(each, note) for name, each in found.items()}
    return {"n": known.size}, named


def _counts(of: int, **counts: tuple[int, str]) -> tuple:
    """Columns and estimates of counts of participants."""
    estimates = {name: Estimate(int(count), method) for name, (count, method) in counts.items()}
    return {"n": of, "unit": "1"}, estimates


def _missing(of_arm: pd.DataFrame) -> tuple:
    gone = int(of_arm["value"].isna().sum())
    return _counts(len(of_arm), n_missing=(gone, "Participants without a value"))


def _whole(of_arm: pd.DataFrame) -> list[tuple]:
    by_rule = int(of_arm["status"].eq("death_rule").sum())
    assumed = int(of_arm["status"].eq("assumed").sum())
    notes = [f"{by_rule} {BY_DEATH}" if by_rule else "", f"{assumed} assumed" if assumed else ""]
    notes.append(left_out(int(of_arm["value"].isna().sum()), "without a value"))
    note = "; ".join(each for each in notes if each)
    return [_described(of_arm["value"], SUMMARY, note=note), _missing(of_arm)]


def _score(of_arm: pd.DataFrame) -> list[tuple]:
    by_rule = of_arm["status"].eq("death_rule").sum()
    counted = _counts(len(of_arm), n_death_rule=(by_rule, f"Participants valued {BY_DEATH}"))
    return [*_whole(of_arm), counted]


def _free_days(of_arm: pd.DataFrame) -> list[tuple]:
    died = of_arm["status"].eq("death_rule")
    known = of_arm["value"].notna()
    deaths = _counts(int(known.sum()), deaths=(died.sum(), "Deaths by the horizon, inclusive"))
    return [
        *_whole(of_arm),
        deaths,
        _described(of_arm.loc[~died, "value"], [*SPREAD, "mean"], "alive_", "of those alive"),
    ]


def _reversal(of_arm: pd.DataFrame) -> list[tuple]:
    in_shock = of_arm[of_arm["status"].ne("missing")]
    is_reversed = in_shock["status"].eq("observed")
    died = in_shock["reason"].eq("died")
    counts = _counts(
        len(in_shock),
        in_shock=(len(in_shock), "Participants in shock at time zero"),
        reversed=(is_reversed.sum(), "Reversals by the horizon"),
        died=(died.sum(), "Deaths before reversal, by the horizon"),
        censored=((~is_reversed & ~died).sum(), "Alive without reversal at the last time known"),
    )
    times = in_shock.loc[is_reversed, "value"]
    return [counts, _described(times, SPREAD, "reversed_", "of those reversed")]


PARTS = {
    "score": _score,
    "free_days": _free_days,
    "reversal": _reversal,
    "clearance": _whole,
}
