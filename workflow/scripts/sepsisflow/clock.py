"""Time: from written dates to hours on a participant's clock, and to study days."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

DAY_H = 24.0
ROUNDING_H = 1e-6
DAYS_SINCE = "days since "
YEARS = (1800, 2200)


def parse_date(cell: object, date_format: str) -> datetime:
    """Read a date or date-time.

    Parameters
    ----------
    cell : str, number, date or datetime
        A workbook's date cell arrives as date or datetime, whatever ``date_format`` says.
    date_format : str
        As `datetime.strptime`, or ``"days since YYYY-MM-DD"`` for a number of whole days.

    Raises
    ------
    ValueError
        If there is no such date in this format, if it lies outside the years 1800 to 2200, or if
        it has a time zone.
    """
    when = _read(cell, date_format)
    if when.tzinfo is not None:
        raise ValueError("time zones are not read")
    if not YEARS[0] <= when.year <= YEARS[1]:
        raise ValueError("no such date in a trial")
    return when


def _read(cell: object, date_format: str) -> datetime:
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)
    if date_format.startswith(DAYS_SINCE):
        epoch = datetime.strptime(date_format.removeprefix(DAYS_SINCE), "%Y-%m-%d")
        days = float(cell)
        if not days.is_integer():
            raise ValueError("not a whole number of days")
        try:
            return epoch + timedelta(days=days)
        except OverflowError as error:
            raise ValueError("no such date") from error
    if not isinstance(cell, str):
        raise ValueError("not a date")
    return datetime.strptime(cell.strip(), date_format)


def has_time(date_format: str) -> bool:
    """Whether texts in this format say the hour, not only the day."""
    return any(mark in date_format for mark in ("%H", "%I", "%c", "%X"))


def is_whole_day(cell: object, date_format: str) -> bool:
    """Whether a cell says only the day.

    A date-time that a workbook or parquet file stores at midnight says only the day unless the
    declared format has hours.
    """
    if isinstance(cell, datetime):
        return cell.time() == time() and not has_time(date_format)
    return isinstance(cell, date) or not has_time(date_format)


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


def moment(when: datetime, origin: datetime, *, whole_day: bool) -> Moment:
    """Place a date or date-time on a participant's clock.

    A date alone lies between its midnights; on the date of origin, not before the origin.
    """
    if not whole_day:
        return exact((when - origin).total_seconds() / 3600)
    days = (when.date() - origin.date()).days
    into_day = (origin - datetime(origin.year, origin.month, origin.day)).total_seconds() / 3600
    midnight = DAY_H * days - into_day
    earliest = 0.0 if days == 0 else midnight
    return Moment(DAY_H * days, earliest, midnight + DAY_H, True)


def study_day(time_h, time_zero_h):
    """Study day of a time: day 1 is the first 24 hours from time zero.

    Takes and returns floats, arrays or Series (hours in, days out). Hours that differ from a full
    day only by rounding belong to the day that begins there.
    """
    return (time_h - time_zero_h + ROUNDING_H) // DAY_H + 1
