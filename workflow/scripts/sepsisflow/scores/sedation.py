"""Whether someone is sedated, so that nothing can be told of the brain."""

from dataclasses import replace

import numpy as np

from sepsisflow.scores.grid import HOUR
from sepsisflow.scores.matching import flagged
from sepsisflow.scores.observations import Rows
from sepsisflow.scores.ventilation import inside, running


def sedated(
    measurements: Rows, interventions: Rows, person: np.ndarray, second: np.ndarray, choice: dict
) -> np.ndarray:
    """Whether each participant is sedated at each time.

    Parameters
    ----------
    measurements, interventions : Rows
    person, second : ndarray of int
    choice : dict
        ``sedation_agents`` sedate while they run, but for the moment in which they begin, and for
        ``invalid_after_h`` hours after;
        ``sedated_variable`` (may be null), if its last value, less than ``sedated_h`` hours old,
        is 1.
    """
    given = running(interventions, choice["sedation_agents"])
    # Whoever is assessed when sedation begins is assessed before it; times are whole seconds.
    start, end = given.start + 1, given.end + round(choice["invalid_after_h"] * HOUR)
    found = inside(replace(given, start=start, end=end), person, second)
    if choice["sedated_variable"] is not None:
        name, hours = choice["sedated_variable"], choice["sedated_h"]
        found |= flagged(measurements, name, person, second, within_h=hours)
    return found
