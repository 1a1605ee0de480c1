"""Written dates: from what a raw file holds to a time on the study's wall clock."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAYS_SINCE = "days since "
ISO = "iso8601"
# Day 0 of the numbers that stand for dates in workbooks.
SERIALS = {"excel serial": datetime(1899, 12, 30), "excel serial 1904": datetime(1904, 1, 1)}
YEARS = (1800, 2200)
DAY = timedelta(days=1)
PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?")


class Written(NamedTuple):
    """A date as written: when it starts on the wall clock, and the span in which it may lie.

    The span is zero of a date-time, a day of a date, a month or year of what says no more.
    """

    start: datetime
    span: timedelta


class AmbiguousDateError(ValueError):
    """A date can be read in two ways."""


class ZonedDateError(ValueError):
    """A date-time has a time zone, and the study has none to bring it to."""


def parse_date(
    cell: object,
    formats: tuple[str, ...],
    *,
    zone: str | None = None,
    written_in: str | None = None,
) -> Written:
    """Read a date or date-time.

    Parameters
    ----------
    cell : str, number, date or datetime
        A workbook's date cell arrives as date or datetime, whatever the format says. At midnight it
        says only the day, unless every format has hours.
    formats : tuple of str
        Each as `datetime.strptime`; ``"days since YYYY-MM-DD"`` for a number of whole days;
        ``"iso8601"``, which may end after year, month or day; or a key of `SERIALS`.
    zone : str, optional
        Time zone of the study's wall clock, to which a date-time with an offset is brought; without
        it, such a date-time is refused.
    written_in : str, optional
        Time zone in which date-times without an offset are written; ``zone`` if not given.

    Raises
    ------
    AmbiguousDateError
        If two formats give different dates, or if the hour was struck twice that night.
    ZonedDateError
        If it has a time zone and the study has none.
    ValueError
        If there is no such date in any of the formats, or it lies outside the years 1800 to 2200.
    """
    found, failures = set(), []
    for each in formats:
        try:
            found.add(_on_wall_clock(_read(cell, each, formats), zone, written_in or zone))
        except AmbiguousDateError:
            raise
        except ValueError as error:
            failures.append(error)
    if not found:
        raise failures[0]
    if len(found) > 1:
        raise AmbiguousDateError("different dates in different formats")
    return found.pop()


def has_time(date_format: str) -> bool:
    """Whether texts in this format say the hour, not only the day."""
    return any(mark in date_format for mark in ("%H", "%I", "%c", "%X"))


def _read(cell: object, date_format: str, formats: tuple[str, ...]) -> Written:
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second, cell.microsecond) == (0, 0, 0, 0)
        return Written(cell, timedelta(0) if all(map(has_time, formats)) or not midnight else DAY)
    if isinstance(cell, date):
        return Written(datetime(cell.year, cell.month, cell.day), DAY)
    if date_format.startswith(DAYS_SINCE):
        days = float(cell)
        if not days.is_integer():
            raise ValueError("not a whole number of days")
        epoch = datetime.strptime(date_format.removeprefix(DAYS_SINCE), "%Y-%m-%d")
        return Written(_after(epoch, days), DAY)
    if date_format in SERIALS:
        days = float(cell)
        when = _after(SERIALS[date_format], days)
        return Written(when, DAY if days.is_integer() else timedelta(0))
    if not isinstance(cell, str):
        raise ValueError("not a date")
    if date_format == ISO:
        return _read_iso(cell.strip())
    when = datetime.strptime(cell.strip(), date_format)
    return Written(when, timedelta(0) if has_time(date_format) else DAY)


def _after(epoch: datetime, days: float) -> datetime:
    """The second that lies so many days after ``epoch``."""
    try:
        return epoch + timedelta(seconds=round(days * 86400))
    except (OverflowError, ValueError) as error:
        raise ValueError("no such date") from error


def _read_iso(text: str) -> Written:
    """Read ISO 8601, which may stop after year, month or day."""
    partial = PARTIAL.fullmatch(text)
    if partial is None:
        when = datetime.fromisoformat(text)
        return Written(when, timedelta(0) if "T" in text or " " in text else DAY)
    year, month = int(partial[1]), partial[2]
    start = datetime(year, int(month or 1), 1)
    end = datetime(year + 1, 1, 1)
    if month:
        end = datetime(year + start.month // 12, start.month % 12 + 1, 1)
    return Written(start, end - start)


def _on_wall_clock(written: Written, zone: str | None, written_in: str | None) -> Written:
    """Bring a date-time to the study's wall clock."""
    when = written.start
    if not YEARS[0] <= when.year <= YEARS[1]:
        raise ValueError("no such date in a trial")
    if when.tzinfo is not None and zone is None:
        raise ZonedDateError("has a time zone, the study has none")
    if when.tzinfo is None and (zone is None or written.span):
        return written
    if when.tzinfo is None:
        when = instant(when, written_in)
    return Written(when.astimezone(_zone(zone)).replace(tzinfo=None), written.span)


def instant(when: datetime, zone: str) -> datetime:
    """The instant, in UTC, at which the wall clocks of a zone showed ``when``.

    Raises
    ------
    AmbiguousDateError
        If they did so twice, as in the night in which summer time ends.
    ValueError
        If they never did, as in the night in which it begins.
    """
    first, second = (when.replace(tzinfo=_zone(zone), fold=fold) for fold in (0, 1))
    if first.astimezone(UTC).astimezone(_zone(zone)).replace(tzinfo=None) != when:
        raise ValueError("the clocks were put forward over this hour")
    if first.utcoffset() != second.utcoffset():
        raise AmbiguousDateError("the clocks were put back over this hour")
    return first.astimezone(UTC)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
