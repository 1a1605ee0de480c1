"""Time: hours on a participant's clock, and study days."""

from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sepsisflow.dates import DAY, Written

DAY_H = 24.0
ROUNDING_H = 1e-6


class Moment(NamedTuple):
    """When something was, in hours from the participant's origin.

    ``earliest_h`` and ``latest_h`` bound it, and are equal if it is known exactly. Of what is known
    by date alone (``whole_day``), ``calendar_h`` is 24 hours times the difference of the dates, so
    that the date of origin is day 1; else it is the time itself.
    """

    calendar_h: float
    earliest_h: float
    latest_h: float
    whole_day: bool


def exact(hours: float) -> Moment:
    """A time known exactly."""
    return Moment(hours, hours, hours, False)


def calendar_day(days: float) -> Moment:
    """A day counted from that of origin, whose hour is not known; 0 is the day of origin."""
    return Moment(DAY_H * days, DAY_H * days, DAY_H * (days + 1), True)


def moment(when: Written, origin: datetime, zone: str | None = None) -> Moment:
    """Place a date or date-time on a participant's clock.

    A date alone lies between its midnights; on the date of origin, not before the origin. Hours
    are those of a wall clock that is never put forward or back; with a time zone, those that
    passed.
    """
    start = _hours(origin, when.start, zone)
    if not when.span:
        return exact(start)
    days = (when.start.date() - origin.date()).days
    earliest = 0.0 if days == 0 and when.span == DAY else start
    return Moment(DAY_H * days, earliest, _hours(origin, when.start + when.span, zone), True)


def _hours(origin: datetime, when: datetime, zone: str | None) -> float:
    if zone is not None:
        origin, when = (each.replace(tzinfo=ZoneInfo(zone)) for each in (origin, when))
        origin, when = origin.astimezone(UTC), when.astimezone(UTC)
    return (when - origin).total_seconds() / 3600


def study_day(time_h, time_zero_h):
    """Study day of a time: day 1 is the first 24 hours from time zero.

    Takes and returns floats, arrays or Series (hours in, days out). Hours that differ from a full
    day only by rounding belong to the day that begins there.
    """
    return (time_h - time_zero_h + ROUNDING_H) // DAY_H + 1
