"""Settings of a definition as rows for a clinician: what is set, to what, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from sepsisflow.configuration.schema import resolved
from sepsisflow.labels import printed_unit
from sepsisflow.scores.reference_words import below, in_words, prose

# Choices of the Glasgow Coma Scale for assessments under sedation.
SEDATION = ("sedation_agents", "sedated_variable", "sedated_h", "invalid_after_h")


@dataclass(frozen=True)
class Said:
    """What settings are explained by: the schema as a whole, comments by path, names by key."""

    root: dict
    remarks: dict[tuple, list[str]]
    labels: dict[str, str]


def settings(value: dict, schema: dict, said: Said, path: tuple = ()) -> Iterator[list[str]]:
    """A row for each setting: its name, its value, what the schema and the file say about it.

    Parameters
    ----------
    value : dict
        Settings at ``path`` of the file.
    schema : dict
        Their schema.
    """
    for key, each in value.items():
        inner = part_of(schema, key, said.root)
        at = (*path, key)
        one_of_many = bool(_many(schema, said.root))
        # A mapping whose keys the schema does not name is one value, unless it is of mappings.
        named = "properties" in inner or _many(inner, said.root) or not inner
        if isinstance(each, dict) and named and not one_of_many:
            yield from settings(each, inner, said, at)
            continue
        # Of many things of one kind the first row tells what they are.
        first = key == next(iter(value))
        of = inner if not one_of_many else schema if first else {}
        why = [*_explained(of, said.root), *_remarks(said.remarks, at, of_mapping=first)]
        names = {} if "enum" in inner else said.labels
        shown = printed_unit(each) if key == "unit" else in_words(each, names, inner.get("unit"))
        yield [_name(at), shown, " ".join(prose(words) for words in why if words)]


def idle(definition: dict) -> set[str]:
    """Names of rows of choices that change nothing, whatever they are.

    ``definition`` is whole, with defaults filled in; its parts and other choices decide.
    """
    choices, found = definition.get("choices", {}), set()
    if "spo2" in choices:
        parts = [
            part for each in definition["components"].values() for part in each.get("parts", [each])
        ]
        derived = {part["derived"].partition("_fio2")[0] for part in parts if "derived" in part}
        told = "pao2" in derived and choices["spo2"]["pao2_from_spo2"] != "none"
        asked = {
            "below": told or "spo2" in derived,
            "without_pao2_h": told,
            "pao2_from_spo2": "pao2" in derived,
        }
        found |= {f"`spo2.{name}`" for name, needed in asked.items() if not needed}
    if choices.get("gcs"):
        sedation = choices["gcs"]["sedation"]
        names = SEDATION if sedation == "as_charted" else ()
        names = names if sedation == "last_before" else (*names, "unknown_before")
        found |= {f"`gcs.{name}`" for name in names}
    return found


def part_of(schema: dict, key: str, root: dict) -> dict:
    """What a schema says of a key; nothing where it says nothing."""
    found = schema.get("properties", {}).get(key, schema.get("additionalProperties", {}))
    return resolved(found, root) if isinstance(found, dict) else {}


def _many(schema: dict, root: dict) -> dict:
    """The schema of each of many mappings of one kind, empty if these are none."""
    each = schema.get("additionalProperties", schema.get("items"))
    each = resolved(each, root) if isinstance(each, dict) else {}
    return each if "properties" in each else {}


def _explained(schema: dict, root: dict) -> Iterator[str]:
    """What a schema says of a value and, where it is of many mappings, of their keys."""
    yield schema.get("description", "")
    for key, each in _many(schema, root).get("properties", {}).items():
        said = resolved(each, root).get("description")
        if said:
            yield f"`{key}`: {said}"


def _remarks(remarks: dict, at: tuple, *, of_mapping: bool) -> Iterator[str]:
    """Comments of a key and, if so, of the mapping that it is in."""
    if of_mapping and len(at) > 1:
        yield from remarks.get(at[:-1], [])
    yield from below(remarks, at)


def _name(path: tuple) -> str:
    """A setting as the file has it, without what its heading says."""
    shown = path[2:] if path[0] == "versions" else path
    return f"`{'.'.join(shown).removeprefix('choices.')}`"
