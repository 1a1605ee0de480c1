"""sepsisflow: from the raw data of a sepsis trial to its manuscript."""
