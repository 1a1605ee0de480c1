"""docs/definitions.md says what the definitions say, comments included, in a clinician's words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sepsisflow.configuration.schema import read_schema
from sepsisflow.scores.bands import points
from sepsisflow.scores.oxygenation import FORMULAS
from sepsisflow.scores.reference import PAGE, WORKFLOW_DIR, reference
from sepsisflow.scores.reference_formulas import PAO2_FIO2
from sepsisflow.scores.reference_points import (
    COMPUTED,
    classes,
    criteria,
    described,
    points_table,
)
from sepsisflow.scores.reference_words import comments, in_words, prose

VERSIONS = """\
# Rates by version.
title: Rates
versions:
  first-1999:
    title: First rates
    source: A book
    version: "1999"
    # How many.
    factors:
      dopamine: {factor: 2, unit: "[IU]/min"}
      # ? Rarely.
      epinephrine: {factor: 3, unit: mg/h}
    at_once: sum
"""
TEXT = """\
# What it is.

title: A score
choices:
  # ? Why this,
  # and not that.
  window_h: 24
  other: {a: 1}  # beside it
  nested:
    # Of the inner one.
    inner: 2
components:
  # Before it.
  liver:  # after it
    label: Liver
    parts:
      # before an item
      - variable: bilirubin
"""
LABELS = {"creatinine": "Creatinine", "vasopressin": "Vasopressin", "dopamine": "Dopamine"}


def test_the_page_of_definitions_is_not_stale():
    assert PAGE.read_text(encoding="utf-8") == reference(), "Run make reference."


def test_a_clinician_meets_no_code_of_units_or_python():
    page = PAGE.read_text(encoding="utf-8")
    codes = ("mm[Hg]", "10*3", "umol/L", "[IU]", "[pH]", "| None |", "True", "False", "{'", "['")
    assert [code for code in codes if code in page] == []


def test_whatever_is_computed_has_a_name():
    schema = read_schema(WORKFLOW_DIR / "workflow/schemas", "definitions.schema.yaml")
    assert set(schema["$defs"]["part"]["properties"]["derived"]["enum"]) <= set(COMPUTED)


def test_versions_are_sections_with_a_row_for_each_of_many_things(tmp_path):
    page = _page(tmp_path, rates=VERSIONS).partition('\n<a id="pao2-from-spo2">')[0]
    assert page.endswith(
        """\
Rates by version.

### First rates

Version 1999. Source: A book

In a study file: `rates: [first-1999]`

| choice | here | what it decides, and why |
| --- | --- | --- |
| `factors.dopamine` | factor: 2; unit: IU/min | By agent, what one unit of its rate is in \
norepinephrine. `factor`: Norepinephrine (µg/kg/min) of one unit. `unit`: Unit of the agent's \
rate, as published. How many. |
| `factors.epinephrine` | factor: 3; unit: mg/h | **?** Rarely. |
| `at_once` | sum | Rates of one agent that run at one time are added, or each has its own row. |

The file: `resources/definitions/rates.yaml`
"""
    )


def listed_choices(name):
    """Names of the choices listed of a definition, and their values, by the page itself."""
    section = PAGE.read_text(encoding="utf-8").partition(f'<a id="{name}"></a>')[2]
    lines = section.partition("<a id=")[0].splitlines()
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if "| `" in line]
    return {cells[0].strip("`"): cells[1:-1] for cells in rows}


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("qsofa", {}),
        ("sirs", {}),
        ("mimic-code", {}),
        ("mimic-code-sirs", {}),
        ("sofa-1996", {}),
        ("sofa-1996-spo2", {"spo2.below": ["98 %", "not used"]}),
        ("sofa-2", {"spo2.below": ["98 %"], "spo2.pao2_from_spo2": ["none"]}),
        (
            "sofa-1996-pao2-from-spo2",
            {
                "spo2.below": ["97 %", "not used"],
                "spo2.pao2_from_spo2": ["nonlinear", "none"],
                "spo2.without_pao2_h": ["24 h", "not used"],
            },
        ),
    ],
)
def test_choices_of_spo2_are_listed_where_a_part_looks_at_it(name, listed):
    found = listed_choices(name)
    assert {key: each for key, each in found.items() if key.startswith("spo2")} == listed


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("sofa-1996", {"gcs.sedation": ["as charted"]}),
        ("sofa-2", {"gcs.sedated_h": ["24 h"], "gcs.unknown_before": ["normal"]}),
        ("sofa-1996-before-sedation", {"gcs.unknown_before": ["missing", "not used"]}),
    ],
)
def test_choices_of_sedation_are_listed_where_it_is_looked_at(name, listed):
    found = listed_choices(name)
    assert {key: found.get(key) for key in listed} == listed
    assert name != "sofa-1996" or not {"gcs.sedated_h", "gcs.invalid_after_h"} & found.keys()


@pytest.mark.parametrize("choice", PAO2_FIO2)
@pytest.mark.parametrize(("spo2", "fio2"), [(80, 0.21), (92, 0.4), (96, 1.0)])
def test_formulas_are_printed_as_they_are_computed(choice, spo2, fio2):
    _, formula, c = PAO2_FIO2[choice]
    names = {each: getattr(np, each) for each in ("cbrt", "sqrt", "log10")}
    names |= {"SpO2": spo2, "FiO2": fio2}
    names["c"] = eval(c, names) if c else None  # the words of this package
    printed = eval(formula.replace("^", "**"), names)
    assert printed == pytest.approx(FORMULAS[choice](np.array(spo2), np.array(fio2)))
    assert set(PAO2_FIO2) == set(FORMULAS)
    assert f"`{formula}`" in PAGE.read_text(encoding="utf-8")


def test_a_variant_shows_what_it_changes_and_leaves_out(tmp_path):
    cns = "{label: Brain, variable: gcs, bands: [{points: 0}]}"
    base = f"title: Base\nsource: S\nversion: '1'\ncomponents:\n  cns: {cns}\n"
    own = "# Less.\ntitle: Own\nsource: O\nversion: '2'\nextends: base\ncomponents: {cns: null}\n"
    assert (
        "Less.\n\nVersion 2. Source: O\n\nEverything is as in [Base](#base), except what follows."
        "\n\nLeft out: Brain.\n\nThe file" in _page(tmp_path, base=base, own=own)
    )


def _page(folder, **definitions):
    """The page of these definitions, without disagreements."""
    for part in ("resources/codelists", "workflow"):
        (folder / part).parent.mkdir(exist_ok=True)
        (folder / part).symlink_to(WORKFLOW_DIR / part)
    (folder / "resources/disagreements.yaml").write_text("[]")
    (folder / "resources/definitions").mkdir()
    for name, text in definitions.items():
        (folder / f"resources/definitions/{name}.yaml").write_text(text)
    return reference(folder)


def test_a_comment_belongs_to_the_key_below_beside_or_above_it():
    assert comments(TEXT) == {
        (): ["What it is."],
        ("choices", "window_h"): ["? Why this, and not that."],
        ("choices", "other"): ["beside it"],
        ("choices", "nested", "inner"): ["Of the inner one."],
        ("components", "liver"): ["Before it.", "after it"],
        ("components", "liver", "parts"): ["before an item"],
    }


@pytest.mark.parametrize(
    ("bands", "decimals", "expected"),
    [
        (
            [{"points": 2, "at_least": 3.5}, {"points": 1, "above": 2}, {"points": 0}],
            None,
            [(0, "≤ 2"), (1, "> 2 to < 3.5"), (2, "≥ 3.5")],
        ),
        (
            [{"points": 4, "below": 20}, {"points": 3, "at_most": 50}, {"points": 0}],
            None,
            [(4, "< 20"), (3, "20 to 50"), (0, "> 50")],
        ),
        # A class between two others, as printed: potassium of APACHE II.
        (
            [{"points": 1, "at_least": 5.5}, {"points": 0, "at_least": 3.5}, {"points": 1}],
            1,
            [(1, "≤ 3.4"), (0, "3.5 to 5.4"), (1, "≥ 5.5")],
        ),
        ([{"points": 5, "at_least": 5, "at_most": 5}], None, [(5, "5")]),
        ([{"points": 4}], None, [(4, "any")]),
    ],
)
def test_classes_are_worded_in_the_order_of_values(bands, decimals, expected):
    assert classes(bands, decimals) == expected


@given(
    st.lists(
        st.fixed_dictionaries(
            {"points": st.integers(0, 4)},
            optional={
                "above": st.integers(0, 9),
                "at_least": st.integers(0, 9),
                "below": st.integers(0, 9),
                "at_most": st.integers(0, 9),
            },
        ),
        min_size=1,
        max_size=5,
    ),
    st.floats(-2, 12).map(lambda value: round(value, 1)),
)
def test_every_value_is_in_the_class_that_gives_its_points(bands, value):
    held = [point for point, words in classes(bands) if _holds(words, value)]
    expected = points(np.array([value]), bands)[0]
    assert held == ([] if np.isnan(expected) else [expected])


def _holds(words, value):
    """Read a class as a person does."""
    if words == "any":
        return True
    low, _, high = words.partition(" to ")
    sides = [(low, "≥"), (high, "≤")] if high else [(low, "=")]
    for side, usual in sides:
        sign, _, number = side.rpartition(" ")
        limit = float(number)
        if not {
            "≥": value >= limit,
            ">": value > limit,
            "≤": value <= limit,
            "<": value < limit,
            "=": value == limit,
        }[sign or usual]:
            return False
    return True


def test_points_of_0_to_4_are_columns_and_others_a_list():
    components = {
        "kidney": {
            "label": "Kidney",
            "parts": [
                {
                    "variable": "creatinine",
                    "unit": "umol/L",
                    "bands": [{"points": 1, "above": 110}, {"points": 0}],
                },
                {"given": ["dopamine"], "bands": [{"points": 4}]},
            ],
        },
        "gcs": {
            "label": "Coma",
            "variable": "gcs",
            "unit": "1",
            "bands": [{"points": 0, "at_least": 15}, {"points": 12}],
        },
    }
    assert points_table(components, LABELS) == "\n".join(
        [
            "| component | by | 0 | 1 | 2 | 3 | 4 |",
            "| --- | --- | --- | --- | --- | --- | --- |",
            "| Kidney | Creatinine, µmol/L | ≤&nbsp;110 | >&nbsp;110 |  |  |  |",
            "|  | Dopamine |  |  |  |  | given |",
            "",
            "| component | by | points |",
            "| --- | --- | --- |",
            "| Coma | Coma | **12**: ≤ 14; **0**: ≥ 15 |",
        ]
    )


def test_the_conditions_of_a_part_are_told():
    part = {
        "sum_of": ["dopamine", "vasopressin"],
        "unit": "ug/kg/min",
        "with_any": ["vasopressin"],
        "with_none": ["dopamine", "creatinine"],
    }
    assert described(part, LABELS, {"label": "x", "parts": [part]}, {}) == (
        "Dopamine + Vasopressin, µg/kg/min; together with Vasopressin; "
        "without Dopamine or Creatinine"
    )


def test_a_long_list_of_agents_is_written_out_below_the_table():
    part = {"given": [*"abcde"], "bands": [{"points": 4}]}
    page = points_table({"x": {"label": "X", "parts": [part, part]}}, {"a": "Agent"})
    assert page.endswith("|  | Any of list 1 |  |  |  |  | given |\n\nList 1: Agent, b, c, d, e")


def test_what_is_present_or_not_is_told_so():
    present = {"variable": "creatinine", "unit": "1", "bands": [{"points": 4, "at_least": 1}]}
    rate = {"agent": "dopamine", "unit": "1", "bands": [{"points": 3, "above": 0}, {"points": 0}]}
    page = points_table({"x": {"label": "X", "parts": [present, rate]}}, LABELS)
    assert "| Creatinine |  |  |  |  | present |" in page
    assert "| Dopamine | not given |  |  | >&nbsp;0 |  |" in page


def test_there_are_no_more_columns_than_points():
    part = {"label": "X", "variable": "creatinine", "bands": [{"points": 1, "above": 2}]}
    assert points_table({"x": part}, LABELS).endswith("| X | Creatinine |  | >&nbsp;2 |")


def test_criteria_read_as_a_sentence():
    tree = {
        "all": [
            {
                "any": [
                    {"variable": "creatinine", "above": 1.2, "unit": "mg/dL"},
                    {"derived": "urine_rate", "over_h": 6, "below": 0.3, "unit": "mL/kg/h"},
                ]
            },
            {"variable": "potassium", "at_least": 6, "unit": "mmol/L"},
        ]
    }
    assert criteria(tree, LABELS) == (
        "(Creatinine > 1.2 mg/dL or Urine by body weight over 6 h < 0.3 mL/kg/h) and "
        "potassium ≥ 6 mmol/L"
    )


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (True, None, "yes"),
        (None, None, "none"),
        (24, "h", "24 h"),
        ("at_limit", None, "at limit"),
        (["dopamine", "own Text"], None, "Dopamine, own Text"),
        (
            [{"status": "Tube", "modes": ["A", "B"], "devices": []}],
            None,
            "status: Tube; modes: A, B",
        ),
        ({"dopamine": {"vasopressin": 2}}, None, "Dopamine (Vasopressin: 2)"),
    ],
)
def test_values_are_words(value, unit, expected):
    assert in_words(value, LABELS, unit) == expected


def test_comments_name_issues_as_links_units_as_printed_and_what_can_be_disputed():
    assert prose("? 12 umol/L | (#1795)") == (
        "**?** 12 µmol/L \\| ([#1795](https://github.com/MIT-LCP/mimic-code/issues/1795))"
    )
