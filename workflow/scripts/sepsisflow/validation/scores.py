"""Recorded scores beside those computed from the values measured."""

import pandas as pd

from sepsisflow.validation.citations import places
from sepsisflow.validation.rules import findings_table, flag_rows

DAY = ["participant_id", "time_h"]


def check_scores(
    settings: dict, components: pd.DataFrame | None = None, totals: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Recorded totals that the values measured do not add up to.

    A component that was not observed may score anything from 0 to its highest.

    Parameters
    ----------
    settings : dict
        See `sepsisflow.validation.settings.cross_settings`.
    components, totals : DataFrame, optional
        As `sepsisflow.schemas.apache_ii`; of a study that computes no score there are none.

    Returns
    -------
    DataFrame as `Findings`
    """
    if totals is None or settings["recorded_score"] is None:
        return findings_table([])
    observed = components.dropna(subset="score")
    decided = observed.assign(other=places(observed)).drop_duplicates([*DAY, "other"])
    others = decided.groupby(DAY)["other"].agg("; ".join).reset_index()
    recorded = totals["recorded"]
    wrong = totals[(recorded < totals["score"]) | (recorded > totals["highest"])]
    where = settings["recorded_score"]
    rows = wrong.merge(others, on=DAY).assign(field=where["field"])
    return findings_table(flag_rows("score.differs", where["table"], rows))
