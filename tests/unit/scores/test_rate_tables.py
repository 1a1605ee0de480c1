"""Tables of rates over time, by hand."""

import numpy as np
import pytest
from scored import LISTS, ROOT, infusion, people, table, value
from sepsisflow.schemas.rates import NorepinephrineEquivalents, UrineOutput
from sepsisflow.scores.rate_tables import equivalents_table, urine_table
from sepsisflow.scores.rates import EQUIVALENTS, URINE, read_versions

VERSIONS = {key: read_versions(key, ROOT, LISTS) for key in (URINE, EQUIVALENTS)}
UNITS = {name: each["unit"] for name, each in LISTS["agents"].items()}


def urine(version, *rows, events=(), weight=80.0):
    """Urine output of two participants by a version."""
    found = urine_table(
        {version: VERSIONS[URINE][version]},
        people("a", "b").assign(weight_kg=weight),
        table("measurements", rows),
        table("events", events),
    ).to_pandas()
    return UrineOutput.validate(found, lazy=True)


def test_urine_is_related_to_weight_and_documented_hours_in_every_window():
    rows = [value("urine_output", hour, 40, source_row=hour) for hour in range(1, 14)]
    found = urine("kdigo-2012", *rows)
    last = found[found["time_h"].eq(13)].set_index("over_h")
    assert last["volume"].to_dict() == {6: 240, 12: 480, 24: 520}
    assert last["documented_h"].to_dict() == {6: 6, 12: 12, 24: 13}
    assert last["rate"].round(6).tolist()[:2] == [0.5, 0.5]
    assert np.isnan(last["rate"][24])
    assert last["source_row"].eq(13).all()
    assert len(found) == 3 * 13


def test_a_participant_without_weight_has_volumes_and_no_rate():
    found = urine("kdigo-2012", value("urine_output", 24, 40), weight=np.nan)
    assert found["volume"].tolist() == [40, 40, 40]
    assert found[["weight", "rate"]].isna().all(axis=None)


def test_the_preset_counts_from_the_first_heart_rate_and_leaves_out_who_has_none():
    rows = [
        value("heart_rate", 1, 80),
        value("heart_rate", 3, 80),
        value("urine_output", 7, 480),
        value("weight", 0, 80),
        value("urine_output", 7, 480, who="b"),
    ]
    found = urine("mimic-code", *rows)
    assert found["participant_id"].tolist() == ["a"] * 3
    assert found["documented_h"].tolist() == [6, 6, 6]
    assert found["rate"].tolist()[0] == 1.0


def test_who_has_no_entry_has_no_row():
    assert len(urine("kdigo-2012")) == len(urine("mimic-code")) == 0


def test_equivalents_cite_every_rate_that_they_add():
    found = equivalents_table(
        {name: VERSIONS[EQUIVALENTS][name] for name in ("goradia-2020", "kotani-2023")},
        people("a"),
        table(
            "interventions",
            [infusion("norepinephrine", 0, 2, 0.1), infusion("phenylephrine", 1, 2, 1)],
        ),
        UNITS,
    ).to_pandas()
    NorepinephrineEquivalents.validate(found, lazy=True)
    assert found["version"].tolist() == ["goradia-2020"] * 2 + ["kotani-2023"] * 2
    assert found["dose"].round(6).tolist() == [0.1, 0.2, 0.1, 0.16]
    cited = {"unit": "ug/kg/min", "source_file": "interventions.csv"}
    assert found["components"][0].tolist() == [
        {"agent": "norepinephrine", "rate": 0.1, "source_row": 2, **cited}
    ]
    assert found["components"][1].tolist() == [
        {"agent": "norepinephrine", "rate": 0.1, "source_row": 2, **cited},
        {"agent": "phenylephrine", "rate": 1.0, "source_row": 3, **cited},
    ]


def test_a_salt_is_cited_as_its_base_with_the_row_it_came_from():
    given = [
        infusion("norepinephrine_bitartrate_monohydrate", 0, 2, 0.2),
        infusion("norepinephrine", 1, 2, 0.1),
    ]
    versions = {"goradia-2020": VERSIONS[EQUIVALENTS]["goradia-2020"]}
    rows = table("interventions", given)
    found = equivalents_table(versions, people("a"), rows, UNITS).to_pandas()
    assert found["dose"].round(6).tolist() == [0.1, 0.2]
    cited = found["components"][0][0]
    assert (cited["agent"], cited["rate"], cited["source_row"]) == ("norepinephrine", 0.1, 2)


@pytest.mark.parametrize("version", VERSIONS[EQUIVALENTS])
def test_who_gets_nothing_has_no_equivalents(version):
    versions = {version: VERSIONS[EQUIVALENTS][version]}
    found = equivalents_table(versions, people("a"), table("interventions", []), UNITS)
    assert NorepinephrineEquivalents.validate(found.to_pandas(), lazy=True).empty


def test_rows_of_a_participant_lie_together_whatever_the_version():
    rows = [value("urine_output", 6, 1), value("urine_output", 6, 2, who="b")]
    found = urine("kdigo-2012", *rows)
    assert found["participant_id"].tolist() == ["a"] * 3 + ["b"] * 3
    assert found["over_h"].tolist() == [6, 12, 24] * 2
