"""Texts and small mappings as they stand in a study file."""

import json
import re

PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*")
WIDTH = 88
TAKEN = ("null", "true", "false")


def scalar(value: object) -> str:
    """A value as YAML writes it, in quotation marks where it needs them."""
    if isinstance(value, str):
        clear = PLAIN.fullmatch(value) and value.lower() not in (*TAKEN, "yes", "no", "n", "y")
        return value if clear else json.dumps(value, ensure_ascii=False)
    return json.dumps(value)


def flow(values: dict) -> str:
    """A mapping on one line; values may be mappings or lists."""
    return "{" + ", ".join(f"{scalar(key)}: {inline(each)}" for key, each in values.items()) + "}"


def inline(value: object) -> str:
    """A value, list or mapping on one line."""
    if isinstance(value, dict):
        return flow(value)
    if isinstance(value, list):
        return "[" + ", ".join(inline(each) for each in value) + "]"
    return scalar(value)


def entry(name: str, value: object) -> list[str]:
    """A key with its value, on one line if it is short, else a line per part."""
    line = f"{scalar(name)}: {inline(value)}"
    if len(line) <= WIDTH or not isinstance(value, dict | list):
        return [line]
    if isinstance(value, list):
        return [f"{scalar(name)}:", *(f"  - {inline(each)}" for each in value)]
    parts = [part for key, each in value.items() for part in entry(key, each)]
    return [f"{scalar(name)}:", *(f"  {part}" for part in parts)]


def option(lines: list[str]) -> list[str]:
    """Lines that take effect once their first three characters are removed."""
    return [f"#: {line}" for line in lines]
