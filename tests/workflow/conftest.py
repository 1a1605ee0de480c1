"""The default study, built once; each test changes something in a copy and counts the jobs."""

import shutil
from pathlib import Path

import pytest
from whole_workflow import Workflow, copy_workflow


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """The default study, built once from nothing; tests work on copies."""
    folder = tmp_path_factory.mktemp("built") / "study"
    folder.mkdir()
    copy_workflow(folder)
    Workflow(folder).build()
    return folder


@pytest.fixture
def workflow(built, tmp_path) -> Workflow:
    """A copy of the built study, dates kept."""
    folder = tmp_path / "study"
    shutil.copytree(built, folder, copy_function=shutil.copy2)
    return Workflow(folder)
