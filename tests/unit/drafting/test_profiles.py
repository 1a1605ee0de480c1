"""What unknown cells look like: counted, never guessed where two readings are possible."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sepsisflow.drafting.profiles import choose_date_format, profile

MISSING = {"na", "n d"}


def seen(*cells):
    return profile(list(cells), missing=MISSING, sentinels={"-99", "999"})


def test_numbers_limits_and_words_for_missing_are_told_apart():
    found = seen("1,5", "2", "<0,5", "NA", "n.d.", "", None, "1.234,5")
    assert (found.comma, found.whole, found.limits, found.point) == (2, 1, 1, 0)
    assert dict(found.missing) == {"NA": 1, "n.d.": 1}
    assert found.filled == 6
    assert found.is_number


def test_dates_that_only_the_day_can_come_first_decide():
    column = seen("03.04.2020", "25.04.2020", "01.12.2020")
    assert choose_date_format([column]) == (
        "%d.%m.%Y",
        "1 of 3 dates decide for day first; the others could be either.",
    )
    column = seen("04/03/2020", "04/25/2020", "12/01/2020", "04/26/2020")
    assert choose_date_format([column]) == (
        "%m/%d/%Y",
        "2 of 4 dates decide for month first; the others could be either.",
    )


def test_an_order_of_day_and_month_that_nothing_decides_is_asked_for():
    assert choose_date_format([seen("03.04.2020", "05.06.2020")]) == (
        "%d.%m.%Y",
        "? All 2 dates could be day first or month first. Which is it?",
    )


@pytest.mark.parametrize(
    ("text", "date_format"),
    [
        ("2024-03-31", "%Y-%m-%d"),
        ("2024-03-31 14:30", "%Y-%m-%d %H:%M"),
        ("2024-03-31T14:30:05", "%Y-%m-%dT%H:%M:%S"),
        ("31-MAR-2024", "%d-%b-%Y"),
        ("31.03.24", "%d.%m.%y"),
    ],
)
def test_a_date_format_is_recognised(text, date_format):
    assert choose_date_format([seen(text)]) == (date_format, "")


def test_dates_stored_as_such_need_no_format():
    column = seen(datetime(2024, 3, 4), datetime(2024, 3, 5))
    assert column.is_date
    assert choose_date_format([column]) == (None, "")


def test_only_few_short_texts_that_recur_are_codes():
    assert dict(seen(*["yes"] * 4, *["no"] * 3).codes) == {"yes": 4, "no": 3}
    assert not seen("Anna Muster", "Otto Normal").codes
    assert not seen(*["x" * 41] * 9).codes
    assert not seen(*[str(number) for number in range(13)] * 5).codes


def test_a_suspicious_number_is_one_at_the_end_of_the_others():
    assert dict(seen("70", "80", "999", "999").sentinels) == {"999": 2}
    assert dict(seen("-99", "3", "4").sentinels) == {"-99": 1}
    assert not seen("998", "999", "1000").sentinels


@given(st.lists(st.one_of(st.none(), st.text(), st.floats(), st.integers(), st.dates())))
def test_no_cell_stops_the_counting(cells):
    found = seen(*cells)
    assert 0 <= found.numbers <= found.filled <= len(cells)
    assert found.distinct <= found.filled
