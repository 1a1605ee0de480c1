"""Run a rule's script as Snakemake does, on tables given as DataFrames."""

from pathlib import Path
from types import ModuleType, SimpleNamespace

import pandas as pd
from snakemake.iocontainers import InputFiles, OutputFiles, Params

FIGURE = {"pdf": "figure.pdf", "svg": "figure.svg", "png": "figure.png"}
SIGNATURES = {"pdf": b"%PDF-1.", "svg": b"<?xml", "png": b"\x89PNG\r\n", "docx": b"PK\x03\x04"}


def run_edge(
    edge: ModuleType, folder: Path, *, tables: dict, params: dict, outputs: dict[str, str]
) -> dict[str, bytes]:
    """Call the edge's ``main`` and read what it wrote.

    Parameters
    ----------
    edge : module
    folder : Path
        Where files are written; nothing else may be left in ``folder / "written"``.
    tables : dict of input name -> DataFrame or list of DataFrame
    params : dict
    outputs : dict of output name -> file name

    Returns
    -------
    dict of output name -> bytes
    """
    (folder / "read").mkdir(parents=True, exist_ok=True)
    paths = {name: _written(folder / "read" / name, table) for name, table in tables.items()}
    written = {name: str(folder / "written" / file) for name, file in outputs.items()}
    edge.main(
        SimpleNamespace(
            input=InputFiles(fromdict=paths),
            output=OutputFiles(fromdict=written),
            params=Params(fromdict=params),
            threads=1,
        )
    )
    assert {path.name for path in (folder / "written").iterdir()} == set(outputs.values())
    return {name: Path(path).read_bytes() for name, path in written.items()}


def _written(path: Path, table) -> str | list[str]:
    if isinstance(table, pd.DataFrame):
        table.to_parquet(path)
        return str(path)
    return [_written(path.with_name(f"{path.name}{n}"), each) for n, each in enumerate(table)]


def check_figure_files(written: dict[str, bytes]) -> None:
    """Check that each file is of its kind and holds something."""
    assert set(written) == set(FIGURE)
    for kind, data in written.items():
        assert data.startswith(SIGNATURES[kind])
        assert len(data) > 5000
