"""Strict YAML: what is text stays text, and what is wrong is named with its line."""

import pytest
from sepsisflow.configuration.strict_yaml import read_yaml
from sepsisflow.errors import DataError


def read(folder, text):
    path = folder / "a.yaml"
    path.write_text(text, encoding="utf-8")
    return read_yaml(path, "a.yaml")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("yes", "yes"),
        ("off", "off"),
        ("12:30", "12:30"),
        ("2022-03-16", "2022-03-16"),
        ("true", True),
        ("null", None),
        ("", None),
        ("010", 10),
        ("1e3", 1000.0),
        ("-0.5", -0.5),
        ('"1"', "1"),
        ("10*6", "10*6"),
    ],
)
def test_a_value_is_what_a_person_reads(tmp_path, written, meant):
    value = read(tmp_path, f"a: {written}\n")["a"]
    assert (type(value), value) == (type(meant), meant)


def test_keys_are_texts_as_written(tmp_path):
    assert read(tmp_path, "{yes: 1, 01: 2, 1.50: 3, null: 4}\n") == {
        "yes": 1,
        "01": 2,
        "1.50": 3,
        "null": 4,
    }


def test_anchors_and_merged_mappings_are_understood(tmp_path):
    text = "a: &x {b: 1, c: 2}\nd: *x\ne: {<<: *x, c: 3}\n"
    assert read(tmp_path, text) == {
        "a": {"b": 1, "c": 2},
        "d": {"b": 1, "c": 2},
        "e": {"b": 1, "c": 3},
    }


ADVICE = (
    "Check the indentation and the brackets, and put quotes around a text that holds ': ' or ' #'."
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "a: 1\nb:\n  c: 1\n  c: 2\na: 3\n",
            "line 5: duplicate key 'a', first given in line 1. Keep one of them.\n"
            "a.yaml: line 4: duplicate key 'c', first given in line 3. Keep one of them.",
        ),
        (
            "a: b: c\n",
            f"line 1: not valid YAML (mapping values are not allowed in this context). {ADVICE}",
        ),
        ("a: [1\nb: 2\n", f"line 2: not valid YAML (did not find expected ',' or ']'). {ADVICE}"),
        ("? [a]\n: 1\n", "line 1: a key must be a text, not a list or mapping."),
        ("a: \x01\n", "not valid YAML: it holds a character that no text may hold."),
    ],
)
def test_what_is_not_one_clear_document_is_refused_with_its_line(tmp_path, text, said):
    with pytest.raises(DataError) as error:
        read(tmp_path, text)
    assert str(error.value) == f"a.yaml: {said}"


def test_a_file_that_is_not_there_or_not_utf8_says_so(tmp_path):
    with pytest.raises(DataError, match=r"^a\.yaml: there is no such file\.$"):
        read_yaml(tmp_path / "a.yaml", "a.yaml")
    (tmp_path / "a.yaml").write_bytes(b"a: \xe4\n")
    with pytest.raises(DataError, match=r"^a\.yaml: not UTF-8 text; save it with that encoding\.$"):
        read_yaml(tmp_path / "a.yaml", "a.yaml")
