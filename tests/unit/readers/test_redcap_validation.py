"""Validation types of REDCap, each with a cell it accepts and one it does not."""

from datetime import date, datetime

import pytest
from sepsisflow.readers.redcap_dictionary import Field
from sepsisflow.readers.redcap_validation import NUMBERS, PATTERNS, TIMES, typed_cell

ACCEPTED = {
    "alpha_only": ("Abc", "Abc1"),
    "email": ("a.b@c.org", "a.b@c"),
    "mrn_10d": ("0123456789", "123456789"),
    "mrn_generic": ("a-1_B", "a 1"),
    "phone": ("(405) 321-1111", "405 321-111"),
    "phone_australia": ("(02) 1234 5678", "(09) 1234 5678"),
    "postalcode_australia": ("2000", "20000"),
    "postalcode_canada": ("K1A 0B1", "D1A 0B1"),
    "postalcode_french": ("75001", "99001"),
    "postalcode_germany": ("01067", "00067"),
    "ssn": ("123-45-6789", "123456789"),
    "time": ("23:59", "55:02"),
    "time_hh_mm_ss": ("23:59:59", "23:59"),
    "time_mm_ss": ("55:02", "60:02"),
    "vmrn": ("1234", "123"),
    "zipcode": ("73402-1234", "7340"),
    "integer": ("-12", "12.0"),
    "number": ("1e3", "1,5"),
    "number_1dp": ("1.5", "1.55"),
    "number_2dp": ("1.55", "1.5"),
    "number_3dp": ("1.555", "1.55"),
    "number_4dp": ("1.5555", "1.555"),
    "number_comma_decimal": ("1,5", "1.5"),
    "number_1dp_comma_decimal": ("1,5", "1.5"),
    "number_2dp_comma_decimal": ("1,55", "1,5"),
    "number_3dp_comma_decimal": ("1,555", "1.555"),
    "number_4dp_comma_decimal": ("1,5555", "1,555"),
}


def field(validation, low="", high="", kind="text"):
    return Field("x", "form", kind, validation=validation, low=low, high=high)


def test_every_type_is_tested():
    assert PATTERNS.keys() == ACCEPTED.keys() | TIMES.keys()


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_type_accepts_what_its_form_accepts(name):
    accepted, refused = ACCEPTED[name]
    assert typed_cell(field(name), accepted)[1] is None
    assert typed_cell(field(name), refused) == (refused, "value.unlike_form")


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_with_a_mark_are_numbers_and_others_text_that_reads_with_any_mark(name):
    accepted = ACCEPTED[name][0]
    value = typed_cell(field(name), accepted)[0]
    assert value == (accepted if name == "integer" else float(accepted.replace(",", ".")))
    assert typed_cell(field(name), "٣") == ("٣", "value.unlike_form")


@pytest.mark.parametrize("order", ["dmy", "mdy", "ymd"])
def test_dates_are_year_first_in_every_type(order):
    assert typed_cell(field(f"date_{order}"), "2024-02-03") == (date(2024, 2, 3), None)
    assert typed_cell(field(f"date_{order}"), "03-02-2024") == ("03-02-2024", None)
    assert typed_cell(field(f"date_{order}"), "2024-02-30") == ("2024-02-30", None)
    minute = datetime(2024, 2, 3, 4, 5)
    assert typed_cell(field(f"datetime_{order}"), "2024-02-03 04:05") == (minute, None)
    second = datetime(2024, 2, 3, 4, 5, 6)
    assert typed_cell(field(f"datetime_seconds_{order}"), "2024-02-03 04:05:06") == (second, None)


@pytest.mark.parametrize(
    ("validation", "low", "high", "within", "beyond"),
    [
        ("integer", "0", "", "0", "-1"),
        ("number", "", "2.5", "2.5", "2.51"),
        ("number_comma_decimal", "0,5", "3", "0,5", "0,4"),
        ("date_dmy", "2000-01-01", "today", "2100-01-01", "1999-12-31"),
        ("datetime_ymd", "2000-01-01 12:00", "", "2000-01-01 12:00", "2000-01-01 11:59"),
    ],
)
def test_limits_of_the_form_include_themselves(validation, low, high, within, beyond):
    limited = field(validation, low, high)
    assert typed_cell(limited, within)[1] is None
    assert typed_cell(limited, beyond)[1] == "value.outside_form"


def test_calculated_fields_and_sliders_are_written_with_a_point():
    assert typed_cell(field("", kind="calc"), "22.1") == (22.1, None)
    assert typed_cell(field("", kind="calc"), "2024-01-01") == ("2024-01-01", None)
    assert typed_cell(field("", "0", "100", kind="slider"), "101") == ("101", "value.outside_form")


def test_a_number_beyond_all_numbers_stays_text():
    assert typed_cell(field("number"), "1e400") == ("1e400", None)


def test_a_field_without_known_validation_is_text():
    assert typed_cell(field(""), "1,5") == ("1,5", None)
    assert typed_cell(field("local_type"), "1,5") == ("1,5", None)
