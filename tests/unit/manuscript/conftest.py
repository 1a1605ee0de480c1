"""The example study as fixtures."""

import pytest
from manuscript_example import LABELS, STUDY, all_rows


@pytest.fixture
def study():
    return STUDY


@pytest.fixture
def labels():
    return LABELS


@pytest.fixture
def estimates():
    return {row["key"]: row for row in all_rows()}
