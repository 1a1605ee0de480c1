"""The study-level layer: what the study file says, escaped, or an error with its line."""

import pytest
from sepsisflow.errors import DataError
from sepsisflow.manuscript.render import bounded, known, render

ESTIMATES = {"a.b.c.d.hazard_ratio": {"value": 0.5}, "a.b.c.d.p": {"value": float("nan")}}


def test_bindings_pass_through_with_their_keys_filled_in():
    template = "{{ mortality.death.analysed.[[ arm ]]@[[ day ]].risk | percent }}"
    rendered = render(template, {"arm": "no_rhc", "day": 30}, name="x.md")
    assert rendered == "{{ mortality.death.analysed.no_rhc@30.risk | percent }}"


def test_labels_are_literal_text():
    words = {"label": "PaO2*\n<300> {{ a | p }} [x] $1"}
    rendered = render("[[ label ]]", words, name="x.md")
    assert rendered == r"PaO2\* \<300\> \{\{ a \| p \}\} \[x\] \$1"


def test_a_text_may_be_let_through_as_markdown():
    assert render("[[ text | markdown ]]", {"text": "*so* [@a]"}, name="x.md") == "*so* [@a]"


def test_lists_are_joined_as_in_a_sentence():
    assert render("[[ days | listing ]]", {"days": [1, 3, 5]}, name="x.md") == "1, 3 and 5"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("\n\n[[ treatd ]]", "x.md, line 3: 'treatd' is undefined."),
        ("[[ arm.labl ]]", "x.md, line 1: 'dict object' has no attribute 'labl'."),
        (
            "\n[% if arm %]",
            "x.md, line 2: Unexpected end of template. Jinja was looking for the following tags: "
            "'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.",
        ),
    ],
)
def test_a_faulty_template_stops_with_its_line(template, message):
    with pytest.raises(DataError) as caught:
        render(template, {"arm": {"label": "MSC"}}, name="x.md")
    assert str(caught.value) == message


def test_an_estimate_is_known_if_it_has_a_value():
    assert known("a.b.c.d.hazard_ratio", ESTIMATES)
    assert not known("a.b.c.d.p", ESTIMATES)


def test_an_estimate_is_bounded_if_it_has_an_interval():
    limits = {"lower": 0.1, "upper": float("nan")}
    rows = {"a": {"value": 0.5, **limits}, "b": {"value": 0.0, "lower": None, "upper": None}}
    assert bounded("a", rows)
    assert not bounded("b", rows)
    assert not bounded("a.b.c.d.p", ESTIMATES)


def test_asking_for_an_estimate_that_does_not_exist_names_the_nearest():
    with pytest.raises(DataError) as caught:
        known("a.b.c.d.hazard", ESTIMATES)
    assert str(caught.value) == (
        "The template asks for 'a.b.c.d.hazard'; did you mean 'a.b.c.d.hazard_ratio' or "
        "'a.b.c.d.p'?"
    )
