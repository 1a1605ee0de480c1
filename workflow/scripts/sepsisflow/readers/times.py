"""Times as a map finds them: a date with its time of day beside it, days and hours elapsed."""

from datetime import date, datetime, time

from sepsisflow.clock import DAY_H, Moment, calendar_day, exact
from sepsisflow.readers import cells as read

# Two hundred years: no time of a study, in hours or days.
MOST_H = 200 * 366 * 24


def joined(day: object, clock: object) -> object:
    """A date with the time of day beside it; without one, the date."""
    texts = read.cell_text(day), read.cell_text(clock)
    if "" in texts:
        return day
    if isinstance(day, date):
        try:
            of_day = clock if isinstance(clock, time) else time.fromisoformat(texts[1])
        except ValueError:
            return " ".join(texts)
        return datetime(day.year, day.month, day.day, of_day.hour, of_day.minute, of_day.second)
    return " ".join(texts)


def elapsed(number: float, form: str) -> Moment:
    """A study day, or elapsed days or hours, on the participant's clock."""
    if abs(number) > MOST_H:
        raise read.UnreadableError("value.unreadable")
    if form.startswith("study_day"):
        without_0 = form == "study_day_without_0"
        if not number.is_integer() or (without_0 and number == 0):
            raise read.UnreadableError("value.unreadable")
        return calendar_day(number if without_0 and number < 0 else number - 1)
    return exact(number * (DAY_H if form == "days" else 1))
