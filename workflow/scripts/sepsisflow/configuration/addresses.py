"""Addresses of remote sources: which can be fetched, and how they are shown.

Runs whenever the workflow is read. An address may hold a password or a token, so messages show
scheme, host and path alone.
"""

from collections.abc import Iterator
from pathlib import PurePath
from urllib.parse import SplitResult, urlsplit

from sepsisflow.configuration.schema import Problem

SCHEMES = ("https", "http", "file")


def shown(url: str) -> str:
    """Write an address without user, password, query and fragment."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{host(url)}{parts.path}"


def host(url: str) -> str:
    """Host of an address with its port; empty for a file of this machine."""
    return urlsplit(url).netloc.rpartition("@")[2]


def check_addresses(settings: dict, _known: dict) -> Iterator[Problem]:
    """Every address can be fetched, holds no password, and stands for one file."""
    first: dict[str, tuple[str, dict]] = {}
    for name, source in settings["sources"].items():
        path = ("sources", name)
        if "url" in source:
            wrong = _problem(source["url"])
            if wrong:
                yield Problem((*path, "url"), wrong)
            if PurePath(source["file"]).name != source["file"]:
                wrong = "give a name without folders; 'url' says where the file is."
                yield Problem((*path, "file"), wrong)
        other, same = first.setdefault(source["file"], (name, source))
        if any(source.get(key) != same.get(key) for key in ("url", "sha256")):
            wrong = f"sources.{other} reads the same file; give both the same 'url' and 'sha256'."
            yield Problem((*path, "file"), wrong)


def _problem(url: str) -> str:
    """What is wrong with an address, nothing if it can be fetched."""
    try:
        parts = urlsplit(url)
        usable = _is_complete(parts) and not any(each.isspace() for each in url)
    except ValueError:
        usable = False
    if not usable:
        return "is no address like 'https://example.org/labs.csv' or 'file:///data/labs.csv'."
    if parts.username is not None:
        return "holds a user name or password; write them into ~/.netrc instead."
    return ""


def _is_complete(parts: SplitResult) -> bool:
    """Whether scheme, host (``port`` raises if it is no number) and path are there."""
    if parts.scheme == "file":
        return parts.netloc in ("", "localhost") and parts.path.startswith("/")
    return parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0


RULES = {check_addresses: ("sources",)}
