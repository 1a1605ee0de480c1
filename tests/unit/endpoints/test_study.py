"""All endpoints of a study in one table."""

import pandas as pd
import pytest
from endpoints_example import BLOCK, NONE, endpoints, tables
from estimate_examples import ARMS
from sepsisflow.endpoints.study import study_endpoints
from sepsisflow.schemas.check import check
from sepsisflow.schemas.endpoints import Endpoints


@pytest.fixture
def found() -> pd.DataFrame:
    return check(endpoints(ARMS), Endpoints, "endpoints")


def values(found: pd.DataFrame, endpoint: str) -> list:
    rows = found[found["endpoint"].eq(endpoint)].sort_values("participant_id")
    return rows["value"].astype(object).where(rows["value"].notna(), None).tolist()


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [
        ("sofa_missing", [4, 5, None, None]),
        ("sofa_score_24", [4, 5, 24, None]),
        ("delta_sofa_score_24", [-4, -1, 15, None]),
        ("maximum_sofa_missing", [8, 6, 9, None]),
        ("mean_sofa_score_24", [6, 5.5, 16.5, None]),
        ("vfd", [25, 28, 0, None]),  # of B2 no chart says whether there was ventilation
        ("daoh", [8, 18, 0, 0]),
        ("reversal", [4, None, 28, 2]),
        ("clearance", [75, None, None, None]),
    ],
)
def test_each_participant_has_one_value_of_each_endpoint(found, endpoint, expected):
    assert values(found, endpoint) == expected


def test_each_row_says_what_it_is(found):
    kinds = found.drop_duplicates("kind").set_index("kind")
    assert kinds["unit"].to_dict() == {
        "score": "1",
        "free_days": "d",
        "reversal": "d",
        "clearance": "%",
    }
    assert kinds["study_day"].fillna(-1).tolist() == [7, 28, 28, -1]
    assert kinds.loc["score", "definition"] == "sofa-1996"
    never_charted = found[found["endpoint"].eq("vfd") & found["participant_id"].eq("B2")].iloc[0]
    assert never_charted["reason"] == "support was not charted"


def test_words_define_an_endpoint_by_its_settings(found):
    words = found.drop_duplicates("endpoint").set_index("endpoint")["definition"]
    assert words["vfd"] == (
        "study days of which no part is under support, to day 28; those after the last end of it; "
        "a pause below 48 h, ended by it or by death, is none; death by then scores 0; who is not "
        "followed so far is left out"
    )
    assert words["daoh"] == (
        "study days of which no part is in hospital, to day 28; those after the last end of it; "
        "death by then scores 0; who is not followed so far is left out"
    )
    assert words["reversal"] == (
        "of those with a vasopressor within 24 h, days until 24 h alive without one begin, to day "
        "28; death before it counts as no reversal"
    )
    assert words["clearance"] == (
        "fall from the first value of hours 0 to 6 to the last of hours 6 to 30, in percent of the "
        "first; a value below the limit of quantification counts as half the limit"
    )


@pytest.mark.parametrize("column", [{"definition": "recorded"}, {"status": "after_death"}])
def test_scores_of_another_definition_or_of_a_rule_do_not_count(column):
    given = tables(ARMS)
    other = given["scores"].assign(score=1.0, time_h=24.0 * 7 + 1, **column)
    found = study_endpoints(
        given["analysis_set"],
        given["outcomes"],
        scores=[pd.concat([given["scores"], other])],
        interventions=[],
        events=[],
        measurements=[],
        definition="sofa-1996",
        endpoints={**NONE, "sofa": BLOCK["sofa"]},
    )
    assert values(found, "sofa_missing") == [4, 5, None, None]


def test_support_of_agents_alone_needs_no_chart_and_no_record_is_no_support():
    settings = {**BLOCK["support_free_days"]["vfd"], "agents": ["norepinephrine"], "flags": []}
    found = endpoints(ARMS, {**NONE, "support_free_days": {"free": settings}})
    assert values(found, "free") == [24, 28, 0, 26]


def test_the_order_of_rows_changes_nothing():
    given = {name: each.sample(frac=1, random_state=1) for name, each in tables(ARMS).items()}
    shuffled = study_endpoints(
        given["analysis_set"],
        given["outcomes"],
        scores=[given["scores"]],
        interventions=[given["interventions"]],
        events=[given["events"]],
        measurements=[given["measurements"]],
        definition="sofa-1996",
        endpoints=BLOCK,
    )
    pd.testing.assert_frame_equal(shuffled, endpoints(ARMS))
