"""REDCap exports of a few rows: cells as the dictionary means them, remarks where it forbids."""

from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redcap_example import dictionary, read, source
from sepsisflow.errors import DataError
from sepsisflow.readers.raw import header_of, read_raw
from sepsisflow.readers.records import UnreadableFileError


def cells(folder, records, column, **options):
    """One column of an export."""
    return read(folder, records, "id", column, **options).columns[column]


def test_labels_of_an_export_become_the_codes_of_the_dictionary(tmp_path):
    raw = "id,sex,site\nA,1,2\nB,0,1\n"
    labelled = 'id,sex,site\nA,Male,Ward B\nB,Female,"Ward A, left"\n'
    for records in (raw, labelled):
        table = read(tmp_path, records, "sex", "site")
        assert table.columns == {"sex": ["1", "0"], "site": ["2", "1"]}


def test_a_cell_that_is_neither_code_nor_label_stays_for_the_map_to_refuse(tmp_path):
    assert cells(tmp_path, "id,sex\nA,man\nB,2\nC,\nD,male\n", "sex") == ["man", "2", "", "male"]


@pytest.mark.parametrize("field", ["sex", "pregnant", "alive"])
def test_true_and_false_stand_for_the_codes_1_and_0(field, tmp_path):
    records = f"id,{field}\nA,TRUE\nB,False\nC,1\n"
    assert cells(tmp_path, records, field) == ["1", "0", "1"]


def test_true_says_nothing_of_a_field_with_other_codes(tmp_path):
    assert cells(tmp_path, "id,site\nA,TRUE\n", "site") == ["TRUE"]


SCORE = "id|f|text|ID\nscore|f|radio|Score|1, 0 / 2, 1\nsex|f|radio|Sex|0, Female / 1, Male\n"


@pytest.mark.parametrize(("sex", "code"), [("1", "1"), ("Male", "2")])
def test_where_a_label_is_another_code_the_rest_of_the_export_decides(sex, code, tmp_path):
    records = f"id,score,sex\nA,1,{sex}\n"
    assert cells(tmp_path, records, "score", fields=SCORE) == [code]


def test_two_choices_with_one_label_are_told_apart_by_code_only(tmp_path):
    fields = "id|f|text|ID\nwhy|f|radio|Why|1, Other / 2, Other\n"
    assert cells(tmp_path, "id,why\nA,2\nB,Other\n", "why", fields=fields) == ["2", "Other"]


def test_dates_and_numbers_are_read_by_validation_type_whatever_the_form_displays(tmp_path):
    records = 'id,born,weight,pulse,taken\nA,1950-12-31,"70,5",080,2024-01-02 03:04:05\n'
    table = read(tmp_path, records, "born", "weight", "pulse", "taken")
    assert table.columns == {
        "born": [date(1950, 12, 31)],
        "weight": [70.5],
        "pulse": ["080"],
        "taken": [datetime(2024, 1, 2, 3, 4, 5)],
    }
    assert table.about_cells == {}


def test_dates_in_another_order_stay_text_for_the_declared_format(tmp_path):
    table = read(tmp_path, "id,born\nA,31.12.1950\nB,1950-02-30\n", "born")
    assert table.columns == {"born": ["31.12.1950", "1950-02-30"]}
    assert table.about_cells == {}


def test_values_beyond_the_limits_of_the_form_are_kept_and_remarked_on(tmp_path):
    records = 'id,born,weight,pulse\nA,1899-12-31,"29,9",251\nB,1900-01-01,"30,0",250\n'
    table = read(tmp_path, records, "born", "weight", "pulse")
    assert table.columns["weight"] == [29.9, 30]
    assert table.about_cells == dict.fromkeys(
        [(0, "born"), (0, "weight"), (0, "pulse")], "value.outside_form"
    )


def test_text_unlike_its_validation_type_is_kept_and_remarked_on(tmp_path):
    records = 'id,weight,pulse,phone\nA,"70.5",8o,12\nB,"70,5",80,(405) 321-1111\n'
    table = read(tmp_path, records, "weight", "pulse", "phone")
    assert table.columns["pulse"] == ["8o", "80"]
    assert table.about_cells == dict.fromkeys(
        [(0, "weight"), (0, "pulse"), (0, "phone")], "value.unlike_form"
    )


def test_remarks_on_columns_that_nobody_maps_are_not_made(tmp_path):
    assert read(tmp_path, "id,pulse,sex\nA,999,1\n", "sex").about_cells == {}


BOXES = "id,drugs___1,drugs____1,drugs___x,person_complete\n"


def test_boxes_are_missing_where_none_is_ticked_and_no_beside_a_ticked_one(tmp_path):
    records = f"{BOXES}A,0,1,0,0\nB,0,0,0,2\nC,,,,\n"
    table = read(tmp_path, records, "id", "drugs___1", "drugs____1")
    assert table.columns["drugs___1"] == ["0", "", ""]
    assert table.columns["drugs____1"] == ["1", "", ""]


@pytest.mark.parametrize("complete", ["2", "Complete"])
def test_no_ticked_box_means_no_where_the_study_says_so_and_the_form_is_complete(
    complete, tmp_path
):
    records = f"{BOXES}A,0,0,0,{complete}\nB,0,0,0,1\nC,0,0,0,\n"
    assert cells(tmp_path, records, "drugs___x", unticked="no") == ["0", "", ""]


def test_forms_whose_status_is_not_exported_do_not_count_as_complete(tmp_path):
    assert cells(tmp_path, "id,drugs___1\nA,0\n", "drugs___1", unticked="no") == [""]


@pytest.mark.parametrize("ticked", ["Checked", "None"])
def test_labelled_boxes_are_read_as_raw_ones(ticked, tmp_path):
    empty = "Unchecked" if ticked == "Checked" else ""
    records = f"{BOXES}A,{empty},{ticked},{empty},Complete\n"
    assert cells(tmp_path, records, "drugs____1") == ["1"]
    assert cells(tmp_path, records, "drugs___1") == ["0"]


def test_a_ticked_missing_data_code_says_so_of_every_box(tmp_path):
    records = "id,drugs___1,drugs___x,drugs____999\nA,0,0,1\nB,1,0,0\n"
    options = {"missing_data_codes": ["-999", "NASK"]}
    assert cells(tmp_path, records, "drugs___1", **options) == ["-999", "1"]


def test_boxes_without_dictionary_are_known_by_their_names(tmp_path):
    records = "id,drugs___1,drugs___2\nA,0,0\nB,1,0\n"
    assert cells(tmp_path, records, "drugs___2", dictionary=None) == ["", "0"]


def test_a_record_that_stands_twice_is_remarked_on(tmp_path):
    head = "id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,pulse\n"
    rows = "A,e1,,,\nA,e1,bp,1,80\nA,e1,bp,2,81\nA,e2,bp,1,82\nA,e1,bp,2,83\n"
    table = read(tmp_path, head + rows, "id", "pulse")
    assert table.about_rows == {4: ("id", "record.repeated")}
    assert table.columns["pulse"][4] == "83"


def test_instruments_are_those_of_the_dictionary_also_by_label(tmp_path):
    records = "id,redcap_repeat_instrument,pulse\nA,Bp,80\nB,vitals,81\nC,,\n"
    table = read(tmp_path, records, "id", "redcap_repeat_instrument")
    assert table.columns["redcap_repeat_instrument"] == ["bp", "vitals", ""]
    assert table.about_rows == {1: ("redcap_repeat_instrument", "instrument.unknown")}


EVENTS = """\
event_name,arm_num,unique_event_name
Enrolment,1,enrolment_arm_1
Visit,1,visit_arm_1
Visit,2,visit_arm_2
"""


def test_events_are_those_of_the_project_also_by_label(tmp_path):
    (tmp_path / "event.csv").write_text(EVENTS, encoding="utf-8")
    names = ["visit_arm_2", "Enrolment", "Visit (Arm 2: Drug, new)", "Visit", "vist_arm_1"]
    records = "id,redcap_event_name\n" + "".join(
        f'{at},"{name}"\n' for at, name in enumerate(names)
    )
    table = read(tmp_path, records, "redcap_event_name", events="event.csv")
    # "Visit" alone may be that of either arm.
    assert table.columns["redcap_event_name"] == [
        "visit_arm_2",
        "enrolment_arm_1",
        "visit_arm_2",
        "Visit",
        "vist_arm_1",
    ]
    unknown = ("redcap_event_name", "event.unknown")
    assert table.about_rows == {3: unknown, 4: unknown}


def test_a_mapped_column_that_the_dictionary_lacks_is_text_with_one_remark(tmp_path):
    records = "id,sex,lactate\nA,1,\nB,0,2.1\nC,1,2.2\n"
    table = read(tmp_path, records, "sex", "lactate")
    assert table.columns["lactate"] == ["", "2.1", "2.2"]
    assert table.about_cells == {(1, "lactate"): "field.undescribed"}


def test_headings_that_are_labels_become_the_names_of_fields(tmp_path):
    heading = (
        '"Study ID","Repeat Instrument",Sex,"Drugs (choice=Aspirin)","Drugs (choice=None)",'
        '"Complete?",Pulse,"Complete?"\n'
    )
    table = read(
        tmp_path,
        f"{heading}A,,Male,Checked,Unchecked,Complete,80,Unverified\n",
        *("id", "redcap_repeat_instrument", "sex", "drugs___1", "drugs____1"),
        *("person_complete", "pulse", "bp_complete"),
    )
    assert [each[0] for each in table.columns.values()] == ["A", "", "1", "1", "0", "2", "80", "1"]


def test_a_byte_order_mark_and_other_scripts_are_read(tmp_path):
    fields = "hasta|f|text|ID\nşehir|f|radio|Şehir|0, Muğla / 1, Ünye\n"
    table = read(tmp_path, "hasta,şehir\nĞ1,Ünye\n", "hasta", "şehir", fields=fields, bom=True)
    assert table.columns == {"hasta": ["Ğ1"], "şehir": ["1"]}


def test_rows_are_numbered_as_in_the_file_and_empty_ones_left_out(tmp_path):
    table = read(tmp_path, "id,pulse\nA,999\n\nB,5\n", "id", "pulse")
    assert table.rows == [2, 4]
    assert table.about_cells == dict.fromkeys([(0, "pulse"), (1, "pulse")], "value.outside_form")


def said(folder, text, **changes):
    """What is said of a dictionary with this text."""
    (folder / "data.csv").write_text("id\nA\n", encoding="utf-8")
    (folder / "dictionary.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(UnreadableFileError) as error:
        header_of(folder, source(**changes))
    return str(error.value)


def test_a_file_that_is_no_dictionary_is_named(tmp_path):
    assert said(tmp_path, "id,sex\nA,1\n") == (
        "has a data dictionary, dictionary.csv, that has no column 'Variable / Field Name'; "
        "download it again from REDCap."
    )


def test_a_field_described_twice_is_named(tmp_path):
    assert said(tmp_path, dictionary("id|f|text|ID\nid|g|text|ID\n")) == (
        "has a data dictionary, dictionary.csv, that describes 'id' twice; "
        "download it again from REDCap."
    )


def test_a_dictionary_in_another_encoding_is_named(tmp_path):
    assert said(tmp_path, "şehir".encode("cp1254")) == (
        "has a data dictionary, dictionary.csv, that is not utf-8 text; set 'encoding'."
    )


def test_a_dictionary_that_is_not_there_is_named(tmp_path):
    assert said(tmp_path, "", dictionary="dict.csv") == (
        "has a data dictionary, dict.csv, that cannot be opened; is it in the data folder?"
    )


def test_while_reading_the_file_of_records_is_named_too(tmp_path):
    (tmp_path / "data.csv").write_text("id\nA\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_raw(tmp_path, source(events="e.csv", dictionary=None), ["id"])
    assert str(error.value) == (
        "data.csv has a list of events, e.csv, that cannot be opened; is it in the data folder?"
    )


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=12)
CELLS = TEXT | st.sampled_from(["1", "TRUE", "70,5", "1e400", "2024-02-30", "0000-00-00", "٣"])


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cell=CELLS)
def test_no_cell_stops_the_reader_and_what_it_cannot_type_stays_as_written(cell, tmp_path):
    columns = ["sex", "born", "drugs___1", "weight", "pulse", "taken", "phone"]
    quoted = cell.replace('"', '""')
    records = f"id,{','.join(columns)}\n" + "A" + f',"{quoted}"' * len(columns) + "\n"
    table = read(tmp_path, records, "id", *columns)
    for column, (read_cell,) in table.columns.items():
        if isinstance(read_cell, str) and column not in ("id", "sex", "drugs___1"):
            assert read_cell == cell.strip()
        if isinstance(read_cell, float):
            assert read_cell == float(cell.replace(",", "."))
