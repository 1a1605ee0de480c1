"""The smallest study that is complete: an identifier, an arm, a time and a status."""

STUDY = """\
title: Smallest <study> & no more
seed: 1
arms:
  t: {label: Treated, role: treated}
  c: {label: Control, role: control}
sources:
  all:
    file: all.csv
    format: csv
    maps:
      - table: participants
        fields: {participant_id: id, arm: {column: arm, codes: {T: t, C: c}}}
      - table: events
        when: {column: died, one_of: ["1"]}
        fields: {participant_id: id, event: {constant: death}, time: {column: days, as: days}}
      - table: events
        when: {column: died, one_of: ["0"]}
        fields:
          {participant_id: id, event: {constant: last_contact}, time: {column: days, as: days}}
eligibility: []
controls: {method: recorded}
survival:
  label: death from any cause
  follow_up_days: 28
  horizons_days: [28]
  death_counts_at: latest
  risk_table_days: [0, 14, 28]
"""
SOME_DIED = "id,arm,days,died\nA1,T,10,1\nÄ2,T,28,0\nA3,T,20,0\nB1,C,3,1\nB2,C,28,0\nB3,C,28,0\n"
