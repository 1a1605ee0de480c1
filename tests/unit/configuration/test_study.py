"""The study file: what is filled in, what is refused and in which words."""

import json
import subprocess
import sys
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis.strategies as st
import pytest
import yaml
from hypothesis import given, settings
from sepsisflow.errors import DataError
from sepsisflow.fields import PEOPLE
from sepsisflow.schemas.participants import Participants
from sepsisflow.study import RULES, load, vocabularies
from study_example import REPOSITORY, STUDY, changed, complaints, loaded


def test_defaults_come_from_the_schema(tmp_path):
    settings = loaded(tmp_path).settings
    assert settings["level"] == 0.95
    assert settings["figures"] == {"width_mm": 85, "full_width_mm": 174, "dpi": 300}
    assert settings["findings"] == {"errors_allowed": 0}
    assert settings["arms"]["old"]["time_zero"] == "origin"
    assert settings["publisher"] is None
    people = settings["sources"]["people"]
    assert {key: people[key] for key in ("encoding", "delimiter", "decimal", "missing")} == {
        "encoding": "utf-8",
        "delimiter": ",",
        "decimal": ".",
        "missing": [""],
    }
    assert people["maps"][1]["fields"]["time"] == {"column": "Death", "as": "date"}
    assert settings["published"][0]["decimals"] == 0


def test_a_text_alone_is_written_out_as_the_column_it_names(tmp_path):
    sources = loaded(tmp_path).settings["sources"]
    people, laboratory = sources["people"]["maps"], sources["laboratory"]["maps"]
    assert people[0]["fields"]["participant_id"] == {"column": "ID"}
    assert people[0]["fields"]["charlson"] == {"column": "Charlson", "declared_missing": []}
    assert laboratory[0]["values"]["sofa_recorded"] == {"column": "SOFA", "declared_missing": []}


def test_what_is_given_takes_precedence_over_defaults(tmp_path):
    settings = loaded(tmp_path, STUDY + "level: 0.9\nfigures: {dpi: 600}\n").settings
    assert settings["level"] == 0.9
    assert settings["figures"] == {"dpi": 600, "width_mm": 85, "full_width_mm": 174}


def test_codes_keep_the_texts_as_written(tmp_path):
    fields = loaded(tmp_path).settings["sources"]["people"]["maps"][0]["fields"]
    assert fields["diabetes"]["codes"] == {"yes": True, "no": False}
    assert fields["chosen"]["codes"] == {"1": True, "0": False}
    assert fields["arm"]["codes"] == {"N": "new", "P": None}


def test_data_default_to_the_folder_of_the_study_s_name_and_can_be_elsewhere(tmp_path):
    assert loaded(tmp_path).data == tmp_path / "resources/x"
    assert loaded(tmp_path, data="raw").data == tmp_path / "raw"
    assert loaded(tmp_path, data="/data/raw").data == Path("/data/raw")


def test_the_findings_of_a_previous_export_are_a_file_that_outlasts_the_run(tmp_path):
    assert loaded(tmp_path).previous_findings is None
    kept = tmp_path / "exports/may.parquet"
    kept.parent.mkdir()
    kept.touch()
    assert loaded(tmp_path, previous_findings="exports/may.parquet").previous_findings == kept
    with pytest.raises(DataError) as error:
        loaded(tmp_path, previous_findings="exports/june.parquet")
    assert str(error.value) == (
        f"config/config.yaml: previous_findings: {tmp_path}/exports/june.parquet: there is no such "
        "file. Name a copy of quality/findings.parquet of an earlier run, or leave the key out."
    )
    with pytest.raises(DataError) as error:
        loaded(tmp_path, previous_findings="results/x/quality/findings.parquet")
    assert str(error.value) == (
        f"config/config.yaml: previous_findings: {tmp_path}/results/x/quality/findings.parquet is "
        "overwritten by the next run; copy it to a folder outside results/ and name the copy."
    )


def test_a_relative_working_directory_keeps_the_data_folder_relative(tmp_path, monkeypatch):
    loaded(tmp_path)
    monkeypatch.chdir(tmp_path)
    study = load({"study": "x"}, workdir=Path(), workflow_dir=REPOSITORY)
    assert str(study.data) == "resources/x"


@pytest.mark.parametrize("name", ["nct05283317", "rhc"])
def test_a_bundled_study_is_valid(name):
    study = load({"study": name}, workdir=REPOSITORY, workflow_dir=REPOSITORY)
    assert study.name == name
    assert set(study.codelists) == {"variables", "agents", "events"}


def test_config_names_the_default_study():
    assert load({}, workdir=REPOSITORY, workflow_dir=REPOSITORY).name == "nct05283317"


@pytest.mark.parametrize("options", [False, True], ids=["as it is", "with every option"])
def test_the_template_is_valid_once_filled_in(tmp_path, options):
    lines = (REPOSITORY / "config/studies/template.yaml").read_text(encoding="utf-8").split("\n")
    text = "\n".join(
        line.removeprefix("#: ") for line in lines if options or not line.startswith("#: ")
    )
    assert loaded(tmp_path, text.replace("FILL IN: ", "")).settings["seed"] == 1


def test_what_the_template_leaves_to_fill_in_is_named(tmp_path):
    text = (REPOSITORY / "config/studies/template.yaml").read_text(encoding="utf-8")
    said = complaints(tmp_path, text)
    assert said[0] == "title: still holds the template's placeholder; fill it in."
    assert len(said) == text.count('"FILL IN: ')


def test_all_problems_are_listed_at_once_in_the_order_of_the_file(tmp_path):
    text = changed(
        ("seed: 1\n", "seed: one\n"),
        ("follow_up_days: 28", "follow_up_days: -1"),
        ("flag: chosen", "flag: choosen"),
        ("arms: [new]", "arms: [neu]"),
    )
    assert complaints(tmp_path, text) == [
        "seed: expected a whole number, got the text 'one'.",
        "survival.follow_up_days: must be at least 1, not -1.",
        "controls.flag: 'choosen' is not a declared boolean covariate; did you mean 'chosen'?",
        "biomarkers.cytokines.arms[1]: there is no arm 'neu'; did you mean 'new'?",
    ]


def test_messages_name_the_study_file(tmp_path):
    with pytest.raises(DataError) as error:
        loaded(tmp_path, changed(("horizons_days", "horizon_days")))
    assert str(error.value) == (
        "config/studies/x.yaml: survival.horizon_days: unknown key; did you mean 'horizons_days'?"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "expected a mapping of keys, got nothing."),
        ("- a\n", "expected a mapping of keys, got a list."),
    ],
)
def test_a_file_that_is_no_mapping_is_refused(tmp_path, text, said):
    assert complaints(tmp_path, text) == [said]


def test_an_unknown_study_lists_those_there_are(tmp_path):
    loaded(tmp_path)
    for other in ("rhc", "template"):
        (tmp_path / f"config/studies/{other}.yaml").write_text("")
    assert complaints(tmp_path, STUDY, study="rch") == [
        "config/config.yaml: study: there is no config/studies/rch.yaml; did you mean 'rhc'? "
        "Study files there: rhc, x."
    ]
    assert complaints(tmp_path, STUDY, study="mimic") == [
        "config/config.yaml: study: there is no config/studies/mimic.yaml. "
        "Study files there: rhc, x."
    ]


def test_a_folder_without_study_files_says_what_to_copy(tmp_path):
    with pytest.raises(DataError) as error:
        load({"study": "x"}, workdir=tmp_path, workflow_dir=REPOSITORY)
    assert str(error.value) == (
        "config/config.yaml: study: there is no config/studies/x.yaml, nor any other study file; "
        "copy config/studies/template.yaml of the workflow."
    )


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"dta": "raw"}, "dta: unknown key; did you mean 'data'?"),
        ({"study": 7}, "study: expected a text, got the number 7."),
        (
            {"study": "../x"},
            "study: '../x' is not a study name: lower-case letters, digits, - and _.",
        ),
        ({"data": ""}, "data: must not be empty."),
    ],
)
def test_config_is_checked_too(tmp_path, config, said):
    assert complaints(tmp_path, STUDY, **config) == [f"config/config.yaml: {said}"]


def test_the_columns_known_here_are_those_of_the_participants_table():
    columns = [name for name in Participants.to_schema().columns if not name.startswith("source_")]
    assert list(PEOPLE) == sorted(columns, key=columns.index)


class _Watched(dict):
    """Settings that remember which top-level keys were read."""

    def __init__(self, settings: dict):
        super().__init__(settings)
        self.read: set[str] = set()

    def __getitem__(self, key):
        self.read.add(key)
        return super().__getitem__(key)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_declares_the_keys_it_reads(tmp_path, rule):
    watched = _Watched(loaded(tmp_path).settings)
    assert list(rule(watched, vocabularies(REPOSITORY))) == []
    assert watched.read == set(RULES[rule])


def places(value: object, path: tuple = ()) -> list[tuple]:
    """Path of every part of the settings."""
    parts = value.items() if isinstance(value, dict) else []
    parts = enumerate(value) if isinstance(value, list) else parts
    return [path, *(deeper for key, part in parts for deeper in places(part, (*path, key)))]


EXAMPLE = yaml.safe_load(STUDY)
JUNK = [None, 0, 3.5, True, "", "zz", [], {}, [1], [{}], {"a": 1}, {"column": 3}]


@given(st.sampled_from(places(EXAMPLE)[1:]), st.sampled_from(JUNK))
@settings(max_examples=100, derandomize=True, database=None)
def test_whatever_stands_in_a_study_file_is_accepted_or_refused_in_words(place, junk):
    study = deepcopy(EXAMPLE)
    part = study
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = junk
    with TemporaryDirectory() as folder, suppress(DataError):
        loaded(Path(folder), json.dumps(study))


def test_loading_needs_no_pandas(tmp_path):
    # A fresh interpreter: pytest itself has imported pandas here.
    code = (
        "import sys; from pathlib import Path; from sepsisflow.study import load;"
        "from sepsisflow.configuration.raw_files import check_sources;"
        f"root = Path({str(REPOSITORY)!r});"
        "check_sources(load({}, workdir=root, workflow_dir=root));"
        "print(sorted({'pandas', 'pandera', 'numpy', 'pyarrow'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(REPOSITORY / "workflow/scripts")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
