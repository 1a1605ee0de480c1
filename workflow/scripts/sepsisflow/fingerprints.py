"""Fingerprints: small files that change only when what a rule depends on changes.

Snakemake compares dates, and a raw file or a module is often newer without being different. A
rule therefore takes its raw files as ``ancient`` and one of these files as a plain input.
Written when the workflow is read (Snakefile), so without pandas.
"""

import ast
import hashlib
import json
from functools import cache
from pathlib import Path

from sepsisflow.job import write_text
from sepsisflow.readers.cells import cell_text
from sepsisflow.readers.mapping import (
    columns_used,
    identity_map,
    maps_for,
    rows_used,
    tables_of,
    vocabulary,
)
from sepsisflow.readers.raw import RawTable, read_raw

LARGE_FILE_BYTES = 50_000_000
PACKAGE = Path(__file__).parent


def write_if_changed(text: str, path: Path) -> None:
    """Write ``text`` unless the file already holds it, so that its date stays."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        write_text(text, path)


# ---- raw files ----


def table_fingerprints(settings: dict, codelists: dict, folder: Path) -> dict[str, str]:
    """Fingerprint, per canonical table, of all that its rows depend on in the raw files.

    That is the cells used by its maps with their row numbers, the maps themselves, the units
    they convert by and, for all but participants, everyone's identifier and origin. A column
    that nobody maps, a reformatted workbook or a mere touch changes nothing.

    Parameters
    ----------
    settings : dict
        The study's settings.
    codelists : dict
        ``variables``, ``agents`` and ``events``.
    folder : Path
        Where the raw files lie.

    Returns
    -------
    dict of str to str
        Name of the table to a hexadecimal digest.
    """
    variables = codelists["variables"]
    maps = {table: maps_for(table, settings, variables) for table in tables_of(settings, variables)}
    people = [(name, identity_map(source_map)) for name, source_map in maps["participants"]]
    cells = _Cells(settings, maps, folder)
    return {
        table: cells.digest(
            vocabulary(table, codelists), pairs if table == "participants" else people + pairs
        )
        for table, pairs in maps.items()
    }


class _Cells:
    """The raw cells of a study, each source read once."""

    def __init__(self, settings: dict, maps: dict, folder: Path):
        self.sources, self.folder = settings["sources"], folder
        self.columns: dict[str, list[str]] = {}
        for pairs in maps.values():
            for name, source_map in pairs:
                wanted = self.columns.setdefault(name, [])
                wanted += [each for each in columns_used(source_map) if each not in wanted]
        self.read = cache(self._read)

    def _read(self, name: str) -> RawTable:
        return read_raw(self.folder, self.sources[name], self.columns[name])

    def digest(self, context: dict, pairs: list[tuple[str, dict]]) -> str:
        """Hash ``context`` and every cell that the maps use."""
        digest = hashlib.sha256(json.dumps(context, sort_keys=True, default=str).encode())
        for name, source_map in pairs:
            reading = {key: value for key, value in self.sources[name].items() if key != "maps"}
            digest.update(json.dumps([reading, source_map], sort_keys=True, default=str).encode())
            status = (self.folder / reading["file"]).stat()
            if status.st_size > LARGE_FILE_BYTES:
                digest.update(f"{status.st_size} {status.st_mtime_ns}".encode())
                continue
            raw = self.read(name)
            rows = rows_used(raw, source_map)
            digest.update(str([raw.rows[at] for at in rows]).encode())
            for column in columns_used(source_map):
                cells = raw.columns[column]
                used = [(type(cells[at]).__name__, cell_text(cells[at])) for at in rows]
                digest.update(repr(used).encode())
        return digest.hexdigest()


# ---- code ----


def code_fingerprint(script: Path) -> str:
    """Digest of a script and of the package's modules it imports, directly or not.

    Comments, docstrings and layout do not count: the digest is of the syntax trees.
    """
    modules = {script: parsed_module(script)[0]}
    waiting = list(parsed_module(script)[1])
    while waiting:
        path = waiting.pop()
        if path not in modules:
            modules[path], imported = parsed_module(path)
            waiting += imported
    parts = sorted(f"{path.name} {digest}" for path, digest in modules.items())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def parsed_module(path: Path) -> tuple[str, tuple[Path, ...]]:
    """Give the digest of one module's syntax tree, and the package's modules it imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported: dict[Path, None] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            _drop_docstring(node)
            continue
        imported |= dict.fromkeys(each for name in names for each in _files(name))
    return hashlib.sha256(ast.dump(tree).encode()).hexdigest(), tuple(imported)


def _drop_docstring(node: ast.AST) -> None:
    body = getattr(node, "body", None)
    if not isinstance(body, list) or not body:
        return
    first = body[0]
    value = first.value if isinstance(first, ast.Expr) else None
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        del body[0]


def _files(name: str) -> list[Path]:
    """Files of the package behind a dotted name: the module's, and its packages' ``__init__``."""
    first, *rest = name.split(".")
    if first != PACKAGE.name:
        return []
    found = [PACKAGE / "__init__.py"]
    folder = PACKAGE
    for part in rest:
        folder = folder / part
        found += [folder / "__init__.py", folder.with_suffix(".py")]
    return [path for path in found if path.is_file()]
