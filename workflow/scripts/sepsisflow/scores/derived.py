"""What is computed of several variables, as values in time."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np

from sepsisflow.scores.gcs import gcs
from sepsisflow.scores.matching import flagged, known
from sepsisflow.scores.observations import People, Rows, Series, together
from sepsisflow.scores.oxygenation import pao2_fio2, spo2_fio2
from sepsisflow.scores.urine import urine_24h, urine_output, urine_total
from sepsisflow.scores.urine_rates import urine_rate
from sepsisflow.scores.ventilation import (
    charted_status,
    episodes,
    inside,
    lasting,
    treatment_episodes,
)
from sepsisflow.scores.weights import participants_weights, weight_at

DAY_H = 24


def derived(
    measurements: Rows,
    interventions: Rows,
    who: People,
    begin: np.ndarray,
    choices: dict,
    wanted: set[str],
) -> Callable[[dict], Series]:
    """A function that gives the values of a part with ``derived``; each is computed once.

    ``begin`` is the second at which each participant's clock begins, ``wanted`` the names of all
    derived values that the definition looks at.
    """

    @cache
    def urine() -> Series:
        return urine_output(measurements)

    @cache
    def urine_since_begin() -> Series:
        return urine().chosen(begin[urine().person] < np.iinfo(np.int64).max // 2)

    @cache
    def consciousness() -> dict:
        motor_alone = "gcs_motor_alone" in wanted
        return gcs(measurements, interventions, choices["gcs"], motor_alone=motor_alone)

    @cache
    def oxygen(name: str) -> tuple[Series, np.ndarray]:
        ratio = {"pao2_fio2": pao2_fio2, "spo2_fio2": spo2_fio2}[name]
        found = ratio(measurements, who.person, fio2=choices["fio2"], spo2=choices["spo2"])
        return found, supported(measurements, interventions, choices["support"], found)

    def values(part: dict) -> Series:
        name = part["derived"]
        if name in ("gcs", "gcs_motor_alone"):
            return consciousness()[name]
        if name == "urine_24h":
            return urine_24h(urine_since_begin(), begin, **choices["urine"])
        if name == "urine_total":
            return urine_total(urine(), who.origin, **choices["urine"])
        if name == "urine_rate":
            collected = urine_since_begin()
            return urine_by_weight(measurements, collected, begin, who.weight_kg, part["over_h"])
        found, helped = oxygen(name[: len("pao2_fio2")])
        return found.chosen(~helped if name.endswith("_unsupported") else helped)

    return values


def supported(measurements: Rows, interventions: Rows, support: dict, values: Series) -> np.ndarray:
    """Whether there is respiratory support at the time of each value."""
    if support["from"] == "interventions":
        every = treatment_episodes(interventions, support["counts"])
    else:
        charted = charted_status(measurements, support["statuses"], support["device_needs"])
        every = episodes(charted, gap_h=support["episode_gap_h"])
        names = [each["status"] for each in support["statuses"]]
        which = np.isin(every.status, [names.index(name) for name in support["counts"]])
        every = every.chosen(which)
    intervals = lasting(every, ignored_below_h=support["ignored_below_h"])
    found = inside(intervals, values.person, values.second)
    for name in support["flags"]:
        within_h = support["flag_h"]
        found |= flagged(measurements, name, values.person, values.second, within_h=within_h)
    return found


def urine_by_weight(
    measurements: Rows, urine: Series, begin: np.ndarray, weight_kg: np.ndarray, over_h: float
) -> Series:
    """Urine (mL/kg/h) over so many hours, of entries and, over 24 h, of recorded volumes of a day.

    Entries count that are less than ``over_h`` hours old, where they stand for as long. Where less
    came out of the bladder than went into it, how much urine that was is not known.
    """
    weights = participants_weights(weight_kg)
    found = urine_rate(
        urine,
        begin,
        weight_at(weights, urine.person, urine.second),
        over_h=over_h,
        entries={"after_h": over_h},
    )
    found = found.chosen(~(found.value < 0))
    if over_h != DAY_H:
        return found
    day = known(measurements, "urine_output_24h")
    day = replace(day, value=day.value / weight_kg[day.person] / DAY_H)
    return together(found, day)
