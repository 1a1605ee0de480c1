"""Suspected infection, sepsis and septic shock by several definitions, a table of each."""

import pandas as pd

from sepsisflow.schemas.check import check
from sepsisflow.schemas.sepsis import Sepsis, SepticShock, SuspicionOfInfection
from sepsisflow.scores.infection import suspicion_of_infection
from sepsisflow.scores.sepsis import sepsis
from sepsisflow.scores.septic_shock import READINGS, septic_shock


def sepsis_tables(
    definitions: dict,
    *,
    participants: pd.DataFrame,
    interventions: pd.DataFrame,
    events: pd.DataFrame,
    measurements: list[pd.DataFrame],
    hours: dict[str, pd.DataFrame],
    variables: dict,
) -> dict[str, pd.DataFrame]:
    """Everything that the definitions say of the participants.

    Parameters
    ----------
    definitions : dict
        See `sepsisflow.scores.sepsis_definitions.read_sepsis`.
    participants, interventions, events : DataFrame
        Validated tables.
    measurements : list of DataFrame
        Validated tables that hold what septic shock looks at; none if the study has none.
    hours : dict of str to DataFrame
        Hourly totals by name of the score.
    variables : dict
        The codelist.

    Returns
    -------
    dict of str to DataFrame
        ``suspicion_of_infection``, ``sepsis`` and ``septic_shock``, of
        `sepsisflow.schemas.sepsis`.
    """
    measured = pd.concat(measurements) if measurements else pd.DataFrame(columns=READINGS)
    suspicions, cases, shocks = [], {}, []
    for name, definition in definitions.items():
        if "shock" in definition:
            continue
        suspicions.append(
            suspicion_of_infection(
                name,
                definition["infection"],
                participants=participants["participant_id"],
                interventions=interventions,
                events=events,
            )
        )
        cases[name] = sepsis(
            name,
            definition,
            participants=participants,
            events=events,
            suspicions=suspicions[-1],
            hours=hours[definition["dysfunction"]["score"]],
        )
    for name, definition in definitions.items():
        if "shock" in definition:
            shocks.append(
                septic_shock(
                    name,
                    definition,
                    cases=cases[definition["sepsis"]],
                    interventions=interventions,
                    measurements=measured,
                    variables=variables,
                )
            )
    return {
        "suspicion_of_infection": _one(suspicions, SuspicionOfInfection),
        "sepsis": _one(list(cases.values()), Sepsis),
        "septic_shock": _one(shocks, SepticShock),
    }


def _one(tables: list[pd.DataFrame], model) -> pd.DataFrame:
    """Tables of several definitions as one that fits its schema; of none an empty one."""
    types = {name: column.dtype.type for name, column in model.to_schema().columns.items()}
    empty = {name: pd.Series(dtype=kind) for name, kind in types.items()}
    whole = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(empty)
    texts = whole.select_dtypes(object)
    whole = whole.assign(**texts.where(texts.notna(), None))
    return check(whole, model, model.__name__)
