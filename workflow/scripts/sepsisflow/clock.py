"""Time: from written dates to hours on a participant's clock, and to study days."""

from datetime import date, datetime, timedelta

DAY_H = 24.0
ROUNDING_H = 1e-6
DAYS_SINCE = "days since "


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
        If there is no such date in this format.
    """
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
    """Whether values in this format say the hour, not only the day."""
    return any(mark in date_format for mark in ("%H", "%I", "%c", "%X"))


def hours_since(when: datetime, origin: datetime, *, whole_day: bool) -> float:
    """Hours from ``origin``; of a value known by date alone, hours between the two dates."""
    if whole_day:
        return DAY_H * (when.date() - origin.date()).days
    return (when - origin).total_seconds() / 3600


def study_day(time_h, time_zero_h):
    """Study day of a time: day 1 is the first 24 hours from time zero.

    Takes and returns floats, arrays or Series (hours in, days out). Hours that differ from a full
    day only by rounding belong to the day that begins there.
    """
    return (time_h - time_zero_h + ROUNDING_H) // DAY_H + 1
