"""The analysis set: arms, time zero, and the flow that leads to it."""

import pandas as pd

from sepsisflow.cohort.eligibility import first_failed_item
from sepsisflow.errors import DataError


def assign_arms(participants: pd.DataFrame, *, controls: dict, control_arm: str) -> pd.Series:
    """Arm of each participant after the choice of controls, missing if not chosen.

    ``controls["method"]`` is ``recorded`` (arms as they stand) or ``flagged`` (those of the pool
    whose boolean covariate ``controls["flag"]`` is true become controls).
    """
    arms = participants["arm"].astype("object")
    if controls["method"] == "recorded":
        return arms
    chosen = participants[controls["flag"]].fillna(False).astype(bool)
    return arms.mask(arms.isna() & chosen, control_arm)


def time_zero(arms: pd.Series, interventions: pd.DataFrame | None, settings: dict) -> pd.Series:
    """Time zero of each participant's comparison, in hours from origin.

    Parameters
    ----------
    arms : Series of str, indexed by participant_id
    interventions : DataFrame as `sepsisflow.schemas.interventions.Interventions`, or None
    settings : dict
        Per arm ``time_zero``: ``origin``, or ``{first_dose_of: agent}``.

    Returns
    -------
    Series of float, indexed as ``arms``; missing for who never had the dose.
    """
    zero = pd.Series(float("nan"), index=arms.index)
    for arm, each in settings.items():
        members = arms == arm
        if each["time_zero"] == "origin":
            zero[members] = 0.0
        else:
            doses = interventions[interventions["agent"] == each["time_zero"]["first_dose_of"]]
            first = doses.groupby("participant_id")["start_h"].min()
            zero[members] = first.reindex(arms.index[members]).to_numpy()
    return zero


def build_analysis_set(
    participants: pd.DataFrame,
    interventions: pd.DataFrame | None,
    *,
    arms: dict,
    eligibility: list[dict],
    controls: dict,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Apply eligibility item by item, choose controls, set time zero, and count every step.

    Parameters
    ----------
    participants, interventions : DataFrame
        Validated canonical tables; ``interventions`` may be None if no arm starts at a dose.
    arms : dict
        Arm to its ``label``, ``role`` and ``time_zero``.
    eligibility : list of dict
        Items in the order they are applied; see `eligibility.meets`.
    controls : dict
        How controls are chosen; see `assign_arms`.

    Returns
    -------
    analysis_set : DataFrame, one row per analysed participant
        ``participant_id``, ``arm``, ``time_zero_h`` (hours from origin).
    flow : DataFrame, one row per group and step
        ``sequence``, ``group`` (an arm, or ``pool``), ``step``, ``label``, ``n_excluded``
        (missing for a state), ``n_remaining``.

    Raises
    ------
    DataError
        If an arm ends without any participant.
    """
    people = participants.set_index("participant_id").sort_index()
    control_arm = next(arm for arm, each in arms.items() if each["role"] == "control")
    group = people["arm"].astype("object").fillna("pool")
    failed = first_failed_item(people, eligibility)
    chosen = assign_arms(people, controls=controls, control_arm=control_arm)
    zero = time_zero(chosen, interventions, arms)
    labels = {each["item"]: each["label"] for each in eligibility}
    reason = failed.mask(failed.isna() & chosen.isna(), "not_selected")
    reason = reason.mask(reason.isna() & zero.isna(), "no_time_zero")
    unchosen = "No arm recorded" if controls["method"] == "recorded" else "Not selected as control"
    labels |= {"not_selected": unchosen, "no_time_zero": "No first dose recorded"}

    flow = [
        step
        for name in [*arms, "pool"]
        if (group == name).any()
        for step in _steps(name, reason[group == name], [*labels], labels)
    ]
    analysed = pd.DataFrame({"arm": chosen, "time_zero_h": zero})[reason.isna()].reset_index()
    empty = [arm for arm in arms if arm not in set(analysed["arm"])]
    if empty:
        raise DataError(
            f"Arm '{empty[0]}' has no participant left for analysis. Look at the flow of "
            "participants: check `eligibility`, `controls` and `time_zero` in the study file."
        )
    table = pd.DataFrame(flow).astype({"n_excluded": "Int64"})
    table.insert(0, "sequence", range(1, len(table) + 1))
    return analysed, table


def _steps(name: str, reason: pd.Series, items: list[str], labels: dict) -> list[dict]:
    """Flow of one group from screened to analysed; items that exclude nobody stay in view."""
    remaining = len(reason)
    steps = [_state(name, "screened", "Screened", remaining)]
    for item in items:
        if item == "not_selected":
            steps.append(_state(name, "eligible", "Eligible", remaining))
        excluded = int((reason == item).sum())
        if item in ("not_selected", "no_time_zero") and not excluded:
            continue
        remaining -= excluded
        steps.append(
            {
                "group": name,
                "step": item,
                "label": labels[item],
                "n_excluded": excluded,
                "n_remaining": remaining,
            }
        )
    return [*steps, _state(name, "analysed", "Analysed", remaining)]


def _state(name: str, step: str, label: str, remaining: int) -> dict:
    return {
        "group": name,
        "step": step,
        "label": label,
        "n_excluded": None,
        "n_remaining": remaining,
    }
