"""A small valid study file, and what `load` says of it once a line is changed."""

from pathlib import Path

import pytest
from sepsisflow.errors import DataError
from sepsisflow.study import Study, load

REPOSITORY = Path(__file__).parents[2]
STUDY = """\
title: A small trial
seed: 1
arms:
  new: {label: New, role: treated, time_zero: {first_dose_of: msc}}
  old: {label: Old, role: control}
covariates:
  diabetes: {label: Diabetes, type: boolean}
  focus: {label: Focus, type: category, levels: {lung: Lung, abdomen: Abdomen}}
  charlson: {label: Charlson index, type: number, unit: "1"}
  chosen: {label: Chosen, type: boolean}
sources:
  people:
    file: people.csv
    format: csv
    maps:
      - table: participants
        fields:
          participant_id: ID
          arm: {column: Group, codes: {N: new, P: null}}
          age_years: {column: Age, unit: a}
          sex: {column: Sex, codes: {f: female, m: male}}
          weight_kg: {column: Weight, unit: kg, declared_missing: ["0"]}
          origin: {column: Enrolled}
          diabetes: {column: Diabetes, codes: {yes: true, no: false}}
          focus: {column: Focus, codes: {L: lung, A: abdomen}}
          charlson: Charlson
          chosen: {column: Chosen, codes: {1: true, 0: false}}
      - table: events
        when: {column: Died, one_of: ["yes"], ignored: ["no"]}
        fields: {participant_id: ID, event: {constant: death}, time: {column: Death}}
      - table: interventions
        fields:
          participant_id: ID
          agent: {constant: msc}
          start: {column: Infusion}
          dose: {column: Cells, unit: 10*6}
  laboratory:
    file: laboratory.csv
    format: csv
    maps:
      - table: measurements
        fields: {participant_id: ID, time: {column: Day, as: study_day}}
        values:
          sofa_recorded: SOFA
          il_6: {column: IL-6, unit: pg/mL}
          creatinine: {column: Creatinine, unit: {column: Unit}}
      - table: measurements
        fields:
          participant_id: ID
          time: {column: Day, as: study_day}
          variable: {column: Test, codes: {CRP: crp, other: null}}
          value: Result
          unit: {constant: mg/L}
eligibility:
  - {item: age, label: Adults, field: age_years, at_least: 18, missing: excluded}
  - {item: lung, label: Focus in the lung, field: focus, one_of: [lung], missing: kept}
controls: {method: flagged, flag: chosen}
baseline:
  variables: [age_years, diabetes, sofa_recorded]
survival:
  label: death from any cause
  follow_up_days: 28
  horizons_days: [14, 28]
  death_counts_at: latest
  risk_table_days: [0, 28]
sofa:
  {definition: recorded, repeated: worst, variable: sofa_recorded, baseline_day: 1, days: [1, 3]}
biomarkers:
  cytokines:
    label: Cytokines
    domain: biomarkers
    variables: [il_6]
    arms: [new]
    baseline_day: 1
    days: [1, 3]
    summary: mean_log_ratio
    below_limit: half_limit
    repeated: first
published:
  - {label: Alive, key: mortality.death.analysed.new@14.alive, value: 10, source: alp2022}
"""
PEOPLE = "ID,Group,Age,Sex,Weight,Enrolled,Diabetes,Focus,Charlson,Chosen,Died,Death,Infusion,Cells"
LABORATORY = "ID,Day,SOFA,IL-6,Creatinine,Unit,Test,Result"


def loaded(folder: Path, text: str = STUDY, **config: object) -> Study:
    """Load ``text`` as study x of the working directory ``folder``."""
    (folder / "config/studies").mkdir(parents=True, exist_ok=True)
    (folder / "config/studies/x.yaml").write_text(text, encoding="utf-8")
    return load({"study": "x", **config}, workdir=folder, workflow_dir=REPOSITORY)


def changed(*changes: tuple[str, str]) -> str:
    """The study file with texts replaced; each stands there exactly once."""
    text = STUDY
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the example"
        text = text.replace(old, new)
    return text


def complaints(folder: Path, text: str, **config: object) -> list[str]:
    """What `load` says, line by line, without the name of the file."""
    with pytest.raises(DataError) as error:
        loaded(folder, text, **config)
    return [line.removeprefix("config/studies/x.yaml: ") for line in str(error.value).split("\n")]
