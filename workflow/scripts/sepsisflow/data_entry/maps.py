"""A source of format ``template``, the data-entry workbook, as ordinary sources with maps.

Runs whenever the workflow is read, so without openpyxl.
"""

from collections import Counter
from collections.abc import Iterable

from sepsisflow.data_entry import layout
from sepsisflow.fields import SEXES

# What a source says of where its file comes from.
FETCHED = ("url", "sha256", "licence")


def expand_templates(settings: dict, codelists: dict) -> dict:
    """Replace every source of format ``template`` by one xlsx source per sheet.

    Parameters
    ----------
    settings : dict
        A valid study file.
    codelists : dict
        ``variables``, ``agents`` and ``events``.

    Returns
    -------
    dict
        The study file as if its author had written the maps. A covariate that no other source
        fills is a column of the sheet of participants under the covariate's name. The new
        sources' names hold a blank, as no other source's can.
    """
    sources: dict[str, dict] = {}
    for name, source in settings["sources"].items():
        if source["format"] != "template":
            sources[name] = source
            continue
        for sheet in layout.SHEETS:
            sources[f"{name} {sheet}"] = {
                **{key: source[key] for key in FETCHED if key in source},
                "file": source["file"],
                "format": "xlsx",
                "sheet": sheet,
                "date_format": layout.DATE_FORMAT,
                "maps": [_map(sheet, settings, codelists)],
            }
    return {**settings, "sources": sources}


def _map(sheet: str, settings: dict, codelists: dict) -> dict:
    """The one map of a sheet."""
    table, headings = layout.SHEETS[sheet]
    fields: dict[str, dict] = {name: {"column": each} for name, each in headings.items()}
    variables = codelists["variables"]
    if table == "participants":
        fields["arm"]["codes"] = _codes(_labels(settings["arms"]))
        fields["sex"]["codes"] = _codes({name: name for name in SEXES})
        fields |= _covariates(settings)
    elif sheet == layout.DAILY:
        values = {
            name: {"column": layout.daily_heading(variables[name]), "unit": variables[name]["unit"]}
            for name in layout.DAILY_VARIABLES
        }
        return {"table": table, "fields": fields, "values": values}
    elif table == "measurements":
        fields["variable"]["codes"] = _codes(_labels(variables))
    elif table == "interventions":
        fields["agent"]["codes"] = _codes(_labels(codelists["agents"]))
        fields["dose"]["unit"] = fields.pop("unit")
    elif table == "events":
        fields["event"]["codes"] = _codes(_labels(codelists["events"]))
    else:
        fields["serious"]["codes"] = fields["related"]["codes"] = _yes_no()
    return {"table": table, "fields": fields}


def _covariates(settings: dict) -> dict[str, dict]:
    """Fields of the study's covariates, each in the column that bears its name."""
    elsewhere = {
        name
        for source in settings["sources"].values()
        for each in source.get("maps", ())
        if each["table"] == "participants"
        for name in each["fields"]
    }
    fields: dict[str, dict] = {}
    for name, covariate in settings.get("covariates", {}).items():
        if name in elsewhere:
            continue
        fields[name] = {"column": name}
        if covariate["type"] == "boolean":
            fields[name]["codes"] = _yes_no()
        elif covariate["type"] == "category":
            fields[name]["codes"] = _codes(covariate["levels"])
        else:
            fields[name]["unit"] = covariate["unit"]
    return fields


def _labels(entries: dict[str, dict]) -> dict[str, str]:
    return {name: entry["label"] for name, entry in entries.items()}


def _codes(labels: dict[str, str]) -> dict[str, str]:
    """Texts that stand for each name: itself and its label, in any case; names take precedence.

    A label that two names share stands for neither.
    """
    counts = Counter(label.casefold() for label in labels.values())
    codes = {
        text: name
        for name, label in labels.items()
        if counts[label.casefold()] == 1
        for text in _spellings(label)
    }
    return codes | {text: name for name in labels for text in _spellings(name)}


def _yes_no() -> dict[str, bool]:
    return {text: truth for word, truth in layout.YES_NO.items() for text in _spellings(word)}


def _spellings(text: str) -> Iterable[str]:
    """A text in the cases that a spreadsheet's drop-down accepts for it when typed."""
    return dict.fromkeys((text, text.lower(), text.upper(), text.capitalize()))
