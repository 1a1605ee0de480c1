"""Right heart catheterization, 5,735 patients: what its README and the literature say."""

import pandas as pd
import pytest
from sepsisflow.inference.mortality import deaths_by
from sepsisflow.inference.proportions import odds_ratio
from sepsisflow.inference.survival import hazard_ratio


@pytest.fixture(scope="module")
def rhc(reference, samples):
    """Treated and control to day 30."""
    data = pd.read_csv(reference("data/rhc/rhc.csv"))
    return samples(data["t3d30"], data["dth30"].eq("Yes"), data["swang1"].eq("RHC").astype(int))


def rounded(estimate) -> tuple[float, float, float]:
    return tuple(round(number, 3) for number in (estimate.value, estimate.lower, estimate.upper))


def test_deaths_by_day_30_equal_the_published_counts(rhc):
    assert [deaths_by(sample, 30) for sample in rhc] == [(830, 2184), (1088, 3551)]


def test_crude_odds_ratio_and_hazard_ratio_to_day_30(rhc):
    deaths = [deaths_by(sample, 30) for sample in rhc]
    assert rounded(odds_ratio(*deaths, level=0.95)) == (1.388, 1.241, 1.552)
    assert rounded(hazard_ratio(*rhc, level=0.95)) == (1.307, 1.194, 1.430)
