"""Whatever a run writes, it holds no identifier that the study file declares."""

import zipfile
from pathlib import Path

import pandas as pd
import pytest
from small_study import STUDY
from whole_workflow import ROOT, Workflow

KEY = "0c5d7e91a2b34f680c5d7e91a2b34f68"
IDENTIFIERS = [f"HX{number}-Öztürk" for number in (4711, 4712, 4713, 5801, 5802, 5803)]
ROWS = [
    f"{person},{arm},{days},{died},Zeynep{at},+90 532 123 45 6{at}"
    for at, (person, arm, days, died) in enumerate(
        zip(IDENTIFIERS, "TTTCCC", ("10", "28", "many", "3", "28", "28"), "100100", strict=True)
    )
]
SECRETS = [*IDENTIFIERS, "HX47", "HX58", "ztürk", "Zeynep", "532 123", KEY]


@pytest.fixture
def folder(tmp_path) -> Path:
    """A study whose file holds names and telephone numbers; one of its days cannot be read."""
    study = STUDY.replace(
        "format: csv\n", "format: csv\n    identifiers: {id: hash, name: drop, tel: keep}\n"
    )
    study += "findings: {errors_allowed: 9}\n"
    (tmp_path / "trial/config/studies").mkdir(parents=True)
    (tmp_path / "trial/config/config.yaml").write_text(
        "study: small\ndata: ../data\nkey_file: ../secret/key\n"
    )
    (tmp_path / "trial/config/studies/small.yaml").write_text(study, encoding="utf-8")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/key").write_text(KEY)
    (tmp_path / "data").mkdir()
    text = "\n".join(["id,arm,days,died,name,tel", *ROWS])
    (tmp_path / "data/all.csv").write_text(f"{text}\n", encoding="utf-8")
    return tmp_path / "trial"


def held(folder: Path) -> list[tuple[str, str]]:
    """Secrets in any file of a run; what is compressed is unpacked, but for PDF.

    The text of manuscript.pdf is that of manuscript.html, and glyphs in it are no letters.
    """
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and path.parent.name != "studies" and path.suffix != ".pdf":
            data = unpacked(path)
            found += [(path.name, secret) for secret in SECRETS if secret.encode() in data]
    return found


def unpacked(path: Path) -> bytes:
    """All that a file says."""
    if path.suffix == ".parquet":
        return pd.read_parquet(path).to_json(force_ascii=False).encode()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    return path.read_bytes()


def test_no_byte_of_a_whole_run_holds_an_identifier(folder):
    done = Workflow(ROOT).run("--directory", str(folder))
    assert done.returncode == 0, done.stderr
    results = folder / "results/small"
    people = pd.read_parquet(results / "validated/participants.parquet")["participant_id"]
    assert people.str.fullmatch("[0-9a-f]{16}").all()
    assert people.nunique() == 6
    quarantine = pd.read_parquet(results / "quality/quarantine/events.parquet")
    assert "many" in quarantine["raw"].tolist()
    assert (results / "manuscript/manuscript.html").is_file()
    # What is searched does hold what it should.
    assert people.iloc[2].encode() in unpacked(results / "quality/queries.xlsx")
    assert held(folder) == []
    assert not [secret for secret in SECRETS if secret in done.stdout + done.stderr]


@pytest.mark.parametrize("broken", [",T,1,0,Zeynep9,x,extra\n", ',T,1,0,"Zeynep9,x\n'])
def test_no_message_about_a_broken_row_holds_an_identifier(folder, broken):
    path = folder.parent / "data/all.csv"
    path.write_text(path.read_text() + IDENTIFIERS[0] + broken, encoding="utf-8")
    done = Workflow(ROOT).run("--directory", str(folder), "quality")
    assert done.returncode != 0
    assert "all.csv, " in done.stderr
    assert held(folder) == []
    assert not [secret for secret in SECRETS if secret in done.stdout + done.stderr]


def test_an_undeclared_column_is_a_finding_and_declaring_it_reruns_the_report_alone(folder):
    run = Workflow(ROOT)
    study = folder / "config/studies/small.yaml"
    text = study.read_text(encoding="utf-8")
    study.write_text(text.replace(", tel: keep", ""), encoding="utf-8")
    run.build("--directory", str(folder), "quality")
    findings = pd.read_parquet(folder / "results/small/quality/findings.parquet")
    private = findings[findings["code"] == "privacy.identifier"]
    assert private["source_column"].tolist() == ["tel"]
    assert private["query"].tolist() == [
        "all.csv, column 'tel': the column looks like phone numbers. Remove it from the export, or "
        "declare it under `identifiers` of the study file."
    ]
    study.write_text(text, encoding="utf-8")
    assert run.planned("--directory", str(folder), "quality") == {"report_quality": 1}
