"""Which addresses a study file may give, and how messages show them."""

import pytest
from sepsisflow.configuration.addresses import host, shown
from study_example import changed, complaints, loaded

SUM = "a" * 64
LABS = "file: laboratory.csv\n"
NO_ADDRESS = "is no address like 'https://example.org/labs.csv' or 'file:///data/labs.csv'."


def remote(url, rest=f"    sha256: {'a' * 64}\n", file="laboratory.csv"):
    """The example study, its laboratory file given by address."""
    return changed((LABS, f"file: {file}\n    url: {url}\n{rest}"))


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/labs.csv",
        "http://localhost:8080/export?form=labs&token=x",
        "file:///data/labs.csv",
        "file://localhost/data/labs.csv",
    ],
)
def test_an_address_with_its_sum_is_accepted(tmp_path, url):
    assert loaded(tmp_path, remote(url)).settings["sources"]["laboratory"]["url"] == url


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("labs.csv", NO_ADDRESS),
        ("ftp://example.org/labs.csv", NO_ADDRESS),
        ("https:///labs.csv", NO_ADDRESS),
        ("https://example.org:x/labs.csv", NO_ADDRESS),
        ("https://[::1/labs.csv", NO_ADDRESS),
        ("https://example.org/our labs.csv", NO_ADDRESS),
        ("file://server/labs.csv", NO_ADDRESS),
        ("file:labs.csv", NO_ADDRESS),
        (
            "https://ann:s3cret@example.org/labs.csv",
            "holds a user name or password; write them into ~/.netrc instead.",
        ),
    ],
)
def test_what_cannot_be_fetched_is_refused_without_being_quoted(tmp_path, url, wrong):
    assert complaints(tmp_path, remote(f"'{url}'")) == [f"sources.laboratory.url: {wrong}"]


def test_address_and_sum_need_each_other(tmp_path):
    url = "https://example.org/labs.csv"
    assert complaints(tmp_path, remote(url, "")) == [
        "sources.laboratory.url: needs 'sha256' beside it."
    ]
    assert complaints(tmp_path, changed((LABS, f"{LABS}    sha256: {SUM}\n"))) == [
        "sources.laboratory.sha256: needs 'url' beside it."
    ]
    assert complaints(tmp_path, changed((LABS, f"{LABS}    licence: MIT\n"))) == [
        "sources.laboratory.licence: needs 'url' beside it."
    ]


def test_a_fetched_file_has_a_name_without_folders(tmp_path):
    text = remote("https://example.org/labs.csv", file="hosp/labs.csv")
    assert complaints(tmp_path, text) == [
        "sources.laboratory.file: give a name without folders; 'url' says where the file is."
    ]


def test_two_sources_of_one_file_give_one_address(tmp_path):
    text = remote("https://example.org/labs.csv", file="people.csv\n    sha256: " + SUM, rest="")
    assert complaints(tmp_path, text) == [
        "sources.laboratory.file: sources.people reads the same file; give both the same 'url' and "
        "'sha256'."
    ]


def test_messages_show_scheme_host_and_path_alone():
    url = "https://ann:s3cret@example.org:8443/a/labs.csv?token=x#y"
    assert shown(url) == "https://example.org:8443/a/labs.csv"
    assert host(url) == "example.org:8443"
    assert shown("file:///data/labs.csv") == "file:///data/labs.csv"
