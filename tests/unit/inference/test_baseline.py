"""Keys of levels and standardised differences."""

from math import isnan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sepsisflow.inference.baseline import level_keys, smd_of_numbers, smd_of_proportions


def test_levels_become_words_of_the_key():
    assert level_keys(["Septic shock", "MOSF w/Malignancy"]) == {
        "Septic shock": "septic_shock",
        "MOSF w/Malignancy": "mosf_w_malignancy",
    }


def test_levels_of_the_same_word_or_without_latin_letters_get_their_place():
    assert list(level_keys(["a b", "a-b", "сепсис"]).values()) == ["a_b", "a_b_2", "_3"]


def test_smd_of_numbers_by_hand():
    # Means 3 and 2, variances 2 and 8: 1 / √5.
    found = smd_of_numbers(np.array([2.0, 4.0]), np.array([0.0, 4.0]))
    assert found.value == pytest.approx(1 / sqrt(5))


def test_smd_of_proportions_by_hand():
    # 0.5 and 0.25: 0.25 / √((0.25 + 0.1875) / 2).
    found = smd_of_proportions(np.array([True, False]), np.array([True, False, False, False]))
    assert found.value == pytest.approx(0.25 / sqrt(0.21875))


def test_smd_of_a_constant_is_0_and_of_two_constants_missing():
    assert smd_of_numbers(np.full(3, 0.1), np.full(7, 0.1)).value == 0
    found = smd_of_numbers(np.full(3, 0.1), np.full(7, 0.2))
    assert isnan(found.value)
    assert found.method.endswith("no spread within the arms")


def test_smd_needs_two_numbers_or_one_category_in_each_arm():
    assert isnan(smd_of_numbers(np.array([1.0]), np.array([1.0, 2.0])).value)
    assert isnan(smd_of_proportions(np.array([], bool), np.array([True])).value)


@given(
    st.lists(st.integers(-50, 50), min_size=2, max_size=20),
    st.lists(st.integers(-50, 50), min_size=2, max_size=20),
)
def test_swapping_arms_mirrors_the_standardised_difference(first, second):
    treated, control = np.array(first, float), np.array(second, float)
    found = smd_of_numbers(treated, control).value
    assert found == pytest.approx(-smd_of_numbers(control, treated).value, nan_ok=True)
