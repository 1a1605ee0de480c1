"""The findings of all tables as one table, each with the form and the site it belongs to."""

from collections.abc import Sequence
from fnmatch import fnmatchcase

import pandas as pd

SEVERITIES = ["error", "warning", "note"]


def gather_findings(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Findings of several tables as one, sorted by severity, code and place.

    A cell that several tables read, or several participants share, is asked about once; so is a
    row that several participants share.
    """
    findings = pd.concat([part for part in parts if len(part)] or parts[:1])
    cell = ["code", "source_file", "source_row", "source_column"]
    again = findings.duplicated(cell) & findings[cell].notna().all(axis=1)
    row = ["code", "source_file", "source_row", "field"]
    whole = findings["source_column"].isna() & findings["source_row"].notna()
    asked = findings.groupby(row, dropna=False)["participant_id"].transform("first")
    again |= whole & findings["participant_id"].ne(asked) & asked.notna()
    findings = findings[~again]
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


def locate_findings(
    findings: pd.DataFrame, participants: pd.DataFrame, forms: Sequence[str]
) -> pd.DataFrame:
    """Add ``form`` and ``site``.

    Parameters
    ----------
    findings : DataFrame as `sepsisflow.schemas.findings.Findings`
    participants : DataFrame
        Columns ``participant_id`` and ``site``, as ingested: of somebody set aside, too.
    forms : sequence of str
        Sources as the study file cites them; of many small files a pattern.

    Returns
    -------
    DataFrame
        A finding about no raw file has its canonical table as form.
    """
    sites = participants.dropna(subset="participant_id").drop_duplicates("participant_id")
    sites = sites.set_index("participant_id")["site"]
    return findings.assign(
        site=findings["participant_id"].map(sites).astype(object),
        form=forms_of(findings["source_file"], forms).fillna(findings["table"]),
    )


def forms_of(source_files: pd.Series, forms: Sequence[str]) -> pd.Series:
    """Form of each raw file: its own name, or the pattern of the study file that it fits."""
    named = {file: _form(file, forms) for file in source_files.dropna().unique()}
    return source_files.map(named).astype(object)


def _form(file: str, forms: Sequence[str]) -> str:
    if file in forms:
        return file
    # A finding about a source of many files as a whole names their folder or archive.
    wholes = (form for form in forms if fnmatchcase(file, form) or form.startswith(f"{file}#"))
    return next(wholes, file)
