"""What the cells of an unknown column look like: numbers, dates, codes, or free text."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from sepsisflow.drafting.names import plain
from sepsisflow.readers.cells import cell_text

CODES = 12
CODE_LENGTH = 40
POINT = re.compile(r"[+-]?(\d*|\d{1,3}(,\d{3})+)\.\d+([eE][+-]?\d+)?")
COMMA = re.compile(r"[+-]?(\d*|\d{1,3}(\.\d{3})+),\d+([eE][+-]?\d+)?")
WHOLE = re.compile(r"[+-]?\d+")
LIMIT = re.compile(r"[<>≤≥]\s*=?\s*[\d.,]+")
NUMBERS = ((WHOLE, "whole"), (POINT, "point"), (COMMA, "comma"), (LIMIT, "limits"))
DAY = {
    r"\d{4}-\d{1,2}-\d{1,2}": ("%Y-%m-%d",),
    r"\d{4}/\d{1,2}/\d{1,2}": ("%Y/%m/%d",),
    r"\d{1,2}\.\d{1,2}\.\d{4}": ("%d.%m.%Y", "%m.%d.%Y"),
    r"\d{1,2}/\d{1,2}/\d{4}": ("%d/%m/%Y", "%m/%d/%Y"),
    r"\d{1,2}-\d{1,2}-\d{4}": ("%d-%m-%Y", "%m-%d-%Y"),
    r"\d{1,2}\.\d{1,2}\.\d{2}": ("%d.%m.%y", "%m.%d.%y"),
    r"\d{1,2}/\d{1,2}/\d{2}": ("%d/%m/%y", "%m/%d/%y"),
    r"\d{1,2}-[A-Za-z]{3}-\d{4}": ("%d-%b-%Y",),
    r"\d{1,2}[A-Za-z]{3}\d{4}": ("%d%b%Y",),
}
HOUR = {"": "", r"\d{1,2}:\d{2}": "%H:%M", r"\d{1,2}:\d{2}:\d{2}": "%H:%M:%S"}
DATES = [
    (re.compile(f"{day}{blank if hour else ''}{hour}"), [f"{each}{blank if hour else ''}{written}"
     for each in formats])
    for day, formats in DAY.items()
    for hour, written in HOUR.items()
    for blank in ((" ", "T") if hour else ("",))
]  # fmt: skip


@dataclass
class Profile:
    """Counts of one column's cells, by what they could be; never the cells themselves.

    ``dates`` counts, per date format, the cells that are dates in it; ``stored`` cells are dates
    of a workbook or parquet file; ``codes`` holds the texts of a column of few different ones,
    with counts, and is empty for any other column.
    """

    filled: int = 0
    distinct: int = 0
    point: int = 0
    comma: int = 0
    whole: int = 0
    limits: int = 0
    stored: int = 0
    missing: Counter = field(default_factory=Counter)
    sentinels: Counter = field(default_factory=Counter)
    dates: Counter = field(default_factory=Counter)
    codes: Counter = field(default_factory=Counter)

    @property
    def numbers(self) -> int:
        """Cells that are numbers or limits."""
        return self.point + self.comma + self.whole + self.limits

    @property
    def present(self) -> int:
        """Cells that are not empty and no word for "missing"."""
        return self.filled - sum(self.missing.values())

    @property
    def is_number(self) -> bool:
        """Whether nearly all that is present is a number."""
        return self.present > 0 and self.numbers >= 0.8 * self.present and not self.is_date

    @property
    def is_date(self) -> bool:
        """Whether most of what is present is a date."""
        dated = self.stored + max(self.dates.values(), default=0)
        return self.present > 0 and dated >= 0.7 * self.present

    @property
    def is_unique(self) -> bool:
        """Whether no two filled cells are alike."""
        return 0 < self.filled == self.distinct


def profile(
    cells: list, *, missing: set[str], sentinels: set[str], codes_at_most: int = CODES
) -> Profile:
    """Count what the cells of a column look like.

    Parameters
    ----------
    cells : list
        As read, str or what a workbook or parquet file stores.
    missing : set of str
        Words for "not recorded", as `names.plain` writes them.
    sentinels : set of str
        Numbers that often stand for "not recorded".
    codes_at_most : int
        A column of more different texts holds no codes.
    """
    found, texts, stored = Profile(), Counter(), set()
    for cell in cells:
        text = cell_text(cell)
        if text == "" or cell != cell:
            continue
        found.filled += 1
        if isinstance(cell, date):
            found.stored += 1
            stored.add(text)
        else:
            texts[text] += 1
    found.distinct = len(texts) + len(stored)
    for text, count in texts.items():
        _count(found, text, count, missing)
    found.sentinels = _sentinels(texts, sentinels)
    few = (
        len(texts) <= codes_at_most and max((len(text) for text in texts), default=0) <= CODE_LENGTH
    )
    if few and (found.distinct * 3 <= found.filled) and not found.is_date:
        found.codes = texts
    return found


def _sentinels(texts: Counter, sentinels: set[str]) -> Counter:
    """Those of the ``sentinels`` that are the least or greatest of a column's numbers."""
    numbers = {text: float(text) for text in texts if WHOLE.fullmatch(text) or _is_point(text)}
    ends = {min(numbers.values()), max(numbers.values())} if len(numbers) > 2 else set()
    return Counter(
        {text: texts[text] for text in sentinels & numbers.keys() if numbers[text] in ends}
    )


def _is_point(text: str) -> bool:
    return "," not in text and POINT.fullmatch(text) is not None


def _count(found: Profile, text: str, count: int, missing: set[str]) -> None:
    for pattern, kind in NUMBERS:
        if pattern.fullmatch(text):
            setattr(found, kind, getattr(found, kind) + count)
            return
    if plain(text) in missing:
        found.missing[text] += count
    elif text[:1].isdigit():
        for pattern, formats in DATES:
            if pattern.fullmatch(text):
                for each in formats:
                    found.dates[each] += count * _is_date(text, each)


def _is_date(text: str, date_format: str) -> bool:
    try:
        datetime.strptime(text, date_format)
    except ValueError:
        return False
    return True


def choose_date_format(columns: list[Profile]) -> tuple[str | None, str]:
    """Date format of a table, and what to say of the order of day and month if it is not certain.

    Where both orders are possible throughout, the format with the day first is returned.
    """
    counts = sum((each.dates for each in columns), Counter())
    if not counts:
        return None, ""
    chosen = max(counts, key=lambda each: (counts[each], each.startswith("%d")))
    swapped = chosen.translate(str.maketrans("dm", "md")) if chosen[:2] in ("%d", "%m") else ""
    total = counts[chosen]
    if not counts[swapped]:
        return chosen, ""
    order = "day first" if chosen.startswith("%d") else "month first"
    deciding = counts[chosen] - counts[swapped]
    if deciding:
        words = f"{deciding} of {total} dates decide for {order}; the others could be either."
        return chosen, words
    return chosen, f"? All {total} dates could be day first or month first. Which is it?"
