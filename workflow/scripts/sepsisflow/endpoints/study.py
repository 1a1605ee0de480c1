"""All endpoints that a study names, as one table."""

import pandas as pd

from sepsisflow.endpoints.clearance import clearance
from sepsisflow.endpoints.free_days import free_days
from sepsisflow.endpoints.people import lives, on_clock
from sepsisflow.endpoints.periods import agent_periods, stay_periods, support_periods
from sepsisflow.endpoints.score import score_endpoints
from sepsisflow.endpoints.shock_reversal import time_to_reversal
from sepsisflow.endpoints.words import clearance_in_words, free_days_in_words, reversal_in_words

COLUMNS = ["participant_id", "kind", "endpoint", "study_day", "value", "unit"]
COLUMNS += ["status", "reason", "definition"]
WHO = {"participant_id": object}
AGENT_COLUMNS = {**WHO, "agent": object, "start_h": float, "end_h": float, "dose": float}
EVENT_COLUMNS = {**WHO, "event": object, "earliest_h": float, "latest_h": float}
READING_COLUMNS = {**WHO, "time_h": float, "variable": object, "value": float, "censoring": object}
NO_READING = "support was not charted"
RULES = ("horizon_day", "counted", "counted_from", "free_at_least_h", "death", "lost")
WORDS = {
    "free_days": free_days_in_words,
    "reversal": reversal_in_words,
    "clearance": clearance_in_words,
}


def study_endpoints(
    analysis_set: pd.DataFrame,
    outcomes: pd.DataFrame,
    *,
    scores: list[pd.DataFrame],
    interventions: list[pd.DataFrame],
    events: list[pd.DataFrame],
    measurements: list[pd.DataFrame],
    definition: str | None,
    endpoints: dict,
) -> pd.DataFrame:
    """Derive every endpoint of the study file for every analysed participant.

    Parameters
    ----------
    analysis_set, outcomes : DataFrame
        As `AnalysisSet` and `Outcomes`.
    scores, interventions, events, measurements : list of DataFrame
        As `Scores`, `Interventions`, `Events`, `Measurements` (of the flags of support and of what
        is cleared); empty where no endpoint needs them. Of scores only those observed count: what
        a day without one or after death counts, the endpoint says.
    definition : str or None
        Definition of the score.
    endpoints : dict
        Block ``endpoints`` of the study file.

    Returns
    -------
    DataFrame as `sepsisflow.schemas.endpoints.Endpoints`, in the order of the block
    """
    people = lives(analysis_set, outcomes)
    given = _on_clock(interventions, people, AGENT_COLUMNS, ["start_h", "end_h"])
    moves = _on_clock(events, people, EVENT_COLUMNS, ["earliest_h", "latest_h"])
    readings = _on_clock(measurements, people, READING_COLUMNS, ["time_h"])
    parts = []
    if endpoints["sofa"]:
        whole = pd.concat(scores)
        observed = whole["status"].eq("observed") & whole["definition"].eq(definition)
        used = whole[observed]
        found = score_endpoints(used, people, name="sofa", **endpoints["sofa"])
        parts.append(found.assign(kind="score", unit="1", definition=definition))
    for name, each in endpoints["support_free_days"].items():
        rules = {rule: each[rule] for rule in RULES}
        periods = support_periods(given, readings, each)
        found = free_days(periods, people, **rules)
        found = _charted(found, periods, readings, each)
        parts.append(_rows(found, "free_days", name, each))
    for name, each in endpoints["days_alive_out"].items():
        rules = {rule: each[rule] for rule in RULES if rule in each}
        at = {rule: each[rule] for rule in ("place", "discharge_counts_at")}
        found = free_days(stay_periods(moves, people, **at), people, free_at_least_h=0, **rules)
        parts.append(_rows(found, "free_days", name, each))
    for name, each in endpoints["shock_reversal"].items():
        rules = ("shock_within_h", "free_at_least_h", "horizon_day", "death")
        found = time_to_reversal(
            agent_periods(given, each["agents"]),
            people,
            **{rule: each[rule] for rule in rules},
        )
        parts.append(_rows(found, "reversal", name, each))
    for name, each in endpoints["clearance"].items():
        rules = {rule: value for rule, value in each.items() if rule != "label"}
        parts.append(_rows(clearance(readings, people, **rules), "clearance", name, each))
    table = pd.concat(parts, ignore_index=True)[COLUMNS]
    return table.astype({"study_day": float, "value": float, "reason": object})


def _rows(found: pd.DataFrame, kind: str, name: str, settings: dict) -> pd.DataFrame:
    """Name the rows of one endpoint."""
    return found.reset_index().assign(
        kind=kind,
        endpoint=name,
        study_day=float(settings.get("horizon_day", "nan")),
        unit="%" if kind == "clearance" else "d",
        definition=WORDS[kind](settings),
    )


def _on_clock(
    tables: list[pd.DataFrame], people: pd.DataFrame, columns: dict[str, str], times: list[str]
) -> pd.DataFrame:
    """One table of the columns used, in hours from time zero; without rows where there is none."""
    empty = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})
    whole = pd.concat([table[[*columns]] for table in tables] or [empty], ignore_index=True)
    return on_clock(whole, people, times)


def _charted(
    found: pd.DataFrame, periods: pd.DataFrame, readings: pd.DataFrame, settings: dict
) -> pd.DataFrame:
    """Take the value from whom no chart ever said whether there was support.

    Without flags, no record is no support.
    """
    if not settings["flags"]:
        return found
    since = readings["time_h"].gt(-settings["flag_holds_h"])
    of_flag = readings["variable"].isin(settings["flags"])
    seen = readings.loc[of_flag & since, "participant_id"]
    known = found.index.isin(seen) | found.index.isin(periods["participant_id"])
    unknown = ~known & found["status"].isin(["observed", "assumed"])
    return found.assign(
        value=found["value"].mask(unknown),
        status=found["status"].mask(unknown, "missing"),
        reason=found["reason"].mask(unknown, NO_READING),
    )
