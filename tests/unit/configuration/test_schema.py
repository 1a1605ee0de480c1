"""What the schema of the study file refuses, and in which words."""

import pytest
from study_example import changed, complaints

# One change of the example, and all that is said of it.
MISTAKES = [
    (
        "horizons_days: [14, 28]",
        "horizon_days: [14, 28]",
        "survival.horizon_days: unknown key; did you mean 'horizons_days'?",
    ),
    ("seed: 1\n", "seed: 1\nsead: 1\n", "sead: unknown key; did you mean 'seed'?"),
    ("title: A small trial\n", "", "title: missing; this key is required."),
    (
        "  death_counts_at: latest\n",
        "",
        "survival.death_counts_at: missing; this key is required.",
    ),
    (
        "death_counts_at: latest",
        "death_counts_at: last",
        "survival.death_counts_at: 'last' is not allowed; did you mean 'latest'?",
    ),
    (
        "death_counts_at: latest",
        "death_counts_at: [latest]",
        "survival.death_counts_at: expected a text, got a list.",
    ),
    (
        "{column: Death}",
        "{colum: Death}",
        "sources.people.maps[2].fields.time.colum: unknown key; did you mean 'column'?",
    ),
    (
        "{column: Death}",
        "{as: date}",
        "sources.people.maps[2].fields.time: give exactly one of 'column', 'constant'.",
    ),
    (
        ", at_least: 18",
        "",
        "eligibility[1]: give at least one of 'at_least', 'at_most', 'one_of'.",
    ),
    ("title: A small trial", "title: 7", "title: expected a text, got the number 7."),
    ("seed: 1\n", "seed: true\n", "seed: expected a whole number, got true."),
    ("seed: 1\n", "seed:\n", "seed: expected a whole number, got nothing."),
    ("[14, 28]", "14", "survival.horizons_days: expected a list, got the number 14."),
    ("[0, 28]", "[]", "survival.risk_table_days: must not be empty."),
    ("[0, 28]", "[0, 0]", "survival.risk_table_days: holds '0' more than once."),
    (
        "  new: {label",
        "  New: {label",
        "arms: 'New' is not a word: lower-case letters, digits and _, first a letter.",
    ),
    (
        "time_zero: {first_dose_of: msc}",
        "time_zero: orign",
        "arms.new.time_zero: 'orign' is not allowed; did you mean 'origin'?",
    ),
    (
        "unit: pg/mL}",
        "unit: 3}",
        "sources.laboratory.maps[1].values.il_6.unit: expected a text or a mapping of keys, "
        "got the number 3.",
    ),
    (
        'declared_missing: ["0"]',
        "declared_missing: [0]",
        "sources.people.maps[1].fields.weight_kg.declared_missing[1]: expected a text, "
        "got the number 0.",
    ),
    (
        "key: mortality.death.analysed.new@14.alive",
        "key: mortality.death.new@14.alive",
        "published[1].key: 'mortality.death.new@14.alive' is not the key of an estimate, "
        "`analysis.endpoint.population.group[-vs-comparator][@day].statistic`.",
    ),
    ("value: 10", "lower: 10", "published[1].lower: needs 'upper' beside it."),
    (
        "method: flagged, flag: chosen",
        "method: recorded, flag: chosen",
        "controls.flag: does not apply here; remove it.",
    ),
    (
        "file: people.csv\n",
        "file: people.csv\n    sheet: People\n",
        "sources.people.sheet: does not apply here; remove it.",
    ),
    (
        "file: people.csv\n    format: csv",
        "file: people.xlsx\n    format: xlsx",
        "sources.people.sheet: missing; this key is required.",
    ),
    (
        "        fields: {participant_id: ID, event: {constant: death}, time: {column: Death}}\n",
        "        fields: {participant_id: ID, event: {constant: death}, time: {column: Death}}\n"
        "        values: {il_6: IL-6}\n",
        "sources.people.maps[2].values: does not apply here; remove it.",
    ),
    (
        "file: people.csv\n",
        "file: people.csv\n    decimal: ;\n",
        "sources.people.decimal: ';' is not allowed; valid: '.', ','.",
    ),
    ("seed: 1\n", "seed: 1\nlevel: 1\n", "level: must be less than 1, not 1."),
    (
        "seed: 1\n",
        "seed: 1\nfigures: {width_mm: 59, full_width_mm: 84}\n",
        "figures.width_mm: must be at least 60, not 59.\n"
        "figures.full_width_mm: must be at least 85, not 84.",
    ),
    (
        'ignored: ["no"]',
        "ignored: [0]",
        "sources.people.maps[2].when.ignored[1]: expected a text, got the number 0.",
    ),
    (
        "seed: 1\n",
        "seed: 1\npublisher: {url: u, terms: t, files: {people.csv: abc}}\n",
        "publisher.files['people.csv']: 'abc' is not a SHA-256 sum (64 digits and letters a to f).",
    ),
    (
        "        fields: {participant_id: ID, event: {constant: death}, time: {column: Death}}\n",
        "",
        "sources.people.maps[2].fields: missing; this key is required.",
    ),
    (
        "{method: flagged, flag: chosen}",
        "{method: flagged}",
        "controls.flag: missing; this key is required.",
    ),
    (
        "type: category, levels: {lung: Lung, abdomen: Abdomen}",
        "type: category",
        "covariates.focus.levels: missing; this key is required.",
    ),
    (
        "file: people.csv\n",
        'file: people.csv\n    delimiter: "; "\n',
        "sources.people.delimiter: must be 1 character long.",
    ),
    (
        "file: people.csv\n",
        "file: people.csv\n    date_format: dd.mm.yyyy\n",
        "sources.people.date_format: 'dd.mm.yyyy' is not a date format such as '%d.%m.%Y', "
        "'iso8601' or 'days since 1960-01-01'.",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES, ids=lambda text: text[:40])
def test_each_mistake_gets_its_own_words(tmp_path, old, new, said):
    assert sorted(complaints(tmp_path, changed((old, new)))) == sorted(said.split("\n"))
