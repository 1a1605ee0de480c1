"""Rules across the keys of a study file, and in which words each refuses."""

import pytest
from study_example import changed, complaints, loaded

APACHE_II = (
    "apache_ii: {definition: apache-ii, barometric_pressure: {value: 760, unit: 'mm[Hg]'}, "
    "recorded: apache_ii_recorded, starts_at: recorded}\nsofa:\n"
)
# One change of the example, and all that is said of it.
MISTAKES = [
    (
        "sofa:\n",
        APACHE_II.replace("apache_ii_recorded", "apache_ii"),
        "apache_ii.recorded: there is no variable 'apache_ii' in "
        "resources/codelists/variables.yaml; did you mean 'apache_ii_recorded'?",
    ),
    (
        "sofa:\n",
        APACHE_II.replace("recorded: apache_ii_recorded, ", ""),
        "apache_ii.starts_at: needs 'recorded' beside it.",
    ),
    (
        "sofa:\n",
        APACHE_II.replace("mm[Hg]", "kPa"),
        "apache_ii.barometric_pressure: nobody lives outside 380 to 820 mm[Hg]; correct value or "
        "unit.",
    ),
    (
        "sofa:\n",
        APACHE_II.replace("mm[Hg]", "mmol"),
        "apache_ii.barometric_pressure.unit: 'mmol' is not a unit of pressure; valid: "
        "'mm[Hg]', 'kPa', 'cm[H2O]'.",
    ),
    (
        "controls: {method: flagged, flag: chosen}\n",
        "",
        "controls: missing; say how the controls were chosen.\n"
        "arms.old: no source maps a participant to this arm.",
    ),
    (
        "covariates:\n",
        "codelists:\n  events: {death: {label: Death}, rash: {label: Rash}}\ncovariates:\n",
        "codelists.events.death: is in resources/codelists/events.yaml; rename it.",
    ),
    (
        "covariates:\n",
        "scores: [sofa-1996, sirss]\ncovariates:\n",
        "scores[2]: there is no definition 'sirss'; did you mean 'sirs'?",
    ),
    (
        "covariates:\n",
        "scores: [apache-ii, sepsis-3, urine-output, norepinephrine-equivalents]\ncovariates:\n",
        "scores[1]: 'apache-ii' belongs under `apache_ii`, not here.\n"
        "scores[2]: 'sepsis-3' belongs under `sepsis`, not here.\n"
        "scores[3]: 'urine-output' belongs under `urine_output`, not here.\n"
        "scores[4]: 'norepinephrine-equivalents' belongs under "
        "`norepinephrine_equivalents`, not here.",
    ),
    (
        "sofa:\n  {definition: recorded, repeated: worst, variable: sofa_recorded,",
        "scores: [sofa-1966]\nrecorded_scores: {sofa_recorded: sofa-1996}\nsofa:\n"
        "  {definition: sofa-1996,",
        "scores[1]: there is no definition 'sofa-1966'; did you mean 'sofa-1996' or "
        "'sofa-1996-si' or 'sofa-1996-spo2'?",
    ),
    (
        "covariates:\n",
        "scores: [sofa-1996]\nsepsis: [sepsis3]\ncovariates:\n",
        "sepsis[1]: there is no definition of sepsis 'sepsis3'; did you mean 'sepsis-3' or "
        "'sepsis-1'?\n"
        "sepsis: no source fills interventions with 'antibiotic', of which suspected infection is "
        "made.\n"
        "sepsis: no source fills events with 'culture', of which suspected infection is made.",
    ),
    (
        "sofa:\n",
        "scores: [sofa-1996]\nrecorded_scores: {sofa_record: sofa-1996}\nsofa:\n",
        "recorded_scores.sofa_record: there is no variable 'sofa_record' in "
        "resources/codelists/variables.yaml; did you mean 'sofa_recorded' or 'sofa_cns_recorded' "
        "or 'sofa_renal_recorded'?",
    ),
    (
        "sofa:\n",
        "scores: [sofa-1996]\nrecorded_scores: {sofa_recorded: sofa-2006}\nsofa:\n",
        "recorded_scores.sofa_recorded: 'sofa-2006' is not among `scores`; did you mean "
        "'sofa-1996'?",
    ),
    (
        "sofa:\n",
        "scores: [sofa-1996]\nrecorded_scores: {sofa_cns_recorded: sofa-1996}\nsofa:\n",
        "recorded_scores.sofa_cns_recorded: is an item of a total; name the total, and its items "
        "are compared.\n"
        "recorded_scores.sofa_cns_recorded: no source fills measurements with 'sofa_cns_recorded'.",
    ),
    (
        "sofa:\n",
        "scores: [sofa-1996]\nrecorded_scores: {lactate: sofa-1996}\nsofa:\n",
        "recorded_scores.lactate: is no total of a score: none of its items (`sum_of`) has a "
        "`component`. Name a recorded total, or give it items.\n"
        "recorded_scores.lactate: no source fills measurements with 'lactate'.",
    ),
    (
        "sofa:\n",
        "scores: [sofa-1996]\nrecorded_scores: {apache_ii_recorded: sofa-1996}\nsofa:\n",
        "recorded_scores.apache_ii_recorded: is no total of a score: none of its items (`sum_of`) "
        "has a `component`. Name a recorded total, or give it items.\n"
        "recorded_scores.apache_ii_recorded: no source fills measurements with "
        "'apache_ii_recorded'.",
    ),
    (
        "sofa:\n",
        APACHE_II.replace(
            "sofa:\n",
            "scores: [sofa-1996]\nrecorded_scores: {apache_ii_recorded: sofa-1996}\nsofa:\n",
        ),
        "recorded_scores.apache_ii_recorded: is compared already, by `apache_ii.recorded`; remove "
        "it here.\n"
        "recorded_scores.apache_ii_recorded: no source fills measurements with "
        "'apache_ii_recorded'.",
    ),
    (
        "definition: recorded, repeated: worst, variable: sofa_recorded,",
        "definition: sofa-1996,",
        "sofa.definition: 'sofa-1996' is not among `scores`; add it there.",
    ),
    (
        "definition: recorded, repeated: worst,",
        "definition: recorded,",
        "sofa.repeated: missing; `definition: recorded` needs it.",
    ),
    (
        "{definition: recorded, repeated: worst, variable: sofa_recorded, baseline_day: 1, "
        "days: [1, 3]}\n",
        "{definition: sofa-1996, repeated: worst, baseline_day: 1, days: [1, 3]}\n"
        "scores: [sofa-1996]\n",
        "sofa.repeated: is of recorded totals only; remove it.",
    ),
    (
        "variable: sofa_recorded, baseline_day: 1, days: [1, 3]",
        "variable: sofa_recorded, baseline_day: 1, days: [1, 3], end_of_treatment: 2",
        "sofa.end_of_treatment: day 2 is not among days after the baseline day (3).",
    ),
    (
        "covariates:\n",
        "scores: [sofa-1996]\nsepsis: [sepsis3]\ncovariates:\n",
        "sepsis[1]: there is no definition of sepsis 'sepsis3'; did you mean 'sepsis-3' or "
        "'sepsis-1'?\n"
        "sepsis: no source fills interventions with 'antibiotic', of which suspected infection is "
        "made.\n"
        "sepsis: no source fills events with 'culture', of which suspected infection is made.",
    ),
    (
        "covariates:\n",
        "time_zone: Europe/Istambul\ncovariates:\n",
        "time_zone: there is no time zone 'Europe/Istambul'; did you mean 'Europe/Istanbul' or "
        "'Europe/Chisinau' or 'Europe/Samara'?",
    ),
    (
        "    file: laboratory.csv\n",
        "    file: laboratory.csv\n    time_zone: UTC\n",
        "sources.laboratory.time_zone: needs 'time_zone' of the study, the zone of its wall "
        "clocks; add it.",
    ),
    (
        "    file: laboratory.csv\n",
        "    file: laboratory.csv\n    date_format: [iso8601, '%d.%m']\n",
        "sources.laboratory.date_format[2]: '%d.%m' does not give day, month and year; write it "
        "like '%d.%m.%Y'.",
    ),
    (
        "label: Old, role: control",
        "label: Old, role: treated",
        "arms: exactly one arm must have role 'treated'; found 'new', 'old'.\n"
        "arms: exactly one arm must have role 'control'; found none.\n"
        "arms.old: no source maps a participant to this arm.",
    ),
    (
        "  old: {label: Old, role: control}",
        "  pool: {label: Old, role: control}",
        "arms.pool: this name stands for a group of its own; rename the arm.",
    ),
    (
        "first_dose_of: msc",
        "first_dose_of: mcs",
        "arms.new.time_zero.first_dose_of: there is no agent 'mcs' in "
        "resources/codelists/agents.yaml; did you mean 'msc'?\n"
        "arms.new.time_zero.first_dose_of: no source fills interventions with 'mcs'.",
    ),
    (
        "  diabetes: {label",
        "  sex: {label: Sex, type: boolean}\n  diabetes: {label",
        "covariates.sex: is a column every study has; remove or rename it.",
    ),
    (
        "  diabetes: {label",
        "  gcs: {label: GCS, type: boolean}\n  diabetes: {label",
        "covariates.gcs: is a variable of resources/codelists/variables.yaml; rename it.\n"
        "covariates.gcs: no source fills participants with 'gcs'.",
    ),
    (
        "field: age_years",
        "field: age",
        "eligibility[1].field: 'age' is neither a column of participants nor a declared covariate; "
        "valid: 'age_years', 'sex', 'weight_kg', 'height_cm', 'site', 'diabetes', 'focus', "
        "'charlson', 'chosen'.",
    ),
    (
        "field: focus, one_of: [lung]",
        "field: focus, one_of: [lungs]",
        "eligibility[2].one_of[1]: 'lungs' is no level of 'focus'; did you mean 'lung'?",
    ),
    (
        "field: focus, one_of: [lung]",
        "field: diabetes, one_of: [yes]",
        "eligibility[2].one_of[1]: 'diabetes' is boolean: write true or false, not 'yes'.",
    ),
    (
        "field: focus, one_of: [lung]",
        "field: charlson, one_of: [low]",
        "eligibility[2].one_of[1]: 'charlson' is a number, 'low' is not.",
    ),
    (
        "field: focus, one_of: [lung]",
        "field: focus, at_least: 1",
        "eligibility[2].at_least: 'focus' is not a number; use 'one_of'.",
    ),
    (
        "at_least: 18",
        "at_least: 80, at_most: 18",
        "eligibility[1]: 'at_least' (80) is above 'at_most' (18): nobody is left.",
    ),
    ("item: lung", "item: age", "eligibility[2].item: 'age' is taken; choose another name."),
    (
        "item: lung",
        "item: analysed",
        "eligibility[2].item: 'analysed' is taken; choose another name.",
    ),
    (
        "flag: chosen",
        "flag: focus",
        "controls.flag: 'focus' is not a declared boolean covariate; valid: 'diabetes', 'chosen'.",
    ),
    (
        "[age_years, diabetes, sofa_recorded]",
        "[age_years, diabets]",
        "baseline.variables[2]: 'diabets' is no column of participants, covariate or variable of "
        "resources/codelists/variables.yaml; did you mean 'diabetes'?",
    ),
    (
        "horizons_days: [14, 28]",
        "horizons_days: [14, 60]",
        "survival.horizons_days[2]: day 60 lies beyond the end of follow-up (follow_up_days: 28).",
    ),
    ("[0, 28]", "[28, 0]", "survival.risk_table_days: days must increase."),
    (
        "variable: sofa_recorded, baseline_day: 1, days: [1, 3]",
        "variable: sofa_recorded, baseline_day: 2, days: [1, 3]",
        "sofa.baseline_day: day 2 is not among days (1, 3).",
    ),
    (
        "variable: sofa_recorded, baseline_day: 1, days: [1, 3]",
        "variable: sofa_recorded, baseline_day: 3, days: [1, 3]",
        "sofa.days: hold no day after the baseline day (3).",
    ),
    (
        "variable: sofa_recorded",
        "variable: sofa_record",
        "sofa.variable: there is no variable 'sofa_record' in "
        "resources/codelists/variables.yaml; did you mean 'sofa_recorded' or 'sofa_cns_recorded' "
        "or 'sofa_renal_recorded'?",
    ),
    (
        "published:",
        "repeats: {variables: {creatinin: last}}\npublished:",
        "repeats.variables.creatinin: there is no variable 'creatinin' in "
        "resources/codelists/variables.yaml; did you mean 'creatinine'?",
    ),
    (
        "published:",
        "repeats: {default: last, variables: {sofa_recorded: lowest}}\npublished:",
        "biomarkers.cytokines.repeated: of 'il_6' only the last value stays, by repeats; "
        "'first' would count another.\n"
        "sofa.repeated: of 'sofa_recorded' only the lowest value stays, by repeats; 'worst' would "
        "count another.",
    ),
    (
        "published:",
        "codelists: {variables: {saps: {label: S, domain: severity, unit: '1', plausible: [0, 9], "
        "possible: [0, 9], sum_of: [gcs, lactat]}}}\npublished:",
        "codelists.variables.saps.sum_of[2]: there is no variable 'lactat' in "
        "resources/codelists/variables.yaml; did you mean 'lactate'?",
    ),
    (
        "published:",
        "repeats: {default: mean}\npublished:",
        "repeats.default: 'mean' is not allowed; valid: 'keep', 'first', 'last', 'lowest', "
        "'highest', 'refuse'.",
    ),
    (
        "published:",
        "visits: {v: {days: [3, 1], variables: [lactat], agents: [mscs]}}\npublished:",
        "visits.v.days: days must increase.\n"
        "visits.v.variables[1]: there is no variable 'lactat' in "
        "resources/codelists/variables.yaml; did you mean 'lactate'?\n"
        "visits.v.agents[1]: there is no agent 'mscs' in resources/codelists/agents.yaml; "
        "did you mean 'msc'?",
    ),
    (
        "published:",
        "visits: {v: {days: [1], agents: [msc], counted_from: {first_dose_of: mcs}}}\npublished:",
        "visits.v.counted_from.first_dose_of: there is no agent 'mcs' in "
        "resources/codelists/agents.yaml; did you mean 'msc'?",
    ),
    (
        "published:",
        "visits: {v: {days: [1]}}\npublished:",
        "visits.v: give at least one of 'variables', 'agents'.",
    ),
    (
        "published:",
        "doses: {mcs: {per_kg: 1, unit: 10*6, tolerance_percent: 20}}\npublished:",
        "doses.mcs: there is no agent 'mcs' in resources/codelists/agents.yaml; "
        "did you mean 'msc'?",
    ),
    (
        "published:",
        "doses: {msc: {per_kg: 1, unit: 10*9, tolerance_percent: 20}}\npublished:",
        "doses.msc.unit: '10*9' is not the unit of 'msc' in resources/codelists/agents.yaml; "
        "give the dose in 10*6.",
    ),
    (
        "published:",
        "doses: {dopamine: {per_kg: 1, unit: ug, tolerance_percent: 20}}\npublished:",
        "doses.dopamine: doses of 'dopamine' are by weight already (ug/kg/min); remove it.",
    ),
    (
        "variables: [il_6]",
        "variables: [il6]",
        "biomarkers.cytokines.variables[1]: there is no variable 'il6' in "
        "resources/codelists/variables.yaml; did you mean 'il_6'?",
    ),
    (
        "variables: [il_6]",
        "variables: [il_6, crp]",
        "biomarkers.cytokines.variables[2]: 'crp' is of domain 'laboratory', this panel of "
        "'biomarkers'.",
    ),
    (
        "  cytokines:\n",
        "  survival:\n",
        "biomarkers.survival: another analysis bears this name; rename the panel.",
    ),
    (
        "analysed.new@14.alive",
        "analysed.neu-vs-old@14.risk_ratio",
        "published[1].key: there is no arm 'neu'; did you mean 'new'?",
    ),
    ("value: 10", "lower: 2, upper: 1", "published[1]: 'lower' is greater than 'upper'."),
    (
        "mortality.death.analysed.new@14.alive",
        "mortality.death.analysed.new@15.alive",
        "published[1].key: day 15 is not among survival.horizons_days (14, 28).",
    ),
    (
        "mortality.death.analysed.new@14.alive",
        "mortality.death.analysed.new-vs-old@14.5.risk_ratio",
        "published[1].key: day 14.5 is not among survival.horizons_days (14, 28).",
    ),
    (
        "mortality.death.analysed.new@14.alive",
        "sofa.total.analysed.new@5.mean",
        "published[1].key: day 5 is not among sofa.days (1, 3).",
    ),
    (
        "mortality.death.analysed.new@14.alive",
        "cytokines.il_6.analysed.new@14.median",
        "published[1].key: day 14 is not among biomarkers.cytokines.days (1, 3).",
    ),
    (
        "seed: 1\n",
        "seed: 1\nmanuscript: {template: comparisons}\n",
        "manuscript.template: there is no template 'comparisons' in resources/manuscript; did you "
        "mean 'comparison'?",
    ),
    (
        "seed: 1\n",
        "seed: 1\ncitation_keys: [cox1972, alp2020]\n",
        "citation_keys[2]: there is no entry 'alp2020' in resources/manuscript/references.bib; did "
        "you mean 'alp2022'?",
    ),
    (
        "source: alp2022",
        "source: alp-2022",
        "published[1].source: there is no entry 'alp-2022' in "
        "resources/manuscript/references.bib; did you mean 'alp2022'?",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES, ids=lambda text: text[:40])
def test_each_mistake_gets_its_own_words(tmp_path, old, new, said):
    assert sorted(complaints(tmp_path, changed((old, new)))) == sorted(said.split("\n"))


@pytest.mark.parametrize(
    "key",
    [
        "mortality.death.analysed.new@28.alive",
        "sofa.total.analysed.new@3.mean",
        "cytokines.il_6.analysed.new@3.median",
        "cytokines.il_6.analysed.new.ratio",
        # Steps of the curve, on any day.
        "survival.death.analysed.new@5.survival_probability",
    ],
)
def test_a_published_number_of_a_day_that_is_analysed_is_accepted(tmp_path, key):
    loaded(tmp_path, changed(("mortality.death.analysed.new@14.alive", key)))


def without_comparison(text: str) -> str:
    """The example as a study that is only read, validated and reported."""
    return text[: text.index("eligibility:")].replace("  old: {label: Old, role: control}\n", "")


def test_a_study_that_compares_nothing_needs_neither_arms_nor_endpoints(tmp_path):
    study = loaded(tmp_path, without_comparison(changed()))
    assert study.settings["survival"] is None
    assert study.settings["controls"] is None


def test_what_compares_arms_needs_the_survival_analysis(tmp_path):
    text = without_comparison(changed()) + "controls: {method: recorded}\n"
    assert complaints(tmp_path, text) == [
        "controls: compares arms, which needs 'survival' too; add it."
    ]


def test_a_name_that_the_study_adds_is_in_its_codelists(tmp_path):
    added = "codelists:\n  events: {rash: {label: Rash}}\ncovariates:\n"
    text = changed(("covariates:\n", added), ("{constant: death}", "{constant: rash}"))
    study = loaded(tmp_path, without_comparison(text))
    assert study.codelists["events"]["rash"] == {"label": "Rash"}
    assert "death" in study.codelists["events"]
