"""A study whose file is given by address runs, and the address stays out of its results."""

import hashlib

import pandas as pd
from file_server import serving
from small_study import SOME_DIED, STUDY
from whole_workflow import ROOT, Workflow

CONTENT = SOME_DIED.encode()
SUM = hashlib.sha256(CONTENT).hexdigest()


class Remote(Workflow):
    """The smallest study in a folder of its own, run by this checkout."""

    def run(self, *arguments):
        """Run with the folder as the working directory."""
        return Workflow(ROOT).run("--directory", str(self.folder), *arguments)


def test_a_study_fetches_its_file_once_and_then_needs_no_server(tmp_path, monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    (tmp_path / "config/studies").mkdir(parents=True)
    (tmp_path / "config/config.yaml").write_text("study: small\ndata: none\ndownloads: kept\n")
    study = Remote(tmp_path)
    with serving(CONTENT) as server:
        given = f"file: all.csv\n    url: {server.url('all.csv')}?token=t0ken\n    sha256: {SUM}\n"
        text = STUDY.replace("file: all.csv\n", f"{given}    licence: Free for any use.\n")
        (tmp_path / "config/studies/small.yaml").write_text(text)
        planned = study.run("-n")
        assert planned.returncode != 0
        assert planned.stderr.endswith(
            f"A dry run fetches nothing, and without all.csv ({server.url('all.csv')}) no job can "
            "be planned; run once without -n to fetch.\n"
        )
        built = study.run("quality")
        assert built.returncode == 0, built.stderr
        assert built.stderr.count("Terms of use of all.csv: Free for any use.\n") == 1
        assert len(server.requests) == 1
    people = pd.read_parquet(tmp_path / "results/small/validated/participants.parquet")
    assert people["source_file"].unique().tolist() == ["all.csv"]
    # The server is gone: what was fetched is enough.
    assert study.planned("quality") == {}
    written = [path for path in tmp_path.rglob("*") if path.is_file() and "config" not in str(path)]
    assert not [path for path in written if b"t0ken" in path.read_bytes()]
