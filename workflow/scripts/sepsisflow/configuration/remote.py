"""Sources given by address: fetched once, verified, kept read-only for every study.

What results depend on is found from the bytes of the raw files, so this runs when the workflow is
read, before anything else looks at them.
"""

import base64
import fcntl
import hashlib
import netrc
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

from sepsisflow.configuration.addresses import host, shown
from sepsisflow.errors import DataError
from sepsisflow.fingerprints import file_fingerprint
from sepsisflow.places import download_path
from sepsisflow.study import Study

CHUNK_BYTES = 65536
PATIENCE_S = 60
PROGRESS_S = 5
NO_ACCESS = (401, 403)
NOT_THERE = (404, 410)
BEYOND_THE_END = 416


class _BrokenOffError(Exception):
    """The connection ended before the file did."""


class _UnreachableError(Exception):
    """No server answers, or there is no such file on this machine; the message says why."""


def fetch_sources(study: Study, known: Path, *, dry_run: bool) -> None:
    """Fetch the files of sources with an address that this machine does not hold yet.

    Parameters
    ----------
    study : Study
    known : Path
        Folder that remembers which downloads were verified, by size and date.
    dry_run : bool
        Whether the user asked that nothing be done; then nothing is fetched.

    Raises
    ------
    DataError
        One sentence: what could not be fetched, why, and what to do.
    """
    sources = {
        f"{study.file}: sources.{name}": source
        for name, source in study.settings["sources"].items()
        if "url" in source
    }
    wanted = {key: source for key, source in sources.items() if not download_path(source).is_file()}
    if wanted and dry_run:
        raise DataError(_not_fetched(wanted.values()))
    for text, names in _terms(wanted.values(), study.settings["publisher"]).items():
        _say(f"Terms of use of {', '.join(names)}: {text}")
    for key, source in wanted.items():
        try:
            _fetch(source)
        except DataError as error:
            raise DataError(f"{key}: {error}") from error
    for key, source in sources.items():
        path = download_path(source)
        if file_fingerprint(path, known / source["sha256"]) != source["sha256"]:
            wrong = f"{path} is not the file that 'sha256' describes"
            raise DataError(f"{key}: {wrong}; delete it, and the next run fetches it again.")


def _not_fetched(wanted) -> str:
    files = dict.fromkeys(f"{each['file']} ({shown(each['url'])})" for each in wanted)
    return (
        f"A dry run fetches nothing, and without {', '.join(files)} no job can be planned; run "
        "once without -n to fetch."
    )


def _terms(wanted, publisher: dict | None) -> dict[str, list[str]]:
    """What is to be said of the files before they are fetched: text to names."""
    found: dict[str, list[str]] = {}
    for source in wanted:
        text = source["licence"] if "licence" in source else publisher and publisher["terms"]
        if text and source["file"] not in found.setdefault(text, []):
            found[text].append(source["file"])
    return found


# ---- one file ----


def _fetch(source: dict) -> None:
    """Fetch one file into its place, or go on where an earlier run was cut off."""
    path = download_path(source)
    partial = path.with_name(f"{path.name}.part")
    with _worded(path, source["url"]), _alone(path):
        if path.is_file():
            return
        _say(f"Fetching {path.name} from {shown(source['url'])} into {path.parent}")
        left_over = _size(partial)
        _download(source["url"], partial)
        if left_over and _sha256(partial) != source["sha256"]:
            # What was left over may be of another version of the file.
            partial.unlink()
            _download(source["url"], partial)
        found = _sha256(partial)
        if found != source["sha256"]:
            partial.unlink()
            raise DataError(
                f"{shown(source['url'])} is a file with SHA-256 {found}, not the one that 'sha256' "
                "describes; it was deleted: correct 'url' or 'sha256'."
            )
        partial.chmod(0o444)
        partial.replace(path)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other runs from fetching the same file; the lock ends with the process."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path.with_name(f".{path.name}.lock"), "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say(f"Waiting for another run that fetches {path.name}")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _download(url: str, partial: Path) -> None:
    """Append to ``partial`` what it lacks, if the server can start there; else write it anew."""
    kept = _size(partial)
    try:
        answer = _opened(url, kept)
    except urllib.error.HTTPError as error:
        if kept and error.code == BEYOND_THE_END:
            return
        raise
    with answer:
        goes_on = answer.headers.get("Content-Range", "").startswith(f"bytes {kept}-")
        start = kept if goes_on else 0
        length = answer.headers.get("Content-Length")
        end = None if length is None else start + int(length)
        with open(partial, "ab" if start else "wb") as file:
            said = time.monotonic()
            for chunk in _chunks(answer):
                file.write(chunk)
                if time.monotonic() > said + PROGRESS_S:
                    said = time.monotonic()
                    _say(f"  {_megabytes(file.tell())} of {_megabytes(end)} MB")
    if end is not None and _size(partial) < end:
        raise _BrokenOffError


def _opened(url: str, start: int):
    """Answer to a request for a file from byte ``start`` on."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "identity"})
    if start:
        request.add_header("Range", f"bytes={start}-")
    login = _login(host(url).partition(":")[0])
    if login:
        # Unlike other headers not sent on to where the server redirects.
        request.add_unredirected_header("Authorization", login)
    try:
        return urllib.request.urlopen(request, timeout=PATIENCE_S)
    except urllib.error.HTTPError:
        raise
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        # Texts of other exceptions may quote the address.
        said = getattr(reason, "strerror", None) or type(reason).__name__
        raise _UnreachableError(said) from None


def _login(server: str) -> str | None:
    """Header with the user's name and password for a host, if ``~/.netrc`` holds them."""
    try:
        found = netrc.netrc().authenticators(server) if server else None
    except FileNotFoundError:
        return None
    except netrc.NetrcParseError:
        wrong = "~/.netrc cannot be read; correct it, and let nobody else read it (chmod 600)."
        raise DataError(wrong) from None
    if not found:
        return None
    user, _, password = found
    return f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"


def _chunks(answer) -> Iterator[bytes]:
    """What the server sends, as it comes."""
    try:
        while chunk := answer.read(CHUNK_BYTES):
            yield chunk
    except (OSError, HTTPException) as error:
        raise _BrokenOffError from error


@contextmanager
def _worded(path: Path, url: str) -> Iterator[None]:
    """Say in one sentence why a file cannot be fetched, and what to do."""
    address, server = shown(url), host(url)
    by_hand = f"save {address} as {path}"
    try:
        yield
    except _BrokenOffError:
        kept = _size(path.with_name(f"{path.name}.part"))
        raise DataError(
            f"the connection to {server} broke off; {kept} bytes of {path.name} are kept, and the "
            "next run goes on from there if the server can."
        ) from None
    except _UnreachableError as error:
        if not server:
            wrong = f"{address} cannot be read ({error}); correct 'url'."
        else:
            wrong = f"{server} cannot be reached ({error}); connect this machine, or {by_hand}."
        raise DataError(wrong) from None
    except urllib.error.HTTPError as error:
        raise DataError(_refused(error.code, address, server, by_hand)) from None
    except OSError as error:
        raise DataError(
            f"{path.name} cannot be kept in {path.parent} ({error.strerror}); make room there, or "
            "name another folder as 'downloads' in config/config.yaml."
        ) from None


def _refused(code: int, address: str, server: str, by_hand: str) -> str:
    """Say what a server's refusal means."""
    if code in NO_ACCESS:
        return (
            f"{server} does not give access to {address} ({code}); ask for it, and write your name "
            "and password for that host into ~/.netrc."
        )
    if code in NOT_THERE:
        return f"there is no {address} ({code}); correct 'url'."
    return f"{server} answers {code} to {address}; try again later, or {by_hand}."


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _megabytes(count: int | None) -> str:
    return "?" if count is None else str(count // 1_000_000)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
