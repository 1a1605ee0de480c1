"""Scores as the investigators recorded them."""

import pandas as pd


def recorded_sofa(severity: pd.DataFrame, *, variable: str, repeated: str) -> pd.DataFrame:
    """Recorded SOFA totals, one per participant and time.

    Parameters
    ----------
    severity : DataFrame as `sepsisflow.schemas.measurements.Measurements`
    variable : str
        Variable that holds the recorded total (points, 0 to 24).
    repeated : {"worst", "first", "last"}
        Which of several totals for one time counts: the highest, or by their order in the file.

    Returns
    -------
    DataFrame
        As `sepsisflow.schemas.scores.Scores`, sorted by participant and time.
    """
    totals = severity[severity["variable"] == variable].dropna(subset="value")
    if repeated == "worst":
        totals = totals.sort_values("value", ascending=False, kind="stable")
    keep = "last" if repeated == "last" else "first"
    totals = totals.drop_duplicates(["participant_id", "time_h"], keep=keep)
    totals = totals.sort_values(["participant_id", "time_h"], ignore_index=True)
    totals = totals.rename(columns={"value": "score"}).astype({"source_row": float})
    totals = totals.assign(definition="recorded", status="observed", n_components=float("nan"))
    columns = ["participant_id", "time_h", "definition", "score", "status", "n_components"]
    return totals[[*columns, "source_file", "source_row"]]
