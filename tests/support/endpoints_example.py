"""A trial of four with every kind of endpoint, and what each of them had."""

import pandas as pd
from sepsisflow.endpoints.study import study_endpoints
from sepsisflow.inference.endpoints import endpoint_rows

NONE = {
    "sofa": None,
    "support_free_days": {},
    "days_alive_out": {},
    "shock_reversal": {},
    "clearance": {},
}
DAYS = {"horizon_day": 28, "counted": "whole_days", "death": "zero", "lost": "missing"}
BLOCK = {
    "sofa": {
        "baseline_day": 1,
        "on_days": [7],
        "over_days": [1, 7],
        "of_day": "worst",
        "unscored": "missing",
        "day_of_death": "observed",
        "death_rules": ["missing", "score_24"],
    },
    "support_free_days": {
        "vfd": {
            **DAYS,
            "label": "Ventilator-free days",
            "agents": ["mechanical_ventilation"],
            "flags": ["ventilated"],
            "flag_holds_h": 24,
            "counted_from": "last_end",
            "free_at_least_h": 48,
        }
    },
    "days_alive_out": {
        "daoh": {
            **DAYS,
            "label": "Days alive and out of hospital",
            "place": "hospital",
            "discharge_counts_at": "latest",
            "counted_from": "last_end",
        }
    },
    "shock_reversal": {
        "reversal": {
            "label": "Shock reversal",
            "agents": ["norepinephrine"],
            "shock_within_h": 24,
            "free_at_least_h": 24,
            "horizon_day": 28,
            "death": "never",
        }
    },
    "clearance": {
        "clearance": {
            "label": "Lactate clearance",
            "variable": "lactate",
            "first_h": {"from": 0, "to": 6},
            "later_h": {"from": 6, "to": 30},
            "later": "last",
            "below_limit": "half_limit",
        }
    },
}
SOURCE = {"source_file": "crf.csv", "source_row": 2}


def _table(columns: str, *rows: tuple, **constant) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split()).assign(**SOURCE, **constant)


def tables(arms: dict) -> dict[str, pd.DataFrame]:
    """Canonical tables of A1, A2 (first arm, time zero at hour 24) and B1, B2 (second arm).

    A1: ventilated to day 3, on norepinephrine to day 4, home on day 20. A2: never supported, home
    on day 10. B1: on both until death on day 5. B2: never charted as ventilated, never scored, on
    norepinephrine to day 2, and in hospital.
    """
    first, second = arms
    infusion = {"agent": "norepinephrine", "dose": 0.1, "unit": "ug/kg/min", "route": "iv"}
    reading = {"unit": "1", "censoring": "none", "precision": "minute"}
    return {
        "analysis_set": pd.DataFrame(
            {
                "participant_id": ["A1", "A2", "B1", "B2"],
                "arm": [first, first, second, second],
                "time_zero_h": [24.0, 24.0, 0.0, 0.0],
            }
        ),
        "outcomes": _table(
            "participant_id died time_h",
            *(("A1", False, 960.0), ("A2", False, 960.0)),
            *(("B1", True, 120.0), ("B2", False, 700.0)),
        ),
        "scores": _table(
            "participant_id time_h score",
            *(("A1", 24.0, 8.0), ("A1", 24.0 * 7, 4.0)),
            *(("A2", 24.0, 6.0), ("A2", 24.0 * 7, 5.0), ("B1", 1.0, 9.0)),
            definition="sofa-1996",
            status="observed",
            n_components=6.0,
        ).astype({"source_row": float}),
        "interventions": _table(
            "participant_id start_h end_h",
            *(("A1", 0.0, 120.0), ("B1", 0.0, 120.0), ("B2", 0.0, 48.0)),
            **infusion,
        ),
        "events": _table(
            "participant_id event earliest_h latest_h",
            ("A1", "hospital_discharge", 480.0, 504.0),
            ("A2", "hospital_discharge", 240.0, 264.0),
        ),
        "measurements": _table(
            "participant_id time_h variable value",
            *(("A1", 24.0 * day, "ventilated", 1.0) for day in (1, 2, 3)),
            *(("A2", 24.0, "ventilated", 0.0), ("B1", 0.0, "ventilated", 1.0)),
            *(("B1", 24.0 * day, "ventilated", 1.0) for day in (1, 2, 3, 4)),
            *(("A1", 25.0, "lactate", 4.0), ("A1", 50.0, "lactate", 1.0)),
            **reading,
        ),
    }


def endpoints(arms: dict, block: dict = BLOCK) -> pd.DataFrame:
    """Derive the endpoints of `tables`."""
    given = tables(arms)
    alone = {name: given.pop(name) for name in ("analysis_set", "outcomes")}
    rest = {name: [table] for name, table in given.items()}
    return study_endpoints(**alone, **rest, definition="sofa-1996", endpoints=block)


def rows(arms: dict) -> list[dict]:
    """Rows of the estimates of `endpoints`."""
    return endpoint_rows(endpoints(arms), tables(arms)["analysis_set"], arms=arms)
