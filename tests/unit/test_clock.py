"""Times to hours on a participant's clock, hours to study days."""

from datetime import datetime, timedelta

import pytest
from sepsisflow.clock import moment, study_day
from sepsisflow.dates import DAY, Written

NOW = timedelta(0)


def test_a_date_alone_lies_between_its_midnights_and_counts_whole_calendar_days():
    origin = datetime(2018, 2, 3, 18)
    assert moment(Written(datetime(2018, 2, 4), DAY), origin) == (24, 6, 30, True)
    assert moment(Written(datetime(2018, 2, 3), DAY), origin) == (0, 0, 6, True)
    assert moment(Written(datetime(2018, 2, 2), DAY), origin) == (-24, -42, -18, True)
    assert moment(Written(datetime(2018, 2, 4), NOW), origin) == (6, 6, 6, False)


def test_a_month_alone_is_the_whole_month():
    written = Written(datetime(2018, 3, 1), timedelta(days=31))
    found = moment(written, datetime(2018, 2, 28))
    assert (found.earliest_h, found.latest_h) == (24, 24 * 32)


def test_hours_pass_over_a_change_to_summer_time_only_with_a_time_zone():
    origin, later = datetime(2018, 3, 24, 12), Written(datetime(2018, 3, 25, 12), NOW)
    assert moment(later, origin).calendar_h == 24
    assert moment(later, origin, "Europe/Berlin").calendar_h == 23
    night = moment(Written(datetime(2018, 3, 25), DAY), origin, "Europe/Berlin")
    assert night.latest_h - night.earliest_h == 23


@pytest.mark.parametrize(
    ("time_h", "day"),
    [(-0.5, 0), (0, 1), (23.9, 1), (23.9999999, 2), (24, 2), (27 * 24, 28), (-24, 0), (-25, -1)],
)
def test_day_one_is_the_first_24_hours_from_time_zero(time_h, day):
    assert study_day(time_h + 5, 5) == day
