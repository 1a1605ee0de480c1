"""Location and spread of one sample."""

from math import isnan

import numpy as np
import pytest
from sepsisflow.inference.summaries import SUMMARIES, describe


def test_summaries_by_hand():
    found = describe(np.array([4.0, 1.0, 2.0, 8.0]), SUMMARIES)
    assert {name: each.value for name, each in found.items()} == pytest.approx(
        {
            "mean": 3.75,
            "sd": np.sqrt((2.75**2 + 1.75**2 + 0.25**2 + 4.25**2) / 3),
            "median": 3,
            "q1": 1.75,
            "q3": 5,
            "minimum": 1,
            "maximum": 8,
            "geometric_mean": 64**0.25,
        }
    )


def test_nobody_gives_missing_values_that_say_why():
    for estimate in describe(np.array([]), SUMMARIES).values():
        assert isnan(estimate.value)
        assert estimate.method.endswith("not estimable: 0 value(s)")


def test_one_value_has_no_standard_deviation():
    found = describe(np.array([5.0]), ["mean", "sd"])
    assert found["mean"].value == 5
    assert isnan(found["sd"].value)


def test_the_geometric_mean_needs_values_above_0():
    found = describe(np.array([0.0, 2.0]), ["geometric_mean"])["geometric_mean"]
    assert found.method == "Geometric mean; not estimable: a value is not above 0"
