"""The Glasgow Coma Scale, of its parts or as recorded, with and without sedation."""

from dataclasses import replace

import numpy as np

from sepsisflow.scores.grid import HOUR
from sepsisflow.scores.matching import known, last_known
from sepsisflow.scores.observations import Rows, Series, at_once, together
from sepsisflow.scores.sedation import sedated
from sepsisflow.scores.ventilation import Episodes, inside

NORMAL = {"gcs_motor": 6, "gcs_verbal": 5, "gcs_eye": 4}
FULL = 15
RECORDED = "gcs"


def gcs(rows: Rows, interventions: Rows, choice: dict, *, motor_alone: bool) -> dict[str, Series]:
    """Totals, and motor responses that no total can be made with, by name of what is derived.

    Under sedation, as ``choice.sedation`` says, an assessment counts as charted, not at all, or as
    the last one without sedation, which is cited; where there is none it is missing or normal
    (``unknown_before``).

    Parameters
    ----------
    rows, interventions : Rows
    choice : dict
        See ``choices.gcs`` of the schema of definitions.
    motor_alone : bool
        Whether the motor response counts with a tube and where there is no total at that time nor
        less than ``carried_h`` hours before or after.
    """
    made = ("tube_text", "tube", "carried_h", "missing_part")
    total, motor, intubated = assessments(rows, **{name: choice[name] for name in made})
    if choice["recorded"]:
        whole = known(rows, RECORDED)
        if choice["tube"] == "not_assessable":
            whole = whole.chosen(~_near(total.chosen(intubated), whole, within_h=0))
        total = together(total, whole)
        more = len(whole.value)
        motor = np.concatenate([motor, np.full(more, np.nan)])
        intubated = np.concatenate([intubated, np.zeros(more, dtype=bool)])
    if motor_alone:
        known_total = total.chosen(~np.isnan(total.value))
        instead = intubated | ~_near(known_total, total, within_h=choice["carried_h"])
        motor = np.where(instead, motor, np.nan)
    else:
        motor = np.full(len(motor), np.nan)
    if choice["sedation"] != "as_charted":
        asleep = sedated(rows, interventions, total.person, total.second, choice)
        total, motor = _seen_through(total, motor, asleep, choice)
    there = ~np.isnan(total.value)
    return {
        "gcs": total.chosen(there),
        "gcs_motor_alone": replace(total, value=motor).chosen(~there & ~np.isnan(motor)),
    }


def _near(values: Series, times: Series, *, within_h: float) -> np.ndarray:
    """Whether each time is that of a value, or less than so many hours away from one."""
    # Times are whole seconds.
    away = max(round(within_h * HOUR) - 1, 0)
    about = Episodes(values.person, values.second - away, values.second + away, values.row)
    return inside(about, times.person, times.second)


def _seen_through(
    total: Series, motor: np.ndarray, asleep: np.ndarray, choice: dict
) -> tuple[Series, np.ndarray]:
    """Totals and motor responses with those of people ``asleep`` replaced as ``choice`` says."""
    value, row, motor = total.value.copy(), total.row.copy(), motor.copy()
    value[asleep] = motor[asleep] = np.nan
    if choice["sedation"] == "missing":
        return replace(total, value=value), motor
    told = np.flatnonzero(~np.isnan(value) | ~np.isnan(motor))
    _, at = last_known(
        total.chosen(told), total.person[asleep], total.second[asleep], looked_back=np.inf
    )
    known_before = np.flatnonzero(asleep)[at >= 0]
    before = told[at[at >= 0]]
    if choice["unknown_before"] == "normal":
        value[asleep] = FULL
    value[known_before], row[known_before] = value[before], row[before]
    motor[known_before] = motor[before]
    return replace(total, value=value, row=row), motor


def assessments(
    rows: Rows, *, tube_text: str, tube: str, carried_h: float, missing_part: str
) -> tuple[Series, np.ndarray, np.ndarray]:
    """One total per assessment, a time at which any part was charted, and its motor response.

    Of several values of a part at one time the best counts. A missing part is taken from the
    assessment just before if that is less than ``carried_h`` hours ago, and is after that normal or
    missing (``missing_part``), which leaves the total missing.

    Parameters
    ----------
    rows : Rows
        With ``gcs_motor``, ``gcs_verbal`` and ``gcs_eye``.
    tube_text : str
        Wording of the verbal response of whoever cannot speak for a tube.
    tube : {"total_15", "not_assessable", "as_charted"}
        With that response the total is 15, or missing, and also without a verbal response at the
        next assessment in time to be carried to; parts are not carried from it.

    Returns
    -------
    Series
        Totals (3 to 15 points), in order of participant and time; cited is the first row.
    ndarray
        Motor response charted then, NaN where it was not.
    ndarray of bool
        Whether the verbal response could not be assessed for a tube.
    """
    which = np.sort(np.concatenate([rows.called(name) for name in NORMAL]))
    person, second = rows.person[which], rows.second[which]
    first, place = at_once(person, second)
    person, second = person[first], second[first]
    part = {}
    for name in NORMAL:
        mine = rows.name[which] == (rows.names.index(name) if name in rows.names else -1)
        part[name] = np.full(len(first), np.nan)
        np.fmax.at(part[name], place[mine], rows.value[which][mine])
    on_tube = np.zeros(len(first), dtype=bool)
    if tube != "as_charted" and tube_text in rows.texts:
        said = rows.text[which] == rows.texts.index(tube_text)
        on_tube[place[said]] = True
    carried = np.zeros(len(first), dtype=bool)
    carried[1:] = (person[1:] == person[:-1]) & (np.diff(second) < carried_h * HOUR)
    was_on_tube = carried & np.roll(on_tube, 1)
    intubated = on_tube | (was_on_tube & np.isnan(part["gcs_verbal"]))
    total = np.zeros(len(first))
    for name, normal in NORMAL.items():
        before = np.where(carried & ~was_on_tube, np.roll(part[name], 1), np.nan)
        value = np.where(np.isnan(part[name]), before, part[name])
        total += np.where(np.isnan(value), normal if missing_part == "normal" else np.nan, value)
    total[intubated] = FULL if tube == "total_15" else np.nan
    return Series(person, second, total, which[first]), part["gcs_motor"], intubated
