"""Whether the data are good enough to go on."""

import pandas as pd


def refusal(findings: pd.DataFrame, *, errors_allowed: int, report: str, study: str) -> str | None:
    """What to tell a user whose data have too many errors, or None if they may go on.

    Parameters
    ----------
    findings : DataFrame as `sepsisflow.schemas.findings.Findings`
    errors_allowed : int
        How many findings of severity ``error`` the study file tolerates.
    report : str
        Where the quality report lies.
    study : str
        Name of the study, for its file.

    Returns
    -------
    str or None
        The first five errors by code and place, never a value.
    """
    errors = findings[findings["severity"] == "error"]
    if len(errors) <= errors_allowed:
        return None
    shown = [f"  {row['code']}: {row['query']}" for row in errors.head(5).to_dict("records")]
    if len(errors) > 5:
        shown.append(f"  … and {len(errors) - 5} more")
    return "\n".join(
        [
            f"The raw data hold {len(errors)} error(s); {errors_allowed} allowed:",
            *shown,
            f"See {report}. Correct the raw files, or set findings.errors_allowed in "
            f"config/studies/{study}.yaml.",
        ]
    )
