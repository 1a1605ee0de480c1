"""Pieces of Markdown."""

import pytest
from sepsisflow.manuscript.markdown import Markdown, escape, listing, pipe_table


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), ([14], "14"), ([14, 28], "14 and 28"), ([1, 3, 5], "1, 3 and 5")],
)
def test_items_are_joined_as_in_a_sentence(items, text):
    assert listing(items) == text


def test_keys_and_markdown_are_not_escaped():
    assert escape("no_rhc") == "no_rhc"
    assert escape(Markdown("**no**")) == "**no**"
    assert escape("no *rhc*") == r"no \*rhc\*"


def test_escaping_twice_is_escaping_once():
    assert escape(escape("a * b")) == r"a \* b"


def test_a_table_keeps_indents_and_bars():
    table = pipe_table(["Sex", "n"], [["   a|b", "1"], [Markdown(" **c**"), "2"]], alignment="lr")
    assert table.splitlines() == [
        "| Sex | n |",
        "|:---------|---------:|",
        "| \xa0\xa0\xa0a\\|b | 1 |",
        "| \xa0**c** | 2 |",
    ]


def test_the_rule_of_a_table_tells_the_widths_of_its_columns():
    rows = [
        ["section" * 9, "", ""],
        ["x" * 25, "{{ a.long.key.of.an.estimate | number1 }}", "y" * 90],
    ]
    rule = pipe_table(["a", "b", "c"], rows, alignment="lrc").splitlines()[1]
    assert [each.count("-") for each in rule.strip("|").split("|")] == [25, 9, 36]
