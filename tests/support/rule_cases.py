"""A small clean study as raw files, and for each rule an edit that fires it and a near miss.

An edit is (file, what stands there, what stands there instead); with None a line is added.
"""

STUDY = """\
title: A small clean trial
seed: 1
arms:
  new: {label: New, role: treated}
  old: {label: Old, role: control}
publisher:
  url: https://example.org
  terms: none
  files: {codebook.txt: e45a422c05574c5cebdf14472a3fe766b865ee3e70f6a186f54536c68d7d5eab}
sources:
  people:
    file: people.csv
    format: csv
    date_format: iso8601
    maps:
      - table: participants
        fields:
          participant_id: ID
          arm: {column: Group, codes: {N: new, O: old, P: null}}
          age_years: Age
          sex: {column: Sex, codes: {f: female, m: male}}
          weight_kg: {column: Weight, unit: kg, declared_missing: ["999"]}
          height_cm: Height
          origin: Enrolled
  events:
    file: events.csv
    format: csv
    date_format: [iso8601, "%d/%m/%Y", "%m/%d/%Y"]
    maps:
      - table: events
        fields:
          participant_id: ID
          event: Event
          time: Date
          latest: Latest
  doses:
    file: doses.csv
    format: csv
    maps:
      - table: interventions
        fields:
          participant_id: ID
          agent: {column: Drug, codes: {MSC: msc, NOR: norepinephrine}}
          start: {column: Start, as: hours}
          end: {column: End, as: hours}
          dose: {column: Dose, unit: {column: Unit}, weight_kg: {column: Weight}}
  laboratory:
    file: laboratory.csv
    format: csv
    maps:
      - table: measurements
        fields:
          participant_id: ID
          time: {column: Hour, as: hours}
          variable: {column: Test, codes: {CRP: crp, PCT: procalcitonin, LAC: lactate}}
          value: Result
          unit: {column: Unit}
  chart:
    file: chart.csv
    format: csv
    maps:
      - table: measurements
        fields: {participant_id: ID, time: {column: Day, as: study_day}}
        values:
          sodium: {column: "Na", unit: mmol/L}
          sofa_cns_recorded: CNS
          sofa_liver_recorded: Liver
          sofa_recorded: SOFA
  severity:
    file: severity.csv
    format: csv
    maps:
      - table: measurements
        fields: {participant_id: ID, time: {column: Day, as: study_day}}
        values:
          temperature: {column: Temperature, unit: Cel}
          apache_ii_recorded: APACHE
  forms:
    file: forms.csv
    format: redcap
    dictionary: dictionary.csv
    events: events_of_project.csv
    maps:
      - table: measurements
        fields: {participant_id: record, time: {constant: 0, as: hours}}
        values:
          heart_rate: {column: pulse, unit: /min}
          respiratory_rate: {column: breaths, unit: /min}
  safety:
    file: safety.csv
    format: csv
    maps:
      - table: adverse_events
        fields:
          participant_id: ID
          start: {column: Hour, as: hours}
          term: Event
          grade: Grade
apache_ii:
  definition: apache-ii
  barometric_pressure: {value: 1013, unit: hPa}
  recorded: apache_ii_recorded
eligibility: []
controls: {method: recorded}
survival:
  {label: death, follow_up_days: 28, horizons_days: [28], death_counts_at: latest,
   risk_table_days: [0]}
repeats: {variables: {lactate: refuse}}
visits:
  infusions: {days: [1, 3], agents: [msc]}
doses:
  msc: {per_kg: 1, unit: 10*6, tolerance_percent: 20}
"""

FILES = {
    "people.csv": """\
ID,Group,Age,Sex,Weight,Height,Enrolled
A1,N,50,f,70,175,2020-01-01
A2,O,60,m,80,180,2020-01-01
""",
    "events.csv": """\
ID,Event,Date,Latest
A1,last_contact,2020-01-29,
A2,last_contact,2020-01-29,
""",
    "doses.csv": """\
ID,Drug,Start,End,Dose,Unit,Weight
A1,MSC,0,1,70,10*6,
A2,NOR,30,54,0.1,ug/kg/min,
""",
    "laboratory.csv": """\
ID,Hour,Test,Result,Unit
A1,0,CRP,100,mg/L
A2,0,CRP,90,mg/L
""",
    "chart.csv": """\
ID,Day,Na,CNS,Liver,SOFA
A1,1,140,3,2,5
A2,1,140,1,1,10
""",
    # Age scores 2 and 3 points, what is recorded besides 0, what is not at most 53.
    "severity.csv": """\
ID,Day,Temperature,APACHE
A1,1,37,2
A2,1,37,3
""",
    "safety.csv": """\
ID,Hour,Event,Grade
A1,10,Chills,1
""",
    "forms.csv": """\
record,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,pulse,breaths
A1,visit_arm_1,vitals,1,80,
A2,visit_arm_1,vitals,1,90,
""",
    "dictionary.csv": """\
field_name,form_name,field_type,field_label,select_choices_or_calculations,\
text_validation_type_or_show_slider_number,text_validation_min,text_validation_max,identifier
record,vitals,text,Record,,,,,
pulse,vitals,text,Pulse,,integer,40,150,
breaths,vitals,text,Breaths,,integer,,,
""",
    "events_of_project.csv": "event_name,arm_num,unique_event_name\nVisit,1,visit_arm_1\n",
    "codebook.txt": "as published\n",
}

A1_FORM = "A1,visit_arm_1,vitals,1,80,"


def form(*lines):
    """One edit: other lines for A1's form."""
    return [("forms.csv", A1_FORM, "\n".join(lines))]


DIED = ("events.csv", "A1,last_contact,2020-01-29", "A1,death,2020-01-10")  # hours 216 to 240


def laboratory(line):
    """One edit: another line for A1's CRP."""
    return [("laboratory.csv", "A1,0,CRP,100,mg/L", line)]


def courses(*values):
    """Lines of A1's CRP, hour by hour."""
    return [f"A1,{hour},CRP,{value},mg/L" for hour, value in enumerate(values, start=1)]


def contact(line):
    """One edit: another line for A1's last contact."""
    return [("events.csv", "A1,last_contact,2020-01-29", line)]


def added(file, *lines, died=False):
    """Edits: further lines, and perhaps A1 dies on day 10."""
    return [*([DIED] if died else []), *((file, None, line) for line in lines)]


# Of each code: the edits that fire it, and edits that are almost the same and do not.
CASES = {
    "value.unreadable": (laboratory("A1,0,CRP,haemolytic,mg/L"), laboratory("A1,0,CRP,<1,mg/L")),
    "value.ambiguous": (
        laboratory('A1,0,CRP,"1,234",mg/L'),
        laboratory("A1,0,CRP,123.4,mg/L"),
    ),
    "value.range": (laboratory("A1,0,CRP,1-2,mg/L"), laboratory("A1,0,CRP,1.2,mg/L")),
    "value.withheld": (laboratory("A1,0,CRP,___,mg/L"), laboratory("A1,0,CRP,,mg/L")),
    "unit.mixture": (
        added("laboratory.csv", *courses(8, 9, 10, 11, 12, 13, 80, 90, 100, 110, 120, 130)),
        added("laboratory.csv", *courses(8, 9, 10, 11, 12, 13, 20, 30, 45, 60, 80, 100)),
    ),
    "value.constant": (
        added("people.csv", *(f"B{n},N,50,f,70,175,2020-01-01" for n in range(10))),
        added("people.csv", *(f"B{n},N,50,f,7{n // 8},16{n},2020-01-01" for n in range(10))),
    ),
    "unit.contradictory": (
        laboratory("A1,0,CRP,10 mg/dL,mg/L"),
        laboratory("A1,0,CRP,100 mg/l,mg/L"),
    ),
    "dose.no_weight": (
        added("doses.csv", "A2,NOR,60,61,7,ug/min"),
        added("doses.csv", "A2,NOR,60,61,7,ug/min,70"),
    ),
    "date.impossible": (
        contact("A1,last_contact,2020-02-30"),
        contact("A1,last_contact,2020-02-29"),
    ),
    "date.ambiguous": (
        contact("A1,last_contact,01/02/2020"),
        contact("A1,last_contact,29/01/2020"),
    ),
    "date.partial": (
        contact("A1,last_contact,2020-02"),
        contact("A1,last_contact,2020-01-28,2020-01-29"),
    ),
    "time.implausible": (
        contact("A1,last_contact,2042-01-29"),
        contact("A1,last_contact,2029-01-29"),
    ),
    "date.zoned": (
        contact("A1,last_contact,2020-01-29T10:00Z"),
        contact("A1,last_contact,2020-01-29T10:00"),
    ),
    "date.incomplete": (
        [("people.csv", "175,2020-01-01", "175,2020-01")],
        contact("A1,last_contact,2020-01-28,2020-01-29"),
    ),
    "code.unmapped": (laboratory("A1,0,crp,100,mg/L"), laboratory("A1,0,CRP ,100,mg/L")),
    "unit.unknown": (laboratory("A1,0,CRP,100,mg"), laboratory("A1,0,CRP,10,mg/dL")),
    "unit.missing": (laboratory("A1,0,CRP,100,"), laboratory("A1,0,CRP,,")),
    "value.impossible": (laboratory("A1,0,CRP,1501,mg/L"), laboratory("A1,0,CRP,1500,mg/L")),
    "value.invalid": (
        [("safety.csv", "Chills,1", "Chills,6")],
        [("safety.csv", "Chills,1", "Chills,5")],
    ),
    "value.declared_missing": (
        [("people.csv", "f,70,175", "f,999,175")],
        [("people.csv", "f,70,175", "f,99.9,175")],
    ),
    "value.implausible": (laboratory("A1,0,CRP,601,mg/L"), laboratory("A1,0,CRP,600,mg/L")),
    "participant.unknown": (laboratory("A3,0,CRP,100,mg/L"), laboratory(" A1 ,0,CRP,100,mg/L")),
    "participant.duplicate": (
        added("people.csv", "A1,N,50,f,70,175,2020-01-01"),
        added("people.csv", "A01,N,50,f,70,175,2020-01-01"),
    ),
    "time.no_origin": (
        [("people.csv", "70,175,2020-01-01", "70,175,")],
        # Who has no origin needs none for times that count hours.
        [("people.csv", "70,175,2020-01-01", "70,175,"), *contact("A2,known_alive,2020-01-30")],
    ),
    "row.short": (
        added("laboratory.csv", "A2,9,CRP,80"),
        added("laboratory.csv", "A2,9,CRP,,"),
    ),
    "row.incomplete": (laboratory(",0,CRP,100,mg/L"), laboratory("A1,0,CRP,,mg/L")),
    "measurement.repeated": (
        added("laboratory.csv", "A1,0,CRP,101,mg/L"),
        added("laboratory.csv", "A1,0.1,CRP,101,mg/L"),
    ),
    "measurement.refused": (
        added("laboratory.csv", "A1,0,LAC,2,mmol/L", "A1,0,LAC,2,mmol/L"),
        added("laboratory.csv", "A1,0,LAC,2,mmol/L", "A1,0,LAC,,mmol/L"),
    ),
    "visit.repeated": (
        added("chart.csv", "A1,1,140,3,3,6"),
        added("chart.csv", "A1,1,140,3,2,5"),
    ),
    "visit.out_of_window": (
        added("doses.csv", "A1,MSC,47.9,48,70,10*6"),
        added("doses.csv", "A1,MSC,48,49,70,10*6"),
    ),
    "total.differs": (
        [("chart.csv", "1,1,10", "1,1,19")],
        [("chart.csv", "1,1,10", "1,1,18")],  # four items are not recorded
    ),
    "score.differs": (
        [("severity.csv", "A1,1,37,2", "A1,1,37,1")],
        [("severity.csv", "A1,1,37,2", "A1,1,37,55")],
    ),
    "measurement.jump": (
        added("chart.csv", "A1,2,161,,,"),
        added("chart.csv", "A1,2,160,,,"),
    ),
    "participant.build": (
        [("people.csv", "f,70,175", "f,246,175")],
        [("people.csv", "f,70,175", "f,245,175")],
    ),
    "dose.not_by_weight": (
        [("doses.csv", "0,1,70", "0,1,55.9")],
        [("doses.csv", "0,1,70", "0,1,56")],
    ),
    "death.repeated": (
        added("events.csv", "A1,death,2020-01-11", died=True),
        added("events.csv", "A2,death,2020-01-11", died=True),
    ),
    "death.before_origin": (contact("A1,death,2019-12-30"), contact("A1,death,2019-12-31")),
    "death.before_first_dose": (
        [("events.csv", "A2,last_contact,2020-01-29", "A2,death,2020-01-01")],
        [("events.csv", "A2,last_contact,2020-01-29", "A2,death,2020-01-02")],
    ),
    "contact.before_death": (
        added("events.csv", "A1,death,2020-01-30"),
        added("events.csv", "A1,death,2020-01-29"),
    ),
    "contact.before_origin": (
        contact("A1,last_contact,2019-12-30"),
        contact("A1,last_contact,2019-12-31"),
    ),
    "adverse_event.fatal": (
        [("safety.csv", "Chills,1", "Chills,5")],
        [("safety.csv", "Chills,1", "Chills,5"), DIED],
    ),
    "alive.after_death": (
        added("events.csv", "A1,death,2020-01-27"),
        added("events.csv", "A1,death,2020-01-28"),
    ),
    "discharge.before_origin": (
        added("events.csv", "A1,icu_discharge,2019-12-30"),
        added("events.csv", "A1,icu_discharge,2019-12-31"),
    ),
    "discharge.repeated": (
        added("events.csv", "A1,icu_discharge,2020-01-05", "A1,icu_discharge,2020-01-06"),
        added("events.csv", "A1,icu_discharge,2020-01-05", "A2,icu_discharge,2020-01-06"),
    ),
    "discharge.out_of_order": (
        added("events.csv", "A1,icu_discharge,2020-01-07", "A1,hospital_discharge,2020-01-05"),
        added("events.csv", "A1,icu_discharge,2020-01-07", "A1,hospital_discharge,2020-01-06"),
    ),
    "intervention.after_death": (
        added("doses.csv", "A1,NOR,240.1,241,0.1,ug/kg/min", died=True),
        added("doses.csv", "A1,NOR,240,241,0.1,ug/kg/min", died=True),
    ),
    "measurement.after_death": (
        added("laboratory.csv", "A1,240.1,CRP,9,mg/L", died=True),
        added("laboratory.csv", "A1,240,CRP,9,mg/L", died=True),
    ),
    "adverse_event.after_death": (
        added("safety.csv", "A1,240.1,Fever,1", died=True),
        added("safety.csv", "A1,240,Fever,1", died=True),
    ),
    "dose.before_origin": (
        [("doses.csv", "A1,MSC,0,1", "A1,MSC,-2,-1")],
        [("doses.csv", "A1,MSC,0,1", "A1,MSC,-2,0")],
    ),
    "interval.reversed": (
        [
            ("doses.csv", "NOR,30,54", "NOR,30,29.9"),
            *contact("A1,last_contact,2020-01-29,2020-01-27"),
        ],
        [
            ("doses.csv", "NOR,30,54", "NOR,30,30"),
            *contact("A1,last_contact,2020-01-29,2020-01-29"),
        ],
    ),
    "interval.overlap": (
        added("doses.csv", "A2,NOR,53.9,60,0.2,ug/kg/min"),
        added("doses.csv", "A2,NOR,54,60,0.2,ug/kg/min"),
    ),
    "file.changed": (
        [("codebook.txt", "as published", "as changed")],
        laboratory("A1,0,CRP,99,mg/L"),
    ),
    "privacy.identifier": (
        [("safety.csv", "Grade\nA1,10,Chills,1\n", "Grade,Phone\nA1,10,Chills,1,405 321 1111\n")],
        [("safety.csv", "Grade\nA1,10,Chills,1\n", "Grade,Phone\nA1,10,Chills,1,called\n")],
    ),
    "participant.no_arm": (
        [("people.csv", "A1,N,", "A1,P,")],
        [("people.csv", "A1,N,", "A1,O,")],
    ),
    "participant.no_follow_up": (
        contact("A1,culture,2020-01-29"),
        contact("A1,known_alive,2020-01-29"),
    ),
    "column.incomplete": (laboratory("A2,5,CRP,100,mg/L"), laboratory("A1,5,CRP,100,mg/L")),
    "value.outside_form": (
        form("A1,visit_arm_1,vitals,1,151,"),
        form("A1,visit_arm_1,vitals,1,150,"),
    ),
    "value.unlike_form": (
        form("A1,visit_arm_1,vitals,1,80.0,"),
        form("A1,visit_arm_1,vitals,1,+80,"),
    ),
    "field.undescribed": (
        [("dictionary.csv", "breaths,vitals", "breath,vitals"), *form(f"{A1_FORM}15")],
        [("dictionary.csv", "breaths,vitals", "breath,vitals")],
    ),
    "instrument.unknown": (
        form("A1,visit_arm_1,vital,1,80,"),
        form("A1,visit_arm_1,Vitals,1,80,"),
    ),
    "event.unknown": (
        form("A1,visit_arm_2,vitals,1,80,"),
        form("A1,Visit,vitals,1,80,"),
    ),
    "record.repeated": (
        form(A1_FORM, A1_FORM),
        form(A1_FORM, "A1,visit_arm_1,vitals,2,80,"),
    ),
}
