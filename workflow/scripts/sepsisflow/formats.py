"""How a row of the estimates table is written: one named format for each kind of number.

Tables, figures and the manuscript all write numbers through `format_row`, so a number looks the
same wherever it stands. Nothing is computed here beyond rounding and the factor 100 of a
percentage.
"""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from sepsisflow.errors import DataError, nearest

MISSING = "–"  # en dash: what a reader sees where a number could not be estimated
MINUS = "\N{MINUS SIGN}"
NO_BREAK = "\N{NO-BREAK SPACE}"
NOT_REACHED = "not reached"

Row = Mapping[str, object]


def format_row(row: Row, name: str) -> str:
    """Write one row of the estimates table in the format called ``name``.

    Parameters
    ----------
    row : dict, Series or other mapping
        At least the columns of `Estimates` the format reads: ``value`` always; ``lower`` and
        ``upper`` for ``*_ci``, also ``level`` for ``*_interval``; ``n`` and ``n_events`` for
        ``*_of`` and ``events_percent``.
    name : str
        A name in `FORMATS`; each function's docstring shows what it writes.

    Returns
    -------
    str
        `MISSING` if the value is missing, in a sentence words; never an empty text.

    Raises
    ------
    DataError
        If no format has that name.
    """
    if name not in FORMATS:
        raise DataError(f"There is no number format '{name}'; {nearest(name, FORMATS)}")
    return FORMATS[name](row)


def number(value: object, decimals: int) -> str:
    """Round half away from zero to fixed decimals, with a true minus sign: "−0.5", "5,735".

    Binary noise beyond twelve digits is dropped first, so that 6.25 is always 6.3. Infinity is
    "∞"; a missing value is `MISSING`.
    """
    known = _known(value)
    if known is None:
        return MISSING
    sign = MINUS if known < 0 else ""
    if known in (float("inf"), float("-inf")):
        return f"{sign}∞"
    exact = abs(Decimal(f"{known:.12g}"))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{sign if rounded else ''}{rounded:,f}"


def significant(value: object, digits: int) -> str:
    """Round to significant digits without an exponent: 3 digits give "0.0123", "12.3", "1,230"."""
    known = _known(value)
    if not known or known in (float("inf"), float("-inf")):
        return number(value, 0)
    rounded = Decimal(f"{known:.{digits - 1}e}")
    return number(float(rounded), max(0, digits - 1 - rounded.adjusted()))


def percent(value: object, decimals: int = 1) -> str:
    """Write a proportion as "70.0%"."""
    known = _known(value)
    return MISSING if known is None else f"{number(_hundredfold(known), decimals)}%"


def p_value(value: object) -> str:
    """Write a p value as journals ask: "0.70", "0.074", "0.004", "<0.001", ">0.99".

    Two decimals from 0.1, three below (so at least two significant digits from 0.01), bounds
    beyond 0.001 and 0.99. This is the rule of the AMA Manual of Style (11th edition), but for the
    third decimal, which it asks for below 0.01 only: small trials live between 0.01 and 0.1.
    """
    known = _known(value)
    if known is None:
        return MISSING
    if known < 0.001:
        return "<0.001"
    if known > 0.99:
        return ">0.99"
    return number(known, 2 if known >= 0.1 else 3)


def p_equation(value: object) -> str:
    """Write a p value in a sentence: "p = 0.074", "p < 0.001", "p not estimable".

    No line may break within the first two.
    """
    text = p_value(value)
    if text == MISSING:
        return "p not estimable"
    sign, digits = (text[0], text[1:]) if text[0] in "<>" else ("=", text)
    return NO_BREAK.join(("p", sign, digits))


def p_four(value: object) -> str:
    """Write a p value to four decimals, for comparison with other software: "0.0741"."""
    known = _known(value)
    return "<0.0001" if known is not None and known < 0.0001 else number(known, 4)


def _known(value: object) -> float | None:
    """Read a number; None, NaN, pandas.NA and the like are None."""
    try:
        known = float(value)
    except (TypeError, ValueError):
        return None
    return None if known != known else known


def _hundredfold(value: object) -> float | None:
    known = _known(value)
    return None if known is None else known * 100


def _same(value: object) -> object:
    return value


def _value(write: Callable[[object], str]) -> Callable[[Row], str]:
    def written(row: Row) -> str:
        return write(row["value"])

    return written


def _estimate(
    decimals: int, *, unit: str = "", scale: Callable = _same, named: bool = False
) -> Callable[[Row], str]:
    """Build a writer of "value (lower to upper)"; ``named`` adds "95% CI " inside the brackets."""

    def written(row: Row) -> str:
        if _known(row["value"]) is None:
            return MISSING
        value = f"{number(scale(row['value']), decimals)}{unit}"
        lower, upper = (number(scale(row[end]), decimals) for end in ("lower", "upper"))
        if lower == upper == MISSING:
            return f"{value} ({'no interval' if named else MISSING})"
        name = f"{row['level'] * 100:.4g}% CI " if named else ""
        return f"{value} ({name}{lower} to {upper})"

    return written


def _limits(decimals: int) -> Callable[[Row], str]:
    """Build a writer of the interval alone, "lower to upper"."""

    def written(row: Row) -> str:
        lower, upper = (number(row[end], decimals) for end in ("lower", "upper"))
        return MISSING if lower == upper == MISSING else f"{lower} to {upper}"

    return written


def _survival_time(row: Row) -> str:
    """Write a median survival time: "12.0 (8.0 to not reached)", or "not reached"."""
    if _known(row["value"]) is None:
        return NOT_REACHED
    if _known(row["lower"]) is None and _known(row["upper"]) is None:
        return f"{number(row['value'], 1)} ({MISSING})"
    upper = NOT_REACHED if _known(row["upper"]) is None else number(row["upper"], 1)
    return f"{number(row['value'], 1)} ({number(row['lower'], 1)} to {upper})"


def _deaths_of(row: Row) -> str:
    """Write "6 of 20": ``n_events`` of ``n``, or ``value`` of ``n`` where the row has no events."""
    events = row["value"] if _known(row["n_events"]) is None else row["n_events"]
    return _of(events, row["n"])


def _value_of(row: Row) -> str:
    """Write "14 of 20": ``value`` of ``n``, for any count out of those known."""
    return _of(row["value"], row["n"])


def _events_percent(row: Row) -> str:
    """Write a proportion with its count, "14 (70.0%)": ``n_events`` and ``value``."""
    if _known(row["value"]) is None:
        return MISSING
    return f"{number(row['n_events'], 0)} ({percent(row['value'])})"


def _of(part: object, whole: object) -> str:
    if _known(part) is None or _known(whole) is None:
        return MISSING
    return f"{number(part, 0)} of {number(whole, 0)}"


POINTS = " percentage points"
DECIMALS = range(13)

FORMATS: dict[str, Callable[[Row], str]] = {
    # the value alone
    "count": _value(lambda value: number(value, 0)),  # 12 or 5,735
    "n": lambda row: number(row["n"], 0),  # participants that entered
    **{f"number{each}": _value(partial(number, decimals=each)) for each in DECIMALS},  # 12.3
    "significant2": _value(lambda value: significant(value, 2)),
    "significant3": _value(lambda value: significant(value, 3)),  # 0.0123, 12.3, 1,230
    "percent": _value(percent),  # 70.0%
    "p": _value(p_value),  # 0.074
    "p_is": _value(p_equation),  # p = 0.074
    "p4": _value(p_four),  # 0.0741
    # out of how many
    "deaths_of": _deaths_of,  # 6 of 20, n_events of n
    "value_of": _value_of,  # 14 of 20, value of n
    "events_percent": _events_percent,  # 14 (70.0%)
    # with the interval, for tables, whose caption names the level
    **{f"number{each}_ci": _estimate(each) for each in DECIMALS},
    **{f"number{each}_limits": _limits(each) for each in DECIMALS},  # 1.19 to 1.43
    "estimate_ci": _estimate(2),  # 1.31 (1.19 to 1.43)
    "difference_ci": _estimate(3),  # 0.300 (−0.018 to 0.519)
    "percent_ci": _estimate(1, unit="%", scale=_hundredfold),  # 70.0% (45.7 to 88.1)
    "percent_difference_ci": _estimate(1, scale=_hundredfold),  # 30.0 (−1.8 to 51.9)
    "median_ci": _survival_time,  # 12.0 (8.0 to not reached)
    # with the interval and its level, for prose
    "number1_interval": _estimate(1, named=True),
    "estimate_interval": _estimate(2, named=True),  # 1.31 (95% CI 1.19 to 1.43)
    "difference_interval": _estimate(3, named=True),
    "percent_interval": _estimate(1, unit="%", scale=_hundredfold, named=True),
    "percent_difference_interval": _estimate(1, unit=POINTS, scale=_hundredfold, named=True),
}
