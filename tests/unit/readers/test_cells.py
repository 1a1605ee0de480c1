"""Single cells: read exactly, or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sepsisflow.readers.cells import (
    UnreadableError,
    cell_text,
    number_in_comment,
    read_bool,
    read_code,
    read_limited_number,
    read_number,
)


@pytest.mark.parametrize(
    ("cell", "decimal", "expected"),
    [("1,5", ",", 1.5), ("1.5", ".", 1.5), (" -3 ", ".", -3), (".5", ".", 0.5), ("2e3", ".", 2000),
     ("1.234,5", ",", 1234.5), ("1,234,567", ".", 1234567), (1.5, ",", 1.5), (7, ",", 7.0),
     ("\u00a01,5\u2003", ",", 1.5), ("\ufeff1.5", ".", 1.5), ("+5", ".", 5), ("\u22125", ".", -5),
     ("\uff11\uff12\uff0e\uff15", ".", 12.5), ("\u0661\u0662", ".", 12), ("1.2E3", ".", 1200)],
)  # fmt: skip
def test_numbers_are_read_with_the_declared_decimal_mark(cell, decimal, expected):
    assert read_number(cell, decimal=decimal) == expected


@pytest.mark.parametrize(
    ("code", "decimal", "cells"),
    [
        ("value.ambiguous", ".", ["1,5", "25,000", "1 234", "1'234", "12 1.5", "1.2.3"]),
        ("value.ambiguous", ",", ["1.5", "1.234", "1.23,5"]),
        ("value.range", ".", ["1-2", "1 - 2", "0.5\u20131.5", "5 to 7", "2..3", "2\u20263"]),
        ("value.withheld", ".", ["___", "*", "XXX"]),
        ("value.unreadable", ".",
         ["HOLD", "ART.", "ERROR", "hemolyzed", "see comment", "", "nan", "inf", "1e999", "5 mg",
          "+", "1/2", "120/80", "\u00bd", "5\u00b2", "1-2-2020", "0x1A", "--5", "<5", "1\u200b2",
          True, float("inf")]),
    ],
)  # fmt: skip
def test_a_cell_that_is_no_number_is_refused_for_what_it_is(code, decimal, cells):
    for cell in cells:
        with pytest.raises(UnreadableError) as error:
            read_number(cell, decimal=decimal)
        assert (error.value.code, cell) == (code, cell)


@pytest.mark.parametrize(
    ("cell", "decimal", "thousands", "expected"),
    [("25,000", ".", ",", 25000), ("1.234", ",", ".", 1234), ("1 234,5", ",", " ", 1234.5),
     ("1\u00a0234", ",", " ", 1234), ("12'345.5", ".", "'", 12345.5), ("25", ".", ",", 25)],
)  # fmt: skip
def test_a_declared_mark_between_thousands_is_read(cell, decimal, thousands, expected):
    assert read_number(cell, decimal=decimal, thousands=thousands) == expected


@pytest.mark.parametrize("cell", ["2,50", "25,0000", "1,234,56", ",250", "1,2345", "1.234,5"])
def test_a_thousands_mark_elsewhere_than_between_thousands_is_refused(cell):
    with pytest.raises(UnreadableError):
        read_number(cell, decimal=".", thousands=",")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("<0,5", (0.5, "below", None)), ("≤ 0,5", (0.5, "below", None)),
     ("<= 0,5", (0.5, "below", None)), (">1000", (1000.0, "above", None)),
     ("≥ 1000", (1000.0, "above", None)), ("12,25", (12.25, "none", None)),
     (3, (3.0, "none", None)), ("5/min", (5.0, "none", "/min")),
     ("12 mg/dL", (12.0, "none", "mg/dL")), ("<0,5mg/dl", (0.5, "below", "mg/dl")),
     ("40%", (40.0, "none", "%")), ("37,2 °C", (37.2, "none", "°C"))],
)  # fmt: skip
def test_a_number_is_read_with_its_limit_and_the_unit_beside_it(cell, expected):
    assert read_limited_number(cell, decimal=",") == expected


@pytest.mark.parametrize(
    "cell", ["<", "< <5", "5<", "5 (hemolyzed)", "5/2", "5 / 2 h", "5 -", "5;6"]
)
def test_what_is_neither_a_limit_nor_a_unit_beside_a_number_is_refused(cell):
    with pytest.raises(UnreadableError):
        read_limited_number(cell, decimal=".")


@pytest.mark.parametrize(
    ("comment", "said"),
    [("<0.01.  CTROPNT > 0.10 SUGGESTS AMI.", "<0.01"), ("LESS THAN 0.2", "<0.2"),
     ("Greater than 500. Repeated.", ">500"), ("1.2", "1.2"), ("0.5 ng/mL", "0.5 ng/mL"),
     ("12. VERIFIED", "12"), ("RESULT 1.2", None), ("5.  3", None), ("1-2", None), ("1,200", None),
     ("5 OF 7 TUBES", None), ("1.2.2020", None), ("___", None), ("", None), ("HEMOLYZED", None)],
)  # fmt: skip
def test_a_comment_is_a_number_only_if_it_begins_with_just_one(comment, said):
    assert number_in_comment(comment, decimal=".") == said


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([".", ","]))
def test_every_number_python_can_write_is_read_back_to_the_last_bit(number, decimal):
    assert read_number(repr(number).replace(".", decimal), decimal=decimal) == number


@given(st.text(max_size=12))
def test_any_text_is_a_finite_number_or_refused(text):
    try:
        value, censoring, _ = read_limited_number(text, decimal=".")
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
