"""Bindings become the text of estimates, or stop the build with the line at fault."""

import pytest
from sepsisflow.errors import DataError
from sepsisflow.manuscript.bind import (
    anchor,
    bind,
    bound_keys,
    linked,
    mark_lines,
    plain,
)

KEY = "mortality.death.analysed.msc@14.risk"
ESTIMATES = {
    KEY: {"value": 0.3, "lower": 0.119, "upper": 0.543, "level": 0.95, "n": 20, "n_events": 6},
    "mortality.death.analysed.msc-vs-no_msc@14.fisher_p": {"value": 0.0004},
    "baseline.sex=female.analysed.msc.count": {"value": float("nan")},
}


def bound(template, write=plain):
    return bind(mark_lines(template), ESTIMATES, name="comparison.md", write=write)


def test_a_binding_becomes_the_formatted_estimate():
    assert bound(f"a risk of {{{{ {KEY} | percent_ci }}}}.") == "a risk of 30.0% (11.9 to 54.3)."


def test_a_binding_may_break_its_line():
    assert bound(f"{{{{ {KEY}\n   | deaths_of }}}} died") == "6 of 20 died"


def test_a_missing_value_is_a_dash():
    assert bound("{{ baseline.sex=female.analysed.msc.count | count }}") == "–"


def test_a_bound_below_is_no_html_tag():
    assert bound("{{ mortality.death.analysed.msc-vs-no_msc@14.fisher_p | p }}") == "\\<0.001"


def test_an_underscore_that_the_study_level_layer_escaped_is_still_the_key():
    template = "{{ mortality.death.analysed.msc-vs-no\\_msc@14.fisher_p | p4 }}"
    assert bound(template) == "0.0004"


def test_a_linked_number_leads_to_the_row_of_its_key():
    written = bound(f"{{{{ {KEY} | percent }}}}", write=linked)
    assert written == "[30.0%](#estimate-mortality.death.analysed.msc:14.risk){.number}"


def test_keys_have_different_anchors():
    keys = ["a.b.c.d@1.n", "a.b.c.d.1.n", "a.b=d.c.d.n", "a.b.d.c.d.n"]
    assert len({anchor(key) for key in keys}) == len(keys)


def test_bound_keys_come_once_in_order_of_use():
    text = mark_lines("{{ b.b.b.b.n | count }} {{ a.a.a.a.n | count }} {{ b.b.b.b.n | n }}")
    assert bound_keys(text) == ["b.b.b.b.n", "a.a.a.a.n"]


@pytest.mark.parametrize(
    ("template", "message"),
    [
        (
            "First.\n\n{{ mortality.death.analysed.msk@14.risk | percent }}",
            "comparison.md, line 3: there is no estimate 'mortality.death.analysed.msk@14.risk'; "
            "did you mean 'mortality.death.analysed.msc@14.risk' or "
            "'mortality.death.analysed.msc-vs-no_msc@14.fisher_p'?",
        ),
        (
            f"\n{{{{ {KEY} | percents }}}}",
            "comparison.md, line 2: there is no number format 'percents'; did you mean 'percent' "
            "or 'percent_ci' or 'events_percent'?",
        ),
        (
            f"{{{{ {KEY} }}}}",
            f"comparison.md, line 1: '{{{{ {KEY} }}}}' is not a binding; write "
            "{{ key of an estimate | format }}.",
        ),
    ],
)
def test_a_faulty_binding_stops_with_its_line(template, message):
    with pytest.raises(DataError) as caught:
        bound(template)
    assert str(caught.value) == message
