"""The tables of one study."""

import pandas as pd

from sepsisflow.tables.baseline import baseline_table
from sepsisflow.tables.biomarkers import biomarker_table
from sepsisflow.tables.endpoints import endpoints_table
from sepsisflow.tables.layout import Table
from sepsisflow.tables.mortality import mortality_table
from sepsisflow.tables.sofa import sofa_table


def study_tables(
    baseline: pd.DataFrame,
    mortality: pd.DataFrame,
    *,
    sofa_estimates: list[pd.DataFrame],
    panel_estimates: list[pd.DataFrame],
    endpoint_estimates: list[pd.DataFrame],
    arms: dict,
    covariates: dict,
    variables: list[str],
    labels: dict,
    survival: dict,
    sofa: dict | None,
    biomarkers: dict,
    endpoints: dict,
    randomised: bool,
) -> dict[str, Table]:
    """Format the tables that a study has.

    Parameters
    ----------
    baseline, mortality : DataFrame as `Estimates`
        Of baseline and flow, and of survival.
    sofa_estimates, panel_estimates, endpoint_estimates : list of DataFrame as `Estimates`
        Of SOFA (one, or none), of each panel of biomarkers, and of endpoints (one, or none).
    arms, covariates, survival, sofa, biomarkers, endpoints
        Blocks of the study file; ``sofa`` is None and ``biomarkers`` empty where not in the study.
    variables : list of str
        Of the baseline table.
    labels : dict of variable -> {label, unit}
    randomised : bool
        Whether participants were assigned to the arms at random.

    Returns
    -------
    dict of name -> Table: mortality, and baseline, sofa, endpoints and biomarkers if in the
    study
    """
    tables = {}
    if variables:
        tables["baseline"] = baseline_table(
            baseline,
            variables=variables,
            arms=arms,
            covariates=covariates,
            labels=labels,
            randomised=randomised,
        )
    tables["mortality"] = mortality_table(
        mortality, arms=arms, survival=survival, randomised=randomised
    )
    if sofa:
        tables["sofa"] = sofa_table(
            pd.concat(sofa_estimates), arms=arms, sofa=sofa, randomised=randomised
        )
    if endpoint_estimates:
        tables["endpoints"] = endpoints_table(
            pd.concat(endpoint_estimates), arms=arms, endpoints=endpoints, randomised=randomised
        )
    if biomarkers:
        tables["biomarkers"] = biomarker_table(
            pd.concat(panel_estimates),
            panels=biomarkers,
            arms=arms,
            labels=labels,
            randomised=randomised,
        )
    return tables
