"""Recorded scores beside those computed from the values measured."""

import pandas as pd

from sepsisflow.clock import DAY_H, study_day
from sepsisflow.validation.citations import places
from sepsisflow.validation.rules import flag_rows
from sepsisflow.validation.totals import exact

DAY = ["participant_id", "time_h"]


def check_scores(tables: dict[str, pd.DataFrame], settings: dict) -> list[dict]:
    """Recorded totals, and recorded items of them, that the values of their day do not give.

    ``settings["recorded_scores"]`` is `sepsisflow.validation.settings.recorded_scores`; the table
    ``scores/<total>`` holds the computed components, with ``study_day`` or the first hour
    ``time_h``. A component that was not observed may score anything from 0 to its highest. A total
    that is off by no more than its items is not asked about again.
    """
    found = []
    for total, score in settings["recorded_scores"].items():
        if f"scores/{total}" not in tables or score["table"] not in tables:
            continue
        computed = _by_day(tables[f"scores/{total}"], score["highest"])
        recorded = exact(tables[score["table"]], [total, *score["items"]])
        recorded = recorded.assign(time_h=(study_day(recorded["time_h"], 0.0) - 1) * DAY_H)
        component = recorded["variable"].map(score["items"]).astype(object)
        items = recorded.assign(component=component)
        items = items.merge(computed, on=[*DAY, "component"])
        items = items[_off(items) != 0]
        explained = items.assign(off=_off(items)).groupby(DAY)["off"].sum().reset_index()
        totals = recorded[recorded["variable"] == total].merge(_sums(computed), on=DAY)
        totals = totals.merge(explained, how="left", on=DAY).fillna({"off": 0.0})
        right = totals.assign(value=totals["value"] - totals["off"])
        totals = totals[(_off(totals) != 0) & (_off(right) != 0)]
        for rows in (items, totals):
            found += flag_rows("score.differs", score["table"], rows.assign(field=rows["variable"]))
    return found


def _by_day(components: pd.DataFrame, highest: dict) -> pd.DataFrame:
    """Lowest and highest points of each component, and where its deciding value stands."""
    texts = ["participant_id", "component", "source_file"]
    components = components.astype(dict.fromkeys(texts, object))
    if "study_day" in components:
        components = components.assign(
            time_h=(components["study_day"] - 1) * DAY_H,
            highest=components["score"].fillna(components["component"].map(highest)),
        )
    bounds = {"low": components["score"].fillna(0.0), "high": components["highest"]}
    return components[[*DAY, "component"]].assign(**bounds, other=places(components))


def _sums(computed: pd.DataFrame) -> pd.DataFrame:
    """Lowest and highest total of each day, and where the values stand that decided."""
    groups = computed.groupby(DAY)
    cited = computed.dropna(subset="other").drop_duplicates([*DAY, "other"])
    others = cited.groupby(DAY)["other"].agg("; ".join)
    sums = pd.DataFrame({"low": groups["low"].sum(), "high": groups["high"].sum()})
    return sums.join(others, how="inner").reset_index()


def _off(rows: pd.DataFrame) -> pd.Series:
    """How far each value lies above (or, negative, below) its bounds; 0 within them."""
    above = (rows["value"] - rows["high"]).clip(lower=0)
    return above + (rows["value"] - rows["low"]).clip(upper=0)
