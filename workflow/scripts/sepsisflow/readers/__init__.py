"""From raw files to canonical tables."""
