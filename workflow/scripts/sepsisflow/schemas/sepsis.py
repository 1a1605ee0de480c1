"""Suspected infection, sepsis and septic shock by a definition."""

import pandas as pd
import pandera.pandas as pa


class _Defined(pa.DataFrameModel):
    participant_id: str
    definition: str = pa.Field(description="Name of the definition.")

    class Config:
        """Reject unknown columns."""

        strict = True


class SuspicionOfInfection(_Defined):
    """One row per participant and antibiotic, with the culture that makes it a suspicion.

    Of several stays of one person, an antibiotic stands in each.
    """

    number: int = pa.Field(ge=1, description="Order of the participant's antibiotics, by start.")
    antibiotic: str = pa.Field(nullable=True, description="As written.")
    route: str = pa.Field(nullable=True)
    antibiotic_h: float = pa.Field(description="Its start, in hours from the origin.")
    during_stay: bool = pa.Field(description="From the origin until ICU discharge or death.")
    suspected: bool = pa.Field(description="Whether a culture goes with it.")
    came_first: str = pa.Field(nullable=True, isin=["culture", "antibiotic"])
    suspicion_h: float = pa.Field(nullable=True, description="Time of the suspicion.")
    culture_h: float = pa.Field(nullable=True, description="Of a culture by date, its beginning.")
    specimen: str = pa.Field(nullable=True, description="What was cultured, as written.")
    positive: pd.BooleanDtype = pa.Field(nullable=True, description="Whether it grew anything.")
    antibiotic_file: str = pa.Field(description="Raw file of the antibiotic.")
    antibiotic_row: int = pa.Field(ge=1, description="Row in that file.")
    culture_file: str = pa.Field(nullable=True, description="Raw file of the culture.")
    culture_row: float = pa.Field(nullable=True, description="Row in that file.")


class Sepsis(_Defined):
    """One row per participant, or per case where the definition wants all of them.

    Somebody who is no case has the first suspicion's times, if any.
    """

    label: str = pa.Field(description="What the cases are called.")
    sepsis: pd.BooleanDtype = pa.Field(
        nullable=True,
        description="Missing if about every suspicion the score is, or no component was observed.",
    )
    onset_h: float = pa.Field(nullable=True, description="Hours from the origin.")
    suspicion_h: float = pa.Field(nullable=True)
    antibiotic_h: float = pa.Field(nullable=True)
    culture_h: float = pa.Field(nullable=True)
    score_definition: str = pa.Field(description="Definition of the score.")
    hour: float = pa.Field(nullable=True, description="Hour of the score that has risen.")
    score_h: float = pa.Field(nullable=True, description="End of that hour.")
    score: float = pa.Field(nullable=True)
    baseline: float = pa.Field(nullable=True, description="What the score is compared with.")
    n_components: float = pa.Field(nullable=True, description="Components observed in that hour.")


class SepticShock(_Defined):
    """One row per case of sepsis."""

    label: str = pa.Field(description="What the cases are called.")
    septic_shock: pd.BooleanDtype = pa.Field(
        nullable=True, description="Missing if a vasopressor ran and lactate is not known with it."
    )
    sepsis_onset_h: float = pa.Field(description="Hours from the origin.")
    onset_h: float = pa.Field(nullable=True, description="The later of vasopressor and lactate.")
    agent: str = pa.Field(nullable=True, description="The vasopressor.")
    vasopressor_h: float = pa.Field(nullable=True, description="Its start.")
    lactate: float = pa.Field(nullable=True, description="In the definition's unit.")
    unit: str = pa.Field(nullable=True)
    lactate_h: float = pa.Field(nullable=True)
    source_file: str = pa.Field(nullable=True, description="Raw file of the lactate.")
    source_row: float = pa.Field(nullable=True, description="Row in that file.")
