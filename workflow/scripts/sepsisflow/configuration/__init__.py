"""The study file: its schemas, checks, defaults and reference."""
