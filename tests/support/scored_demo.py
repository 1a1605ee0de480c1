"""Scores of the MIMIC-IV demo, and the reference tables."""

import pandas as pd
from whole_workflow import Workflow, copy_workflow


class Run:
    """Scores of the demo, and the reference tables."""

    def __init__(self, folder, oracle):
        self.folder, self.results = folder, folder / "results/mimic-iv-demo"
        self.oracle = oracle

    def scores(self, table, definition="mimic-code"):
        """A table of scores."""
        return texts(pd.read_parquet(self.results / f"derived/scores/{definition}/{table}.parquet"))

    def reference(self, table):
        """A reference table, with the participants' names."""
        frame = pd.read_csv(self.oracle / f"{table}.csv.gz")
        return frame.assign(participant_id=frame["stay_id"].astype(str))


def texts(frame):
    """A table whose categories are texts."""
    return frame.astype(dict.fromkeys(frame.select_dtypes("category").columns, object))


def scored_demo(data, oracle, folder):
    """The demo, scored through the workflow in a folder."""
    copy_workflow(folder)
    workflow, chosen = Workflow(folder), ("--config", "study=mimic-iv-demo", f"data={data}")
    workflow.build("scores", "-c2", *chosen)
    assert workflow.planned("scores", *chosen) == {}
    return Run(folder, oracle)


def differences(found, expected):
    """Rows that are not equal; missing equals missing only."""
    return int((~(found.eq(expected) | (found.isna() & expected.isna()))).sum())
