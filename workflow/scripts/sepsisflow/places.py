"""Where this machine keeps what belongs neither to a study nor to its results.

These paths differ from one machine to the next without changing a number, so jobs learn them from
the environment: in a reading plan they would change its fingerprint.
"""

import os
from pathlib import Path

DOWNLOADS = "SEPSISFLOW_DOWNLOADS"
KEY_FILE = "SEPSISFLOW_KEY_FILE"


def declare(downloads: Path | None, key: Path | None) -> None:
    """Let the jobs of this run find what config/config.yaml names; None leaves it as it is."""
    for variable, path in ((DOWNLOADS, downloads), (KEY_FILE, key)):
        if path is not None:
            os.environ[variable] = str(path)


def key_file() -> Path | None:
    """The file that holds the key for hashing identifiers, if one is named."""
    return Path(os.environ[KEY_FILE]) if os.environ.get(KEY_FILE) else None


def download_path(source: dict) -> Path:
    """Where the file of a source with ``sha256`` lies, for every study that reads it."""
    return _downloads() / source["sha256"] / source["file"]


def _downloads() -> Path:
    """The folder declared, else ``sepsisflow`` in the user's cache folder."""
    if os.environ.get(DOWNLOADS):
        return Path(os.environ[DOWNLOADS])
    # The XDG specification: a relative path there is to be ignored.
    cache = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (cache if cache.is_absolute() else Path.home() / ".cache") / "sepsisflow"
