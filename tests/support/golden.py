"""Golden cases: values at and beside each threshold as raw rows, scored by the engine.

tests/oracle/golden/*.csv hold one threshold a row, transcribed from the publications: the points
just below it, at it and just above it. ``step`` is one unit of the printed precision; a value a
tenth of it away lies between two printed classes. What is ``given`` runs, or was measured, at the
same time: "vasopressin 0.03; bicarbonate 12".
"""

import csv
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from scored import LISTS, ROOT, infusion, people, scored, value
from sepsisflow.units import conversion

FOLDER = ROOT / "tests/oracle/golden"
WEIGHT_KG = 100.0
FIO2 = 0.5
SPO2 = 90.0
# Whole numbers have no value between two classes.
WHOLE = ("gcs", "gcs_of_parts", "gcs_motor", "generalised_myoclonus")


@dataclass(frozen=True)
class Case:
    """One value of one participant, and the points that it is to be given in ``hour``."""

    definition: str
    component: str
    measured: str
    unit: str
    number: float
    given: str
    points: float

    @property
    def name(self) -> str:
        """As tests are listed."""
        beside = f", {self.given}" if self.given else ""
        return f"{self.definition}: {self.measured} {self.number:g} {self.unit}{beside}"

    @property
    def hour(self) -> int:
        """Urine takes as many hours as its name says; all else is of the first hour."""
        hours = self.measured.rpartition("_")[2]
        counted = self.measured.startswith(("urine_rate", "urine_entries"))
        return int(hours.removesuffix("h")) - 1 if counted else 0


def cases(file: str) -> list[Case]:
    """Both sides of each threshold of a table, by a whole step and by a tenth of it."""
    with (FOLDER / file).open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    return [
        Case(name, row["component"], row["measured"], row["unit"], number, row["given"], points)
        for row in rows
        for name in row["definitions"].split()
        for number, points in _sides(row)
    ]


def _sides(row: dict) -> list[tuple[float, float]]:
    limit, step = float(row["limit"]), float(row["step"])
    away = {"below": (-step, -step / 10), "at": (0.0,), "above": (step / 10, step)}
    return [
        (round(limit + by, 6), float(row[side]))
        for side, distances in away.items()
        for by in distances
        if row[side] and not (row["measured"] in WHOLE and abs(by) == step / 10)
    ]


def canonical(name: str, number: float, unit: str) -> float:
    """A number as ingestion would write it."""
    factor, offset = conversion(unit, LISTS["variables"][name])
    return factor * number + offset


def rows_of(case: Case, who: str) -> tuple[list[dict], list[dict]]:
    """Measurements and interventions of one case."""
    time_h = case.hour + 0.5
    measurements, interventions = _measured(case, time_h)
    for each in filter(None, case.given.split("; ")):
        name, _, number = each.partition(" ")
        if name in LISTS["agents"]:
            dose = float(number) if number else None
            interventions.append(infusion(name, 0.0, case.hour + 3.0, dose))
        else:
            measurements.append(value(name, time_h, float(number)))
        if name == "mechanical_ventilation":
            # As mimic-code knows it: by the ventilator's charted mode.
            measurements += [value("ventilator_mode", at, text="CMV") for at in (0.0, 1.0)]
    # The clock of mimic-code begins with a heart rate, here within the first minute.
    measurements.append(value("heart_rate", 0.01, 80.0))
    measurements.append(value("heart_rate", case.hour + 0.75, 80.0))
    return (
        [{**row, "participant_id": who, "admission": "1"} for row in measurements],
        [{**row, "participant_id": who} for row in interventions],
    )


def _measured(case: Case, time_h: float) -> tuple[list[dict], list[dict]]:
    number = case.number
    if case.measured in LISTS["agents"]:
        return [], [infusion(case.measured, 0.0, 3.0, number)]
    if case.measured in LISTS["variables"]:
        exact = canonical(case.measured, number, case.unit)
        return [value(case.measured, time_h, exact)], []
    if case.measured == "pao2_fio2":
        return [value("pao2", time_h, number * FIO2), value("fio2_blood_gas", time_h, FIO2)], []
    if case.measured == "spo2_fio2":
        return [value("spo2", time_h, SPO2), value("fio2", time_h, SPO2 / number)], []
    if case.measured == "gcs_of_parts":
        eye = min(4, number - 2)
        verbal = min(5, number - 1 - eye)
        parts = {"gcs_eye": eye, "gcs_verbal": verbal, "gcs_motor": number - eye - verbal}
        return [value(name, time_h, float(part)) for name, part in parts.items()], []
    hours = [float(at) for at in range(1, case.hour + 2)]
    if case.measured == "urine_entries_24h":
        return [value("urine_output", at, number if at == 1 else 0.0) for at in hours], []
    return [value("urine_output", at, number * WEIGHT_KG) for at in hours], []


@cache
def points_of(all_cases: tuple[Case, ...]) -> dict[Case, float | None]:
    """Points that the engine gives each case; each is a participant of one run per definition."""
    found = {}
    ordered = sorted(all_cases, key=lambda case: case.definition)
    for definition, group in groupby(ordered, key=lambda case: case.definition):
        of = {f"p{number}": case for number, case in enumerate(group)}
        rows = [rows_of(case, who) for who, case in of.items()]
        tables = scored(
            definition,
            [row for measurements, _ in rows for row in measurements],
            [row for _, interventions in rows for row in interventions],
            participants=people(*of, weight_kg=WEIGHT_KG),
        )
        # The first day as one window has no hours.
        whole = "window_components" in tables
        components = tables["window_components" if whole else "hourly_components"]
        key = ["participant_id", "component", *([] if whole else ["hour"])]
        scores = components.set_index(key)["score"].to_dict()
        for who, case in of.items():
            at = (who, case.component, *([] if whole else [case.hour]))
            found[case] = scores.get(at)
    return found
