"""Rules about the endpoints of a study file, and in which words each refuses."""

import pytest
from study_example import changed, complaints, loaded

SOFA = (
    "sofa: {baseline_day: 1, on_days: [3], over_days: [1, 3], of_day: worst, unscored: missing, "
    "day_of_death: observed, death_rules: [missing, score_24]}"
)
FREE = (
    "label: F, agents: [msc], horizon_day: 28, counted: whole_days, counted_from: time_zero, "
    "free_at_least_h: 0, death: zero, lost: missing"
)
OUT = (
    "label: O, place: icu, discharge_counts_at: latest, horizon_day: 28, counted: hours, "
    "counted_from: last_end, death: zero, lost: free"
)
SHOCK = (
    "label: S, agents: [msc], shock_within_h: 24, free_at_least_h: 24, horizon_day: 28, "
    "death: never"
)
CLEARED = (
    "label: C, variable: crp, first_h: {from: 0, to: 6}, later_h: {from: 6, to: 24}, later: last, "
    "below_limit: limit"
)
ALL = (
    f"  {SOFA}\n  support_free_days: {{free: {{{FREE}}}}}\n"
    f"  shock_reversal: {{shock: {{{SHOCK}}}}}\n"
    f"  clearance: {{cleared: {{{CLEARED}}}}}\n"
)
# One change of ALL, and all that is said of it.
MISTAKES = [
    (
        "on_days: [3]",
        "on_days: [1]",
        "sofa.on_days: hold a day that is not after the baseline day (1).",
    ),
    ("over_days: [1, 3]", "over_days: [3, 1]", "sofa.over_days: days must increase."),
    ("of_day: worst, ", "", "sofa.of_day: missing; this key is required."),
    (
        "death_rules: [missing, score_24]",
        "death_rules: [missing, score_20]",
        "sofa.death_rules[2]: 'score_20' is not allowed; did you mean 'score_24'?",
    ),
    (
        "label: F, agents: [msc]",
        "label: F, agents: [mcs]",
        "support_free_days.free.agents[1]: there is no agent 'mcs' in "
        "resources/codelists/agents.yaml; did you mean 'msc'?",
    ),
    (
        "label: F, agents: [msc]",
        "label: F, flags: [ventilated]",
        "support_free_days.free.flags[1]: no source fills measurements with 'ventilated'.",
    ),
    (
        "label: F, agents: [msc]",
        "label: F, agents: [renal_replacement]",
        "support_free_days.free.agents[1]: no source fills interventions with 'renal_replacement'.",
    ),
    (
        "label: F, agents: [msc]",
        "label: F",
        "support_free_days.free: give at least one of 'agents', 'flags'.",
    ),
    (
        "clearance: {cleared",
        "clearance: {free",
        "clearance.free: support_free_days has an endpoint of this name; rename one.",
    ),
    (
        "to: 6}",
        "to: 0}",
        "clearance.cleared.first_h: 'to' is not after 'from'.",
    ),
    (
        "later_h: {from: 6",
        "later_h: {from: 5",
        "clearance.cleared.later_h: begins before the first window ends: one value could be both.",
    ),
    (
        "variable: crp",
        "variable: crq",
        "clearance.cleared.variable: there is no variable 'crq' in "
        "resources/codelists/variables.yaml; did you mean 'crp'?",
    ),
    (
        "  clearance:",
        f"  days_alive_out: {{icu: {{{OUT}}}}}\n  clearance:",
        "days_alive_out.icu.place: no source fills events with 'icu_discharge'.",
    ),
]


def study(endpoints: str) -> str:
    return changed(("published:", f"endpoints:\n{endpoints}published:"))


def test_a_study_without_endpoints_has_none_of_any_kind(tmp_path):
    assert loaded(tmp_path).settings["endpoints"] == {
        "sofa": None,
        "support_free_days": {},
        "days_alive_out": {},
        "shock_reversal": {},
        "clearance": {},
    }


def test_what_is_left_out_has_the_default_of_the_schema(tmp_path):
    free = loaded(tmp_path, study(ALL)).settings["endpoints"]["support_free_days"]["free"]
    assert free["flags"] == []
    assert free["flag_holds_h"] == 24


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES, ids=lambda text: text[:40])
def test_each_mistake_gets_its_own_words(tmp_path, old, new, said):
    assert ALL.count(old) == 1
    assert complaints(tmp_path, study(ALL.replace(old, new))) == [f"endpoints.{said}"]


def test_endpoints_compare_arms_and_are_of_a_score_that_there_is(tmp_path):
    text = study(ALL)
    alone = text[: text.index("sofa:\n")] + text[text.index("biomarkers:") :]
    assert complaints(tmp_path, alone) == [
        "endpoints.sofa: is about the score of 'sofa'; add that block."
    ]
    block = f"endpoints:\n  support_free_days: {{free: {{{FREE}}}}}\n"
    nothing = text[: text.index("eligibility:")] + block
    nothing = nothing.replace("  old: {label: Old, role: control}\n", "")
    assert complaints(tmp_path, nothing) == [
        "endpoints: compares arms, which needs 'survival' too; add it."
    ]
