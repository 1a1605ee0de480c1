"""Outcomes and biomarkers on the participant's clock."""
