"""Biomarkers on the participant's clock; values beyond a limit stay censored."""

import pandas as pd


def panel_values(
    measurements: pd.DataFrame, *, variables: list[str], repeated: str
) -> pd.DataFrame:
    """Values of a panel, one per participant, variable and time.

    Parameters
    ----------
    measurements : DataFrame as `sepsisflow.schemas.measurements.Measurements`
    variables : list of str
        The panel's variables.
    repeated : {"first", "last"}
        Which of several values for one time counts, by their order in the file.

    Returns
    -------
    DataFrame
        Columns ``participant_id``, ``time_h`` (hours from origin), ``variable``, ``value``,
        ``unit``, ``censoring``, ``source_file``, ``source_row``; sorted by variable,
        participant and time.
    """
    wanted = measurements[measurements["variable"].isin(variables)].dropna(subset="value")
    wanted = wanted.drop_duplicates(["participant_id", "variable", "time_h"], keep=repeated)
    return wanted.drop(columns="precision").sort_values(
        ["variable", "participant_id", "time_h"], ignore_index=True
    )[
        [
            "participant_id",
            "time_h",
            "variable",
            "value",
            "unit",
            "censoring",
            "source_file",
            "source_row",
        ]
    ]
