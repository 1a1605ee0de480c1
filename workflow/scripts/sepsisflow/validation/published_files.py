"""Whether raw files are those that their publisher describes."""

import hashlib
from pathlib import Path

import pandas as pd

from sepsisflow.validation.rules import finding, findings_table


def check_published_files(folder: Path, checksums: dict[str, str]) -> pd.DataFrame:
    """One finding per raw file that differs from the published one.

    Parameters
    ----------
    folder : Path
        Where the raw files lie.
    checksums : dict of str to str
        SHA-256 by name of file, as published; a file that is not there is not compared.

    Returns
    -------
    DataFrame as `sepsisflow.schemas.findings.Findings`
    """
    found = [
        finding("file.changed", "raw files", source_file=name)
        for name, checksum in checksums.items()
        if (folder / name).is_file() and _sha256(folder / name) != checksum
    ]
    return findings_table(found)


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
