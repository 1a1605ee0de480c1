"""The rows that each canonical table gets from one map; see `sepsisflow.schemas`."""

import pandas as pd

from sepsisflow.clock import Moment
from sepsisflow.fields import PEOPLE
from sepsisflow.readers.canonical import Reading


def read_rows(reading: Reading) -> pd.DataFrame:
    """Rows of ``reading.table`` with ``source_file`` and ``source_row``; types of the schema."""
    return ROWS[reading.plan["table"].partition("/")[0]](reading)


def _participants(reading: Reading) -> pd.DataFrame:
    specs = reading.source_map["fields"]
    names = [*PEOPLE, *reading.covariates]
    columns = {
        name: reading.read_field(name, specs[name]) if name in specs else [None] * len(reading.at)
        for name in names
    }
    frame = reading.frame(columns)
    numbers = [name for name, each in reading.covariates.items() if each["type"] == "number"]
    floats = ["age_years", "weight_kg", "height_cm", *numbers]
    frame[floats] = frame[floats].astype("float64")
    booleans = [name for name, each in reading.covariates.items() if each["type"] == "boolean"]
    frame[booleans] = frame[booleans].astype("boolean")
    frame["origin"] = pd.to_datetime(frame["origin"])
    return frame


def _measurements(reading: Reading) -> pd.DataFrame:
    moments = reading.moments("time", known_to_the_day=True)
    shared = {
        "participant_id": reading.people,
        "time_h": [None if each is None else each.calendar_h for each in moments],
        "precision": ["day" if each and each.whole_day else "minute" for each in moments],
    }
    wide = reading.source_map.get("values")
    if wide is None:
        fields = reading.source_map["fields"]
        variables = reading.read_field("variable", fields["variable"])
        unit = fields.get("unit", {"constant": None})
        value = {**fields["value"], "unit": unit.get("constant", unit)}
        parts = [_values(reading, "value", value, variables, shared)]
    else:
        parts = [
            _values(reading, variable, spec, [variable] * len(reading.at), shared)
            for variable, spec in wide.items()
        ]
    return pd.concat(parts, ignore_index=True)


def _values(reading: Reading, name: str, spec: dict, variables: list, shared: dict) -> pd.DataFrame:
    """One value column as rows; of a wide map, rows without a value are no rows."""
    before = len(reading.problems)
    numbers = reading.column(name, spec, reading.limited)
    entries = [reading.vocabulary.get(variable) for variable in variables]
    values = reading.converted(name, spec, numbers, variables)
    kept = None
    if "values" in reading.source_map:
        troubled = _places(reading.problems[before:])
        kept = [
            position
            for position, value in enumerate(values)
            if value is not None or (troubled and reading.place(position) in troubled)
        ]
    frame = reading.frame(
        {
            **shared,
            "variable": variables,
            "value": values,
            "unit": [None if entry is None else entry["unit"] for entry in entries],
            "censoring": ["none" if each is None else each.censoring for each in numbers],
            # Of one variable, several maps of a file may read several columns.
            "source_column": spec["column"],
        },
        kept,
    )
    floats = ["value", "time_h"]
    frame[floats] = frame[floats].astype("float64")
    return frame


def _interventions(reading: Reading) -> pd.DataFrame:
    fields = reading.source_map["fields"]
    agents = reading.read_field("agent", fields["agent"])
    start = reading.moments("start")
    end = reading.moments("end") if "end" in fields else start
    entries = [reading.vocabulary.get(agent) for agent in agents]
    dose = [None] * len(agents)
    if "dose" in fields:
        numbers = reading.column("dose", fields["dose"], reading.unlimited)
        dose = reading.converted("dose", fields["dose"], numbers, agents)
    routes = [None] * len(agents)
    if "route" in fields:
        routes = reading.read_field("route", fields["route"])
    units = [None if entry is None else entry["unit"] for entry in entries]
    frame = reading.frame(
        {
            "participant_id": reading.people,
            "agent": agents,
            "start_h": [_earliest(each) for each in start],
            "end_h": [_latest(each) for each in end],
            "dose": dose,
            "unit": [
                None if value is None else unit for value, unit in zip(dose, units, strict=True)
            ],
            "route": [None if each is None else str(each) for each in routes],
        }
    )
    numbers = ["start_h", "end_h", "dose"]
    frame[numbers] = frame[numbers].astype("float64")
    return frame


def _events(reading: Reading) -> pd.DataFrame:
    fields = reading.source_map["fields"]
    moments = reading.moments("time")
    ends = reading.moments("latest") if "latest" in fields else [None] * len(moments)
    frame = reading.frame(
        {
            "participant_id": reading.people,
            "event": reading.read_field("event", fields["event"]),
            "earliest_h": [_earliest(each) for each in moments],
            "latest_h": [
                _latest(end or start) if start else None
                for start, end in zip(moments, ends, strict=True)
            ],
        }
    )
    times = ["earliest_h", "latest_h"]
    frame[times] = frame[times].astype("float64")
    # A row with a filter, or that names its event, is an event; of others the time says whether it
    # happened.
    if "when" in reading.source_map or "constant" not in reading.source_map["fields"]["event"]:
        return frame
    happened = frame["earliest_h"].notna() | pd.Series(
        [end is not None for end in ends], frame.index
    )
    return frame[happened | _troubled(frame, reading.problems)]


def _adverse_events(reading: Reading) -> pd.DataFrame:
    fields = reading.source_map["fields"]
    columns = {
        name: reading.read_field(name, fields[name]) if name in fields else [None] * len(reading.at)
        for name in ("term", "grade", "serious", "related")
    }
    start = [_earliest(each) for each in reading.moments("start")]
    frame = reading.frame({"participant_id": reading.people, "start_h": start, **columns})
    frame[["start_h", "grade"]] = frame[["start_h", "grade"]].astype("float64")
    frame[["serious", "related"]] = frame[["serious", "related"]].astype("boolean")
    return frame


def _troubled(frame: pd.DataFrame, problems: list[dict]) -> pd.Series:
    """Whether a row holds a cell that could not be used."""
    troubled = _places(problems)
    places = zip(frame["source_file"], frame["source_row"], strict=True)
    return pd.Series([place in troubled for place in places], index=frame.index, dtype=bool)


def _places(problems: list[dict]) -> set[tuple[str, int]]:
    """File and row of every problem that is not about the row as a whole."""
    return {
        (problem["source_file"], problem["source_row"])
        for problem in problems
        if problem["field"] != "when"
    }


def _earliest(when: Moment | None) -> float | None:
    return None if when is None else when.earliest_h


def _latest(when: Moment | None) -> float | None:
    return None if when is None else when.latest_h


ROWS = {
    "participants": _participants,
    "measurements": _measurements,
    "interventions": _interventions,
    "events": _events,
    "adverse_events": _adverse_events,
}
