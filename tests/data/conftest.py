"""What tests on public data share."""

import pytest
from scored_demo import scored_demo


@pytest.fixture(scope="session")
def run(reference, tmp_path_factory):
    """The MIMIC-IV demo, scored through the workflow."""
    data = reference("data/mimic-iv-demo").resolve()
    oracle = reference("oracles/mimic-iv-demo")
    return scored_demo(data, oracle, tmp_path_factory.mktemp("mimic"))
