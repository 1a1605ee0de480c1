"""REDCap's validation types: which cells a form accepts, and what such a cell stands for.

Raw and labelled exports write dates year first, whatever order the form displays.
Meanings: REDCap's help page "Text Validation Types", and the types a hospital may switch on.
Imported whenever the workflow is read, so without pandas.
"""

import math
import re
from datetime import date, datetime

from sepsisflow.readers.redcap_dictionary import Field

DATE = r"\d{4}-\d{2}-\d{2}"
HOUR, SIXTIETH = r"([01]?\d|2[0-3])", r"[0-5]\d"
AREA = r"[2-9]\d{2}"


def _numbers(mark: str) -> dict[str, str]:
    """Patterns of the types of number with one decimal mark, by the end of their names."""
    free = {"": rf"[-+]?(\d+({mark}\d*)?|{mark}\d+)([eE][-+]?\d+)?"}
    return free | {f"_{places}dp": rf"-?\d+{mark}\d{{{places}}}" for places in range(1, 5)}


NUMBERS = {
    "integer": r"[-+]?\d+",
    **{f"number{name}": pattern for name, pattern in _numbers(r"\.").items()},
    **{f"number{name}_comma_decimal": pattern for name, pattern in _numbers(",").items()},
}
TIMES = {
    **{f"date_{order}": DATE for order in ("dmy", "mdy", "ymd")},
    **{f"datetime_{order}": rf"{DATE} \d{{2}}:\d{{2}}" for order in ("dmy", "mdy", "ymd")},
    **{
        f"datetime_seconds_{order}": rf"{DATE} \d{{2}}:\d{{2}}:\d{{2}}"
        for order in ("dmy", "mdy", "ymd")
    },
}
TEXTS = {
    "alpha_only": r"[A-Za-z]+",
    "email": r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+",
    "mrn_10d": r"\d{10}",
    "mrn_generic": r"[A-Za-z0-9_-]+",
    "phone": rf"(\+?1[ .-]?)?(\({AREA}\)|{AREA})[ .-]*{AREA}[ .-]*\d{{4}}(\s*(#|x|ext)\.?\s*\d+)?",
    "phone_australia": r"(\(0[2-8]\)|0[2-8])\s*\d{4}\s*\d{4}",
    "postalcode_australia": r"\d{4}",
    "postalcode_canada": r"[ABCEGHJ-NPRSTVXYabceghj-nprstvxy]\d[A-Za-z] ?\d[A-Za-z]\d",
    "postalcode_french": r"(0[1-9]|[1-8]\d|9[0-8])\d{3}",
    "postalcode_germany": r"(0[1-9]|[1-9]\d)\d{3}",
    "ssn": r"\d{3}-\d{2}-\d{4}",
    "time": rf"{HOUR}:{SIXTIETH}",
    "time_hh_mm_ss": rf"{HOUR}:{SIXTIETH}:{SIXTIETH}",
    "time_mm_ss": rf"{SIXTIETH}:{SIXTIETH}",
    "vmrn": r"\d{4,9}",
    "zipcode": r"\d{5}(-\d{4})?",
}
PATTERNS = {name: re.compile(text, re.ASCII) for name, text in (NUMBERS | TIMES | TEXTS).items()}
# Of these kinds of field REDCap itself writes the number, and with a point.
COMPUTED = ("calc", "slider")


def typed_cell(field: Field, text: str) -> tuple[object, str | None]:
    """What a cell stands for, and the code of a remark on it, or None.

    A date or date-time becomes one, and a number with a decimal mark becomes a number; whatever
    does not fit the field's type stays text. Whole numbers stay text too: they read the same with
    every decimal mark, and may be identifiers.
    """
    name = "number" if field.kind in COMPUTED else field.validation
    if name in TIMES:
        when = _time(name, text)
        # Written otherwise, it may still be a date in the format that the study file declares.
        return (text, None) if when is None else (when, _outside(field, name, when))
    if name not in PATTERNS:
        return text, None
    if not PATTERNS[name].fullmatch(text):
        return text, None if field.kind in COMPUTED else "value.unlike_form"
    if name not in NUMBERS:
        return text, None
    number = _number(text)
    exact = text.lstrip("+-").isdigit() or not math.isfinite(number)
    return text if exact else number, _outside(field, name, number)


def _outside(field: Field, name: str, value: object) -> str | None:
    """Whether a value lies beyond the form's own limits; "today" and the like are none."""
    limits = []
    for text in (field.low, field.high):
        if name in TIMES:
            limits.append(_time(name, text))
        else:
            fits = PATTERNS["number"].fullmatch(text.replace(",", "."))
            limits.append(_number(text) if fits else None)
    low, high = limits
    beyond = (low is not None and value < low) or (high is not None and value > high)
    return "value.outside_form" if beyond else None


def _time(name: str, text: str) -> date | datetime | None:
    if not PATTERNS[name].fullmatch(text):
        return None
    try:
        return (date if name.startswith("date_") else datetime).fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> float:
    return float(text.replace(",", "."))
