"""Organ-failure scores on the participant's clock."""
