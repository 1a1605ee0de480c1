"""Antibiotics, cultures, hourly totals and definitions of sepsis, made up."""

import copy

import pandas as pd
from scored import DEFINITIONS, LISTS, ROOT
from sepsisflow.scores.infection import suspicion_of_infection
from sepsisflow.scores.sepsis import sepsis
from sepsisflow.scores.sepsis_definitions import read_sepsis

NAMES = ["mimic-code-sepsis-3", "sepsis-1", "sepsis-3", "septic-shock", "sofa-2-rise"]
SEPSIS = read_sepsis(
    NAMES,
    ROOT,
    scores=DEFINITIONS,
    codelists=LISTS,
    study={"covariates": {}},
    where="config/studies/x.yaml",
)


def chosen(name="sepsis-3", **choices):
    """A definition, some of its choices changed."""
    definition = copy.deepcopy(SEPSIS[name])
    for block in ("infection", "dysfunction", "shock"):
        for key in choices.keys() & definition.get(block, {}).keys():
            definition[block][key] = choices.pop(key)
    assert not choices
    return definition


def antibiotics(*starts, who="a", **more):
    """Antibiotics that begin at these hours, rows counted from 2."""
    rows = [
        {
            "participant_id": who,
            "agent": "antibiotic",
            "start_h": float(start),
            "end_h": start + 24.0,
            "dose": None,
            "unit": None,
            "route": "IV",
            "text": "Meropenem",
            "source_file": "prescriptions.csv",
            "source_row": row,
            **more,
        }
        for row, start in enumerate(starts, start=2)
    ]
    return pd.DataFrame(rows)


def cultures(*times, who="a", **more):
    """Cultures at these hours; a pair is the beginning and the end of the day."""
    pairs = [time if isinstance(time, tuple) else (time, time) for time in times]
    return pd.DataFrame(
        [
            {
                "participant_id": who,
                "event": "culture",
                "earliest_h": float(first),
                "latest_h": float(last),
                "text": f"specimen {row}",
                "positive": row % 2 == 0,
                "source_file": "cultures.csv",
                "source_row": row,
                **more,
            }
            for row, (first, last) in enumerate(pairs, start=2)
        ],
        columns=list(EVENT),
    ).astype({"positive": "boolean"})


EVENT = (
    "participant_id",
    "event",
    "earliest_h",
    "latest_h",
    "text",
    "positive",
    "source_file",
    "source_row",
)


def suspected(given, taken, participants=("a",), **choices):
    """Suspicions of infection by Sepsis-3, some of its choices changed."""
    return suspicion_of_infection(
        "sepsis-3",
        chosen(**choices)["infection"],
        participants=pd.Series(list(participants)),
        interventions=given,
        events=taken,
    )


def hours(scores, who="a", first=0, observed=6):
    """Hourly totals; hour 0 ends at 1 h. ``observed`` is of every hour, or of each."""
    return pd.DataFrame(
        {
            "participant_id": who,
            "hour": range(first, first + len(scores)),
            "time_h": [first + at + 1.0 for at in range(len(scores))],
            "score": pd.Series(scores, dtype="float64"),
            "n_components": observed,
        }
    )


def cases(given, taken, totals, participants=("a",), known=None, **choices):
    """Cases of sepsis by Sepsis-3, some of its choices changed."""
    definition = chosen(**choices)
    people = pd.DataFrame({"participant_id": list(participants), "chronic_sofa": known})
    return sepsis(
        "sepsis-3",
        definition,
        participants=people,
        events=taken,
        suspicions=suspicion_of_infection(
            "sepsis-3",
            definition["infection"],
            participants=people["participant_id"],
            interventions=given,
            events=taken,
        ),
        hours=totals,
    )
