"""What all tests share: where the reference data lie, and how many tests missed them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# No test is timed: a slow machine is not a fault.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

REPOSITORY = Path(__file__).parents[1]
ABSENT = "reference data absent"


@pytest.fixture(scope="session")
def reference() -> Callable[[str], Path]:
    """``reference("data/rhc")`` is that folder or file; where it is absent the test is skipped.

    It is looked for in the folder that SEPSISFLOW_REFERENCE names, absolute or relative to the
    repository, and without it in ``../shared``.
    """
    folder = REPOSITORY / (os.environ.get("SEPSISFLOW_REFERENCE") or "../shared")

    def find(part: str) -> Path:
        path = folder / part
        if not path.exists():
            pytest.skip(f"{ABSENT}: {part} (name its folder in SEPSISFLOW_REFERENCE)")
        return path

    return find


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session):
    """Count, below pytest's own last line, the tests skipped for want of reference data."""
    done = yield
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if terminal is not None:
        skipped = terminal.stats.get("skipped", [])
        missed = sum(f"Skipped: {ABSENT}" in str(report.longrepr) for report in skipped)
        terminal.write_line(f"Reference tests skipped: {missed}")
    return done
