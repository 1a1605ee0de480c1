"""Time to death from the tables of the cohort and of the outcomes."""

import pandas as pd
import pytest
from sepsisflow.errors import DataError
from sepsisflow.inference.follow_up import follow_up


def followed(time_h, died, *, time_zero_h=0.0, follow_up_days=28) -> pd.DataFrame:
    ids = [f"P{number}" for number in range(len(time_h))]
    analysis_set = pd.DataFrame({"participant_id": ids, "arm": "msc", "time_zero_h": time_zero_h})
    outcomes = pd.DataFrame({"participant_id": ids, "died": died, "time_h": time_h})
    return follow_up(analysis_set, outcomes, follow_up_days=follow_up_days)


def test_time_counts_from_time_zero_in_days():
    assert followed([60.0], [True], time_zero_h=12.0)["time_d"].tolist() == [2.0]


def test_a_death_at_the_end_of_follow_up_counts_and_one_after_it_is_censored():
    found = followed([28 * 24.0, 28 * 24 + 1.0, 90 * 24.0], [True, True, False])
    assert found["died"].tolist() == [True, False, False]
    assert found["time_d"].tolist() == [28, 28, 28]


def test_times_equal_up_to_rounding_are_the_same():
    found = followed([24 * (0.1 + 0.2), 24 * 0.3], [True, True])
    assert found["time_d"].nunique() == 1


def test_a_death_dated_on_the_day_of_time_zero_but_before_it_counts_at_time_zero():
    found = followed([0.0], [True], time_zero_h=10.0)
    assert (found["time_d"].tolist(), found["died"].tolist()) == ([0.0], [True])


def test_somebody_without_outcome_is_kept_with_a_missing_time():
    analysis_set = pd.DataFrame(
        {"participant_id": ["B", "A"], "arm": "control", "time_zero_h": 0.0}
    )
    outcomes = pd.DataFrame({"participant_id": ["B"], "died": [True], "time_h": [24.0]})
    found = follow_up(analysis_set, outcomes, follow_up_days=28)
    assert found["participant_id"].tolist() == ["A", "B"]
    assert found["time_d"].isna().tolist() == [True, False]
    assert found["died"].tolist() == [False, True]


def test_a_death_a_day_before_time_zero_stops_and_names_no_value():
    message = (
        "derived/outcomes: 1 of 2 analysed participants died or were last seen a day or more "
        "before time zero. Correct these dates in the raw data, or `time_zero` of their arm in "
        "the study file."
    )
    with pytest.raises(DataError) as error:
        followed([240.0, 24.0], [False, True], time_zero_h=48.0)
    assert str(error.value) == message
