"""Rules across tables. They flag rows; they never move them."""

from collections.abc import Iterable

import pandas as pd

from sepsisflow.schemas.findings import Findings
from sepsisflow.validation.rules import finding


def check_across(tables: dict[str, pd.DataFrame], found: Iterable[dict] = ()) -> pd.DataFrame:
    """Findings that need more than one table, or more than one row of one.

    Parameters
    ----------
    tables : dict of str to DataFrame
        Validated tables by name; a study may lack any but ``participants``.
    found : iterable of dict
        Findings about no table, to stand before the others.

    Returns
    -------
    DataFrame as `Findings`
    """
    found = list(found)
    participants = tables["participants"]
    events = tables.get("events")
    if events is not None:
        deaths = events[events["event"] == "death"]
        first_death = deaths.drop_duplicates("participant_id").set_index("participant_id")
        found += _flag("death.repeated", "events", deaths[deaths.duplicated("participant_id")])
        found += _flag("death.before_origin", "events", deaths[deaths["latest_h"] < 0])
        found += _contacts(events, first_death)
        found += _without_follow_up(participants, events)
        found += _without_discharge(participants, events)
        found += _treatment(tables, deaths, first_death)
        for name, table in tables.items():
            if name.startswith("measurements/"):
                late = _after_death(table, "time_h", first_death)
                found += _flag("measurement.after_death", name, late)
    total = len(participants)
    for name, table in tables.items():
        if name.startswith("measurements/"):
            having = table.dropna(subset="value").groupby("variable")["participant_id"].nunique()
            found += [
                finding("column.incomplete", name, field=field, count=total - having, total=total)
                for field, having in having.items()
                if having < total
            ]
    findings = pd.DataFrame(found, columns=list(Findings.to_schema().columns))
    return findings.astype({"source_row": "float64"})


def _flag(code: str, table: str, rows: pd.DataFrame) -> list[dict]:
    """One finding per row, where it stands."""
    columns = ["participant_id", "source_file", "source_row"]
    return [finding(code, table, **where) for where in rows[columns].to_dict("records")]


def _after_death(table: pd.DataFrame, time: str, first_death: pd.DataFrame) -> pd.DataFrame:
    """Rows that begin after the last hour in which the participant may have died."""
    return table[table[time] > table["participant_id"].map(first_death["latest_h"])]


def _contacts(events: pd.DataFrame, first_death: pd.DataFrame) -> list[dict]:
    """Last contacts before death, which was then learnt of otherwise."""
    contacts = events[events["event"] == "last_contact"]
    death = contacts["participant_id"].map(first_death["earliest_h"])
    return _flag("contact.before_death", "events", contacts[contacts["earliest_h"] < death])


def _without_follow_up(participants: pd.DataFrame, events: pd.DataFrame) -> list[dict]:
    """Participants with an arm of whom neither death nor life is known."""
    in_trial = participants[participants["arm"].notna()]
    return _flag(
        "participant.no_follow_up",
        "participants",
        in_trial[~in_trial["participant_id"].isin(events["participant_id"])],
    )


def _without_discharge(participants: pd.DataFrame, events: pd.DataFrame) -> list[dict]:
    """Kinds of discharge that the study records, but not of everyone."""
    total = len(participants)
    discharges = events[events["event"].isin(["icu_discharge", "hospital_discharge"])]
    having = discharges.groupby("event")["participant_id"].nunique()
    return [
        finding("column.incomplete", "events", field=event, count=total - count, total=total)
        for event, count in having.items()
        if count < total
    ]


def _treatment(
    tables: dict[str, pd.DataFrame], deaths: pd.DataFrame, first_death: pd.DataFrame
) -> list[dict]:
    """Treatment after death, and deaths before the first treatment of the participant."""
    interventions = tables.get("interventions")
    if interventions is None:
        return []
    late = _flag(
        "intervention.after_death",
        "interventions",
        _after_death(interventions, "start_h", first_death),
    )
    first = deaths["participant_id"].map(interventions.groupby("participant_id")["start_h"].min())
    return late + _flag("death.before_first_dose", "events", deaths[deaths["latest_h"] < first])
