"""Rows: participants from screening to analysis."""

import pandas as pd

from sepsisflow.inference.estimate import Estimate, estimate_rows, place


def flow_rows(flow: pd.DataFrame) -> list[dict]:
    """Count who remained and who was excluded at each step.

    Parameters
    ----------
    flow : DataFrame, one row per step and group
        Columns sequence, group, step, label, n_excluded (missing for a state), n_remaining.

    Returns
    -------
    list of dict, rows for `estimates_table`
        ``flow.<step>.screened.<group>``: n, and n_excluded where somebody can be.
    """
    rows = []
    for step in flow.sort_values(["sequence", "group"], kind="stable").to_dict("records"):
        where = place("flow", step["step"], step["group"], population="screened")
        remaining = Estimate(step["n_remaining"], f"Participants after: {step['label']}")
        rows += estimate_rows(where, {"n": remaining})
        if pd.notna(step["n_excluded"]):
            excluded = Estimate(step["n_excluded"], f"Participants excluded: {step['label']}")
            rows += estimate_rows(where, {"n_excluded": excluded})
    return rows


def analysed_rows(analysis_set: pd.DataFrame, *, arms: dict) -> list[dict]:
    """Count the analysed participants of each arm.

    Parameters
    ----------
    analysis_set : DataFrame, one row per analysed participant, with column arm
    arms : dict of arm -> {label, role}

    Returns
    -------
    list of dict, rows for `estimates_table`: ``participants.analysed.analysed.<arm>.n``
    """
    rows = []
    for arm in arms:
        count = Estimate(int(analysis_set["arm"].eq(arm).sum()), "Participants analysed")
        rows += estimate_rows(place("participants", "analysed", arm), {"n": count})
    return rows
