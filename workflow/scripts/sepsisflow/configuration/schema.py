"""Check settings against a JSON schema, word what is wrong, fill in defaults.

Beyond JSON Schema 2020-12 the schemas use three words of their own: ``unit`` (UCUM, of a number),
``shorthand`` (a text alone stands for a mapping with this one key) and ``enum_text`` (values of
something that may be a text or a mapping, when it is a text).
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from sepsisflow.configuration.strict_yaml import read_yaml
from sepsisflow.errors import nearest

KINDS = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "a mapping of keys",
    "array": "a list",
    "null": "null",
}
LIMITS = {
    "minimum": "at least",
    "maximum": "at most",
    "exclusiveMinimum": "more than",
    "exclusiveMaximum": "less than",
}


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a settings file: where (keys and list positions from 0) and what."""

    path: tuple
    message: str

    def __str__(self) -> str:
        return f"{dotted(self.path)}: {self.message}" if self.path else self.message


def dotted(path: tuple) -> str:
    """Write a path as a person reads it: ``eligibility[1].field``, lists counted from 1."""
    written = ""
    for part in path:
        if isinstance(part, int):
            written += f"[{part + 1}]"
        elif part.replace("_", "").isalnum():
            written += f".{part}" if written else part
        else:
            written += f"['{part}']"
    return written


# ---- the schema ----


def read_schema(folder: Path, name: str) -> dict:
    """Read a schema, with the ``$defs`` of the files it refers to, so that each ``$ref`` is local.

    ``folder`` holds all of them; ``name`` is the first file's.
    """
    files = {name: read_yaml(folder / name, f"workflow/schemas/{name}")}
    waiting = [name]
    while waiting:
        for part in _mappings(files[waiting.pop()]):
            if "$ref" in part:
                file, _, place = part["$ref"].partition("#")
                part["$ref"] = f"#{place}"
                if file and file not in files:
                    files[file] = read_yaml(folder / file, f"workflow/schemas/{file}")
                    waiting.append(file)
    shapes = {shape: part for file in files.values() for shape, part in file["$defs"].items()}
    return {**files[name], "$defs": shapes}


def _mappings(schema: object) -> Iterator[dict]:
    """Every mapping inside a schema, itself included."""
    if isinstance(schema, dict):
        yield schema
    if isinstance(schema, dict | list):
        for part in schema.values() if isinstance(schema, dict) else schema:
            yield from _mappings(part)


# ---- what is wrong ----


def schema_problems(settings: object, schema: dict) -> list[Problem]:
    """Everything in ``settings`` that the schema forbids, in the order of the file's keys."""
    validator = _Validator(schema)
    found: dict[Problem, None] = {}
    errors = sorted(validator.iter_errors(settings), key=lambda error: _rank(error, settings))
    suggested = {
        (problem.path[:-1], key)
        for error in errors
        if error.validator == "additionalProperties"
        for problem in _unknown_keys(error)
        for key in error.schema["properties"]
        if problem.message.startswith("unknown key; did you mean") and f"'{key}'" in problem.message
    }
    of_wrong_type = {tuple(error.absolute_path) for error in errors if error.validator == "type"}
    for error in errors:
        if error.validator == "type" or tuple(error.absolute_path) not in of_wrong_type:
            found |= dict.fromkeys(_worded(error, suggested))
    return list(found)


def _enum_text(_validator, allowed: list, instance: object, _schema: dict):
    if isinstance(instance, str) and instance not in allowed:
        yield ValidationError("not one of the allowed texts")


_Validator = extend(Draft202012Validator, {"enum_text": _enum_text})


def _rank(error: ValidationError, settings: object) -> list[int]:
    """Position of an error in the file, so that messages follow its order."""
    ranks = []
    for part in error.absolute_path:
        ranks.append(list(settings).index(part) if isinstance(settings, dict) else part)
        settings = settings[part]
    return ranks


def _worded(error: ValidationError, suggested: set) -> Iterator[Problem]:
    """Say what one schema error means; nothing if a misspelt key already explains it."""
    path, value, rule = tuple(error.absolute_path), error.instance, error.validator_value
    match error.validator:
        case "additionalProperties":
            yield from _unknown_keys(error)
        case "required":
            for key in rule:
                if key not in value and (path, key) not in suggested:
                    yield Problem((*path, key), "missing; this key is required.")
        case "oneOf" | "anyOf":
            keys = [key for alternative in rule for key in alternative["required"]]
            count = "exactly" if error.validator == "oneOf" else "at least"
            if not any((path, key) in suggested for key in keys):
                yield Problem(path, f"give {count} one of {_listed(keys)}.")
        case "not":
            yield Problem((*path, *rule["required"]), "does not apply here; remove it.")
        case "dependentRequired":
            for key, needed in rule.items():
                for other in needed:
                    if key in value and other not in value and (path, other) not in suggested:
                        yield Problem((*path, key), f"needs '{other}' beside it.")
        case _:
            yield Problem(path, _worded_value(error.validator, rule, value, error.schema))


def _worded_value(keyword: str, rule: object, value: object, schema: object) -> str:
    """Say what is wrong with one value."""
    match keyword:
        case "type":
            kinds = [rule] if isinstance(rule, str) else rule
            expected = " or ".join(KINDS[kind] for kind in kinds)
            return f"expected {expected}, got {_described(value)}."
        case "enum" | "enum_text":
            return f"'{value}' is not allowed; {nearest(value, rule)}"
        case "pattern":
            return f"'{value}' is not {schema['title']}."
        case "minItems" | "minProperties" | "minLength":
            return "must not be empty." if rule == 1 else f"give at least {rule}."
        case "maxLength":
            return f"must be {rule} character{'s' if rule > 1 else ''} long."
        case "uniqueItems":
            twice = next(each for each in value if value.count(each) > 1)
            return f"holds '{twice}' more than once."
        case _:
            return f"must be {LIMITS[keyword]} {rule}, not {value}."


def _unknown_keys(error: ValidationError) -> Iterator[Problem]:
    valid = error.schema["properties"]
    for key in error.instance:
        if key not in valid:
            path = (*error.absolute_path, key)
            yield Problem(path, f"unknown key; {nearest(key, valid)}")


def _listed(keys: list[str]) -> str:
    return ", ".join(f"'{key}'" for key in keys)


def _described(value: object) -> str:
    """Name a value of the wrong type."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f"the text '{value}'"
        case int() | float():
            return f"the number {value}"
        case list():
            return "a list"
        case dict():
            return "a mapping of keys"
        case _:
            return "nothing"


# ---- defaults ----


def with_defaults(value: object, schema: dict, root: dict | None = None) -> object:
    """Copy settings, with the schema's defaults filled in and every shorthand written out.

    Parameters
    ----------
    value : object
        Settings, or a part of them; need not be valid.
    schema : dict
        The schema of ``value``.
    root : dict, optional
        The whole schema, in which ``$ref`` is looked up; ``schema`` itself by default.

    Returns
    -------
    object
        A new value; keys keep the file's order, defaults follow.
    """
    root = root or schema
    schema = resolved(schema, root)
    if isinstance(value, str) and "shorthand" in schema:
        value = {schema["shorthand"]: value}
    if isinstance(value, list):
        return [with_defaults(each, schema.get("items", {}), root) for each in value]
    if not isinstance(value, dict):
        return value
    known = {key: resolved(part, root) for key, part in schema.get("properties", {}).items()}
    missing = {
        key: deepcopy(part["default"])
        for key, part in known.items()
        if "default" in part and key not in value
    }
    other = schema.get("additionalProperties") or {}
    filled = {
        key: with_defaults(each, known.get(key, other), root)
        for key, each in {**value, **missing}.items()
    }
    for branch in schema.get("allOf", []):
        holds = Draft202012Validator(branch["if"]).is_valid(filled)
        filled = with_defaults(filled, branch.get("then" if holds else "else", {}), root)
    return filled


def resolved(schema: dict | bool, root: dict) -> dict:
    """A schema with its ``$ref`` looked up; words beside ``$ref`` take precedence."""
    if not isinstance(schema, dict):
        return {}
    if "$ref" not in schema:
        return schema
    found = root
    for part in schema["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    own = {word: value for word, value in schema.items() if word != "$ref"}
    return {**resolved(found, root), **own}
