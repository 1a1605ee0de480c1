"""Numbers typed by hand into results are found; bound and study-level ones are not."""

import pytest
from sepsisflow.errors import DataError
from sepsisflow.manuscript.lint import check_typed_numbers, typed_numbers


@pytest.mark.parametrize(
    "number",
    [
        "0.074",
        "70%",
        "70.0 %",
        "70 per cent",
        "70 of 100",
        "7/10",
        "5,735",
        "p = 0.7",
        "P<.05",
        "{{ a.b.c.d.deaths | count }} of 20",
        "6 of {{ a.b.c.d.n | count }}",
    ],
)
def test_a_typed_result_is_found(number):
    assert [line for line, *_ in typed_numbers(f"# Results\n\nThey were {number}.\n")] == [3]


@pytest.mark.parametrize(
    "text",
    [
        "{{ a.b.c.d@14.risk | percent_ci }} by day 14",
        "{{ a.b.c.d@14.deaths | count }} of {{ a.b.c.d.n | count }}",
        "[[ level ]] intervals on days 1, 3 and 5",
        "[% if level == 0.95 %] narrow [% endif %]",
        "[# 70% is typed here, but printed nowhere #]",
        "Newcombe [@newcombe1998], see <https://doi.org/10.1002/1.0>",
        "![Curves](figures/survival){#fig-survival width=85.5%}",
        "the 10 participants of group 2",
    ],
)
def test_what_is_bound_or_no_result_is_let_through(text):
    assert typed_numbers(f"# Results\n{text}\n") == []


def test_only_the_abstract_and_the_results_are_searched():
    template = "# Abstract\n5.5\n## Part\n6.5\n# Methods\n95%\n# Results {#results}\n\n7.5\n"
    assert [line for line, *_ in typed_numbers(template)] == [2, 4, 9]


def test_lines_are_counted_across_bindings_of_several_lines():
    template = "# Results\n{{ a.b.c.d.n\n| count }} and [% if\nx %]\n70%\n"
    assert typed_numbers(template) == [(5, "Results", "70%")]


def test_every_typed_number_is_named_at_once():
    with pytest.raises(DataError) as caught:
        check_typed_numbers("# Results\n70% died\n\np = 0.04\n", name="comparison.md")
    assert str(caught.value) == (
        "comparison.md: numbers that look like results are typed by hand. Bind each to an "
        "estimate, {{ key | format }}, or take it from the study file, [[ ]].\n"
        "  line 2 (Results): 70%\n"
        "  line 4 (Results): p = 0.04"
    )


def test_a_template_without_typed_numbers_is_returned_as_it_is():
    assert check_typed_numbers("# Results\nNobody.\n", name="x.md") == "# Results\nNobody.\n"
