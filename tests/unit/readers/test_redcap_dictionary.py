"""Data dictionaries of a few fields."""

import pytest
from redcap_example import dictionary
from sepsisflow.readers.records import UnreadableFileError
from sepsisflow.readers.redcap_dictionary import identifier_fields, read_dictionary

API = (
    "field_name,form_name,section_header,field_type,field_label,select_choices_or_calculations,"
    "field_note,text_validation_type_or_show_slider_number,text_validation_min,"
    "text_validation_max,identifier\n"
    'id,f,,text,ID,,,,,,\nsex,f,,radio,Sex,"0, Female | 1, Male",,,,,y\n'
)


@pytest.fixture
def described(tmp_path):
    """Fields of a dictionary with this text."""

    def read(text):
        path = tmp_path / "dictionary.csv"
        path.write_text(text, encoding="utf-8")
        return read_dictionary(path, "utf-8")

    return read


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ("1, one|2, two", {"1": "one", "2": "two"}),
        ("-1, No, never | 0.5 ,half", {"-1": "No, never", "0.5": "half"}),
        ("1, a|b | 2, c", {"1": "a|b", "2": "c"}),
        ("1, <b>Bold</b> text | 2, <5 | 3, >5", {"1": "Bold text", "2": "<5", "3": ">5"}),
        ("2, two\nlines", {"2": "two lines"}),
        ("", {}),
    ],
)
def test_choices_are_codes_with_labels_that_may_hold_commas_pipes_and_markup(
    choices, expected, described
):
    rows = dictionary("id|f|text|ID\nx|f|radio|X|CHOICES\n").replace("CHOICES", f'"{choices}"')
    assert described(rows)["x"].choices == expected


def test_sliders_and_calculations_have_no_choices(described):
    fields = described(dictionary("id|f|text|ID\na|f|slider|A|Low / High\nb|f|calc|B|1+2\n"))
    assert fields["a"].choices == fields["b"].choices == {}


def test_every_form_has_a_status(described):
    fields = described(dictionary("id|f|text|ID\na|g|text|A\n"))
    assert list(fields) == ["id", "a", "f_complete", "g_complete"]
    assert fields["g_complete"].choices == {"0": "Incomplete", "1": "Unverified", "2": "Complete"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_dictionary_of_the_api_is_read_and_each_delimiter(delimiter, described):
    text = API.replace('"0, Female | 1, Male"', '"0; Female"').replace(",", delimiter)
    fields = described(text.replace('"0; Female"', '"0, Female"'))
    assert fields["sex"].choices == {"0": "Female"}
    assert identifier_fields(fields) == ["sex"]


def test_fields_marked_as_identifiers_are_listed(described):
    fields = described(dictionary("id|f|text|ID\nborn|f|text|Born||date_dmy|||y\nage|f|text|Age\n"))
    assert identifier_fields(fields) == ["born"]


def test_a_dictionary_that_was_damaged_is_refused_in_words(described, tmp_path):
    with pytest.raises(UnreadableFileError) as error:
        described(API + 'age,f,,text,"Age\n')
    assert str(error.value) == (
        "has a data dictionary, dictionary.csv, that has a quotation mark that is not closed; "
        "download it again from REDCap."
    )
    with pytest.raises(UnreadableFileError) as error:
        read_dictionary(tmp_path / "dictionary.csv", "utf-9")
    assert str(error.value) == (
        "has a data dictionary, dictionary.csv, that is not utf-9 text; set 'encoding'."
    )
