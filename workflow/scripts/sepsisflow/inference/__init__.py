"""Estimates: a module a family of statistics, and a module a set of rows."""
