"""Raw files against the checksums of their publisher."""

from sepsisflow.validation.published_files import check_published_files


def test_a_file_that_is_not_the_published_one_is_a_finding():
    published = {"same.csv": "aa", "edited.csv": "aa"}
    found = check_published_files(["aa\n", "bb\n"], published)
    assert found[["severity", "query"]].values.tolist() == [
        ["warning", "edited.csv: this is not the file that was published; its SHA-256 differs."]
    ]
