"""Read single cells: numbers, limits, codes. Never a guess: what is not certain is unreadable."""

import math
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

DECIMALS = {".": ",", ",": "."}
LIMITS = {"<": "below", "≤": "below", ">": "above", "≥": "above"}
LIMIT_WORDS = re.compile(r"(less|greater|more) than\s*", re.IGNORECASE)
# Seen by nobody at the ends of a cell: byte order mark, zero widths, marks of direction.
INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
# What a person reads as plain signs: full-width letters, the minus sign, blanks of any width.
SIGNS = str.maketrans(
    {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
    | {"\u2212": "-"}
    | dict.fromkeys("\u00a0\u2009\u202f\u3000", " ")
)
# What can stand behind a number as its unit: never a part of it, or of another number.
UNIT = re.compile(r"\s*(?P<unit>(?:/\s*)?[^\W\d_].*|[%°\[{#].*)")
WITHHELD = re.compile(r"_+|\*+|[xX]{2,}")


class Written(NamedTuple):
    """A number as it stands in a cell, with its limit and the unit beside it."""

    number: float
    censoring: str
    unit: str | None


@lru_cache
def _number_pattern(decimal: str, thousands: str) -> re.Pattern:
    """Numbers as written with a decimal mark.

    Undeclared thousands marks are accepted where they cannot be a decimal mark: "1.234,5" and
    "1.234.567" are numbers with decimal ",", but "1.234" could be 1234 or a slip for 1,234.
    """
    d, other = re.escape(decimal), re.escape(DECIMALS[decimal])
    grouped = rf"\d{{1,3}}({other}\d{{3}})+{d}\d+|\d{{1,3}}({other}\d{{3}}){{2,}}"
    if thousands:
        grouped = rf"\d{{1,3}}({re.escape(thousands)}\d{{3}})+({d}\d+)?"
    return re.compile(rf"[+-]?({grouped}|\d+({d}\d*)?|{d}\d+)([eE][+-]?\d+)?")


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
    return str(cell).strip().strip(INVISIBLE).strip()


def read_number(cell: object, *, decimal: str, thousands: str = "") -> float:
    """Read a number with the given decimal mark, and thousands mark if one is declared."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        number = float(cell)
    else:
        text = _plain(cell_text(cell))
        if not _number_pattern(decimal, thousands).fullmatch(text):
            raise UnreadableError(_reason(text, decimal))
        number = float(text.replace(thousands or DECIMALS[decimal], "").replace(decimal, "."))
    if not math.isfinite(number):
        raise UnreadableError("value.unreadable")
    return number


def read_limited_number(cell: object, *, decimal: str, thousands: str = "") -> Written:
    """Read a number that may be a limit, or bear its unit: "<0,5 mg/dl" is 0.5, `below`."""
    marks = {"decimal": decimal, "thousands": thousands}
    text = _plain(cell_text(cell))
    censoring = LIMITS.get(text[:1], "none")
    if censoring == "none" and not isinstance(cell, str):
        return Written(read_number(cell, **marks), "none", None)
    if censoring != "none":
        text = text[1:].removeprefix("=").lstrip()
    found = _number_pattern(decimal, thousands).match(text)
    beside = UNIT.fullmatch(text, found.end()) if found else None
    if beside:
        return Written(read_number(found[0], **marks), censoring, beside["unit"])
    return Written(read_number(text, **marks), censoring, None)


def number_in_comment(text: str, *, decimal: str) -> str | None:
    """The cell that a comment stands for, as "<0.2" of "LESS THAN 0.2. Repeated.", or None.

    It must begin with one number, which may have a limit, also in words, and a unit, and which ends
    the comment or its first sentence; the next must not begin with a number.
    """
    text = _plain(cell_text(text))
    words = LIMIT_WORDS.match(text)
    if words:
        text = ("<" if words[1].lower() == "less" else ">") + text[words.end() :]
    number = rf"[<>≤≥]?=?\s*[+-]?\d+({re.escape(decimal)}\d+)?"
    unit = r"(\s*([^\W\d_][^\s;,]*?|%))?"
    found = re.match(rf"({number}{unit})([.;,]?$|[.;]\s+(?![\s\d]))", text)
    return found[1] if found else None


def _plain(text: str) -> str:
    """Digits and signs of any script or width as ASCII writes them; a raised digit stays."""
    if text.isascii():
        return text
    digits = (str(unicodedata.decimal(each)) if each.isdecimal() else each for each in text)
    return "".join(digits).translate(SIGNS)


def _reason(text: str, decimal: str) -> str:
    """Code of the finding that says best why a text is no number."""
    if WITHHELD.fullmatch(text):
        return "value.withheld"
    bare = rf"\d+({re.escape(decimal)}\d+)?"
    if re.fullmatch(rf"{bare}\s*(-|–|—|to|\.\.+|…)\s*{bare}", text):
        return "value.range"
    if re.fullmatch(r"[+-]?\d+([ ,.'’]\d+)+", text):
        return "value.ambiguous"
    return "value.unreadable"


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
