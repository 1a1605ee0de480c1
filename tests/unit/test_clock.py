"""Dates to hours, hours to study days."""

from datetime import UTC, date, datetime

import pytest
from sepsisflow.clock import has_time, is_whole_day, moment, parse_date, study_day


@pytest.mark.parametrize(
    ("cell", "date_format", "expected"),
    [
        ("03.02.2018", "%d.%m.%Y", datetime(2018, 2, 3)),
        (" 2018-02-03 14:30", "%Y-%m-%d %H:%M", datetime(2018, 2, 3, 14, 30)),
        (date(2018, 2, 3), "%d.%m.%Y", datetime(2018, 2, 3)),
        (datetime(2018, 2, 3, 6), "%d.%m.%Y", datetime(2018, 2, 3, 6)),
        ("11142", "days since 1960-01-01", datetime(1990, 7, 4)),
        (11142.0, "days since 1960-01-01", datetime(1990, 7, 4)),
    ],
)
def test_dates_are_read_in_their_declared_format(cell, date_format, expected):
    assert parse_date(cell, date_format) == expected


@pytest.mark.parametrize(
    ("cell", "date_format", "reason"),
    [
        ("31.02.2018", "%d.%m.%Y", "day is out of range"),
        ("2018-02-03", "%d.%m.%Y", "does not match format"),
        (43134.0, "%d.%m.%Y", "not a date"),
        ("11142.5", "days since 1960-01-01", "not a whole number of days"),
        ("1e15", "days since 1960-01-01", "no such date"),
        ("01.02.2920", "%d.%m.%Y", "no such date in a trial"),
        (datetime(2018, 2, 3, tzinfo=UTC), "%d.%m.%Y", "time zones are not read"),
    ],
)
def test_what_is_no_date_in_the_format_is_refused(cell, date_format, reason):
    with pytest.raises(ValueError, match=reason):
        parse_date(cell, date_format)


def test_a_date_alone_lies_between_its_midnights_and_counts_whole_calendar_days():
    origin = datetime(2018, 2, 3, 18)
    assert moment(datetime(2018, 2, 4), origin, whole_day=True) == (24, 6, 30, True)
    assert moment(datetime(2018, 2, 3), origin, whole_day=True) == (0, 0, 6, True)
    assert moment(datetime(2018, 2, 2), origin, whole_day=True) == (-24, -42, -18, True)
    assert moment(datetime(2018, 2, 4), origin, whole_day=False) == (6, 6, 6, False)


@pytest.mark.parametrize(
    ("cell", "date_format", "whole_day"),
    [
        ("03.02.2018", "%d.%m.%Y", True),
        ("03.02.2018 18:30", "%d.%m.%Y %H:%M", False),
        (date(2018, 2, 3), "%d.%m.%Y %H:%M", True),
        (datetime(2018, 2, 3, 18, 30), "%d.%m.%Y", False),
        (datetime(2018, 2, 3), "%d.%m.%Y", True),
        (datetime(2018, 2, 3), "%d.%m.%Y %H:%M", False),
    ],
)
def test_each_cell_says_whether_it_knows_the_hour(cell, date_format, whole_day):
    assert is_whole_day(cell, date_format) is whole_day


@pytest.mark.parametrize(
    ("time_h", "day"),
    [(-0.5, 0), (0, 1), (23.9, 1), (23.9999999, 2), (24, 2), (27 * 24, 28), (-24, 0), (-25, -1)],
)
def test_day_one_is_the_first_24_hours_from_time_zero(time_h, day):
    assert study_day(time_h + 5, 5) == day


def test_a_format_says_whether_it_holds_the_hour():
    assert has_time("%d.%m.%Y %H:%M")
    assert not has_time("%d.%m.%Y")
