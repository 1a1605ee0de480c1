"""Norepinephrine equivalents of each agent alone and of all at once, transcribed by hand.

Goradia 2020, J Crit Care 61:233, as mimic-code has it: norepinephrine + epinephrine +
phenylephrine / 10 + dopamine / 100 + vasopressin (units/min) * 2.5, and beyond it metaraminol / 8
and angiotensin II (ug/kg/min) * 10.
"""

import pytest
from scored import LISTS, ROOT, infusion, people, table
from sepsisflow.scores.rate_tables import equivalents_table
from sepsisflow.scores.rates import EQUIVALENTS, read_versions
from sepsisflow.units import conversion

VERSIONS = read_versions(EQUIVALENTS, ROOT, LISTS)
UNITS = {name: each["unit"] for name, each in LISTS["agents"].items()}
# A rate of each agent that is worth 0.1 ug/kg/min of norepinephrine.
A_TENTH = [
    ("norepinephrine", 0.1, "ug/kg/min"),
    ("epinephrine", 0.1, "ug/kg/min"),
    ("phenylephrine", 1.0, "ug/kg/min"),
    ("dopamine", 10.0, "ug/kg/min"),
    ("vasopressin", 0.04, "[IU]/min"),
    # Per hour, not per minute: 2.4 units/h.
    ("vasopressin", 2.4, "[IU]/h"),
]
BEYOND = [("metaraminol", 0.8, "ug/kg/min"), ("angiotensin_ii", 0.01, "ug/kg/min")]


def dose(version, *rates):
    """The one equivalent of infusions that run together, in ug/kg/min."""
    given = [
        infusion(agent, 0.0, 2.0, rate * conversion(unit, LISTS["agents"][agent])[0])
        for agent, rate, unit in rates
    ]
    rows = table("interventions", given)
    found = equivalents_table({version: VERSIONS[version]}, people("a"), rows, UNITS)
    return [round(each, 9) for each in found.column("dose").to_pylist()]


@pytest.mark.parametrize(
    ("version", "rate"),
    [
        *(("goradia-2020", rate) for rate in [*A_TENTH, *BEYOND]),
        *(("mimic-code", rate) for rate in A_TENTH),
    ],
)
def test_the_equivalent_of_each_agent_alone_is_as_published(version, rate):
    assert dose(version, rate) == [0.1]


def test_the_equivalents_of_all_agents_at_once_are_added():
    together = A_TENTH[:5]
    assert dose("mimic-code", *together) == [0.5]
    assert dose("goradia-2020", *together, *BEYOND) == [0.7]


def test_agents_that_raise_contractility_alone_have_no_equivalent():
    rates = [("norepinephrine", 0.2, "ug/kg/min"), ("dobutamine", 5.0, "ug/kg/min")]
    assert dose("goradia-2020", *rates) == [0.2]


# Mass of each salt that holds 0.1 ug of the base, as SOFA-2 (Ranzani 2025) gives it.
SALTS = [
    ("norepinephrine_bitartrate_monohydrate", 0.2, "ug/kg/min"),
    ("norepinephrine_bitartrate", 0.189, "ug/kg/min"),
    ("norepinephrine_hydrochloride", 0.122, "ug/kg/min"),
]


@pytest.mark.parametrize("version", ["goradia-2020", "kotani-2023", "khanna-2017"])
@pytest.mark.parametrize("salt", SALTS)
def test_salts_of_norepinephrine_count_as_the_base_in_them(version, salt):
    assert dose(version, salt) == [0.1]
    assert dose(version, A_TENTH[0], salt) == [0.2]


@pytest.mark.parametrize("salt", SALTS)
def test_the_reference_knows_no_salts(salt):
    assert dose("mimic-code", salt) == []
