"""Reference answers of R, and samples to compare them with."""

import json
from functools import cache

import numpy as np
import pandas as pd
import pytest
from sepsisflow.inference.follow_up import follow_up


@pytest.fixture(scope="session")
def oracles(reference):
    """Items of one file of R's answers, by id: ``oracles("lung")["lung_sex.cox.efron"]``."""

    @cache
    def read(name: str) -> dict:
        path = reference("oracles/statistics") / f"{name}.json"
        items = json.loads(path.read_text(encoding="utf-8"))["oracles"]
        return {item["id"]: item for item in items}

    return read


@pytest.fixture(scope="session")
def datasets(reference):
    """One of the data sets that the answers are about."""

    @cache
    def read(name: str) -> pd.DataFrame:
        return pd.read_csv(reference("oracles/statistics/datasets") / f"{name}.csv")

    return read


@pytest.fixture(scope="session")
def numbers():
    """R's number, or list of numbers, with "NA", "NaN" and "Inf" as floats."""

    def read(value):
        return [read(each) for each in value] if isinstance(value, list) else _number(value)

    return read


@pytest.fixture(scope="session")
def samples():
    """Treated (arm 1) and control (arm 0) from times in days, through the pipeline's tables."""

    def build(time, died, arm) -> tuple[pd.DataFrame, pd.DataFrame]:
        ids = [f"{number:05d}" for number in range(len(time))]
        hours = np.multiply(time, 24)
        followed = follow_up(
            pd.DataFrame({"participant_id": ids, "arm": arm, "time_zero_h": 0.0}),
            pd.DataFrame({"participant_id": ids, "died": died, "time_h": hours}),
            follow_up_days=np.inf,
        )
        return tuple(followed[followed["arm"].eq(code)] for code in (1, 0))

    return build


def _number(value) -> float:
    return float("nan") if value in ("NA", "NaN") else float(value)
