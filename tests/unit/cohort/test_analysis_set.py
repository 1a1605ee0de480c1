"""Arms, time zero and the flow."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sepsisflow.cohort.analysis_set import build_analysis_set
from sepsisflow.errors import DataError

ARMS = {
    "msc": {"label": "MSC", "role": "treated", "time_zero": {"first_dose_of": "msc"}},
    "control": {"label": "Control", "role": "control", "time_zero": "origin"},
}
ADULT = {
    "item": "age", "label": "Adult", "field": "age_years", "one_of": None, "at_least": 18,
    "at_most": None, "missing": "excluded",
}  # fmt: skip
FLAGGED = {"method": "flagged", "flag": "published"}


def people(*rows):
    frame = pd.DataFrame(rows, columns=["participant_id", "arm", "age_years", "published"])
    return frame.astype({"age_years": float, "published": "boolean"})


DOSES = pd.DataFrame(
    {"participant_id": ["T1", "T1", "T2"], "agent": "msc", "start_h": [72.0, 24.0, 0.0]}
)
TRIAL = people(
    ("T2", "msc", 40, None),
    ("T1", "msc", 30, None),
    ("P1", None, 50, True),
    ("P2", None, 50, False),
    ("P3", None, 15, True),
    ("T3", "msc", 60, None),
)


def build(participants, doses=DOSES, controls=FLAGGED):
    return build_analysis_set(
        participants, doses, arms=ARMS, eligibility=[ADULT], controls=controls
    )


def test_time_zero_is_the_first_dose_or_the_origin_as_the_arm_says():
    analysed, _ = build(TRIAL)
    assert analysed.values.tolist() == [
        ["P1", "control", 0.0],
        ["T1", "msc", 24.0],
        ["T2", "msc", 0.0],
    ]


def test_a_flag_chooses_from_the_pool_and_moves_nobody_out_of_an_arm():
    flagged = TRIAL.assign(published=TRIAL["published"].fillna(True))
    analysed, _ = build(flagged)
    assert analysed.set_index("participant_id")["arm"].to_dict() == {
        "P1": "control",
        "T1": "msc",
        "T2": "msc",
    }


def test_where_arms_are_recorded_whoever_has_none_is_not_analysed():
    trial = pd.concat([TRIAL, people(("C1", "control", 40, None))])
    analysed, flow = build(trial, controls={"method": "recorded"})
    assert set(analysed["participant_id"]) == {"C1", "T1", "T2"}
    assert "No arm recorded" in set(flow["label"])


def test_the_flow_counts_every_step_of_every_group():
    _, flow = build(TRIAL)
    steps = flow[["group", "step", "n_excluded", "n_remaining"]]
    assert steps.astype(object).where(steps.notna(), None).values.tolist() == [
        ["msc", "screened", None, 3],
        ["msc", "age", 0, 3],
        ["msc", "eligible", None, 3],
        ["msc", "no_time_zero", 1, 2],
        ["msc", "analysed", None, 2],
        ["pool", "screened", None, 3],
        ["pool", "age", 1, 2],
        ["pool", "eligible", None, 2],
        ["pool", "not_selected", 1, 1],
        ["pool", "analysed", None, 1],
    ]


def test_an_arm_without_anybody_stops_with_what_to_look_at():
    with pytest.raises(DataError) as error:
        build(TRIAL[TRIAL["arm"] == "msc"])
    assert str(error.value) == (
        "Arm 'control' has no participant left for analysis. Look at the flow of participants: "
        "check `eligibility`, `controls` and `time_zero` in the study file."
    )


@given(
    st.lists(
        st.tuples(st.sampled_from(["msc", None]), st.integers(10, 30), st.booleans()), max_size=30
    )
)
def test_everyone_screened_is_analysed_or_excluded_once(rows):
    extra = [(f"X{at}", *row) for at, row in enumerate(rows)]
    participants = pd.concat([TRIAL, people(*extra)]) if extra else TRIAL
    analysed, flow = build(participants)
    screened = flow.loc[flow["step"] == "screened", "n_remaining"].sum()
    assert screened == len(participants)
    assert screened - flow["n_excluded"].sum() == len(analysed)
