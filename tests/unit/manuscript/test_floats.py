"""Figures and tables get their numbers in order of appearance."""

import pytest
from sepsisflow.errors import DataError
from sepsisflow.manuscript.floats import number_floats

TEXT = """See @fig-survival and @tbl-baseline; write to me@example.org.

![Flow of
participants.](figures/flow){#fig-flow alt="Flow"}

| a | b |
|---|---|
| 1 | 2 |

: Groups at
baseline. {#tbl-baseline}

![Survival (see [here](#x)).](figures/survival){#fig-survival}
"""


def numbered(text=TEXT, figures=("flow", "survival")):
    return number_floats(text, figures=figures, name="x.md")


def test_captions_and_references_carry_the_same_numbers():
    text = numbered()
    assert "![**Figure 1.** Flow of\nparticipants.](figures/flow){#fig-flow alt" in text
    assert "![**Figure 2.** Survival (see [here](#x)).](figures/survival){#fig-survival}" in text
    assert ": **Table 1.** Groups at\nbaseline. {#tbl-baseline}" in text
    assert text.startswith("See [Figure 2](#fig-survival) and [Table 1](#tbl-baseline);")


def test_an_address_is_no_reference():
    assert "me@example.org" in numbered()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TEXT, "x.md: there is no figure 'survival'; valid: 'flow'."),
        (
            TEXT + "@fig-survivl",
            "x.md: nothing is called '@fig-survivl'; did you mean 'fig-survival'?",
        ),
    ],
)
def test_a_figure_or_reference_that_leads_nowhere_stops(text, message):
    with pytest.raises(DataError) as caught:
        numbered(text, ["flow"] if text == TEXT else ["flow", "survival"])
    assert str(caught.value) == message
