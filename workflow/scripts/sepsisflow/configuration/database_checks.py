"""The rule across the keys of a study file that reads a database; see `study_checks`."""

from collections.abc import Iterator

from sepsisflow.configuration.schema import Problem
from sepsisflow.errors import nearest
from sepsisflow.readers.databases.plan import database_source


def check_database(settings: dict, known: dict) -> Iterator[Problem]:
    """A database is the only source; its tables and covariates are those it has."""
    source, covariates = database_source(settings), settings["covariates"]
    repeats = settings["repeats"]
    if source is None:
        return
    name = next(name for name, each in settings["sources"].items() if each is source)
    if len(settings["sources"]) > 1:
        wrong = f"'{name}' is a database; a study reads one database, or files, not both."
        yield Problem(("sources",), wrong)
    if repeats["variables"] or repeats["default"] != "keep":
        wrong = "does not apply to a database: of several values for one time all stay; remove it."
        yield Problem(("repeats",), wrong)
    description = known["databases"][source["format"]]
    for table in source["files"]:
        if table not in description["tables"]:
            wrong = f"the database has no table '{table}'"
            yield Problem(
                ("sources", name, "files", table),
                f"{wrong}; {nearest(table, description['tables'])}",
            )
    columns = description["participants"]["covariates"]
    for covariate, each in covariates.items():
        if covariate not in columns:
            wrong = f"the database gives no covariate '{covariate}'"
            yield Problem(("covariates", covariate), f"{wrong}; {nearest(covariate, columns)}")
        elif each["type"] not in ("text", "number"):
            wrong = f"a covariate of a database is text or number, not {each['type']}."
            yield Problem(("covariates", covariate, "type"), wrong)


RULES = {check_database: ("sources", "covariates", "repeats")}
