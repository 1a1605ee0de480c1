"""Points by thresholds."""

import numpy as np
import pytest
from sepsisflow.scores.bands import points, settled

BANDS = [{"points": 4, "below": 100}, {"points": 3, "at_most": 200}, {"points": 0, "above": 300}]


def test_the_first_band_that_holds_decides_and_what_none_holds_has_no_points():
    found = points(np.array([99.9, 100, 200, 200.1, 300, 300.1]), BANDS)
    assert [None if each != each else each for each in found] == [4, 3, 3, None, None, 0]


def test_a_missing_value_has_no_points():
    assert np.isnan(points(np.array([np.nan]), [*BANDS, {"points": 0}])).all()


@pytest.mark.parametrize(
    ("exact", "value"), [(200, 56 / 0.28), (225, 65.25 / 0.29), (0.2, 0.02 + 0.18)]
)
def test_what_arithmetic_adds_in_the_last_digits_does_not_count(exact, value):
    assert value != exact
    bands = [{"points": 1, "below": exact}, {"points": 0, "at_most": exact}, {"points": 2}]
    assert points(np.array([value]), bands).tolist() == [0]
    assert settled(np.array([value])) == [exact]
