"""Published numbers agree with computed ones at the decimals printed, and not beyond."""

import pytest
from sepsisflow.errors import DataError
from sepsisflow.manuscript.published import agrees, published_table, written_as

NAN = float("nan")


def entry(**parts):
    return {"label": "A | b", "key": "a.b.c.d.risk", "source": "alp2022", "decimals": 0, **parts}


@pytest.mark.parametrize(
    ("published", "computed", "answer"),
    [
        (entry(value=0.38, decimals=3), {"value": 0.38004}, True),
        (entry(value=0.38, decimals=3), {"value": 0.3806}, False),
        (entry(value=10), {"value": 10.0}, True),
        (entry(value=10), {"value": NAN}, None),
        (
            entry(value=1.388, lower=1.241, upper=1.552, decimals=3),
            {"value": 1.3882, "lower": 1.2414, "upper": 1.5519},
            True,
        ),
        (
            entry(value=1.24, lower=1.03, upper=1.49, decimals=2),
            {"value": 1.24, "lower": 1.05, "upper": 1.49},
            False,
        ),
        (entry(lower=1.0, upper=2.0, decimals=1), {"value": 1.5, "lower": 1.0, "upper": NAN}, None),
    ],
)
def test_only_the_parts_that_were_published_are_compared(published, computed, answer):
    assert agrees(published, computed) is answer


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ({"value": 1.0, "decimals": 2}, "number2"),
        ({"value": 1.0, "lower": 0.5, "upper": 2.0}, "number0_ci"),
        ({"lower": 0.5, "upper": 2.0, "decimals": 1}, "number1_limits"),
    ],
)
def test_both_numbers_are_written_as_they_were_published(parts, name):
    assert written_as(entry(**parts)) == name


def test_a_row_holds_the_computed_number_as_a_binding():
    table = published_table([entry(value=0.4, decimals=1)], {"a.b.c.d.risk": {"value": 0.31}})
    row = table.splitlines()[2]
    assert row == r"| A \| b [@alp2022] | 0.4 | {{ a.b.c.d.risk | number1 }} | **no** |"


def test_an_entry_without_an_estimate_names_the_nearest():
    with pytest.raises(DataError) as caught:
        published_table([entry(value=1)], {"a.b.c.d.risks": {"value": 1.0}})
    assert str(caught.value) == (
        "published, entry 1: there is no estimate 'a.b.c.d.risk'; did you mean 'a.b.c.d.risks'?"
    )
