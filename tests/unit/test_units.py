"""Conversion to canonical units."""

import pytest
from sepsisflow.units import conversion

CREATININE = {"umol/L": 1 / 88.42}
TEMPERATURE = {"degF": {"factor": 5 / 9, "offset": -160 / 9}}


@pytest.mark.parametrize("written", ["umol/L", "µmol/L", "μmol/L", "umol / L"])
def test_micromoles_are_read_however_the_sign_is_typed(written):
    factor, offset = conversion(written, "mg/dL", CREATININE)
    assert (88.42 * factor, offset) == (pytest.approx(1), 0)


def test_fahrenheit_has_an_offset():
    factor, offset = conversion("degF", "Cel", TEMPERATURE)
    assert 98.6 * factor + offset == pytest.approx(37)


def test_an_unknown_unit_has_no_conversion():
    assert conversion("U/L", "mg/dL", CREATININE) is None
