"""YAML as a person means it: no value changes its kind behind the writer's back.

Read whenever the workflow is read, so with the C parser and without pandas.
"""

import re
from pathlib import Path
from typing import ClassVar

import yaml

from sepsisflow.errors import DataError

KINDS = {
    "null": (r"^(~|null|)$", ["~", "n", ""]),
    "bool": (r"^(true|false)$", ["t", "f"]),
    "int": (r"^[-+]?[0-9]+$", list("-+0123456789")),
    "float": (r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", list("-+.0123456789")),
    "merge": (r"^<<$", ["<"]),
}


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML 1.2: ``yes``, ``no``, ``12:30`` and ``2022-03-16`` are text. Keys always are."""

    yaml_implicit_resolvers: ClassVar[dict] = {}

    def __init__(self, stream: str):
        super().__init__(stream)
        self.problems: list[str] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        """Build a mapping; its keys are what is written, and each stands once."""
        first_line: dict[str, int] = {}
        for key, _ in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                self.problems.append(f"line {line}: a key must be a text, not a list or mapping.")
            elif key.value in first_line:
                self.problems.append(
                    f"line {line}: duplicate key '{key.value}', first given in line "
                    f"{first_line[key.value]}. Keep one of them."
                )
            else:
                first_line[key.value] = line
        self.flatten_mapping(node)
        return {
            key.value: self.construct_object(value, deep)
            for key, value in node.value
            if isinstance(key, yaml.ScalarNode)
        }


for _kind, (_pattern, _first) in KINDS.items():
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(_pattern), _first)
_Loader.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))
_Loader.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(node.value))


def read_yaml(path: Path, name: str) -> object:
    """Read one YAML file.

    Parameters
    ----------
    path : Path
        The file, UTF-8.
    name : str
        What messages call it.

    Returns
    -------
    dict, list, str, int, float, bool or None
        Keys of mappings are str, as written.

    Raises
    ------
    DataError
        If there is no such file, it is not YAML, or a mapping holds a key twice; names the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise DataError(f"{name}: there is no such file.") from None
    except UnicodeDecodeError:
        raise DataError(f"{name}: not UTF-8 text; save it with that encoding.") from None
    try:
        loader = _Loader(text)
        content = loader.get_single_data()
    except yaml.YAMLError as error:
        raise DataError(f"{name}: {_worded(error)}") from None
    if loader.problems:
        raise DataError("\n".join(f"{name}: {problem}" for problem in loader.problems))
    return content


def _worded(error: yaml.YAMLError) -> str:
    """Say where YAML ends to be YAML, without the parser's excerpt."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return "not valid YAML: it holds a character that no text may hold."
    return (
        f"line {mark.line + 1}: not valid YAML ({error.problem}). Check the indentation and the "
        "brackets, and put quotes around a text that holds ': ' or ' #'."
    )
