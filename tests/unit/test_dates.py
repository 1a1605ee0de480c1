"""Written dates to times on the study's wall clock."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sepsisflow.dates import DAY, AmbiguousDateError, Written, has_time, parse_date

NOW = timedelta(0)


@pytest.mark.parametrize(
    ("cell", "date_format", "expected"),
    [
        ("03.02.2018", "%d.%m.%Y", (datetime(2018, 2, 3), DAY)),
        (" 2018-02-03 14:30", "%Y-%m-%d %H:%M", (datetime(2018, 2, 3, 14, 30), NOW)),
        (date(2018, 2, 3), "%d.%m.%Y %H:%M", (datetime(2018, 2, 3), DAY)),
        (datetime(2018, 2, 3, 6), "%d.%m.%Y", (datetime(2018, 2, 3, 6), NOW)),
        (datetime(2018, 2, 3), "%d.%m.%Y", (datetime(2018, 2, 3), DAY)),
        (datetime(2018, 2, 3), "%d.%m.%Y %H:%M", (datetime(2018, 2, 3), NOW)),
        ("11142", "days since 1960-01-01", (datetime(1990, 7, 4), DAY)),
        (11142.0, "days since 1960-01-01", (datetime(1990, 7, 4), DAY)),
        (43134.0, "excel serial", (datetime(2018, 2, 3), DAY)),
        ("43134", "excel serial", (datetime(2018, 2, 3), DAY)),
        (43134.604166666664, "excel serial", (datetime(2018, 2, 3, 14, 30), NOW)),
        (41672.0, "excel serial 1904", (datetime(2018, 2, 3), DAY)),
        ("2018-02-03", "iso8601", (datetime(2018, 2, 3), DAY)),
        ("2018-02-03T14:30", "iso8601", (datetime(2018, 2, 3, 14, 30), NOW)),
        ("2018-02", "iso8601", (datetime(2018, 2, 1), timedelta(days=28))),
        ("2019-12", "iso8601", (datetime(2019, 12, 1), timedelta(days=31))),
        ("2020", "iso8601", (datetime(2020, 1, 1), timedelta(days=366))),
    ],
)
def test_dates_are_read_in_their_declared_format(cell, date_format, expected):
    assert parse_date(cell, (date_format,)) == expected


@pytest.mark.parametrize(
    ("cell", "date_format", "reason"),
    [
        ("31.02.2018", "%d.%m.%Y", "day is out of range"),
        ("2018-02-03", "%d.%m.%Y", "does not match format"),
        (43134.0, "%d.%m.%Y", "not a date"),
        ("11142.5", "days since 1960-01-01", "not a whole number of days"),
        ("1e15", "days since 1960-01-01", "no such date"),
        ("01.02.2920", "%d.%m.%Y", "no such date in a trial"),
        ("2018-13", "iso8601", "month must be in 1..12"),
        ("nan", "excel serial", "no such date"),
        ("inf", "excel serial", "no such date"),
        ("1e999", "excel serial", "no such date"),
        (datetime(2018, 2, 3, tzinfo=UTC), "%d.%m.%Y", "has a time zone, the study has none"),
        ("2018-02-03T14:30Z", "iso8601", "has a time zone, the study has none"),
    ],
)
def test_what_is_no_date_in_the_format_is_refused(cell, date_format, reason):
    with pytest.raises(ValueError, match=reason):
        parse_date(cell, (date_format,))


def test_of_several_formats_the_one_that_fits_is_taken():
    formats = ("%d.%m.%Y %H:%M", "%d.%m.%Y", "excel serial")
    assert parse_date("03.02.2018", formats) == (datetime(2018, 2, 3), DAY)
    assert parse_date("03.02.2018 08:15", formats) == (datetime(2018, 2, 3, 8, 15), NOW)
    assert parse_date(43134.0, formats) == (datetime(2018, 2, 3), DAY)


def test_a_date_that_two_formats_read_differently_is_ambiguous():
    formats = ("%d/%m/%Y", "%m/%d/%Y")
    assert parse_date("13/02/2018", formats).start == datetime(2018, 2, 13)
    assert parse_date("02/02/2018", formats).start == datetime(2018, 2, 2)
    with pytest.raises(AmbiguousDateError):
        parse_date("03/02/2018", formats)


def test_a_date_time_with_an_offset_is_brought_to_the_study_s_wall_clock():
    zone = "Europe/Istanbul"
    assert parse_date("2018-02-03T14:30Z", ("iso8601",), zone=zone).start.hour == 17
    assert parse_date("2018-02-03T14:30-05:00", ("iso8601",), zone=zone).start.hour == 22
    cell = datetime(2018, 2, 3, 14, tzinfo=timezone(timedelta(hours=1)))
    assert parse_date(cell, ("iso8601",), zone=zone).start == datetime(2018, 2, 3, 16)


def test_a_source_in_another_zone_is_brought_to_the_study_s_but_its_days_stay():
    read = {"zone": "Europe/Istanbul", "written_in": "UTC"}
    assert parse_date("2018-02-03T22:30", ("iso8601",), **read).start == datetime(2018, 2, 4, 1, 30)
    assert parse_date("2018-02-03", ("iso8601",), **read) == (datetime(2018, 2, 3), DAY)


def test_an_hour_that_the_clocks_skipped_or_struck_twice_is_no_certain_time():
    berlin = {"zone": "Europe/Berlin"}
    with pytest.raises(ValueError, match="put forward over this hour"):
        parse_date("2018-03-25T02:30", ("iso8601",), **berlin)
    with pytest.raises(AmbiguousDateError):
        parse_date("2018-10-28T02:30", ("iso8601",), **berlin)
    assert parse_date("2018-10-28T03:30", ("iso8601",), **berlin).start.hour == 3


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)))
def test_what_is_written_in_a_format_is_read_back(when):
    when = when.replace(second=0, microsecond=0)
    for date_format in ("%d.%m.%Y %H:%M", "%Y-%m-%dT%H:%M"):
        assert parse_date(when.strftime(date_format), (date_format,)) == Written(when, NOW)
    assert parse_date(when.isoformat(), ("iso8601",)) == Written(when, NOW)
    assert parse_date(when.date().isoformat(), ("iso8601",)).span == DAY


def test_a_format_says_whether_it_holds_the_hour():
    assert has_time("%d.%m.%Y %H:%M")
    assert not has_time("%d.%m.%Y")
