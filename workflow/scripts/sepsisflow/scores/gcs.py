"""The total of the Glasgow Coma Scale from its parts."""

import numpy as np

from sepsisflow.scores.grid import HOUR
from sepsisflow.scores.observations import Rows, Series, bounds, time_key

NORMAL = {"gcs_motor": 6, "gcs_verbal": 5, "gcs_eye": 4}
FULL = 15


def gcs_total(
    rows: Rows, *, tube_text: str, tube: str, carried_h: float, missing_part: str
) -> Series:
    """One total per assessment: a time at which any part was charted.

    Of several values of a part at one time the best counts. A missing part is taken from the
    assessment just before if that is less than ``carried_h`` hours ago, and is after that normal or
    missing (``missing_part``), which leaves the total missing.

    Parameters
    ----------
    rows : Rows
        With ``gcs_motor``, ``gcs_verbal`` and ``gcs_eye``.
    tube_text : str
        Wording of the verbal response of whoever cannot speak for a tube.
    tube : {"total_15", "as_charted"}
        ``total_15``: with that response the total is 15, and also without a verbal response at the
        next assessment in time to be carried to; parts are not carried from it.

    Returns
    -------
    Series
        Totals (3 to 15 points), in order of participant and time; cited is the first row.
    """
    which = np.sort(np.concatenate([rows.called(name) for name in NORMAL]))
    person, second = rows.person[which], rows.second[which]
    key = time_key(person, second, *bounds(second))
    _, first, place = np.unique(key, return_index=True, return_inverse=True)
    person, second = person[first], second[first]
    part = {}
    for name in NORMAL:
        mine = rows.name[which] == (rows.names.index(name) if name in rows.names else -1)
        part[name] = np.full(len(first), np.nan)
        np.fmax.at(part[name], place[mine], rows.value[which][mine])
    on_tube = np.zeros(len(first), dtype=bool)
    if tube == "total_15" and tube_text in rows.texts:
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
    total[intubated] = FULL
    return Series(person, second, total, which[first])
