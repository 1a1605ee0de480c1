"""docs/definitions.md says what the definitions say, comments included."""

from sepsisflow.scores.reference import PAGE, bands, comments, reference

TEXT = """\
# What it is.

title: A score
choices:
  # ? Why this,
  # and not that.
  window_h: 24
  other: {a: 1}  # beside it
components:
  # Before it.
  liver:  # after it
    label: Liver
    # within
    bands: []
"""


def test_the_page_of_definitions_is_not_stale():
    assert PAGE.read_text(encoding="utf-8") == reference(), "Run make reference."


def test_a_comment_belongs_to_the_name_below_beside_or_above_it():
    assert comments(TEXT) == {
        "": "What it is.",
        "choices": {"window_h": "? Why this, and not that.", "other": "beside it"},
        "components": {"liver": "Before it. after it within"},
    }


def test_a_class_is_shown_with_the_limit_that_the_one_before_leaves():
    falling = [{"points": 2, "at_least": 3.5}, {"points": 1, "above": 2}, {"points": 0}]
    rising = [{"points": 4, "below": 20}, {"points": 3, "at_most": 50}, {"points": 0}]
    exact = [{"points": 5, "at_least": 5, "at_most": 5}, {"points": 0}]
    assert bands(falling) == ["**2** ≥ 3.5", "**1** > 2, < 3.5", "**0** ≤ 2"]
    assert bands(rising) == ["**4** < 20", "**3** ≤ 50, ≥ 20", "**0** > 50"]
    assert bands(exact) == ["**5** ≥ 5, ≤ 5", "**0**"]
