"""Conversion to canonical units, on what hospitals and laboratories print."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from sepsisflow.unit_spellings import COMMON
from sepsisflow.units import conversion, same_unit, units_of

REPOSITORY = Path(__file__).parents[2]
CODELISTS = {
    name: yaml.safe_load((REPOSITORY / f"resources/codelists/{name}.yaml").read_text("utf-8"))
    for name in ("variables", "agents")
}
ENTRIES = {**CODELISTS["variables"], **CODELISTS["agents"]}


@pytest.mark.parametrize(
    ("name", "written", "factor"),
    [
        *(("creatinine", unit, 1) for unit in ["mg/dL", "mg/dl", "MG/DL", "Mg/dl", "mg / dL"]),
        *(("creatinine", unit, 0.011312) for unit in
          ["umol/L", "umol/l", "µmol/L", "μmol/L", "UMOL/L", "umol per L", "uM"]),
        ("creatinine", "mmol/L", 11.312), ("creatinine", "mg/100mL", 1),
        ("bilirubin", "µmol/l", 0.058467), ("lactate", "mg/dL", 10 / 90.08),
        ("sodium", "mEq/L", 1), ("sodium", "meq/l", 1), ("bicarbonate", "MEQ/L", 1),
        *(("platelets", unit, 1) for unit in
          ["10*3/uL", "K/uL", "k/µl", "10^9/L", "10⁹/L", "10*9/L", "G/L", "g/l", "x10E3/uL",
           "X10^3/UL", "/nL", "/nl", "1000/uL", "10^3 cells/uL", "10*3{cells}/uL", "Tsd./µl",
           "K/mm3"]),
        ("platelets", "/uL", 0.001), ("platelets", "{cells}/uL", 0.001),
        ("pao2", "mmHg", 1), ("pao2", "mm Hg", 1), ("pao2", "MMHG", 1),
        ("pao2", "kPa", 1000 / 133.322387415), ("pao2", "cmH2O", 98.0665 / 133.322387415),
        ("temperature", "°C", 1), ("temperature", "deg C", 1), ("temperature", "Cel", 1),
        ("fio2", "%", 0.01), ("fio2", "1", 1), ("haematocrit", "L/L", 100),
        ("heart_rate", "bpm", 1), ("respiratory_rate", "breaths/min", 1),
        ("respiratory_rate", "insp/min", 1), ("heart_rate", "beats per minute", 1),
        ("urine_output_24h", "mL/24h", 1), ("urine_output_24h", "ml", 1),
        ("urine_output_24h", "mL/h", 24), ("urine_output_24h", "L/24 h", 1000),
        ("il_6", "ng/ml", 1000), ("il_6", "ng/L", 1), ("crp", "mg/dl", 10),
        ("procalcitonin", "µg/L", 1), ("albumin", "G/L", 0.1),
        *(("norepinephrine", unit, 1) for unit in
          ["mcg/kg/min", "µg/kg/min", "UG/KG/MIN", "mcg.kg-1.min-1", "mcg/kg/minute"]),
        ("norepinephrine", "mcg/kg/h", 1 / 60), ("norepinephrine", "mg/kg/hr", 1000 / 60),
        ("vasopressin", "U/min", 1), ("vasopressin", "units/min", 1),
        *(("vasopressin", unit, 1 / 60) for unit in
          ["U/h", "units/hour", "[IU]/h", "IE/h", "U/HR"]),
        ("vasopressin", "mU/min", 0.001), ("vasopressin", "MU/min", 1e6),
        ("msc", "{cells}", 1e-6), ("msc", "10^9", 1000), ("antibiotic", "mg", 0.001),
    ],
)  # fmt: skip
def test_a_unit_is_read_however_it_is_printed(name, written, factor):
    # The float nearest to the exact factor, or the neighbour that this line's own division gives.
    assert conversion(written, ENTRIES[name]) == (pytest.approx(factor, rel=3e-16), 0)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("creatinine", "U/L"), ("creatinine", ""), ("creatinine", "mg//dL"),
        ("creatinine", "furlong"),
        # Raised exponents that a copy has lost.
        ("platelets", "109/L"), ("platelets", "103/uL"), ("platelets", "10*3"),
        # A rate per kg is no rate, a drug's activity no mass, and a fraction is no count.
        ("norepinephrine", "ug/min"), ("norepinephrine", "/min"), ("norepinephrine", "U/kg/min"),
        ("vasopressin", "mcg/min"), ("vasopressin", "U"), ("vasopressin", "U/kg/min"),
        # In capitals it may be a thousandth or a million of a unit.
        ("vasopressin", "MU/MIN"),
        # mL per kg and hour, or mL times hours per kg?
        ("renal_replacement", "mL/kg.h"),
        # Of fibrinogen equivalents there are half as many as of D-dimer.
        ("crp", "mg{FEU}/L"),
        ("il_6", "10**9**9"), ("il_6", "__import__('os')"), ("il_6", "("), ("il_6", "."),
        ("il_6", "*"),
    ],
)  # fmt: skip
def test_a_unit_that_does_not_fit_or_could_be_two_is_refused(name, written):
    assert conversion(written, ENTRIES[name]) is None


def test_fahrenheit_and_kelvin_have_an_offset():
    factor, offset = conversion("degF", ENTRIES["temperature"])
    assert 98.6 * factor + offset == pytest.approx(37, rel=1e-15)
    assert conversion("K", ENTRIES["temperature"]) == (1, -273.15)


def test_moles_and_equivalents_need_the_mass_and_the_valence_of_the_substance():
    calcium = {"unit": "mg/dL", "molar_mass": 40.078, "valence": 2}
    assert conversion("mmol/L", calcium) == (4.0078, 0)
    assert conversion("mEq/L", calcium) == (2.0039, 0)
    assert conversion("mmol/L", {"unit": "mg/dL"}) is None
    assert conversion("mEq/L", {"unit": "mmol/L"}) is None


def test_an_odd_unit_of_the_codelist_has_its_own_factor():
    odd = {"unit": "mL/d", "units": {"bottles": 500, "marks": {"factor": 2, "offset": 1}}}
    assert conversion("bottles", odd) == (500, 0)
    assert conversion("marks", odd) == (2, 1)


def test_the_same_unit_is_known_in_two_spellings():
    assert same_unit("mg/dl", "MG/DL")
    assert same_unit("µmol/L", "umol/l")
    assert not same_unit("mg/dL", "g/L")
    assert not same_unit("furlong", "furlong")


def test_every_canonical_unit_of_the_codelists_is_one_that_is_read():
    for entry in ENTRIES.values():
        assert conversion(entry["unit"], entry) == (1, 0)
        assert units_of(entry)[0] == entry["unit"]


def test_the_units_named_to_a_user_are_each_read_in_one_way():
    for unit in COMMON:
        assert conversion(unit, {"unit": unit}) == (1, 0)


@given(st.text(max_size=12) | st.text("mgukdLl/hU10^*E93{}[]%. ", max_size=12))
def test_any_text_is_a_unit_or_none(text):
    found = conversion(text, {"unit": "mg/dL", "molar_mass": 113.12})
    assert found is None or found[0] > 0


def test_prefixes_and_moles_are_converted_without_loading_pint():
    code = (
        "import sys; from sepsisflow.units import conversion\n"
        "entry = {'unit': 'mg/dL', 'molar_mass': 113.12}\n"
        "assert all(conversion(unit, entry) for unit in ('mg/dl', 'umol/L', 'g/L'))\n"
        "assert 'pint' not in sys.modules"
    )
    scripts = REPOSITORY / "workflow/scripts"
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": str(scripts)})


@pytest.mark.parametrize("canonical", ["titre", "M", "[CFU]/mL"])
def test_a_unit_that_is_no_known_one_or_could_be_two_is_only_itself(canonical):
    entry = {"unit": canonical}
    assert conversion(canonical, entry) == (1, 0)
    assert conversion("mmol/L", entry) is None
    assert units_of(entry) == [canonical]
