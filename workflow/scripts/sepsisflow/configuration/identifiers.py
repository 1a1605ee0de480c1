"""Identifiers of a study: what is declared, whether it can be done, and what was not declared.

Runs whenever the workflow is read, so without pandas.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from sepsisflow import fingerprints
from sepsisflow.configuration.schema import Problem
from sepsisflow.errors import DataError
from sepsisflow.places import key_file
from sepsisflow.readers import head, mapping, redcap_dictionary, suspects
from sepsisflow.readers.databases.plan import FORMATS
from sepsisflow.readers.door import hashed_columns, read_key
from sepsisflow.readers.mapping import columns_used
from sepsisflow.readers.raw import raw_paths, table_name
from sepsisflow.readers.redcap_dictionary import identifier_fields, read_dictionary

SAMPLED_ROWS = 1000
MARKED = "what the data dictionary marks as an identifier"
# Modules that decide what looks like an identifier.
LOOKING = (head, mapping, redcap_dictionary, suspects)
# Fields that hold any text; of another one nothing could be read in a hash.
TEXT_FIELDS = ("participant_id", "site", "route", "term")


def check_identifiers(settings: dict, _known: dict) -> Iterator[Problem]:
    """What is dropped is not mapped, and what is hashed can be read as a hash."""
    hashing = {name: _hashes_people(each) for name, each in settings["sources"].items()}
    first = next((name for name, hashes in hashing.items() if hashes), None)
    for name, source in settings["sources"].items():
        path = ("sources", name, "identifiers")
        for column, how in source["identifiers"].items():
            for at, source_map in enumerate(source["maps"], start=1):
                if how == "drop" and column in columns_used(source_map):
                    wrong = f"maps[{at}] reads this column; remove it there, or declare it 'hash'."
                    yield Problem((*path, column), wrong)
                elif how == "hash" and column in columns_used(_but_texts(source_map)):
                    wrong = f"maps[{at}] could read nothing from a hash; remove the column there."
                    yield Problem((*path, column), wrong)
        if first and not hashing[name]:
            wrong = f"sources.{first} hashes the participant's identifier; do so here too, or"
            yield Problem(path, f"{wrong} nobody is found again.")


def _hashes_people(source: dict) -> bool:
    """Whether every map of a source reads the participant's identifier as a hash."""
    columns = {each["fields"]["participant_id"]["column"] for each in source["maps"]}
    return bool(columns) and columns <= set(hashed_columns(source))


def _but_texts(source_map: dict) -> dict:
    """A map without the fields that may hold a hash."""
    fields = {
        name: spec
        for name, spec in source_map["fields"].items()
        if name not in TEXT_FIELDS or "codes" in spec
    }
    return {**source_map, "fields": fields}


def check_key(settings: dict, folders: list[Path]) -> None:
    """Check that there is a key where one is needed, and that it lies in none of the folders.

    Raises
    ------
    DataError
        Saying what is wrong with the key.
    """
    if not any(hashed_columns(source) for source in settings["sources"].values()):
        return
    read_key()
    path = Path(key_file()).resolve()
    for folder in folders:
        if path.is_relative_to(folder.resolve()):
            raise DataError(
                f"{path}: the key lies in {folder.resolve()}, with data or results that may be "
                "passed on; keep it elsewhere."
            )


def undeclared(settings: dict, folder: Path, known: Path) -> str:
    """Columns that look like identifiers and are not declared, as JSON: table, column, what.

    Only the first rows of every raw file are looked at, and not again while the file stays as it
    is: ``known`` is the folder that remembers.
    """
    found: dict[str, dict[str, str]] = {}
    for name, source in settings["sources"].items():
        if source["format"] in FORMATS:
            continue  # Of a database the columns that are read are listed, and no other is.
        state = [
            {key: value for key, value in source.items() if key != "identifiers"},
            [fingerprints.status(path) for path in raw_paths(folder, source)],
            [fingerprints.parsed_module(Path(module.__file__))[0] for module in LOOKING],
        ]
        text = fingerprints.remembered(
            known / f"{name}_identifiers.txt", state, lambda source=source: _seen(folder, source)
        )
        table = found.setdefault(table_name(source), {})
        table |= json.loads(text)
    for source in settings["sources"].values():
        for column in source["identifiers"]:
            found[table_name(source)].pop(column, None)
    return fingerprints.as_json({table: each for table, each in found.items() if each})


def _seen(folder: Path, source: dict) -> str:
    header, rows = head.first_rows(folder, source, SAMPLED_ROWS)
    people = {each["fields"]["participant_id"]["column"] for each in source["maps"]}
    mapped = {column for each in source["maps"] for column in columns_used(each)}
    found = suspects.suspects(header, rows, people=people, mapped=mapped)
    if source["dictionary"] is not None:
        dictionary = read_dictionary(folder / source["dictionary"], source["encoding"])
        found |= {name: MARKED for name in identifier_fields(dictionary) if name in header}
    return fingerprints.as_json(found)


RULES = {check_identifiers: ("sources",)}
