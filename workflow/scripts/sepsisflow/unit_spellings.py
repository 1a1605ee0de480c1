"""How hospitals and laboratories spell units, and what each spelling means.

A row is the unit in pint's names (nothing for a pure number), what one of it is worth, the metric
prefixes it may bear, the symbols that may bear them, and whole words. Spelled exactly, case
counts; `sepsisflow.units` says when it does not.
"""

PREFIXES = {
    "f": "1e-15", "p": "1e-12", "n": "1e-9", "u": "1e-6", "m": "1e-3", "c": "1e-2", "d": "1e-1",
    "h": "1e2", "k": "1e3", "M": "1e6",
}  # fmt: skip

# There is no megagram in a hospital, so "Mg" is a slip for mg; but penicillin is given in MU and
# insulin measured in mU: prefixes are those in use.
SPELLINGS = (
    ("gram", "1", "fpnumdk", "g gm", "gram grams"),
    ("gram", "1e-6", "", "", "mcg mcgs microgram micrograms"),
    ("gram", "1e-3", "", "", "milligram milligrams"),
    ("liter", "1", "fpnumcd", "L", "liter liters litre litres"),
    ("liter", "1e-3", "", "", "cc ccm milliliter milliliters millilitre millilitres"),
    ("liter", "1e-6", "", "", "cmm cumm"),
    ("mole", "1", "fpnumk", "mol", "mole moles"),
    ("mole/liter", "1", "fpnum", "M", ""),
    ("equivalent", "1", "um", "Eq", "val mval"),
    ("osmole", "1", "m", "osm", ""),
    ("international_unit", "1", "pnumkM", "U IU [IU] [iU] E IE", "unit units"),
    ("meter", "1", "numcdk", "m", "meter meters metre metres"),
    ("second", "1", "um", "s", "sec secs second seconds"),
    ("minute", "1", "", "", "min mins minute minutes"),
    ("hour", "1", "", "", "h hr hrs hour hours std"),
    ("day", "1", "", "", "d day days"),
    ("week", "1", "", "", "wk wks week weeks"),
    ("month", "1", "", "", "mo mos month months monat monate"),
    ("year", "1", "", "", "a y yr yrs year years jahr jahre"),
    ("pascal", "1", "hk", "Pa", ""),
    ("bar", "1", "m", "bar", ""),
    ("millimeter_Hg", "1", "", "", "mmHg mm[Hg] torr"),
    ("centimeter_H2O", "1", "", "", "cmH2O cm[H2O]"),
    ("degree_Celsius", "1", "", "", "Cel C °C degC celsius"),
    ("degree_Fahrenheit", "1", "", "", "F °F degF [degF] fahrenheit"),
    ("/minute", "1", "", "", "bpm brpm rpm"),
    ("kelvin", "1", "", "", "K"),
    ("", "1", "", "", "# cell cells count counts beat beats breath breaths insp resp"),
    ("", "1", "", "", "ratio fraction score point points [pH] pH"),
    ("", "1e-2", "", "", "% percent pct"),
    ("", "1e3", "", "", "K k thou thousand thousands tsd"),
    ("", "1e6", "", "", "M Mio mill million millions"),
    ("", "1e9", "", "", "G"),
    ("", "1e12", "", "", "T"),
)  # fmt: skip
# What a unit counts does not change its value; "{FEU}" and the like would.
COUNTED = ("cells", "count", "beats", "breaths", "score", "ratio", "fraction", "#", "ph")
# Numbers that stand in a unit: "mL/24h", "1000/uL", "mL/min/1.73m2". "103/uL" is a lost "10^3".
NUMBERS = ("1.73", "1000", "100", "24", "1")
# Named to a user whose unit is unknown, where they fit.
COMMON = (
    "mg/dL", "g/dL", "g/L", "mg/L", "ug/L", "ng/L", "ng/mL", "pg/mL", "umol/L", "mmol/L", "nmol/L",
    "mEq/L", "10*3/uL", "10*9/L", "10*6/uL", "/uL", "%", "1", "U/L", "[IU]/L", "mm[Hg]", "kPa",
    "cm[H2O]", "Cel", "[degF]", "/min", "bpm", "mL/d", "mL/h", "mL/kg/h", "L/min", "ug/kg/min",
    "ug/kg/h", "ng/kg/min", "mg/kg/h", "ug/min", "mg/h", "[IU]/min", "[IU]/h", "U/kg/h", "g", "mg",
    "ug", "kg", "[IU]", "10*6", "10*9", "s", "min", "h", "d", "mo", "a", "cm", "m", "mL", "L",
)  # fmt: skip
