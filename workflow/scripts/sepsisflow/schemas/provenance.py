"""Where a row of a canonical table came from."""

import pandera.pandas as pa


class Provenance(pa.DataFrameModel):
    """Columns that every canonical table carries."""

    source_file: str = pa.Field(description="Name of the raw file, with the sheet after `#`.")
    source_row: int = pa.Field(ge=1, description="Row in that file; the header is row 1.")
