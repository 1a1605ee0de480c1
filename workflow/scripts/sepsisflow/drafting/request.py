"""The draft of a study file that is asked for: about which folder, and written where.

Runs when the workflow is read, so without pandas.
"""

from pathlib import Path

from sepsisflow.errors import DataError

DRAFT = "config/studies/draft.yaml"


def requested(config: dict, *, workdir: Path, workflow_dir: Path) -> dict[str, str]:
    """Params of the rule: ``data``, ``draft`` and ``workflow_dir``.

    Raises
    ------
    DataError
        If no folder is given, there is none, or there is a draft already.
    """
    command = "snakemake draft_study --config data=FOLDER"
    if "data" not in config:
        raise DataError(f"Which files? Pass the folder that holds them: {command}.")
    folder = Path(str(config["data"])).expanduser()
    if not (workdir / folder).is_dir():
        raise DataError(f"{folder}: there is no such folder. Pass one that holds files: {command}.")
    if (workdir / DRAFT).exists():
        raise DataError(
            f"{DRAFT} is there already and is not overwritten: rename it after your study, or "
            "delete it."
        )
    return {"data": str(folder), "draft": DRAFT, "workflow_dir": str(workflow_dir)}
