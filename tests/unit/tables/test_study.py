"""Which tables a study has."""

from endpoints_example import NONE
from estimate_examples import ARMS, estimates, row
from sepsisflow.tables.study import study_tables

AT = "survival.death.analysed"


def test_a_study_without_baseline_variables_sofa_and_biomarkers_has_one_table():
    baseline = estimates(*(row(f"participants.analysed.analysed.{arm}.n", 5) for arm in ARMS))
    survival = estimates(
        *(row(f"{AT}.{arm}@28.survival_probability", 1.0) for arm in ARMS),
        *(row(f"{AT}.{arm}.median", None) for arm in ARMS),
    )
    tables = study_tables(
        baseline,
        survival,
        sofa_estimates=[],
        panel_estimates=[],
        endpoint_estimates=[],
        arms=ARMS,
        covariates={},
        variables=[],
        labels={},
        survival={"horizons_days": [], "follow_up_days": 28},
        sofa=None,
        biomarkers={},
        endpoints=NONE,
        randomised=False,
    )
    assert list(tables) == ["mortality"]
