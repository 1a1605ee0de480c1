"""Raw files, sheets and columns that are not there, and in which words that is said."""

import json

import openpyxl
import pandas as pd
import pyarrow
import pyarrow.parquet
import pyreadstat
import pytest
from sepsisflow.configuration.raw_files import check_sources, raw_files
from sepsisflow.errors import DataError
from study_example import LABORATORY, PEOPLE, STUDY, changed, loaded

PUBLISHER = """\
publisher:
  url: https://example.org/data
  files: {people.csv: %s}
  terms: Free for any use.
"""


def with_files(folder, text=STUDY, *, people=PEOPLE, laboratory=LABORATORY):
    """The example study with its two raw files in place; None leaves a file out."""
    (folder / "raw").mkdir()
    for name, header in (("people.csv", people), ("laboratory.csv", laboratory)):
        if header is not None:
            (folder / "raw" / name).write_text(f"{header}\n", encoding="utf-8")
    return loaded(folder, text, data="raw")


def said_of(study) -> str:
    """What `check_sources` says, without the temporary folder."""
    with pytest.raises(DataError) as error:
        check_sources(study)
    return str(error.value).replace(str(study.data), "raw")


def test_files_with_all_columns_pass(tmp_path):
    study = with_files(tmp_path)
    check_sources(study)
    assert raw_files(study) == [tmp_path / "raw/people.csv", tmp_path / "raw/laboratory.csv"]


def test_a_missing_column_is_named_with_the_nearest(tmp_path):
    study = with_files(tmp_path, people=PEOPLE.replace("Weight", "Weight kg"))
    assert said_of(study) == (
        "config/studies/x.yaml: sources.people.maps[1].fields.weight_kg: people.csv has no column "
        "'Weight'; did you mean 'Weight kg'?"
    )


def test_every_missing_column_is_named_wherever_the_map_names_it(tmp_path):
    laboratory = LABORATORY.replace("Unit", "U").replace("IL-6", "IL_6")
    study = with_files(tmp_path, people=PEOPLE.replace("Died", "Dead"), laboratory=laboratory)
    places = [line.split(": ")[1] for line in said_of(study).split("\n")]
    assert places == [
        "sources.people.maps[2].when",
        "sources.laboratory.maps[1].values.il_6",
        "sources.laboratory.maps[1].values.creatinine.unit",
    ]


PATIENT = "P1,A,71,f,64.5,2022-03-16,yes,L,3,1,no,,2022-03-17,90"


def test_a_text_file_without_a_header_is_noticed_and_none_of_its_cells_shown(tmp_path):
    said = said_of(with_files(tmp_path, people=PATIENT, laboratory=LABORATORY))
    assert said == (
        "config/studies/x.yaml: sources.people.file: people.csv: none of the 14 columns that the "
        "study file names is in its first row; is that row a header, and 'delimiter' right?"
    )
    assert not [cell for cell in ("P1", "71", "64.5", "2022", "90") if cell in said]


def test_a_sheet_without_a_header_is_noticed_and_none_of_its_cells_shown(tmp_path):
    said = said_of(as_workbook(tmp_path, header=PATIENT))
    assert said == (
        "config/studies/x.yaml: sources.people.file: people.xlsx, sheet 'People': none of the 14 "
        "columns that the study file names is in its first row; is that row a header?"
    )
    assert not [cell for cell in ("P1", "71", "64.5", "2022", "90") if cell in said]


def test_each_source_whose_first_row_is_no_header_is_named_once(tmp_path):
    said = said_of(with_files(tmp_path, people=PATIENT, laboratory=LABORATORY.replace(",", ";")))
    assert [line.split(": ")[1:3] for line in said.split("\n")] == [
        ["sources.people.file", "people.csv"],
        ["sources.laboratory.file", "laboratory.csv"],
    ]


def test_a_column_that_stands_twice_is_ambiguous(tmp_path):
    study = with_files(tmp_path, people=PEOPLE + ",Age")
    assert said_of(study) == (
        "config/studies/x.yaml: sources.people.maps[1].fields.age_years: people.csv has 2 columns "
        "'Age'; give each its own name in the file."
    )


def test_a_missing_file_is_named_with_the_nearest_in_the_folder(tmp_path):
    study = with_files(tmp_path, people=None)
    (tmp_path / "raw/People_2.csv").write_text(PEOPLE)
    assert said_of(study) == (
        "config/studies/x.yaml: sources.people.file: there is no 'people.csv' in raw; did you mean "
        "'People_2.csv'?"
    )


def test_an_empty_folder_is_said_to_be_empty(tmp_path):
    study = with_files(tmp_path, people=None, laboratory=None)
    assert said_of(study).split("\n")[0] == (
        "config/studies/x.yaml: sources.people.file: there is no 'people.csv' in raw; the folder "
        "is empty."
    )


def test_a_missing_folder_says_what_to_pass(tmp_path):
    assert said_of(loaded(tmp_path, data="raw")) == (
        "raw: there is no such folder; it should hold the raw files of study 'x'. Pass the folder "
        "that does: make run DATA=PATH, or snakemake --config data=PATH."
    )


@pytest.mark.parametrize("folder_exists", [False, True])
def test_a_published_file_that_is_missing_says_where_to_get_it(tmp_path, folder_exists):
    study = loaded(tmp_path, STUDY + PUBLISHER % ("f" * 64), data="raw")
    if folder_exists:
        study.data.mkdir()
        (study.data / "laboratory.csv").write_text(LABORATORY)
    missing, it = ("people.csv", "it") if folder_exists else ("people.csv, laboratory.csv", "them")
    assert said_of(study) == (
        f"raw does not hold {missing}: get {it} from https://example.org/data (terms of use: "
        "publisher.terms in config/studies/x.yaml) and pass the folder with make run STUDY=x "
        "DATA=PATH, or snakemake --config study=x data=PATH."
    )


def test_a_byte_order_mark_and_blanks_are_no_part_of_a_column_s_name(tmp_path):
    check_sources(with_files(tmp_path, people="\ufeff" + PEOPLE.replace("Age", " Age ")))


def test_a_quoted_column_may_hold_the_delimiter_and_a_line_break(tmp_path):
    header = PEOPLE.replace("Age", '"Age, in\nyears"')
    text = changed(("column: Age,", 'column: "Age, in\\nyears",'))
    check_sources(with_files(tmp_path, text, people=header))


@pytest.mark.parametrize(
    ("content", "option", "said"),
    [
        (b"", "", "holds no header; the first row must name the columns."),
        (b"\xc4lter,ID", "", "is not utf-8 text; set 'encoding'."),
        (b"ID", "encoding: utf-9", "is said to be in 'utf-9', which is no encoding."),
        (b'"ID,Age', "", "has an unclosed quote in its header."),
    ],
)
def test_a_text_file_without_a_readable_header_says_why(tmp_path, content, option, said):
    study = with_files(tmp_path, changed(("file: people.csv", f"file: people.csv\n    {option}")))
    (study.data / "people.csv").write_bytes(content)
    assert said_of(study) == f"config/studies/x.yaml: sources.people.file: people.csv {said}"


def as_workbook(folder, sheet="People", header=PEOPLE):
    """The example with its people in a workbook whose only sheet is called ``sheet``."""
    replaced = "file: people.xlsx\n    format: xlsx\n    sheet: People"
    study = with_files(folder, changed(("file: people.csv\n    format: csv", replaced)))
    book = openpyxl.Workbook()
    book.active.title = sheet
    book.active.append(header.split(","))
    book.save(study.data / "people.xlsx")
    return study


def test_a_workbook_with_all_columns_passes(tmp_path):
    check_sources(as_workbook(tmp_path))


def test_a_missing_sheet_is_named_with_the_nearest(tmp_path):
    assert said_of(as_workbook(tmp_path, sheet="Peoples")) == (
        "config/studies/x.yaml: sources.people.sheet: people.xlsx has no sheet 'People'; did you "
        "mean 'Peoples'?"
    )


def test_a_column_missing_in_a_sheet_names_the_sheet(tmp_path):
    assert said_of(as_workbook(tmp_path, header=PEOPLE.replace("Sex", "Gender"))).startswith(
        "config/studies/x.yaml: sources.people.maps[1].fields.sex: people.xlsx, sheet 'People', "
        "has no column 'Sex'; "
    )


def test_a_file_that_is_no_workbook_says_so(tmp_path):
    study = as_workbook(tmp_path)
    (study.data / "people.xlsx").write_text("not a workbook")
    assert said_of(study) == (
        "config/studies/x.yaml: sources.people.file: people.xlsx cannot be read as xlsx; check its "
        "format."
    )


def test_the_columns_of_a_parquet_file_are_checked(tmp_path):
    replaced = "file: people.parquet\n    format: parquet"
    study = with_files(tmp_path, changed(("file: people.csv\n    format: csv", replaced)))
    names = PEOPLE.split(",")
    table = pyarrow.table({name: ["1"] for name in names})
    pyarrow.parquet.write_table(table, study.data / "people.parquet")
    check_sources(study)
    pyarrow.parquet.write_table(table.drop_columns("Sex"), study.data / "people.parquet")
    assert "people.parquet has no column 'Sex'" in said_of(study)
    (study.data / "people.parquet").write_text("not parquet")
    assert said_of(study).endswith("people.parquet cannot be read as parquet; check its format.")


def as_cdisc(folder, suffix, form):
    """The example with its people in a file of another format, of which only a header is wanted."""
    replaced = f"file: people.{suffix}\n    format: {form}"
    study = with_files(folder, changed(("file: people.csv\n    format: csv", replaced)))
    return study, study.data / f"people.{suffix}", PEOPLE.split(",")


def test_the_columns_of_a_transport_file_are_checked(tmp_path):
    study, path, names = as_cdisc(tmp_path, "xpt", "xpt")
    pyreadstat.write_xport(pd.DataFrame([names], columns=names), path)
    check_sources(study)
    upper = [name.upper() for name in names]
    pyreadstat.write_xport(pd.DataFrame([names], columns=upper), path)
    assert "fields.sex: people.xpt has no column 'Sex'; did you mean 'SEX'?" in said_of(study)
    pyreadstat.write_xport(pd.DataFrame({"A1": ["x"]}), path)
    assert "people.xpt has no column 'Sex'; valid: 'A1'." in said_of(study)
    path.write_text("not a transport file")
    assert said_of(study).endswith(
        "people.xpt is no SAS transport file of version 5 or 8; check its format, or export it "
        "anew."
    )


def test_the_columns_of_dataset_json_are_checked(tmp_path):
    study, path, names = as_cdisc(tmp_path, "json", "dataset_json")
    columns = [{"name": name} for name in names]
    content = {"datasetJSONVersion": "1.1.0", "columns": columns, "rows": []}
    path.write_text(json.dumps(content))
    check_sources(study)
    path.write_text(json.dumps({**content, "columns": columns[:3]}))
    assert "people.json has no column 'Sex'; valid: 'ID', 'Group', 'Age'." in said_of(study)
    path.write_text("{}")
    assert said_of(study).endswith(
        "people.json holds no dataset of Dataset-JSON: there is no 'datasetJSONVersion'."
    )
