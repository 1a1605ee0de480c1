"""One pandera model a file: the five canonical tables, findings, estimates."""
