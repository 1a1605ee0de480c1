"""The quality report: one self-contained HTML page that also a printer can show."""

import jinja2
import pandas as pd

SEVERITIES = ["error", "warning", "note"]


def quality_report(
    template: str, findings: pd.DataFrame, accounting: pd.DataFrame, *, study: dict
) -> str:
    """Render the report.

    Parameters
    ----------
    template : str
        Jinja2 template; every value is escaped.
    findings : DataFrame as `sepsisflow.schemas.findings.Findings`
    accounting : DataFrame, one row per table
        Rows and values read, validated and set aside.
    study : dict
        ``title``, ``registration``, ``synthetic`` and ``errors_allowed``.

    Returns
    -------
    str
        HTML page.
    """
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    summary = (
        findings.groupby(["severity", "code", "table"], sort=True).size().reset_index(name="count")
    )
    summary["severity"] = pd.Categorical(summary["severity"], SEVERITIES)
    summary = summary.sort_values(["severity", "code", "table"])
    counts = findings["severity"].value_counts().reindex(SEVERITIES, fill_value=0)
    return environment.from_string(template).render(
        study=study,
        counts=counts.to_dict(),
        summary=summary.to_dict("records"),
        accounting=accounting.to_dict("records"),
        totals=accounting.drop(columns="table").sum().to_dict(),
        findings=findings.astype(object).where(findings.notna(), None).to_dict("records"),
    )


def gather_findings(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Findings of several tables as one, sorted by severity, code and place."""
    findings = pd.concat([part for part in parts if len(part)] or parts[:1])
    rank = findings["severity"].map({name: at for at, name in enumerate(SEVERITIES)})
    return (
        findings.assign(rank=rank)
        .sort_values(
            ["rank", "code", "table", "source_file", "source_row", "field", "source_column"],
            kind="stable",
        )
        .drop(columns="rank")
        .reset_index(drop=True)
    )


def unread_events(findings: pd.DataFrame) -> set[str]:
    """Participants of whom an event could not be read."""
    wanted = findings["table"].eq("events") & findings["severity"].eq("error")
    return set(findings.loc[wanted, "participant_id"].dropna())


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
