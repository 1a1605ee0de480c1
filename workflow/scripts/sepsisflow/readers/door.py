"""The door: identifiers that a study declares become keyed hashes before anything else sees them.

Imported whenever the workflow is read, so without pandas.
"""

import hmac
from pathlib import Path

from sepsisflow.errors import DataError
from sepsisflow.places import KEY_FILE, key_file
from sepsisflow.readers.cells import cell_text

HASH_DIGITS = 16
LEAST_KEY_BYTES = 16
HOW_TO = "make one with: openssl rand -hex 32 (docs/privacy.md)."


def hashed_columns(source: dict) -> list[str]:
    """Columns of a source that the study file declares to be hashed."""
    return [column for column, how in source["identifiers"].items() if how == "hash"]


def without_identifiers(columns: dict[str, list], source: dict) -> dict[str, list]:
    """Cells by column, those of hashed columns replaced.

    A text gives the same hash (HMAC-SHA-256, cut to 16 hexadecimal digits) in every file read with
    the same key. Cells that mean "not recorded" stay.

    Raises
    ------
    DataError
        If a column is to be hashed and there is no key.
    """
    wanted = [column for column in hashed_columns(source) if column in columns]
    if not wanted:
        return columns
    key, missing = read_key(), {"", *source["missing"]}

    def replaced(cell: object) -> object:
        text = cell_text(cell)
        return cell if text in missing else _hash(key, text)

    return {
        column: [replaced(cell) for cell in cells] if column in wanted else cells
        for column, cells in columns.items()
    }


def key_mark(sources: list[dict]) -> str | None:
    """What changes with the key, if any of the sources needs it; the key cannot be told from it."""
    needed = any(hashed_columns(source) for source in sources)
    return _hash(read_key(), "sepsisflow: which key is this?") if needed else None


def read_key() -> bytes:
    """The secret key.

    Raises
    ------
    DataError
        If none is named, it cannot be read or is too short.
    """
    path = key_file()
    if path is None:
        raise DataError(
            "identifiers are to be hashed, but there is no key: name its file as 'key_file' in "
            f"config/config.yaml or in the environment variable {KEY_FILE}; {HOW_TO}"
        )
    try:
        key = Path(path).read_bytes().strip()
    except OSError as error:
        raise DataError(f"{path}: the key cannot be read ({error.strerror}); {HOW_TO}") from None
    if len(key) < LEAST_KEY_BYTES:
        raise DataError(f"{path}: the key is shorter than {LEAST_KEY_BYTES} bytes; {HOW_TO}")
    return key


def _hash(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), "sha256").hexdigest()[:HASH_DIGITS]
