"""Chromium without a window, and the quality reports that it opens."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import Browser
from whole_workflow import Workflow, copy_workflow

SCREENSHOTS = Path(__file__).parent / "screenshots"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    browser = Browser(SCREENSHOTS)
    yield browser
    browser.quit()


@pytest.fixture(scope="session")
def quality(tmp_path_factory) -> Callable[..., Path]:
    """``quality("rhc", data=PATH)`` runs that study up to the report and gives its folder."""

    def run(study: str, **config: object) -> Path:
        folder = tmp_path_factory.mktemp("quality") / study
        folder.mkdir()
        copy_workflow(folder)
        settings = [f"{name}={value}" for name, value in {"study": study, **config}.items()]
        Workflow(folder).build("quality", "--config", *settings)
        return folder / f"results/{study}/quality"

    return run
