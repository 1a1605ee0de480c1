"""Figures: tidy tables in, a matplotlib figure out; nothing is computed here."""
