"""Of several values for one time one counts, whatever the values are."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sepsisflow.validation.repeats import TIME, other_entries

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["A1", "A2"]),
        st.sampled_from(["crp", "lactate"]),
        st.sampled_from([0.0, 24.0]),
        st.sampled_from([1.0, 2.0, 3.0, float("nan")]),
    ),
    max_size=12,
)
COUNTS = {
    "first": lambda values: values.iloc[0],
    "last": lambda values: values.iloc[-1],
    "lowest": "min",
    "highest": "max",
}


def measurements(rows):
    return pd.DataFrame(rows, columns=[*TIME, "value"])


@pytest.mark.parametrize("policy", COUNTS)
@given(rows=ROWS)
def test_exactly_the_value_that_counts_stays_of_each_time(policy, rows):
    frame = measurements(rows)
    others = other_entries(frame, dict.fromkeys(["crp", "lactate"], policy))
    stays = frame.drop(index=others.index).dropna(subset="value").set_index(TIME)["value"]
    wanted = frame.dropna(subset="value").groupby(TIME)["value"].agg(COUNTS[policy])
    assert stays.sort_index().to_dict() == wanted.to_dict()
    assert frame.loc[others.index, "value"].notna().all()


@given(rows=ROWS)
def test_variables_follow_their_own_policies(rows):
    frame = measurements(rows)
    others = other_entries(frame, {"crp": "keep", "lactate": "refuse"})
    measured = frame.dropna(subset="value")
    assert others[frame["variable"].eq("crp").reindex(others.index)].eq("keep").all()
    refused = measured[measured["variable"].eq("lactate") & measured.duplicated(TIME, keep=False)]
    assert others.index[others == "refuse"].tolist() == refused.index.tolist()
