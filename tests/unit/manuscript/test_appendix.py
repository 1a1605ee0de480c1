"""The appendix shows what is stored, not what the text rounds."""

from sepsisflow.manuscript.appendix import numbers_table


def test_a_row_tells_key_value_method_and_file():
    row = {
        "value": 0.300000001,
        "lower": -0.0176503374,
        "upper": 0.5189728183,
        "unit": "1",
        "n": 30,
        "n_events": None,
        "method": "Newcombe <10>",
        "file": "estimates/survival.parquet",
    }
    (line,) = numbers_table(["a.b.c.d@14.x"], {"a.b.c.d@14.x": row}).splitlines()[2:]
    assert line == (
        "| [`a.b.c.d@14.x`]{#estimate-a.b.c.d:14.x} | 0.3 (−0.0176503 to 0.518973) | 1 | 30 | – | "
        r"Newcombe \<10\> | `estimates/survival.parquet` |"
    )


def test_a_value_without_interval_stands_alone():
    row = {"value": 5735.0, "lower": None, "upper": float("nan"), "unit": "1", "n": 5735}
    row |= {"n_events": None, "method": "Count", "file": "estimates/baseline.parquet"}
    assert "| 5,735 | 1 | 5,735 | – |" in numbers_table(["a"], {"a": row})
