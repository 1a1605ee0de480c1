"""Endpoints of each participant: what a course comes to, on the clock of the comparison."""
