"""Files fetched by address: whole and verified, or one sentence that says what to do."""

import contextlib
import hashlib
import re
import socket
import stat
import threading
import time
from pathlib import Path

import pytest
from file_server import serving
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sepsisflow import places
from sepsisflow.configuration import remote
from sepsisflow.configuration.remote import fetch_sources
from sepsisflow.errors import DataError
from sepsisflow.readers.raw import raw_path
from sepsisflow.study import Study

CONTENT = b"id,crp\n" + b"".join(b"P%d,%d\n" % (at, at % 300) for at in range(40_000))
SUM = hashlib.sha256(CONTENT).hexdigest()
WHERE = "config/studies/x.yaml: sources.labs: "


@pytest.fixture(autouse=True)
def own_machine(tmp_path, monkeypatch):
    """Downloads of the test alone; no proxy, no passwords of the user."""
    monkeypatch.setenv(places.DOWNLOADS, str(tmp_path / "downloads"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("no_proxy", "*")
    (tmp_path / "home").mkdir()


def source(url, sha256=SUM, **more):
    return {"file": "labs.csv", "format": "csv", "url": url, "sha256": sha256, **more}


def study(*sources, publisher=None):
    named = dict(zip(("labs", "people"), sources, strict=False))
    settings_ = {"sources": named, "publisher": publisher}
    return Study("x", "config/studies/x.yaml", Path("raw"), None, settings_, {}, None, None)


def fetch(url, tmp_path, *, dry_run=False, **more):
    fetched = study(source(url, **more))
    fetch_sources(fetched, tmp_path / "known", dry_run=dry_run)
    return raw_path(fetched.data, fetched.settings["sources"]["labs"])


def refused(url, tmp_path, **how):
    """What is said of a file that cannot be fetched, and nothing is left that looks whole."""
    with pytest.raises(DataError) as error:
        fetch(url, tmp_path, **how)
    assert not (tmp_path / "downloads" / SUM / "labs.csv").exists()
    return str(error.value)


def part(tmp_path, content=None):
    """What an earlier run left of the file, or is to have left."""
    path = tmp_path / "downloads" / SUM / "labs.csv.part"
    if content is not None:
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    return path


# ---- what is fetched ----


def test_a_file_is_fetched_once_kept_by_its_sum_and_cannot_be_written(tmp_path):
    with serving(CONTENT) as server:
        path = fetch(server.url(), tmp_path)
        assert fetch(server.url(), tmp_path) == path
        assert len(server.requests) == 1
    assert path == tmp_path / "downloads" / SUM / "labs.csv"
    assert path.read_bytes() == CONTENT
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert not part(tmp_path).exists()


def test_another_study_and_another_address_find_the_same_file(tmp_path):
    with serving(CONTENT) as server:
        first = fetch(server.url(), tmp_path / "one")
        second = fetch(server.url("mirror/labs.csv"), tmp_path / "two")
        assert (first, len(server.requests)) == (second, 1)


def test_a_file_of_this_machine_is_fetched_too(tmp_path):
    (tmp_path / "export of may.csv").write_bytes(CONTENT)
    url = (tmp_path / "export of may.csv").as_uri()
    assert fetch(url, tmp_path).read_bytes() == CONTENT


def test_without_a_declared_folder_downloads_lie_in_the_users_cache(tmp_path, monkeypatch):
    monkeypatch.delenv(places.DOWNLOADS)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    one = source("https://example.org/labs.csv")
    assert places.download_path(one) == tmp_path / "cache/sepsisflow" / SUM / "labs.csv"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert places.download_path(one) == tmp_path / "home/.cache/sepsisflow" / SUM / "labs.csv"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert places.download_path(one) == tmp_path / "home/.cache/sepsisflow" / SUM / "labs.csv"


def test_a_source_without_an_address_lies_in_the_data_folder():
    assert raw_path(Path("raw"), {"file": "labs.csv"}) == Path("raw/labs.csv")


def test_a_redirected_file_is_fetched_and_the_password_is_not_sent_on(tmp_path):
    (tmp_path / "home/.netrc").write_text("machine localhost login ann password s3cret\n")
    (tmp_path / "home/.netrc").chmod(0o600)
    with serving(CONTENT) as there, serving(b"", redirect=there.url()) as here:
        url = here.url().replace("127.0.0.1", "localhost")
        assert fetch(url, tmp_path).read_bytes() == CONTENT
        assert here.requests[0]["Authorization"] == "Basic YW5uOnMzY3JldA=="
        assert "Authorization" not in there.requests[0]


# ---- cut and gone on with ----


def test_a_cut_connection_keeps_what_came_and_the_next_run_asks_for_the_rest(tmp_path):
    with serving(CONTENT, cut_after=100_000) as server:
        host = f"127.0.0.1:{server.port}"
        assert refused(server.url(), tmp_path) == (
            f"{WHERE}the connection to {host} broke off; 100000 bytes of labs.csv are kept, and "
            "the next run goes on from there if the server can."
        )
        server.cut_after = None
        assert fetch(server.url(), tmp_path).read_bytes() == CONTENT
        assert [each.get("Range") for each in server.requests] == [None, "bytes=100000-"]


def test_a_server_that_cannot_start_within_a_file_sends_it_whole(tmp_path):
    part(tmp_path, CONTENT[:5000])
    with serving(CONTENT, ranges=False) as server:
        assert fetch(server.url(), tmp_path).read_bytes() == CONTENT
        assert len(server.requests) == 1


@pytest.mark.parametrize("left_over", [b"x" * 5000, b"x" * (len(CONTENT) + 5)])
def test_what_is_left_of_another_file_is_thrown_away(tmp_path, left_over):
    part(tmp_path, left_over)
    with serving(CONTENT) as server:
        assert fetch(server.url(), tmp_path).read_bytes() == CONTENT
        assert [each.get("Range") for each in server.requests] == [f"bytes={len(left_over)}-", None]


def test_a_run_killed_after_the_last_byte_only_verifies(tmp_path):
    part(tmp_path, CONTENT)
    with serving(CONTENT) as server:
        assert fetch(server.url(), tmp_path).read_bytes() == CONTENT
        assert len(server.requests) == 1


@settings(
    max_examples=25,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(
    kept=st.integers(0, len(CONTENT)),
    changed=st.booleans(),
    ranges=st.booleans(),
    cuts=st.lists(st.integers(1, len(CONTENT) - 1), max_size=2),
)
def test_whatever_is_left_over_and_cut_the_file_is_whole_in_the_end(
    tmp_path_factory, kept, changed, ranges, cuts
):
    folder = tmp_path_factory.mktemp("run")
    with pytest.MonkeyPatch.context() as patch, serving(CONTENT, ranges=ranges) as server:
        patch.setenv(places.DOWNLOADS, str(folder / "downloads"))
        part(folder, bytes(kept) if changed else CONTENT[:kept])
        for cut in cuts:
            server.cut_after = cut
            with contextlib.suppress(DataError):
                fetch(server.url(), folder)
        server.cut_after = None
        assert fetch(server.url(), folder).read_bytes() == CONTENT


def test_runs_at_the_same_time_fetch_once_and_all_have_the_file(tmp_path, capsys):
    gate = threading.Event()
    with serving(CONTENT, gate=gate) as server:
        runs = [
            threading.Thread(target=fetch, args=(server.url(), tmp_path / str(at)))
            for at in range(3)
        ]
        for run in runs:
            run.start()
        said, until = "", time.monotonic() + 20
        while said.count("Waiting for") < 2 and time.monotonic() < until:
            said += capsys.readouterr().err
        gate.set()
        for run in runs:
            run.join()
        assert len(server.requests) == 1
    assert said.count("Waiting for another run that fetches labs.csv\n") == 2
    assert (tmp_path / "downloads" / SUM / "labs.csv").read_bytes() == CONTENT
    assert [len(list((tmp_path / str(at)).iterdir())) for at in range(3)] == [1, 1, 1]


# ---- what cannot be fetched ----


def test_another_file_than_the_one_described_is_refused_and_deleted(tmp_path):
    with serving(CONTENT + b"x") as server:
        found = hashlib.sha256(CONTENT + b"x").hexdigest()
        assert refused(server.url(), tmp_path) == (
            f"{WHERE}{server.url()} is a file with SHA-256 {found}, not the one that 'sha256' "
            "describes; it was deleted: correct 'url' or 'sha256'."
        )
    assert not part(tmp_path).exists()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "there is no {url} (404); correct 'url'."),
        (410, "there is no {url} (410); correct 'url'."),
        (
            401,
            "{host} does not give access to {url} (401); ask for it, and write your name and "
            "password for that host into ~/.netrc.",
        ),
        (
            403,
            "{host} does not give access to {url} (403); ask for it, and write your name and "
            "password for that host into ~/.netrc.",
        ),
        (503, "{host} answers 503 to {url}; try again later, or save {url} as {path}."),
    ],
)
def test_a_refusal_is_one_sentence(tmp_path, status, said):
    with serving(CONTENT, status=status) as server:
        place = {
            "url": server.url(),
            "host": f"127.0.0.1:{server.port}",
            "path": tmp_path / "downloads" / SUM / "labs.csv",
        }
        assert refused(server.url(), tmp_path) == WHERE + said.format(**place)


def test_a_machine_that_reaches_no_server_says_how_to_go_on_by_hand(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    url = f"http://127.0.0.1:{port}/labs.csv"
    path = tmp_path / "downloads" / SUM / "labs.csv"
    assert refused(url, tmp_path) == (
        f"{WHERE}127.0.0.1:{port} cannot be reached (Connection refused); connect this machine, "
        f"or save {url} as {path}."
    )
    path.write_bytes(CONTENT)
    assert fetch(url, tmp_path) == path


def test_a_name_that_no_machine_has_cannot_be_reached(tmp_path):
    said = refused("http://nowhere.invalid/labs.csv", tmp_path)
    assert re.match(re.escape(f"{WHERE}nowhere.invalid cannot be reached ("), said)


def test_a_server_that_hangs_up_before_it_answers_cannot_be_reached(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=lambda: server.accept()[0].close(), daemon=True).start()
        host = f"127.0.0.1:{server.getsockname()[1]}"
        said = refused(f"http://{host}/labs.csv", tmp_path)
    assert said.startswith(f"{WHERE}{host} cannot be reached (")


def test_a_file_that_is_not_on_this_machine_is_named(tmp_path):
    url = (tmp_path / "labs.csv").as_uri()
    assert refused(url, tmp_path) == (
        f"{WHERE}{url} cannot be read (No such file or directory); correct 'url'."
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_named(tmp_path):
    part(tmp_path, b"").unlink()
    part(tmp_path).symlink_to("/dev/full")
    with serving(CONTENT) as server:
        assert refused(server.url(), tmp_path) == (
            f"{WHERE}labs.csv cannot be kept in {tmp_path / 'downloads' / SUM} (No space left on "
            "device); make room there, or name another folder as 'downloads' in "
            "config/config.yaml."
        )


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "downloads").write_text("a file, no folder")
    with serving(CONTENT) as server:
        assert refused(server.url(), tmp_path) == (
            f"{WHERE}labs.csv cannot be kept in {tmp_path / 'downloads' / SUM} (Not a directory); "
            "make room there, or name another folder as 'downloads' in config/config.yaml."
        )
        assert server.requests == []


def test_a_download_that_was_changed_since_is_not_read(tmp_path):
    with serving(CONTENT) as server:
        path = fetch(server.url(), tmp_path)
        path.chmod(0o644)
        path.write_bytes(CONTENT.replace(b"P7,7", b"P7,8"))
        with pytest.raises(DataError) as error:
            fetch(server.url(), tmp_path)
        assert str(error.value) == (
            f"{WHERE}{path} is not the file that 'sha256' describes; delete it, and the next run "
            "fetches it again."
        )
        path.unlink()
        assert fetch(server.url(), tmp_path).read_bytes() == CONTENT


def test_a_dry_run_fetches_nothing_and_says_what_a_run_would(tmp_path):
    with serving(CONTENT) as server:
        assert refused(server.url(), tmp_path, dry_run=True) == (
            f"A dry run fetches nothing, and without labs.csv ({server.url()}) no job can be "
            "planned; run once without -n to fetch."
        )
        assert server.requests == []
        path = fetch(server.url(), tmp_path)
        assert fetch(server.url(), tmp_path, dry_run=True) == path


def test_no_message_holds_a_token_or_a_password(tmp_path, capsys):
    (tmp_path / "home/.netrc").write_text("machine 127.0.0.1 login zoë password s3cret\n")
    (tmp_path / "home/.netrc").chmod(0o600)
    said = []
    for how in ({"status": 403}, {"status": 404}, {"status": 500}, {"cut_after": 9}, {}):
        with serving(CONTENT + b"x", **how) as server:
            url = f"{server.url()}?token=t0ken#t0ken"
            said += [refused(url, tmp_path), refused(url, tmp_path, dry_run=True)]
    said += [refused(url, tmp_path), capsys.readouterr().err]
    assert len(set(said)) == 12
    secrets = ("t0ken", "s3cret", "zoë", "em/DqzpzM2NyZXQ=")
    assert not [secret for secret in secrets if secret in "".join(said)]


def test_a_broken_netrc_is_named_and_not_quoted(tmp_path):
    (tmp_path / "home/.netrc").write_text("machine example.org\nlogin ann s3cret\n")
    with serving(CONTENT) as server:
        assert refused(server.url(), tmp_path) == (
            f"{WHERE}~/.netrc cannot be read; correct it, and let nobody else read it (chmod 600)."
        )


# ---- what is said before ----


def test_terms_are_shown_once_before_the_first_download_and_never_again(tmp_path, capsys):
    terms = {"publisher": {"url": "https://example.org", "files": {}, "terms": "Ask us first."}}
    with serving(CONTENT) as server:
        other = {**source(server.url()), "file": "people.csv"}
        both = study(source(server.url(), licence="CC BY 4.0."), other, **terms)
        for _ in range(2):
            fetch_sources(both, tmp_path / "known", dry_run=False)
    folder = tmp_path / "downloads" / SUM
    assert capsys.readouterr().err.splitlines() == [
        "Terms of use of labs.csv: CC BY 4.0.",
        "Terms of use of people.csv: Ask us first.",
        f"Fetching labs.csv from {server.url()} into {folder}",
        f"Fetching people.csv from {server.url()} into {folder}",
    ]


def test_one_text_for_several_files_is_shown_once(tmp_path, capsys):
    with serving(CONTENT) as server:
        one = source(server.url(), licence="MIT")
        both = study(one, {**one, "file": "people.csv"})
        fetch_sources(both, tmp_path / "known", dry_run=False)
    assert capsys.readouterr().err.splitlines()[0] == "Terms of use of labs.csv, people.csv: MIT"


def test_a_long_download_shows_how_far_it_is(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(remote, "PROGRESS_S", 0)
    content = bytes(3_000_000)
    with serving(content) as server:
        fetch(server.url(), tmp_path, sha256=hashlib.sha256(content).hexdigest())
    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith("  ")]
    assert said[0] == "  0 of 3 MB"
    assert said[-1] in ("  2 of 3 MB", "  3 of 3 MB")
