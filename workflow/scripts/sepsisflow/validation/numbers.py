"""What the quality report knows of each number: label, unit, plausible and possible range."""

from collections.abc import Sequence
from dataclasses import dataclass

from sepsisflow.fields import UNITS
from sepsisflow.labels import printed_unit
from sepsisflow.validation.table import RANGES

LABELS = {"age_years": "Age", "weight_kg": "Weight", "height_cm": "Height"}


@dataclass(frozen=True)
class Number:
    """A variable, an agent's dose or a column of participants; ``unit`` as printed."""

    label: str
    unit: str
    plausible: Sequence[float] | None = None
    possible: Sequence[float] | None = None


def described_numbers(
    covariates: dict[str, dict], codelists: dict[str, dict]
) -> dict[str, dict[str, Number]]:
    """Describe the numbers of each kind of canonical table that holds any, by name.

    Parameters
    ----------
    covariates : dict of str to dict
        As in the study file; only those of type ``number`` are described.
    codelists : dict of str to dict
        ``variables`` and ``agents``.
    """
    people = {
        name: {"label": label, "unit": UNITS[name], **RANGES[name]}
        for name, label in LABELS.items()
    }
    people |= {name: each for name, each in covariates.items() if each["type"] == "number"}
    kinds = {
        "participants": people,
        "measurements": codelists["variables"],
        "interventions": codelists["agents"],
    }
    return {
        kind: {name: _described(entry) for name, entry in entries.items()}
        for kind, entries in kinds.items()
    }


def _described(entry: dict) -> Number:
    ranges = {name: entry[name] for name in ("plausible", "possible") if name in entry}
    return Number(entry["label"], printed_unit(entry["unit"]), **ranges)
