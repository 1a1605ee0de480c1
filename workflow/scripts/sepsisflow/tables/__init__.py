"""Tables of the manuscript: estimates in, formatted cells out; nothing is computed here."""
