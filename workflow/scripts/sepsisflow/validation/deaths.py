"""Deaths against everything else that happened to the participant.

What is known by date lies between two hours; a rule fires only where no reading of them fits.
"""

import pandas as pd

from sepsisflow.codelists import ALIVE
from sepsisflow.validation.rules import flag_rows


def check_deaths(tables: dict[str, pd.DataFrame], _settings: dict) -> list[dict]:
    """Second deaths, and deaths before the participant's clock or treatment began."""
    deaths = _deaths(tables)
    first_dose = tables["interventions"].groupby("participant_id")["start_h"].min()
    untreated = deaths["latest_h"] < deaths["participant_id"].map(first_dose)
    return [
        *flag_rows("death.repeated", "events", deaths[deaths.duplicated("participant_id")]),
        *flag_rows("death.before_origin", "events", deaths[deaths["latest_h"] < 0]),
        *flag_rows("death.before_first_dose", "events", deaths[untreated]),
    ]


def check_after_death(tables: dict[str, pd.DataFrame], _settings: dict) -> list[dict]:
    """Signs of life, treatment, measurements and adverse events after the (first) death."""
    death = _deaths(tables).drop_duplicates("participant_id").set_index("participant_id")
    events = tables["events"]
    contacts = events[events["event"] == "last_contact"]
    early = contacts["earliest_h"] < contacts["participant_id"].map(death["earliest_h"])
    found = flag_rows("contact.before_death", "events", contacts[early])
    starts = [
        ("alive.after_death", "events", events[events["event"].isin(ALIVE)], "earliest_h"),
        ("intervention.after_death", "interventions", tables["interventions"], "start_h"),
        ("adverse_event.after_death", "adverse_events", tables["adverse_events"], "start_h"),
    ]
    starts += [
        ("measurement.after_death", name, table, "time_h")
        for name, table in tables.items()
        if name.startswith("measurements/")
    ]
    for code, name, table, start in starts:
        late = table[start] > table["participant_id"].map(death["latest_h"])
        found += flag_rows(code, name, table[late])
    return found


def check_alive(tables: dict[str, pd.DataFrame], _settings: dict) -> list[dict]:
    """Last contacts before hour 0, and fatal adverse events of those who are not known to die."""
    events, adverse = tables["events"], tables["adverse_events"]
    early = (events["event"] == "last_contact") & (events["latest_h"] < 0)
    died = adverse["participant_id"].isin(_deaths(tables)["participant_id"])
    return [
        *flag_rows("contact.before_origin", "events", events[early]),
        *flag_rows(
            "adverse_event.fatal", "adverse_events", adverse[(adverse["grade"] == 5) & ~died]
        ),
    ]


def _deaths(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Deaths, the earliest of a participant first."""
    events = tables["events"]
    return events[events["event"] == "death"].sort_values("earliest_h", kind="stable")
