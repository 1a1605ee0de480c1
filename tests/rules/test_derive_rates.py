"""The edges that score a window and derive rates over time: tables in, tables out."""

import io

import derive_norepinephrine_equivalents
import derive_urine_output
import pandas as pd
import pyarrow.parquet as pq
import score_sofa
from edge_runs import run_edge
from scored import DEFINITIONS, LISTS, ROOT, infusion, people, table, value
from sepsisflow.schemas.organ_scores import WINDOW_SCHEMAS
from sepsisflow.schemas.rates import NorepinephrineEquivalents, UrineOutput
from sepsisflow.scores.rates import EQUIVALENTS, URINE, read_versions

PARTICIPANTS = people("a", "b").assign(weight_kg=80.0)
INFUSION = table("interventions", [infusion("norepinephrine", 0, 2, 0.1)]).to_pandas()


def read(written):
    """A written table, texts as such."""
    return pq.read_table(io.BytesIO(written)).to_pandas()


def test_urine_of_every_domain_is_related_to_the_weight(tmp_path):
    rows = [[value("urine_output", 6, 480)], [value("platelets", 6, 100)]]
    written = run_edge(
        derive_urine_output,
        tmp_path,
        tables={
            "participants": PARTICIPANTS,
            "measurements": [table("measurements", each).to_pandas() for each in rows],
            "events": [],
        },
        params={
            "settings": {
                "versions": {"kdigo-2012": read_versions(URINE, ROOT, LISTS)["kdigo-2012"]},
                "variables": ["urine_output"],
            }
        },
        outputs={"urine": "urine_output.parquet"},
    )
    found = UrineOutput.validate(read(written["urine"]))
    assert found["rate"].tolist()[0] == 1.0
    assert len(found) == 3


def test_equivalents_are_written_with_what_runs(tmp_path):
    versions = {"goradia-2020": read_versions(EQUIVALENTS, ROOT, LISTS)["goradia-2020"]}
    written = run_edge(
        derive_norepinephrine_equivalents,
        tmp_path,
        tables={"participants": PARTICIPANTS, "interventions": [INFUSION]},
        params={
            "settings": {
                "versions": versions,
                "units": dict.fromkeys(versions["goradia-2020"]["factors"], "ug/kg/min"),
            }
        },
        outputs={"equivalents": "norepinephrine_equivalents.parquet"},
    )
    (row,) = NorepinephrineEquivalents.validate(read(written["equivalents"])).to_dict("records")
    assert [row[name] for name in ("participant_id", "start_h", "end_h", "dose")] == [
        "a",
        0,
        2,
        0.1,
    ]
    assert [each["agent"] for each in row["components"]] == ["norepinephrine"]


def test_a_window_is_scored_for_everybody(tmp_path):
    name = "mimic-code-first-day"
    settings = {"definition": DEFINITIONS[name], "variables": LISTS["variables"]}
    written = run_edge(
        score_sofa,
        tmp_path,
        tables={
            "participants": PARTICIPANTS,
            "measurements": [table("measurements", [value("platelets", 6, 90)]).to_pandas()],
            "interventions": [INFUSION],
            "events": [],
        },
        params={"name": name, "settings": settings},
        outputs={each: f"{each}.parquet" for each in WINDOW_SCHEMAS},
    )
    totals = pd.read_parquet(io.BytesIO(written["window_totals"]))
    assert totals["score"].tolist() == [2 + 3, 0]
    assert totals["n_components"].tolist() == [2, 0]
