"""Many small text files of one kind, in a folder or an archive: one file a patient and the like."""

import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from sepsisflow.readers import delimited
from sepsisflow.readers.records import Records, UnreadableFileError

DAMAGED = "is cut off or damaged: was it copied whole? Get the file again."


def header(path: Path, source: dict) -> list[str]:
    """Names of the columns of the first member, and of the column that holds the member's name."""
    for name, file in members(path, source["members"]):
        names = delimited.header_of(file, source)
        if not names:
            raise UnreadableFileError(
                f"({name}) holds no header; the first row must name the columns."
            )
        return _with_name(names, source)
    raise UnreadableFileError(f"holds no file '{source['members']}'; correct 'members'.")


def read(path: Path, source: dict, columns: list[str]) -> Iterator[Records]:
    """Every row of every member, in the order of their names."""
    column = source["member_column"]
    own = [each for each in columns if each != column]
    for name, file in members(path, source["members"]):
        found = delimited.read_stream(file, source, own, name=name, place=name)
        if column in columns and found.rows:
            stem = PurePosixPath(name).name.partition(".")[0]
            rows = [(stem, *row) if row else row for row in found.rows]
            found = replace(found, header=[column, *found.header], rows=rows)
        elif column in columns:
            found = replace(found, header=[column, *found.header])
        yield found


def members(path: Path, pattern: str) -> Iterator[tuple[str, BinaryIO]]:
    """Name and content of each file that fits ``pattern``, sorted by name.

    ``path`` is a folder, or an archive: tar, also compressed, or zip.
    """
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            name = file.relative_to(path).as_posix()
            if file.is_file() and fnmatch(name, pattern):
                yield name, io.BytesIO(file.read_bytes())
    elif zipfile.is_zipfile(path):
        yield from _members_of_zip(path, pattern)
    else:
        yield from _members_of_tar(path, pattern)


def _members_of_zip(path: Path, pattern: str) -> Iterator[tuple[str, BinaryIO]]:
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if fnmatch(name, pattern):
                try:
                    content = archive.read(name)
                except RuntimeError:
                    raise UnreadableFileError(
                        "is protected by a password; unpack it into a folder."
                    ) from None
                except (zipfile.BadZipFile, zlib.error):
                    raise UnreadableFileError(DAMAGED) from None
                yield name, io.BytesIO(content)


def _members_of_tar(path: Path, pattern: str) -> Iterator[tuple[str, BinaryIO]]:
    """Read in the archive's order, which alone is fast when it is compressed, then sort."""
    try:
        with tarfile.open(path) as archive:
            found = {
                member.name: archive.extractfile(member).read()
                for member in archive
                if member.isfile() and fnmatch(member.name, pattern)
            }
    except (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError):
        raise UnreadableFileError(DAMAGED) from None
    except tarfile.TarError:
        raise UnreadableFileError("is neither a folder nor a tar or zip archive.") from None
    for name in sorted(found):
        yield name, io.BytesIO(found[name])


def _with_name(names: list[str], source: dict) -> list[str]:
    return [*names, source["member_column"]] if source["member_column"] else names
