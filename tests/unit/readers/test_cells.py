"""Single cells: read exactly, or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sepsisflow.readers.cells import (
    UnreadableError,
    cell_text,
    read_bool,
    read_code,
    read_limited_number,
    read_number,
)


@pytest.mark.parametrize(
    ("cell", "decimal", "expected"),
    [("1,5", ",", 1.5), ("1.5", ".", 1.5), (" -3 ", ".", -3), (".5", ".", 0.5), ("2e3", ".", 2000),
     ("1.234,5", ",", 1234.5), ("1,234,567", ".", 1234567), (1.5, ",", 1.5), (7, ",", 7.0)],
)  # fmt: skip
def test_numbers_are_read_with_the_declared_decimal_mark(cell, decimal, expected):
    assert read_number(cell, decimal=decimal) == expected


@pytest.mark.parametrize(
    ("cell", "decimal"),
    [("1.5", ","), ("1,5", "."), ("25,000", "."), ("1.234", ","), ("1.23,5", ","),
     ("1-2", "."), ("HOLD", "."), ("", "."), ("nan", "."), ("inf", "."),
     ("1e999", "."), (True, "."), ("5 mg", "."),
     (float("inf"), "."), ("0x1A", ".")],
)  # fmt: skip
def test_a_number_that_could_mean_something_else_is_refused(cell, decimal):
    with pytest.raises(UnreadableError) as error:
        read_number(cell, decimal=decimal)
    assert error.value.code == "value.unreadable"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("<0,5", (0.5, "below")), ("≤ 0,5", (0.5, "below")), ("<= 0,5", (0.5, "below")),
     (">1000", (1000.0, "above")), ("≥ 1000", (1000.0, "above")),
     ("12,25", (12.25, "none")), (3, (3.0, "none"))],
)  # fmt: skip
def test_limits_become_censored_values(cell, expected):
    assert read_limited_number(cell, decimal=",") == expected


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([".", ","]))
def test_every_number_python_can_write_is_read_back_to_the_last_bit(number, decimal):
    assert read_number(repr(number).replace(".", decimal), decimal=decimal) == number


@given(st.text(max_size=12))
def test_any_text_is_a_finite_number_or_refused(text):
    try:
        value, censoring = read_limited_number(text, decimal=".")
    except UnreadableError:
        return
    assert abs(value) < float("inf")
    assert censoring in ("none", "below", "above")


def test_codes_are_translated_by_the_text_a_person_sees():
    assert read_code(1.0, {"1": "male"}) == "male"
    assert read_code(" f ", {"f": "female"}) == "female"
    with pytest.raises(UnreadableError) as error:
        read_code("x", {"f": "female"})
    assert error.value.code == "code.unmapped"


def test_true_and_false_are_read_only_where_they_are_stored_as_such():
    assert read_bool(True) is True
    with pytest.raises(UnreadableError):
        read_bool("yes")


def test_a_workbooks_whole_number_reads_as_a_person_sees_it():
    assert [cell_text(cell) for cell in (3.0, 3, "3", None, 2.5)] == ["3", "3", "3", "", "2.5"]
