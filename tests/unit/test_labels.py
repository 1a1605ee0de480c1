"""Variables and units as readers see them."""

import pytest
from sepsisflow.labels import printed_unit, with_unit


@pytest.mark.parametrize(
    ("ucum", "printed"),
    [
        ("1", ""),
        (None, ""),
        ("[pH]", ""),
        ("mg/dL", "mg/dL"),
        ("umol/L", "µmol/L"),
        ("ug/kg/min", "µg/kg/min"),
        ("10*3/uL", "10³/µL"),
        ("10*9/L", "10⁹/L"),
        ("10*-3", "10⁻³"),
        ("mm[Hg]", "mmHg"),
        ("Cel", "°C"),
        ("a", "years"),
        ("%", "%"),
        ("U/L", "U/L"),
        ("/min", "per min"),
    ],
)
def test_units_are_printed_as_journals_do(ucum, printed):
    assert printed_unit(ucum) == printed


def test_a_pure_number_has_no_brackets():
    assert with_unit("APACHE II", "1") == "APACHE II"


def test_units_follow_in_brackets_or_after_a_comma():
    assert with_unit("Lactate", "mmol/L") == "Lactate (mmol/L)"
    assert with_unit("Lactate", "mmol/L", separator=", ") == "Lactate, mmol/L"
