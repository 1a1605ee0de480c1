"""Read single cells: numbers, limits, codes. Never a guess: what is not certain is unreadable."""

import math
import re


def _number_pattern(decimal: str, thousands: str) -> re.Pattern:
    """Numbers as written with a decimal mark.

    Thousands marks are accepted where they cannot be a decimal mark: "1.234,5" and "1.234.567"
    are numbers with decimal ",", but "1.234" could be 1234 or a slip for 1,234.
    """
    d, t = re.escape(decimal), re.escape(thousands)
    grouped = rf"\d{{1,3}}({t}\d{{3}})+{d}\d+|\d{{1,3}}({t}\d{{3}}){{2,}}"
    return re.compile(rf"[+-]?({grouped}|\d+({d}\d*)?|{d}\d+)([eE][+-]?\d+)?")


THOUSANDS = {".": ",", ",": "."}
NUMBER = {decimal: _number_pattern(decimal, mark) for decimal, mark in THOUSANDS.items()}
LIMITS = {"<": "below", "≤": "below", ">": "above", "≥": "above"}


class UnreadableError(Exception):
    """A cell cannot be read; ``code`` is the finding's."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def cell_text(cell: object) -> str:
    """Text of a cell as a person sees it; a workbook's 3.0 is "3", its true "TRUE"."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def read_number(cell: object, *, decimal: str) -> float:
    """Read a number with the given decimal mark."""
    if isinstance(cell, bool):
        raise UnreadableError("value.unreadable")
    if isinstance(cell, int | float):
        if math.isfinite(cell):
            return float(cell)
        raise UnreadableError("value.unreadable")
    text = cell_text(cell)
    if not NUMBER[decimal].fullmatch(text):
        raise UnreadableError("value.unreadable")
    number = float(text.replace(THOUSANDS[decimal], "").replace(decimal, "."))
    if not math.isfinite(number):
        raise UnreadableError("value.unreadable")
    return number


def read_limited_number(cell: object, *, decimal: str) -> tuple[float, str]:
    """Read a number that may be a limit: "<0,5" is 0.5, censored `below`."""
    text = cell_text(cell)
    censoring = LIMITS.get(text[:1])
    if censoring:
        return read_number(text[1:].lstrip("= "), decimal=decimal), censoring
    return read_number(cell, decimal=decimal), "none"


def read_code(cell: object, codes: dict) -> object:
    """Translate a code by the study file's table."""
    text = cell_text(cell)
    if text not in codes:
        raise UnreadableError("code.unmapped")
    return codes[text]


def read_bool(cell: object) -> bool:
    """Read a cell that is stored as true or false."""
    if not isinstance(cell, bool):
        raise UnreadableError("code.unmapped")
    return cell
