"""Query numbers that stay, and what is new, resolved and still open since the previous export."""

import hashlib
from base64 import b32encode
from pathlib import Path

import numpy as np
import pandas as pd

from sepsisflow.errors import DataError
from sepsisflow.schemas.check import check, read_table
from sepsisflow.schemas.findings import ReportedFindings

# What a finding is about, whatever its file is called and wherever in it the row now stands.
SUBJECT = ["code", "participant_id", "table", "field", "source_column"]
PLACE = ["source_file", "source_row"]


def read_previous(path: str | Path) -> pd.DataFrame:
    """Read the findings of the previous export.

    Raises
    ------
    DataError
        If the file is something else, or of a version that wrote other columns.
    """
    try:
        return read_table(path, ReportedFindings)
    except (DataError, OSError, ValueError):
        raise DataError(
            f"{path}: this is not a quality/findings.parquet as this version of sepsisflow writes "
            "it. Make it anew from the raw files of that export, or leave previous_findings out."
        ) from None


def compare_exports(
    findings: pd.DataFrame, previous: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Number the findings and say which of them were there before.

    A finding that is still open keeps its number. Two findings are taken for the same if they are
    about the same thing (`SUBJECT`); of several about one thing, in this order: as many in a form
    as before are the same in the order of their rows; then those in the same row; then as many as
    there are, in order, in the same form, and at last in any.

    Parameters
    ----------
    findings : DataFrame
        As `sepsisflow.validation.gather.locate_findings` gives them.
    previous : DataFrame as `sepsisflow.schemas.findings.ReportedFindings`, or None
        Findings of the previous export; None if there is none to compare with.

    Returns
    -------
    reported : DataFrame as `ReportedFindings`
        The findings with ``number``, and ``status`` ``new`` or ``still open``; ``open`` without
        ``previous``.
    resolved : DataFrame as `ReportedFindings`
        The rows of ``previous`` that are found no more, ``status`` ``resolved``.
    """
    if previous is None:
        numbered = findings.assign(number=_numbers(findings, set()), status="open")
        return check(numbered, ReportedFindings, "findings"), numbered.iloc[:0]
    match = _matches(findings, previous)
    known = match >= 0
    numbers = np.full(len(findings), None, dtype=object)
    numbers[known] = previous["number"].to_numpy()[match[known]]
    numbers[~known] = _numbers(findings[~known], set(previous["number"]))
    reported = findings.assign(number=numbers, status=np.where(known, "still open", "new"))
    gone = np.setdiff1d(np.arange(len(previous)), match)
    check(reported, ReportedFindings, "findings")
    return reported, previous.iloc[gone].assign(status="resolved").reset_index(drop=True)


def _matches(findings: pd.DataFrame, previous: pd.DataFrame) -> np.ndarray:
    """Position in ``previous`` of each finding, -1 where it is new."""
    match = np.full(len(findings), -1)
    for columns, equally_many in (
        ([*SUBJECT, "form"], True),
        ([*SUBJECT, "form", *PLACE], False),
        ([*SUBJECT, "form"], False),
        (SUBJECT, False),
    ):
        free = np.setdiff1d(np.arange(len(previous)), match)
        now = _in_turn(findings[match < 0], np.flatnonzero(match < 0), columns)
        then = _in_turn(previous.iloc[free], free, columns)
        keys = [*columns, "turn", *(["many"] if equally_many else [])]
        pairs = now.merge(then, on=keys, suffixes=("_now", "_then"))
        match[pairs["at_now"]] = pairs["at_then"]
    return match


def _in_turn(findings: pd.DataFrame, at: np.ndarray, columns: list[str]) -> pd.DataFrame:
    """The columns as text, how many rows share them, which of these a row is, and its position."""
    keys = findings[columns].astype(object).where(findings[columns].notna(), "").astype(str)
    groups = keys.assign(at=at).groupby(columns, sort=False)["at"]
    return keys.assign(turn=groups.cumcount(), many=groups.transform("size"), at=at)


def _numbers(findings: pd.DataFrame, taken: set[str]) -> list[str]:
    """A number per finding, made of what it is about and where it stands, none of them taken."""
    numbers, taken = [], set(taken)
    for subject in findings[[*SUBJECT, *PLACE]].astype(object).itertuples(index=False):
        text = "\x1f".join("" if part != part or part is None else str(part) for part in subject)
        again = 0
        while (number := _number(text, again)) in taken:
            again += 1
        taken.add(number)
        numbers.append(number)
    return numbers


def _number(text: str, again: int) -> str:
    """Ten letters and digits of a digest, in two halves to be read out on the telephone."""
    digest = b32encode(hashlib.sha256(f"{text}\x1f{again}".encode()).digest()).decode()
    return f"Q-{digest[:5]}-{digest[5:10]}"
