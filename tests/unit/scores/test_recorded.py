"""Recorded SOFA totals."""

import pandas as pd
import pytest
from sepsisflow.scores.recorded import recorded_sofa


@pytest.mark.parametrize(("repeated", "score"), [("worst", 9), ("first", 7), ("last", 8)])
def test_of_several_totals_for_one_time_the_declared_one_counts(repeated, score):
    severity = pd.DataFrame(
        {
            "participant_id": "A1",
            "time_h": [0.0, 0.0, 0.0, 48.0, 24.0],
            "variable": ["sofa"] * 4 + ["apache"],
            "value": [7.0, 9.0, 8.0, None, 20.0],
            "source_file": "s.csv",
            "source_row": [2, 3, 4, 5, 6],
        }
    )
    scores = recorded_sofa(severity, variable="sofa", repeated=repeated)
    assert scores[["time_h", "definition", "score"]].values.tolist() == [[0.0, "recorded", score]]
