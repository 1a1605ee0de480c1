"""The edge derive_sepsis: validated tables and hourly totals in, three tables out."""

import io

import derive_sepsis
import pandas as pd
import pytest
from edge_runs import run_edge
from infected import SEPSIS, antibiotics, cultures, hours
from scored import LISTS, infusion, table, value
from sepsisflow.schemas.sepsis import Sepsis, SepticShock, SuspicionOfInfection

MODELS = {
    "suspicion_of_infection": SuspicionOfInfection,
    "sepsis": Sepsis,
    "septic_shock": SepticShock,
}


def derive(folder, *names, given=None, taken=None, lactate=True):
    """Tables of one participant with an antibiotic at 101 h and a culture at 100 h."""
    drugs = table("interventions", [infusion("norepinephrine", 99.0, 120.0, 0.2)]).to_pandas()
    readings = table("measurements", [value("lactate", 102.0, 3.0)]).to_pandas()
    given = antibiotics(101) if given is None else given
    written = run_edge(
        derive_sepsis,
        folder,
        tables={
            "participants": pd.DataFrame({"participant_id": ["a"]}),
            "interventions": pd.concat([given.drop(columns="dose"), drugs], ignore_index=True),
            "events": cultures(100) if taken is None else taken,
            "measurements": [readings] if lactate else [],
            "hours": [hours([0] * 99 + [4] * 50)],
        },
        params={
            "definitions": {name: SEPSIS[name] for name in names},
            "scores": ["sofa-1996"],
            "variables": LISTS["variables"],
        },
        outputs={name: f"{name}.parquet" for name in MODELS},
    )
    tables = {name: pd.read_parquet(io.BytesIO(data)) for name, data in written.items()}
    return {name: MODELS[name].validate(each, lazy=True) for name, each in tables.items()}


def test_infection_sepsis_and_shock_are_derived_of_the_same_participant(tmp_path):
    found = derive(tmp_path, "sepsis-3", "septic-shock")
    assert found["suspicion_of_infection"]["suspicion_h"].tolist() == [100]
    assert found["sepsis"][["sepsis", "onset_h", "score_h", "label"]].to_numpy().tolist() == [
        [True, 100, 100, "Sepsis-3"]
    ]
    shock = found["septic_shock"][["septic_shock", "onset_h", "lactate", "label"]]
    assert shock.to_numpy().tolist() == [[True, 102, 3, "Septic shock (Sepsis-3)"]]


def test_without_a_definition_of_shock_its_table_is_empty(tmp_path):
    found = derive(tmp_path, "sepsis-3", lactate=False)
    assert found["septic_shock"].empty
    assert len(found["sepsis"]) == 1


def test_without_laboratory_values_shock_is_missing_in_whoever_has_a_vasopressor(tmp_path):
    found = derive(tmp_path, "sepsis-3", "septic-shock", lactate=False)
    assert found["septic_shock"]["septic_shock"].isna().tolist() == [True]


@pytest.mark.parametrize(
    "nothing", [{"given": antibiotics(1, agent="sedation")}, {"taken": cultures()}]
)
def test_without_antibiotics_or_cultures_nobody_is_a_case(tmp_path, nothing):
    found = derive(tmp_path, "sepsis-3", "septic-shock", **nothing)
    assert found["sepsis"]["sepsis"].tolist() == [False]
    assert found["septic_shock"].empty
