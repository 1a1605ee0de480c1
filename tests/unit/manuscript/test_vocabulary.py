"""What a template may say of a study."""

import pytest
from sepsisflow.manuscript.vocabulary import in_sentence, software, vocabulary


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("Control", "control"),
        ("No catheterisation", "no catheterisation"),
        ("MSC", "MSC"),
        ("IL-6", "IL-6"),
        ("C-reactive protein", "C-reactive protein"),
        ("", ""),
    ],
)
def test_a_label_loses_its_capital_within_a_sentence_unless_it_is_an_abbreviation(label, text):
    assert in_sentence(label) == text


def test_arms_are_known_by_role_and_not_by_name(study, labels, estimates):
    words = vocabulary(study, estimates, labels)
    assert words["treated"]["key"] == "cells"
    assert words["control"]["label"] == "no cells"
    assert words["versus"] == "cells-vs-no_cells"
    assert words["treated"]["time_zero"] == "the first dose of cells"


def test_the_flow_names_those_excluded_and_nobody_else(study, labels, estimates):
    (group,) = vocabulary(study, estimates, labels)["flow"]
    assert group == {
        "label": "pool of possible controls",
        "start": "flow.screened.screened.pool.n",
        "end": "flow.analysed.screened.pool.n",
        "lost": [
            {
                "key": "flow.age.screened.pool.n_excluded",
                "label": "did not meet “Age 18 to 80 years”",
            },
            {
                "key": "flow.not_selected.screened.pool.n_excluded",
                "label": "were eligible but not selected as controls",
            },
        ],
    }


def test_levels_and_days_come_from_the_study_file(study, labels, estimates):
    words = vocabulary({**study, "level": 0.975}, estimates, labels)
    assert (words["level"], words["horizons"], words["last_day"]) == ("97.5%", [14, 28], 28)
    assert words["panels"][0]["later_days"] == [3, 9]
    assert words["kept_if_missing"] == ["“Not pregnant”"]


def test_software_is_named_with_version_and_reference():
    assert "lifelines 0." in software()
    assert "[@davidsonpilon2019]" in software()
    assert software().startswith("Python 3.")
