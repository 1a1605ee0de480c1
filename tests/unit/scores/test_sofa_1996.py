"""Both sides of every threshold of SOFA (1996), transcribed from the published table."""

from pathlib import Path

import numpy as np
import pytest
from sepsisflow.configuration.strict_yaml import read_yaml
from sepsisflow.scores.bands import points
from sepsisflow.scores.definitions import read_definition

ROOT = Path(__file__).parents[3]
# What decides -> value and its points, at both sides of each threshold.
GOLDEN = {
    ("respiration", "pao2_fio2_supported"): [
        (0, 4), (99.9, 4), (100, 3), (100.1, 3), (199.9, 3), (200, 2), (200.1, 2), (299.9, 2),
        (300, 1), (300.1, 1), (399.9, 1), (400, 0), (400.1, 0), (600, 0),
    ],
    ("respiration", "pao2_fio2_unsupported"): [
        (0, 2), (99.9, 2), (100, 2), (199.9, 2), (200, 2), (299.9, 2), (300, 1), (300.1, 1),
        (399.9, 1), (400, 0), (400.1, 0),
    ],
    ("coagulation", "platelets"): [
        (0, 4), (19, 4), (19.9, 4), (20, 3), (21, 3), (49, 3), (49.9, 3), (50, 2), (51, 2),
        (99, 2), (99.9, 2), (100, 1), (101, 1), (149, 1), (149.9, 1), (150, 0), (151, 0),
    ],
    ("liver", "bilirubin"): [
        (0, 0), (1.1, 0), (1.19, 0), (1.2, 1), (1.21, 1), (1.9, 1), (1.99, 1), (2.0, 2), (2.01, 2),
        (5.9, 2), (5.99, 2), (6.0, 3), (6.01, 3), (11.9, 3), (11.99, 3), (12.0, 4), (12.01, 4),
    ],
    ("cardiovascular", "map"): [(0, 1), (69, 1), (69.9, 1), (70, 0), (70.1, 0), (71, 0)],
    ("cardiovascular", "dopamine"): [
        (0, 0), (0.1, 2), (4.9, 2), (5, 2), (5.1, 3), (14.9, 3), (15, 3), (15.1, 4), (20, 4),
    ],
    ("cardiovascular", "dobutamine"): [(0, 0), (0.1, 2), (5, 2), (30, 2)],
    ("cardiovascular", "epinephrine"): [
        (0, 0), (0.01, 3), (0.09, 3), (0.1, 3), (0.101, 4), (0.11, 4), (1, 4),
    ],
    ("cardiovascular", "norepinephrine"): [
        (0, 0), (0.01, 3), (0.09, 3), (0.1, 3), (0.101, 4), (0.11, 4), (1, 4),
    ],
    ("cns", "gcs"): [
        (3, 4), (4, 4), (5, 4), (6, 3), (7, 3), (8, 3), (9, 3), (10, 2), (11, 2), (12, 2), (13, 1),
        (14, 1), (15, 0),
    ],
    ("renal", "creatinine"): [
        (0.5, 0), (1.1, 0), (1.19, 0), (1.2, 1), (1.21, 1), (1.9, 1), (1.99, 1), (2.0, 2),
        (2.01, 2), (3.4, 2), (3.49, 2), (3.5, 3), (3.51, 3), (4.9, 3), (4.99, 3), (5.0, 4),
        (5.01, 4),
    ],
    ("renal", "urine_24h"): [
        (0, 4), (199, 4), (199.9, 4), (200, 3), (200.1, 3), (499, 3), (499.9, 3), (500, 0),
        (500.1, 0),
    ],
    ("renal", "urine_output_24h"): [(199.9, 4), (200, 3), (499.9, 3), (500, 0)],
}  # fmt: skip
CASES = [(*key, value, expected) for key, pairs in GOLDEN.items() for value, expected in pairs]


@pytest.fixture(scope="module", params=["sofa-1996", "mimic-code"])
def definition(request):
    lists = {
        name: read_yaml(ROOT / f"resources/codelists/{name}.yaml", name)
        for name in ("variables", "agents")
    }
    return request.param, read_definition(request.param, ROOT, lists)


def parts_called(definition, component, name):
    return [
        part
        for part in definition["components"][component]["parts"]
        if name in (part.get("variable"), part.get("agent"), part.get("derived"))
    ]


@pytest.mark.parametrize(("component", "name", "value", "expected"), CASES)
def test_both_sides_of_every_threshold_score_as_published(
    definition, component, name, value, expected
):
    which, content = definition
    if (name, value) == ("epinephrine", 0) or (name, value) == ("norepinephrine", 0):
        # The reference gives a rate of 0 three points.
        expected = {"sofa-1996": 0, "mimic-code": 3}[which]
    parts = parts_called(content, component, name)
    # The preset knows no recorded 24-hour volumes.
    assert len(parts) == (name != "urine_output_24h" or which == "sofa-1996")
    for part in parts:
        assert points(np.array([value]), part["bands"]).tolist() == [expected]


def test_every_part_of_both_definitions_is_transcribed(definition):
    _, content = definition
    kinds = ("variable", "agent", "derived")
    named = {
        (key, part[kind])
        for key, each in content["components"].items()
        for part in each["parts"]
        for kind in kinds
        if kind in part
    }
    assert named <= set(GOLDEN)


def test_a_missing_value_has_no_points():
    assert np.isnan(points(np.array([np.nan]), [{"points": 1, "below": 70}, {"points": 0}])).all()
    assert np.isnan(points(np.array([80.0]), [{"points": 1, "below": 70}])).all()
