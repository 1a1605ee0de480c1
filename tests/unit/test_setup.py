"""setup.sh: which Python it takes, when it does its work again, and what it says when it cannot."""

import os
import sys
from pathlib import Path

import pytest
from fake_python import LOCK, REPOSITORY, Checkout, running_process

CHOOSE = "or name one with PYTHON=path."
SEE = "(see .venv/setup.log)."
HASHES = """\
ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated ...
    pandas==2 from https://index.example/pandas-2-py3-none-any.whl (from -r /dev/stdin (line 3)):
        Expected sha256 bb
             Got        cc
"""
NO_NETWORK = """\
WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after \
connection broken by 'NewConnectionError(...: Failed to establish a new connection)': /pandas/
ERROR: Could not find a version that satisfies the requirement pandas==2 (from versions: none)
ERROR: No matching distribution found for pandas==2
"""
CERTIFICATE = """\
WARNING: Retrying (Retry(total=0, ...)) after connection broken by 'SSLError(\
SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed'))'
"""


@pytest.fixture
def checkout(tmp_path) -> Checkout:
    """A checkout without any Python."""
    return Checkout(tmp_path)


@pytest.fixture
def ready(checkout) -> Checkout:
    """A checkout that is set up with Python 3.11.7."""
    checkout.python("python3", "3.11.7")
    checkout.success()
    return checkout


def test_without_python_it_says_which_to_install(checkout):
    assert checkout.failure() == (
        f"no Python that runs was found on PATH: install Python 3.11, 3.12 or 3.13 {CHOOSE}"
    )


@pytest.mark.parametrize("version", ["2.7.18", "3.8.18", "3.10.13", "3.14.0"])
def test_python_too_old_or_too_new_is_named_with_its_version(checkout, version):
    checkout.python("python3", version)
    assert checkout.failure() == (
        f"Python 3.11, 3.12 or 3.13 is needed, but python3 is {version}: install one of them "
        f"{CHOOSE}"
    )


def test_python_without_venv_is_named_with_the_package_that_brings_it(checkout):
    place = checkout.python("python3", "3.12.1", without_venv=True)
    assert checkout.failure() == (
        f"python3 ({place}) lacks the modules venv and ensurepip: install them (Debian and "
        f"Ubuntu: apt install python3.12-venv) {CHOOSE}"
    )


def test_a_shim_that_does_not_run_and_an_old_python_are_passed_over(checkout):
    checkout.python("python3", "3.8.18")
    checkout.program("python3.13", "#!/bin/sh\necho 'command not found' >&2\nexit 127\n")
    checkout.python("python3.12", "3.12.1", without_venv=True)
    checkout.python("python3.11", "3.11.9")
    assert "with Python 3.11.9:" in checkout.success()


def test_the_python_that_the_user_names_is_taken(checkout):
    checkout.python("python3", "3.11.7")
    mine = checkout.python("mine", "3.13.0")
    assert "with Python 3.13.0:" in checkout.success(PYTHON=str(mine))


def test_a_named_python_that_does_not_run_or_suit_is_not_replaced_by_another(checkout):
    checkout.python("python3", "3.11.7")
    old = checkout.python("old", "3.9.18")
    absent = "PYTHON=absent does not run: give the path of Python 3.11, 3.12 or 3.13."
    assert checkout.failure(PYTHON="absent") == absent
    assert f"but {old} is 3.9.18:" in checkout.failure(PYTHON=str(old))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            NO_NETWORK,
            "the package index cannot be reached: check the network, the proxy (HTTPS_PROXY) or "
            f"the mirror (PIP_INDEX_URL), then run make again {SEE}",
        ),
        (
            CERTIFICATE,
            "the certificate of the package index is not trusted here: set PIP_CERT to the "
            f"certificate file of your network {SEE}",
        ),
        (
            HASHES,
            "the download of pandas==2 does not match its checksum in requirements.lock and was "
            "not installed: try again, and if it happens again distrust the package index in use "
            f"{SEE}",
        ),
        (
            "ERROR: Hashes are required in --require-hashes mode, but they are missing",
            f"requirements.lock is incomplete: restore it from git, or run make lock {SEE}",
        ),
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on "
            "device",
            "the disk is full: about 1500 MB are needed in {folder}/.venv, and room for the "
            f"downloads in /tmp and pip's cache {SEE}",
        ),
        (
            "ERROR: No matching distribution found for pandas==2",
            "the package index has no pandas==2 for Python 3.11.7 on {machine}: use another "
            "Python (3.11, 3.12 or 3.13) with PYTHON=path, or another index (PIP_INDEX_URL) "
            f"{SEE}",
        ),
        (
            "ERROR: Failed building wheel for pandas",
            "a package has no ready-made build for Python 3.11.7 on {machine} and could not be "
            f"built: use another Python (3.11, 3.12 or 3.13) with PYTHON=path {SEE}",
        ),
        (
            "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied",
            f"{{folder}}/.venv cannot be written: check who may write there {SEE}",
        ),
        (
            "ERROR: something new",
            "Python 3.11.7 could not install the packages: the last lines of .venv/setup.log say "
            "why.",
        ),
    ],
)
def test_what_pip_says_becomes_one_sentence(checkout, said, expected):
    checkout.python("python3", "3.11.7")
    checkout.pip_says(said)
    machine = f"{os.uname().sysname} {os.uname().machine}"
    assert checkout.failure() == expected.format(folder=checkout.folder, machine=machine)
    assert said in (checkout.folder / ".venv/setup.log").read_text(encoding="utf-8")


def test_too_little_space_is_noticed_before_anything_is_fetched(checkout):
    checkout.python("python3", "3.11.7")
    checkout.program(
        "df",
        "#!/bin/sh\necho 'Filesystem 1024-blocks Used Available Capacity Mounted on'\n"
        "echo '/dev/my disk 1000000 897600 102400 90% /mnt/a b'\n",
    )
    folder = checkout.folder
    assert checkout.failure() == (
        f"only 100 MB are free in {folder}, about 1500 MB are needed: free some space."
    )
    assert checkout.pip_calls() == 0


def test_a_folder_that_cannot_hold_the_environment_is_named(checkout):
    checkout.write(".venv", "a file in its place")
    assert checkout.failure() == (
        f"{checkout.folder}/.venv cannot be made: check who may write there."
    )


@pytest.mark.parametrize("blank", [" ", "\t"])
def test_a_checkout_below_a_folder_with_a_blank_is_refused_before_anything_is_fetched(
    checkout, blank
):
    checkout.python("python3", "3.11.7")
    above = checkout.folder.with_name(f"my{blank}studies")
    above.mkdir()
    checkout.folder = checkout.folder.rename(above / "checkout")
    assert checkout.failure() == (
        f"{checkout.folder} contains a blank, which Snakemake's jobs cannot deal with: move the "
        "checkout to a folder without one."
    )
    assert checkout.pip_calls() == 0
    assert not (checkout.folder / ".venv").exists()


def test_a_missing_lock_file_is_named(checkout):
    (checkout.folder / "requirements.lock").unlink()
    assert checkout.failure() == (
        f"requirements.lock is missing in {checkout.folder}: restore it from git."
    )


def test_a_second_set_up_at_the_same_time_is_refused(checkout):
    checkout.python("python3", "3.11.7")
    owner = checkout.write(".venv/setup.pid", running_process())
    assert checkout.failure() == (
        f"another one runs here (process {os.getpid()} on {os.uname().nodename}): wait for it, "
        "or delete .venv/setup.pid if it no longer runs."
    )
    assert owner.exists()


def test_what_a_killed_set_up_left_does_not_hinder(checkout):
    checkout.python("python3", "3.11.7")
    owner = checkout.write(".venv/setup.pid", f"99999999 {os.uname().nodename}\n")
    checkout.success()
    assert not owner.exists()


def test_done_once_it_does_and_says_nothing(ready):
    calls = ready.pip_calls()
    assert ready.success() == ""
    assert ready.pip_calls() == calls == 2


def test_what_builds_the_others_is_installed_first_and_all_with_hashes(ready):
    first, rest = (ready.folder / "pip-calls").read_text(encoding="utf-8").splitlines()
    assert first.endswith(" setuptools")
    assert rest.endswith(" pandas")
    assert all("--require-hashes" in call for call in (first, rest))


def test_an_interrupted_set_up_starts_anew(checkout):
    checkout.python("python3", "3.11.7")
    checkout.pip_says("ERROR: cut short")
    checkout.failure()
    half_done = checkout.write(".venv/lib/python3.11/site-packages/half_done.py", "")
    checkout.write("pip-would-do", "")
    checkout.pip_says("")
    assert "Setting up .venv" in checkout.success()
    assert not half_done.exists()


def test_another_lock_file_sets_up_anew(ready):
    ready.write("requirements.lock", LOCK.replace("pandas==2", "pandas==3"))
    assert "Setting up .venv" in ready.success()
    assert ready.success() == ""


def test_another_named_python_sets_up_anew_and_stays_when_none_is_named(ready):
    other = ready.python("other", "3.13.0")
    assert "with Python 3.13.0:" in ready.success(PYTHON=str(other))
    assert ready.success(PYTHON=str(other)) == ""
    assert ready.success() == ""


def test_a_moved_checkout_is_set_up_anew(ready):
    ready.folder = ready.folder.rename(ready.folder.with_name("moved"))
    ready.write("pip-would-do", "")
    assert "Setting up .venv" in ready.success()
    assert ready.success() == ""


@pytest.mark.parametrize(
    "part",
    ["bin/python", "bin/snakemake", "lib/python3.11/site-packages/pandas-2.dist-info/RECORD"],
)
def test_a_broken_environment_is_set_up_anew(ready, part):
    (ready.folder / ".venv" / part).unlink()
    assert "Setting up .venv" in ready.success()


def test_an_environment_made_by_hand_is_kept_if_nothing_is_missing(ready):
    (ready.folder / ".venv/complete").unlink()
    ready.write("pip-would-do", "Requirement already satisfied: pandas==2")
    assert ready.success().startswith("Using the .venv that is here")
    assert ready.success() == ""


def test_an_environment_made_by_hand_is_replaced_if_something_is_missing(ready):
    (ready.folder / ".venv/complete").unlink()
    assert "Setting up .venv" in ready.success()


def test_the_lock_file_names_hashes_and_no_index():
    lock = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    pins = [line for line in lock.splitlines() if line[0] not in " #"]
    assert all("==" in pin and pin.endswith("\\") for pin in pins)
    assert any(pin.startswith("setuptools==") for pin in pins)
    assert "://" not in lock


def test_every_module_of_this_environment_is_compiled():
    packages = Path(sys.prefix, "lib", f"python3.{sys.version_info.minor}", "site-packages")
    tag = f"{sys.implementation.cache_tag}.pyc"
    missing = [
        path
        for path in packages.rglob("*.py")
        if not (path.parent / "__pycache__" / f"{path.stem}.{tag}").exists()
    ]
    assert missing == []
