"""Every rule has raw files that fire it and some that nearly do; no code names another rule."""

import ast
import re
from pathlib import Path

import pandas as pd
import pytest
import sepsisflow
from apache_example import DEFINITION
from ingested_study import read_table
from rule_cases import CASES, FILES, STUDY
from sepsisflow.configuration.identifiers import undeclared
from sepsisflow.fingerprints import file_fingerprint
from sepsisflow.readers.mapping import reading_plan, tables_of
from sepsisflow.scores.apache_ii import apache_ii
from sepsisflow.scores.apache_ii_settings import apache_ii_settings
from sepsisflow.validation.cross import check_across
from sepsisflow.validation.gather import gather_findings, unread_events
from sepsisflow.validation.identifiers import check_identifiers
from sepsisflow.validation.published_files import check_published_files
from sepsisflow.validation.rules import RULES
from sepsisflow.validation.settings import cross_settings
from sepsisflow.validation.table import MODELS
from study_example import loaded

PACKAGE = Path(sepsisflow.__file__).parent
# Fired and nearly fired in tests/unit/readers/databases/test_ingest.py.
OF_DATABASES = {"source.outside"}


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return loaded(tmp_path_factory.mktemp("study"), STUDY)


def findings(study, folder, edits=()):
    """All that validation finds in the small study once its files are edited."""
    texts = dict(FILES)
    for file, old, new in edits:
        if old is None:
            texts[file] += f"{new}\n"
        else:
            assert texts[file].count(old) == 1, f"{old!r} stands {texts[file].count(old)} times"
            texts[file] = texts[file].replace(old, new)
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8")
    tables, parts = {}, []
    for name in tables_of(study.settings, study.codelists["variables"]):
        plan = reading_plan(name, study.settings, study.codelists)
        tables[name], found, _, _ = read_table(plan, folder)
        parts.append(found)
    asked = unread_events(pd.concat(parts))
    across = cross_settings(study.settings, study.codelists, study.definitions)
    measured = [tables[name] for name in tables if name.startswith("measurements/")]
    score = apache_ii_settings(
        study.settings["apache_ii"], DEFINITION, study.codelists["variables"]
    )
    components, _ = apache_ii(tables["participants"], pd.concat(measured), score)
    scored = {**tables, "scores/apache_ii_recorded": components}
    parts.append(check_across([scored], settings=across, asked=asked))
    published = study.settings["publisher"]["files"]
    digests = [file_fingerprint(folder / name, folder / f"known_{name}") for name in published]
    parts.append(check_published_files(digests, published))
    parts.append(check_identifiers(undeclared(study.settings, folder, folder / "known")))
    return gather_findings(parts)


def test_every_rule_has_a_case_that_fires_it_and_a_near_miss():
    assert sorted(CASES) == sorted(RULES.keys() - OF_DATABASES)


def test_nothing_is_found_in_the_clean_study(study, tmp_path):
    assert findings(study, tmp_path)["query"].tolist() == []


@pytest.mark.parametrize("code", CASES)
def test_a_rule_fires_on_its_case_and_says_where(study, tmp_path, code):
    edits, _ = CASES[code]
    found = findings(study, tmp_path, edits)
    queries = found.loc[found["code"] == code, "query"]
    assert len(queries) > 0
    # File and row, but for what is missing, changed or suspect as a whole.
    whole = (
        "file.changed",
        "column.incomplete",
        "unit.mixture",
        "value.constant",
        "privacy.identifier",
    )
    named = r"\.csv, row \d+" if code not in whole else "."
    assert queries.str.contains(named).all()


@pytest.mark.parametrize("code", CASES)
def test_a_rule_does_not_fire_on_its_near_miss(study, tmp_path, code):
    _, edits = CASES[code]
    found = findings(study, tmp_path, edits)
    assert found.loc[found["code"] == code, "query"].tolist() == []


def codes_in(path):
    """Texts of a module that look like codes of findings."""
    families = "|".join(sorted({code.partition(".")[0] for code in RULES}))
    pattern = re.compile(rf"({families})\.[a-z_]+")
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    texts = {node.value for node in nodes if isinstance(node, ast.Constant)}
    return {text for text in texts if isinstance(text, str) and pattern.fullmatch(text)}


def test_every_code_in_the_package_is_a_rule_and_every_rule_is_in_use():
    modules = [path for path in PACKAGE.rglob("*.py") if path.name != "rules.py"]
    assert sorted(set().union(*map(codes_in, modules))) == sorted(RULES)


@pytest.mark.parametrize("code", RULES)
def test_a_rule_reads_columns_that_there_are(code):
    for name in RULES[code].reads:
        table, _, column = name.partition(".")
        assert column == "*" or column in MODELS[table].to_schema().columns


@pytest.mark.parametrize("code", RULES)
def test_a_query_is_one_line_that_asks_or_tells(code):
    query = RULES[code].query
    assert query.startswith("{place}: ")
    assert query.endswith((".", "?"))
