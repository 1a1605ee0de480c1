"""Rules across tables. They flag rows; they never move them."""

from collections.abc import Collection

import pandas as pd

from sepsisflow.codelists import ALIVE
from sepsisflow.validation.rules import finding, findings_table


def check_across(
    tables: dict[str, pd.DataFrame], *, controls: dict | None, asked: Collection[str] = ()
) -> pd.DataFrame:
    """Findings that need more than one table, or more than one row of one.

    Parameters
    ----------
    tables : dict of str to DataFrame
        Validated tables by name; a study may lack any but ``participants``.
    controls : dict
        How controls are chosen, as in the study file; None if no arms are compared.
    asked : collection of str
        Participants of whom an event could not be read: the site is asked about it already.

    Returns
    -------
    DataFrame as `Findings`
    """
    found: list[dict] = []
    method = controls["method"] if controls else None
    flag = controls["flag"] if method == "flagged" else None
    participants = tables["participants"]
    if method == "recorded":
        unassigned = participants[participants["arm"].isna()]
        found += _flag("participant.no_arm", "participants", unassigned)
    events = tables.get("events")
    if events is not None:
        deaths = events[events["event"] == "death"].sort_values("earliest_h", kind="stable")
        first_death = deaths.drop_duplicates("participant_id").set_index("participant_id")
        again = deaths[deaths.duplicated("participant_id")]
        found += _flag("death.repeated", "events", again)
        found += _flag("death.before_origin", "events", deaths[deaths["latest_h"] < 0])
        found += _contacts(events, first_death)
        found += _alive_after_death(events, first_death)
        people = participants[~participants["participant_id"].isin(asked)]
        found += _without_follow_up(people, events, flag) if controls else []
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
    return findings_table(found)


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


def _alive_after_death(events: pd.DataFrame, first_death: pd.DataFrame) -> list[dict]:
    """Signs of life that begin after the last hour in which the participant may have died."""
    alive = events[events["event"].isin(ALIVE)]
    return _flag("alive.after_death", "events", _after_death(alive, "earliest_h", first_death))


def _without_follow_up(
    participants: pd.DataFrame, events: pd.DataFrame, flag: str | None
) -> list[dict]:
    """Participants in an arm, or flagged as controls, of whom neither death nor life is known."""
    in_trial = participants["arm"].notna()
    if flag is not None:
        in_trial |= participants[flag].fillna(False).astype(bool)
    followed = events.loc[events["event"].isin([*ALIVE, "death"]), "participant_id"]
    unknown = participants[in_trial & ~participants["participant_id"].isin(followed)]
    return _flag("participant.no_follow_up", "participants", unknown)


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
