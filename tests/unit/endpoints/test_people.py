"""Until when each analysed participant is known to have lived."""

import pandas as pd
from sepsisflow.endpoints.people import dead_by, lives, on_clock

ANALYSED = pd.DataFrame(
    {"participant_id": ["B", "A", "C"], "arm": "t", "time_zero_h": [24.0, 0.0, 0.0]}
)
OUTCOMES = pd.DataFrame(
    {"participant_id": ["A", "B", "Z"], "died": [False, True, True], "time_h": [672.0, 96.0, 9.0]}
)


def test_days_count_from_time_zero_and_nothing_is_known_of_who_has_no_outcome():
    people = lives(ANALYSED, OUTCOMES)
    assert people.index.tolist() == ["A", "B", "C"]
    assert people["seen_d"].fillna(-1).tolist() == [28, 3, -1]
    assert people["death_d"].fillna(-1).tolist() == [-1, 3, -1]
    assert dead_by(people, 3).tolist() == [False, True, False]
    assert dead_by(people, 2).tolist() == [False, False, False]


def test_rows_move_to_the_clock_of_the_comparison_and_strangers_leave():
    people = lives(ANALYSED, OUTCOMES)
    table = pd.DataFrame(
        {"participant_id": ["B", "Z", "A"], "time_h": [30.0, 1.0, 2.0], "value": 1}
    )
    moved = on_clock(table, people, ["time_h"])
    assert moved[["participant_id", "time_h"]].values.tolist() == [["B", 6.0], ["A", 2.0]]
