"""The same inputs give the same bytes, whatever the number of cores or the folder."""

import hashlib

from whole_workflow import Workflow, copy_workflow


def artefacts(folder):
    """Checksum of every file a run leaves under results/, logs aside."""
    results = folder / "results"
    return {
        str(path.relative_to(results)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in results.rglob("*")
        if path.is_file() and "logs" not in path.parts
    }


def test_a_build_on_one_core_in_another_folder_gives_the_same_bytes(built, tmp_path):
    copy_workflow(tmp_path)
    Workflow(tmp_path).build("--cores", "1")
    assert artefacts(tmp_path) == artefacts(built)
