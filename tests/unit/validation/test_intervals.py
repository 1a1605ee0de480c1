"""Rates that contradict each other, against all pairs of rows compared one by one."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from sepsisflow.validation.intervals import check_overlap

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["A1", "A2"]),
        st.integers(0, 8),
        st.integers(0, 4),
        st.sampled_from([0.1, 0.2]),
    ),
    max_size=9,
)


@given(rows=ROWS)
def test_rates_are_flagged_if_and_only_if_a_participants_rates_contradict_each_other(rows):
    frame = pd.DataFrame(rows, columns=["participant_id", "start_h", "hours", "dose"])
    frame = frame.astype({"start_h": float, "hours": float, "dose": float})
    frame = frame.assign(
        agent="norepinephrine", unit="ug/kg/min", route=None, source_file="v.csv",
        source_row=range(2, len(rows) + 2), end_h=frame["start_h"] + frame["hours"],
    )  # fmt: skip
    found = check_overlap({"interventions": frame}, {})
    pairs = [
        (one, other)
        for at, one in enumerate(frame.itertuples())
        for other in list(frame.itertuples())[:at]
        if one.participant_id == other.participant_id
        and one.dose != other.dose
        and max(one.start_h, other.start_h) < min(one.end_h, other.end_h)
    ]
    assert {each["participant_id"] for each in found} == {one.participant_id for one, _ in pairs}
    # Each finding names a row, and the row that it contradicts.
    contradictory = {frozenset((one.source_row, other.source_row)) for one, other in pairs}
    for each in found:
        other = int(each["query"].rpartition("at v.csv, row ")[2].split(".")[0])
        assert frozenset((each["source_row"], other)) in contradictory
