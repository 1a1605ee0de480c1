"""Raw files against the checksums of their publisher."""

import hashlib

from sepsisflow.validation.published_files import check_published_files


def test_a_file_that_is_not_the_published_one_is_a_finding(tmp_path):
    (tmp_path / "same.csv").write_bytes(b"as published")
    (tmp_path / "edited.csv").write_bytes(b"edited since")
    published = hashlib.sha256(b"as published").hexdigest()
    found = check_published_files(
        tmp_path, dict.fromkeys(["same.csv", "edited.csv", "absent.csv"], published)
    )
    assert found[["severity", "query"]].values.tolist() == [
        ["warning", "edited.csv: this is not the file that was published; its SHA-256 differs."]
    ]
