"""Values of a panel."""

import pandas as pd
import pytest
from sepsisflow.derivation.biomarkers import panel_values


@pytest.mark.parametrize(("repeated", "value"), [("first", 5.0), ("last", 6.0)])
def test_a_value_per_participant_variable_and_time_and_limits_stay_censored(repeated, value):
    measurements = pd.DataFrame(
        {
            "participant_id": ["A2", "A1", "A1", "A1", "A1"],
            "time_h": [0.0, 0.0, 0.0, 24.0, 0.0],
            "variable": ["il_6", "il_6", "il_6", "il_6", "crp"],
            "value": [0.5, 5.0, 6.0, None, 80.0],
            "unit": "pg/mL",
            "censoring": ["below", "none", "none", "none", "none"],
            "precision": "day",
            "source_file": "l.csv",
            "source_row": [2, 3, 4, 5, 6],
        }
    )
    values = panel_values(measurements, variables=["il_6"], repeated=repeated)
    assert values[["participant_id", "value", "censoring"]].values.tolist() == [
        ["A1", value, "none"],
        ["A2", 0.5, "below"],
    ]
