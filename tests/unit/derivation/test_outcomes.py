"""Death, or the last sign of life."""

import pandas as pd
import pytest
from sepsisflow.derivation.outcomes import time_to_death

PEOPLE = pd.DataFrame({"participant_id": ["A1", "A2", "A3"]})


def events(*rows):
    frame = pd.DataFrame(rows, columns=["participant_id", "event", "earliest_h", "latest_h"])
    return frame.assign(source_file="e.csv", source_row=range(2, len(rows) + 2))


@pytest.mark.parametrize(("convention", "hours"), [("latest", 72), ("earliest", 48)])
def test_a_death_known_by_date_counts_at_the_declared_end_of_its_day(convention, hours):
    outcomes = time_to_death(events(("A1", "death", 48, 72)), PEOPLE, death_counts_at=convention)
    assert outcomes[["participant_id", "died", "time_h"]].values.tolist() == [["A1", True, hours]]


def test_the_living_are_followed_to_their_last_sign_of_life_and_the_dead_to_death():
    outcomes = time_to_death(
        events(
            ("A2", "last_contact", 24, 48),
            ("A2", "hospital_discharge", 240, 264),
            ("A2", "culture", 480, 504),
            ("A1", "known_alive", 720, 720),
            ("A1", "death", 48, 72),
            ("A1", "death", 24, 48),
            ("Z9", "death", 24, 48),
        ),
        PEOPLE,
        death_counts_at="latest",
    )
    assert outcomes[["participant_id", "died", "time_h", "source_row"]].values.tolist() == [
        ["A1", True, 48.0, 7],
        ["A2", False, 264.0, 3],
    ]
