"""Validated tables, findings, quarantine and their accounting."""
