"""APACHE II of one person of thirty whose measured values are given."""

from pathlib import Path

import pandas as pd
from sepsisflow.scores.apache_ii import apache_ii
from sepsisflow.scores.apache_ii_settings import apache_ii_settings, read_definition
from sepsisflow.study import vocabularies

ROOT = Path(__file__).parents[2]
VARIABLES = vocabularies(ROOT)["variables"]
DEFINITION = read_definition("apache-ii", ROOT, VARIABLES)


def settings(*, mmhg=760, starts_at="origin", recorded="apache_ii_recorded", **choices):
    """Settings of the rule, with other choices of the definition."""
    definition = {**DEFINITION, "choices": {**DEFINITION["choices"], **choices}}
    block = {
        "definition": "apache-ii",
        "barometric_pressure": {"value": mmhg, "unit": "mm[Hg]"},
        "starts_at": starts_at,
        "recorded": recorded,
    }
    return apache_ii_settings(block, definition, VARIABLES)


def people(**ages):
    rows = list(ages.items())
    frame = pd.DataFrame(rows, columns=["participant_id", "age_years"])
    places = {"source_file": "people.csv", "source_row": range(2, len(rows) + 2)}
    return frame.astype({"age_years": float}).assign(**places)


def measured(*rows, participant="A1"):
    """Rows of (variable, value) at hour 0, or (variable, value, hour)."""
    filled = [(*row, 0.0)[:3] for row in rows]
    frame = pd.DataFrame(filled, columns=["variable", "value", "time_h"])
    return frame.astype({"value": float, "time_h": float}).assign(
        participant_id=participant,
        unit="1",
        censoring="none",
        precision="minute",
        source_file="chart.csv",
        source_row=range(2, len(rows) + 2),
    )


def scored(*rows, age=30, **changed):
    """Components by name, and the one total, of a person with these values."""
    components, totals = apache_ii(people(A1=age), measured(*rows), settings(**changed))
    assert len(totals) == 1
    return components.set_index("component"), totals.iloc[0]
