"""Where this machine keeps what belongs neither to a study nor to its results.

These paths differ from one machine to the next without changing a number, so jobs learn them from
the environment: in a reading plan they would change its fingerprint.
"""

import os
from pathlib import Path

DOWNLOADS = "SEPSISFLOW_DOWNLOADS"


def declare(downloads: Path | None) -> None:
    """Let the jobs of this run find what config/config.yaml names; None leaves it as it is."""
    if downloads is not None:
        os.environ[DOWNLOADS] = str(downloads)


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
