"""The quality report: one HTML page that works offline, with and without JavaScript."""

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Sequence

import jinja2
import pandas as pd
from markupsafe import Markup, escape

from sepsisflow.validation.citations import question
from sepsisflow.validation.distributions import Histogram
from sepsisflow.validation.gather import SEVERITIES
from sepsisflow.validation.pictures import picture

WITHOUT_SCRIPT = 200  # findings shown where there is no JavaScript
STATUSES = ["new", "still open", "open", "resolved"]
MIXTURE = "unit.mixture"
# Columns of the list of findings in the order shown: name in the data, heading.
COLUMNS = {
    "severity": "Severity",
    "status": "Status",
    "site": "Site",
    "participant": "Participant",
    "form": "Form",
    "row": "Row",
    "column": "Column",
    "rule": "Rule",
    "question": "Question",
    "number": "Query",
}
DIMENSIONS = {"rule": "Rule", "form": "Form", "site": "Site"}
NO_SITE = "no site"
JOINTS = re.compile(r"(?<=[._/#])")


def quality_report(
    page: Sequence[str],
    findings: pd.DataFrame,
    resolved: pd.DataFrame,
    accounting: pd.DataFrame,
    histograms: Sequence[Histogram],
    *,
    study: dict,
) -> str:
    """Render the report.

    Parameters
    ----------
    page : sequence of str
        A Jinja2 template, which escapes every value, a style sheet and a script.
    findings, resolved : DataFrame as `sepsisflow.schemas.findings.ReportedFindings`
        See `sepsisflow.validation.previous.compare_exports`.
    accounting : DataFrame, one row per table
        Rows and values read, validated and set aside.
    histograms : sequence of Histogram
    study : dict
        ``title``, ``registration``, ``synthetic``, ``errors_allowed`` and ``compared``: whether
        there was a previous export.

    Returns
    -------
    str
        HTML page, the same for the same arguments.
    """
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"count": "{:,}".format, "breakable": breakable}
    template, style, script = page
    listed = listed_findings(pd.concat([findings, resolved]) if len(resolved) else findings)
    current = listed.iloc[: len(findings)]
    severities = findings["severity"].value_counts().reindex(SEVERITIES, fill_value=0)
    statuses = listed["status"].value_counts().reindex(STATUSES, fill_value=0)
    return environment.from_string(template).render(
        study=study,
        style=Markup(style),
        script=Markup(script),
        script_hash=b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        severities=severities.to_dict(),
        statuses=statuses.to_dict(),
        breakdowns=[
            {"name": name, "label": label, **breakdown(current, name)}
            for name, label in DIMENSIONS.items()
        ],
        accounting=accounting.to_dict("records"),
        totals=accounting.drop(columns="table").sum().to_dict(),
        columns={name: COLUMNS[name] for name in COLUMNS if study["compared"] or name != "status"},
        total=len(findings),
        first=current.head(WITHOUT_SCRIPT).to_dict("records"),
        data=Markup(as_script_data(listed)),
        pictures=pictures(histograms, mixed=_mixed(findings)),
    )


def listed_findings(findings: pd.DataFrame) -> pd.DataFrame:
    """Findings as the page lists them: the columns of `COLUMNS`, empty text where none is known.

    The question is the query without the place, which has columns of its own.
    """
    empty = findings[["site", "participant_id", "source_column", "field"]].fillna("")
    columns = empty["source_column"].where(empty["source_column"].ne(""), empty["field"])
    cited = findings[["source_file", "source_row", "source_column", "field", "table", "query"]]
    cited = cited.astype(object).where(cited.notna(), None).to_dict("records")
    return pd.DataFrame(
        {
            "severity": findings["severity"],
            "status": findings["status"],
            "site": empty["site"].where(empty["site"].ne(""), NO_SITE),
            "participant": empty["participant_id"],
            "form": findings["form"],
            "row": [int(row) if row == row else "" for row in findings["source_row"]],
            "column": columns,
            "rule": findings["code"],
            "question": [question(each) for each in cited],
            "number": findings["number"],
        }
    ).reset_index(drop=True)


def breakable(text: object) -> Markup:
    """Escape a text and let it break after each of the marks that join names."""
    return Markup("<wbr>").join(map(escape, JOINTS.split(str(text))))


def breakdown(listed: pd.DataFrame, dimension: str) -> dict:
    """Findings by one column and severity: ``rows`` with counts and ``total``, most grave first."""
    counts = pd.crosstab(listed[dimension], listed["severity"])
    counts = counts.reindex(columns=SEVERITIES, fill_value=0)
    counts = counts.assign(total=counts.sum(axis=1)).sort_index()
    counts = counts.sort_values(SEVERITIES, ascending=False, kind="stable")
    return {"rows": [{"name": name, **row} for name, row in counts.to_dict("index").items()]}


def as_script_data(listed: pd.DataFrame) -> str:
    """JSON for a script element: per column its distinct texts and, per finding, which it is.

    No text can end the element, whatever it holds.
    """
    columns = {}
    for name in listed:
        codes, levels = pd.factorize(listed[name])
        columns[name] = {"levels": [_plain(level) for level in levels], "codes": codes.tolist()}
    text = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _plain(level: object) -> object:
    return level.item() if hasattr(level, "item") else level


def _mixed(findings: pd.DataFrame) -> set[str]:
    """Variables of which a rule says that their values look like two units."""
    return set(findings.loc[findings["code"].eq(MIXTURE), "field"].dropna())


def pictures(histograms: Sequence[Histogram], *, mixed: set[str]) -> list[dict]:
    """One entry per variable with its pictures by form; those in ``mixed`` come first, marked."""
    grouped: dict[tuple[str, str], list[Histogram]] = {}
    for each in histograms:
        grouped.setdefault((each.kind, each.variable), []).append(each)
    return [
        {
            "number": forms[0].number,
            "log": forms[0].axis.log,
            "mixed": variable in mixed,
            "forms": [{"of": each, "svg": Markup(picture(each) or "")} for each in forms],
        }
        for (_, variable), forms in sorted(
            grouped.items(), key=lambda each: each[0][1] not in mixed
        )
    ]
