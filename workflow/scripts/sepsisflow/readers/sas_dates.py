"""Dates and times as SAS stores them: numbers, whose format says what they count."""

import re
from datetime import date, datetime, timedelta

EPOCH = datetime(1960, 1, 1)
DAY_S = 86_400
DATE_TIMES = ("DATETIME", "DATEAMPM", "MDYAMPM", "E8601DT", "B8601DT", "IS8601DT")
DATES = ("DATE", "WEEKDATE", "WORDDATE", "MMDDYY", "DDMMYY", "YYMMDD", "E8601DA", "B8601DA")
DATES += ("IS8601DA",)
TIMES = ("TIME", "HHMM", "TOD", "E8601TM", "B8601TM", "IS8601TM")
WIDTH = re.compile(r"\d*\.?\d*$")


def kind_of(sas_format: str | None) -> str:
    """Say what numbers in a format such as ``DATE9.`` are: date, datetime, time, or number."""
    name = WIDTH.sub("", (sas_format or "").upper())
    for kind, names in (("datetime", DATE_TIMES), ("date", DATES), ("time", TIMES)):
        # One letter may follow, the mark between day, month and year: YYMMDDN8, DDMMYYS10.
        if name in names or (kind == "date" and name[:-1] in DATES):
            return kind
    return "number"


def as_written(number: object, kind: str) -> object:
    """A number of days or seconds as date, date-time or text of a time of day.

    What is no such thing, as a day beyond the year 9999 or half a day, stays a number.
    """
    if not isinstance(number, int | float) or kind == "number":
        return number
    try:
        if kind == "datetime":
            return EPOCH + timedelta(seconds=number)
        if kind == "date" and float(number).is_integer():
            return date.fromordinal(EPOCH.toordinal() + int(number))
        if kind == "time" and 0 <= number < DAY_S:
            return str((EPOCH + timedelta(seconds=number)).time())
    except (OverflowError, ValueError):
        pass
    return number
