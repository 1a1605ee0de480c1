"""Fingerprints: small files that change only when what a rule depends on changes.

Snakemake compares dates, and a raw file or a module is often newer without being different. A
rule therefore takes its raw files as ``ancient`` and one of these files as a plain input.
Written when the workflow is read (Snakefile), so without pandas.
"""

import ast
import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

from sepsisflow.job import write_text
from sepsisflow.readers.cells import cell_text
from sepsisflow.readers.door import key_mark
from sepsisflow.readers.mapping import columns_used, conditions, rows_used
from sepsisflow.readers.raw import raw_path, raw_paths, read_raw

LARGE_FILE_BYTES = 50_000_000
PACKAGE = Path(__file__).parent


def write_if_changed(text: str, path: Path) -> None:
    """Write ``text`` unless the file already holds it, so that its date stays."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        write_text(text, path)


def as_json(values: object) -> str:
    """Plain values as text that is the same for the same values."""
    return json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)


# ---- raw files ----


def table_fingerprint(plan: dict, folder: Path, known: Path) -> str:
    """Fingerprint of all that the rows of one canonical table depend on.

    That is its plan and every cell of the raw files that its maps use, with row numbers. A column
    that nobody maps, a reformatted workbook or a mere touch changes nothing. Of files above
    ``LARGE_FILE_BYTES`` size and date stand for the cells.

    Parameters
    ----------
    plan : dict
        See `sepsisflow.readers.mapping.reading_plan`.
    folder : Path
        Where the raw files lie.
    known : Path
        Where the last fingerprint is kept with plan, sizes and dates it was made of; while these
        are the same, no raw file is read.

    Returns
    -------
    str
        Hexadecimal digest.
    """
    parts = [*plan["maps"], *plan["people"]]
    sources = [part["source"] for part in parts]
    paths = [path for source in sources for path in raw_paths(folder, source)]
    statuses = {str(path): status(path) for path in paths}
    mark = key_mark(sources)
    return remembered(
        known,
        [plan, statuses, mark],
        lambda: _digest([plan, mark, [_cells(part, folder) for part in parts]]),
    )


def database_fingerprint(plan: dict, folder: Path) -> str:
    """Fingerprint of what a database's tables depend on: plan, sizes and dates of its files.

    Parameters
    ----------
    plan : dict
        See `sepsisflow.readers.databases.plan.database_plan`.
    folder : Path
        Where the database lies.
    """
    return _digest([plan, {name: status(folder / name) for name in plan["files"].values()}])


def file_fingerprint(path: Path, known: Path) -> str:
    """SHA-256 of a file, kept in ``known`` with the size and date for which it holds."""

    def checksum() -> str:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    return remembered(known, status(path), checksum)


def remembered(known: Path, state: object, compute: Callable[[], str]) -> str:
    """The text in ``known`` if it was made of this state, else a new one, kept there.

    It is of one line: a digest, or values as JSON.
    """
    wanted = _digest(state)
    if known.is_file():
        state_then, _, digest = known.read_text(encoding="utf-8").strip().partition(" ")
        if state_then == wanted:
            return digest
    digest = compute()
    write_text(f"{wanted} {digest}\n", known)
    return digest


def status(path: Path) -> list:
    """Size and date of a file, or of every file in a folder."""
    if path.is_dir():
        return [[str(each), *status(each)] for each in sorted(path.rglob("*")) if each.is_file()]
    found = path.stat()
    return [found.st_size, found.st_mtime_ns]


def _size(path: Path) -> int:
    """Bytes of a file, or of all files in a folder."""
    return sum(each.stat().st_size for each in (path.rglob("*") if path.is_dir() else [path]))


def _digest(values: object) -> str:
    return hashlib.sha256(as_json(values).encode()).hexdigest()


def _cells(part: dict, folder: Path) -> str:
    """Digest of the cells that a map uses; of the column it filters by, all cells."""
    source, source_map = part["source"], part["map"]
    if _size(raw_path(folder, source)) > LARGE_FILE_BYTES:
        return _digest([status(each) for each in raw_paths(folder, source)])
    raw = read_raw(folder, source, columns_used(source_map))
    rows = rows_used(raw, source_map)
    used = [[[raw.files[at], raw.rows[at]] for at in rows]]
    used.append(sorted([*at, code] for at, code in raw.about_cells.items()))
    used.append(sorted([at, *remark] for at, remark in raw.about_rows.items()))
    filters = {condition["column"] for condition in conditions(source_map)}
    for column, cells in raw.columns.items():
        filtered = column in filters
        at = range(len(cells)) if filtered else rows
        used.append([[type(cells[each]).__name__, cell_text(cells[each])] for each in at])
    return _digest(used)


# ---- code ----


def code_fingerprint(script: Path, packages: Path) -> str:
    """Digest of a script and of the package's modules it imports, directly or not.

    Comments, docstrings and layout do not count: the digest is of the syntax trees. The lock file
    ``packages`` stands for the libraries.
    """
    modules = {script: parsed_module(script)[0]}
    waiting = list(parsed_module(script)[1])
    while waiting:
        path = waiting.pop()
        if path not in modules:
            modules[path], imported = parsed_module(path)
            waiting += imported
    parts = {str(path.relative_to(script.parent)): digest for path, digest in modules.items()}
    return _digest([parts, packages.read_text(encoding="utf-8")])


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
