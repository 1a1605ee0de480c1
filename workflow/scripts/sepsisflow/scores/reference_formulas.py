"""The formulas of PaO2 from SpO2, as docs/definitions.md prints them."""

from sepsisflow.scores.reference_words import table

# By choice `pao2_from_spo2`: whose it is, PaO2/FiO2 (mmHg), and what c is in it. A test computes
# what stands here and compares it with `sepsisflow.scores.oxygenation.FORMULAS`.
PAO2_FIO2 = {
    "linear": ("Rice 2007", "(SpO2 / FiO2 - 64) / 0.84", ""),
    "log_linear": ("Pandharipande 2009", "10^(0.78 * log10(SpO2 / FiO2) + 0.48)", ""),
    "nonlinear": (
        "Ellis 1989, the inverted curve of Severinghaus",
        "(cbrt(sqrt(50^3 + c^2) + c) - cbrt(sqrt(50^3 + c^2) - c)) / FiO2",
        "11700 / (100 / SpO2 - 1)",
    ),
}
ANCHOR, TITLE = "pao2-from-spo2", "PaO2 from SpO2"


def formulas() -> str:
    """The section on the formulas, with its anchor."""
    rows = [
        [f"`{name}`", whose, f"`{formula}`" + (f"<br>with `c = {c}`" if c else "")]
        for name, (whose, formula, c) in PAO2_FIO2.items()
    ]
    return "\n\n".join(
        [
            f'<a id="{ANCHOR}"></a>\n\n## {TITLE}',
            "What `choices.spo2.pao2_from_spo2` computes: PaO2/FiO2 in mmHg, with SpO2 in % and "
            "FiO2 as a fraction; cbrt is the cube root. Only an SpO2 below `spo2.below` is used: "
            "above, the saturation hardly changes with PaO2.",
            table(["choice", "formula of", "PaO2/FiO2"], rows),
            "Source: Brown SM et al. Chest 2016;150:307 compares the three (1,034 gases of 703 "
            "patients, 650 gases with SpO2 of 96 % or less); coefficients as reprinted at "
            "medicalalgorithms.com.",
        ]
    )
