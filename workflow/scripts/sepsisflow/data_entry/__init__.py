"""The data-entry workbook: its sheets and columns, how it is made, how it is read."""
