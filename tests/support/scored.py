"""Scores of a few hand-written rows."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
from sepsisflow.configuration.strict_yaml import read_yaml
from sepsisflow.scores.definitions import definition_names, read_definition
from sepsisflow.scores.shards import COLUMNS
from sepsisflow.scores.sofa import score_participants

ROOT = Path(__file__).parents[2]
LISTS = {
    name: read_yaml(ROOT / f"resources/codelists/{name}.yaml", name)
    for name in ("variables", "agents")
}
DEFINITIONS = {name: read_definition(name, ROOT, LISTS) for name in definition_names(ROOT)}
ORIGIN = pd.Timestamp("2150-01-01 00:00:00")


def people(*names, subject=None, admission="1", weight_kg=80.0):
    """Participants with the same origin, persons of their own unless ``subject`` names one."""
    return pd.DataFrame(
        {
            "participant_id": list(names),
            "origin": pd.Series([ORIGIN] * len(names), dtype="datetime64[ns]"),
            "subject_id": [subject or name for name in names],
            "hadm_id": admission,
            "weight_kg": weight_kg,
        }
    )


def table(kind, rows):
    """A table of `COLUMNS` from dicts; what they leave out is missing, rows count from 2."""
    columns = COLUMNS[kind]
    usual = {"censoring": "none", "source_file": f"{kind}.csv"}
    filled = [{**usual, "source_row": row, **each} for row, each in enumerate(rows, start=2)]
    return pa.table(
        {
            name: pa.array([each.get(name) for each in filled], type_)
            for name, type_ in columns.items()
        }
    )


def value(variable, time_h, number=None, who="a", **more):
    """A measurement."""
    return {"participant_id": who, "time_h": time_h, "variable": variable, "value": number, **more}


def infusion(agent, start_h, end_h, dose=None, who="a"):
    """An intervention."""
    return {"participant_id": who, "agent": agent, "start_h": start_h, "end_h": end_h, "dose": dose}


def scored(definition, measurements, interventions=(), events=(), participants=None, **more):
    """Tables of scores as DataFrames, texts as such."""
    tables = score_participants(
        definition,
        more.pop("content", DEFINITIONS[definition]),
        participants=people("a") if participants is None else participants,
        measurements=table("measurements", measurements),
        interventions=table("interventions", interventions),
        events=table("events", events),
        variables=LISTS["variables"],
        **more,
    )
    frames = {name: each.to_pandas() for name, each in tables.items()}
    return {
        name: each.astype(dict.fromkeys(each.select_dtypes("category").columns, object))
        for name, each in frames.items()
    }


def course(definition, component, *rows, column="hour_score", who="a", **more):
    """One component of one participant, by hour."""
    hours = scored(definition, *rows, **more)["hourly_components"]
    chosen = hours[hours["component"].eq(component) & hours["participant_id"].eq(who)]
    return [None if each != each else each for each in chosen[column]]
