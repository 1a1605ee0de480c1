"""What the workflow itself knows of the names in the codelists."""

# Events that say the participant was alive then.
ALIVE = [
    "last_contact",
    "known_alive",
    "icu_discharge",
    "icu_readmission",
    "hospital_discharge",
    "hospital_readmission",
]
