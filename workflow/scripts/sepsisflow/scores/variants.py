"""Definitions that extend another one: only what differs is written."""

from collections.abc import Callable

from sepsisflow.configuration.schema import Problem
from sepsisflow.errors import nearest

# What a variant says of itself.
OWN = ("title", "source", "version")


def extended(
    content: dict, read: Callable[[str], dict], names: list[str], seen: tuple = ()
) -> tuple[dict, list[Problem]]:
    """A definition with all that it takes over, and what is wrong with how it does.

    Parameters
    ----------
    content : dict
        As its file says; without ``extends`` it is returned as it is.
    read : callable
        Gives the content of a definition's file by name.
    names : list of str
        Definitions that can be extended.
    seen : tuple of str
        Those that led here.
    """
    if "extends" not in content:
        return content, []
    name = content["extends"]
    if name not in names:
        wrong = f"there is no definition '{name}'; {nearest(name, names)}"
        return content, [Problem(("extends",), wrong)]
    if name in seen:
        return content, [Problem(("extends",), f"'{name}' extends itself.")]
    base, problems = extended(read(name), read, names, (*seen, name))
    wrong = "missing; a definition that extends another one says its own."
    problems += [Problem((key,), wrong) for key in OWN if key not in content]
    return merged(base, content), problems


def merged(base: dict, change: dict) -> dict:
    """``base`` with the keys of ``change``: mappings are merged, null leaves a key out.

    Everything else, a list too, replaces what was there.
    """
    found = dict(base)
    for key, value in change.items():
        if value is None:
            found.pop(key, None)
        elif isinstance(value, dict):
            before = found.get(key)
            found[key] = merged(before if isinstance(before, dict) else {}, value)
        else:
            found[key] = value
    return found
