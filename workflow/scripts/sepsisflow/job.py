"""What every rule's script shares: its log, the wording of failures, atomic writes.

The only module that knows Snakemake.
"""

import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sepsisflow.errors import DataError


def run(main: Callable, snakemake) -> None:
    """Run ``main(snakemake)`` with its output in the rule's log.

    A `DataError` is written to the log as it is, without a traceback. Of any other exception the
    log gets the place and the type but not the message, which may quote a participant's value;
    ``SEPSISFLOW_DEBUG=1`` writes it in full.
    """
    global _console
    _console = os.dup(sys.stderr.fileno())
    with open(snakemake.log[0], "w", encoding="utf-8") as log:
        os.dup2(log.fileno(), sys.stdout.fileno())
        os.dup2(log.fileno(), sys.stderr.fileno())
        try:
            main(snakemake)
        except DataError as error:
            print(error, file=sys.stderr)
        except Exception as error:
            print(_without_message(error), file=sys.stderr)
        else:
            return
    sys.exit(1)


# The console of the run, once `run` has turned the standard streams to the log.
_console: int | None = None


def progress(line: str) -> None:
    """Say on the console, and in the log, how far a long job is; never a value."""
    print(line, file=sys.stderr, flush=True)
    if _console is not None:
        os.write(_console, f"{line}\n".encode())


def _without_message(error: Exception) -> str:
    """Describe an unforeseen exception by place and type."""
    if os.environ.get("SEPSISFLOW_DEBUG") == "1":
        return "".join(traceback.format_exception(error))
    place = "".join(traceback.format_tb(error.__traceback__))
    return (
        f"{place}{type(error).__name__}: message withheld, it may hold a participant's value "
        "(set SEPSISFLOW_DEBUG=1 to see it)."
    )


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Yield a temporary path that takes the place of ``path`` if the block succeeds.

    A killed script goes on writing as an orphan; it must never write into a result.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def read_texts(paths: Iterable[str | Path]) -> list[str]:
    """Read files of UTF-8 text."""
    return [Path(path).read_text(encoding="utf-8") for path in paths]


def write_text(text: str, path: str | Path) -> None:
    """Write ``text`` as UTF-8, whole or not at all."""
    write_bytes(text.encode("utf-8"), path)


def write_bytes(data: bytes, path: str | Path) -> None:
    """Write ``data``, whole or not at all."""
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def write_parquet(frame, path: str | Path) -> None:
    """Write a pandas DataFrame without its index, whole or not at all."""
    with replacing(path) as temporary:
        frame.to_parquet(temporary, index=False)
