#!/bin/sh
# Makes .venv from requirements.lock; does nothing when that is already done.
#
#     sh setup.sh                    with the first suitable Python on PATH
#     PYTHON=/path/to/python sh setup.sh
#
# .venv/complete is written last and says which Python, folder and lock file .venv was made of.
# Without an equal one .venv does not count: a set-up that was cut short, moved or copied is made
# anew. Whoever makes .venv by hand from the same lock file keeps it.
set -u

versions='3.11, 3.12 or 3.13'
log=.venv/setup.log
needed_mb=1500

# Settings of the caller that would put the packages elsewhere or bring in others.
unset PYTHONHOME PYTHONPATH PYTHONPYCACHEPREFIX PIP_TARGET PIP_PREFIX PIP_ROOT PIP_CONSTRAINT
PIP_USER=0
export PIP_USER

fail() {
    echo "Set-up failed: $1" >&2
    exit 1
}

suitable() {
    case $1 in 3.11.* | 3.12.* | 3.13.*) return 0 ;; *) return 1 ;; esac
}

# Version and path of the interpreter behind a name: a virtual environment's or pyenv's shim may
# be gone or useless a moment later. Also read by Python 2.
describe() {
    "$1" -c 'import sys
base = getattr(sys, "_base_executable", None) or sys.executable
print("%d.%d.%d %s" % (sys.version_info[:3] + (base,)))' 2>/dev/null </dev/null
}

# Sets python and version to the first candidate that runs, is new enough and can make .venv.
choose_python() {
    seen='' incapable=''
    if [ -n "${PYTHON:-}" ]; then
        set -- "$PYTHON"
    else
        set -- python3 python3.13 python3.12 python3.11
    fi
    for candidate in "$@"; do
        found=$(describe "$candidate") || continue
        version=${found%% *}
        python=${found#* }
        seen="$seen${seen:+, }$candidate is $version"
        suitable "$version" || continue
        "$python" -c 'import venv, ensurepip' >/dev/null 2>&1 </dev/null && return
        incapable=$candidate series=${version%.*} place=$python
    done
    name_one='name one with PYTHON=path'
    if [ -n "$incapable" ]; then
        fail "$incapable ($place) lacks the modules venv and ensurepip: install them (Debian and \
Ubuntu: apt install python$series-venv) or $name_one."
    elif [ -n "${PYTHON:-}" ] && [ -z "$seen" ]; then
        fail "PYTHON=$PYTHON does not run: give the path of Python $versions."
    elif [ -z "$seen" ]; then
        fail "no Python that runs was found on PATH: install Python $versions or $name_one."
    else
        fail "Python $versions is needed, but $seen: install one of them or $name_one."
    fi
}

# What .venv/complete must say for .venv to be used as it is.
describe_environment() {
    set -- .venv/lib/python*/site-packages/*.dist-info/RECORD
    echo "# Python $installed in $root, $# packages"
    cat requirements.lock
}

is_complete() {
    fits_wish && [ -x .venv/bin/snakemake ] && describe_environment | cmp -s - .venv/complete
}

fits_wish() {
    [ -z "${PYTHON:-}" ] || [ "$installed" = "$version" ]
}

# One set-up at a time: two in one folder would spoil each other.
take_turn() {
    mkdir -p .venv 2>/dev/null || fail "$root/.venv cannot be made: check who may write there."
    for attempt in 1 2; do
        if (set -C && echo "$$ $(uname -n)" >.venv/setup.pid) 2>/dev/null; then
            trap 'rm -f .venv/setup.pid' EXIT
            trap 'fail "it was interrupted; run make again to start it anew."' INT TERM HUP
            return
        fi
        read -r owner machine 2>/dev/null <.venv/setup.pid ||
            fail "$root/.venv cannot be written: check who may write there."
        if [ "$machine" != "$(uname -n)" ] || kill -0 "$owner" 2>/dev/null; then
            fail "another one runs here (process $owner on $machine): wait for it, or delete \
.venv/setup.pid if it no longer runs."
        fi
        rm -f .venv/setup.pid
    done
    fail "another one has just started here: wait for it."
}

# setuptools builds the packages that are published as source only. It is in the lock file, so
# that nothing unpinned is fetched for that, and has to be there before them.
lock_part() {
    awk -v part="$1" '/^[^ #]/ {first = /^setuptools==/} (part == "first") == first' \
        requirements.lock
}

run_pip() {
    .venv/bin/python -m pip --disable-pip-version-check --no-input "$@" >>$log 2>&1
}

install_part() {
    lock_part "$1" |
        run_pip install --require-hashes --no-compile --no-build-isolation --use-pep517 \
            -r /dev/stdin
}

# Without bytecode every job starts two to five times slower. Files that cannot be compiled are
# left to the one who imports them; -j fails where processes share no semaphores.
compile_packages() {
    .venv/bin/python -m compileall -q -j 4 .venv/lib >>$log 2>&1 ||
        .venv/bin/python -m compileall -q .venv/lib >>$log 2>&1 ||
        ! log_says 'No space left on device|Disk quota exceeded'
}

adopt_existing() {
    suitable "$installed" && fits_wish && [ ! -e .venv/unfinished ] &&
        sed 2q .venv/bin/snakemake 2>/dev/null | grep -qF "$root/.venv/bin/python" &&
        lock_part rest | run_pip install --dry-run --no-index --require-hashes -r /dev/stdin &&
        ! log_says '^Would install' &&
        compile_packages
}

free_mb() {
    df -Pk .venv/ 2>/dev/null | sed -n '2s/.* \([0-9]\{1,\}\)  *[0-9]\{1,\}% .*/\1/p' |
        awk '{print int($1 / 1024)}'
}

make_anew() {
    for entry in .venv/* .venv/.[!.]*; do
        case $entry in $log | .venv/setup.pid) ;; *) rm -rf "$entry" ;; esac
    done
    free=$(free_mb)
    if [ "${free:-$needed_mb}" -lt $needed_mb ]; then
        fail "only $free MB are free in $root, about $needed_mb MB are needed: free some space."
    fi
    : >.venv/unfinished
    echo "Setting up .venv with Python $version: a minute or more (details in $log) ..."
    "$python" -m venv --prompt sepsisflow "$root/.venv" >>$log 2>&1 &&
        install_part first && install_part rest && compile_packages || explain_log
    rm -f .venv/unfinished
}

log_says() {
    grep -qE "$1" $log
}

# One sentence instead of pip's many.
explain_log() {
    see="(see $log)"
    free=$(free_mb)
    lost='Retrying \(Retry|Max retries exceeded|name resolution|Network is unreachable'
    lost="$lost|Connection(Reset)?Error|Connection (refused|broken)|timed out|ProxyError"
    if log_says 'No space left on device|Disk quota exceeded' || [ "${free:-50}" -lt 50 ]; then
        fail "the disk is full: about $needed_mb MB are needed in $root/.venv, and room for the \
downloads in ${TMPDIR:-/tmp} and pip's cache $see."
    elif log_says 'DO NOT MATCH THE HASHES'; then
        package=$(sed -n 's/^ *\([^ ]*\) from .*:$/\1/p' $log | sed -n '$p')
        fail "the download of ${package:-a package} does not match its checksum in \
requirements.lock and was not installed: try again, and if it happens again distrust the \
package index in use $see."
    elif log_says 'require-hashes mode'; then
        fail "requirements.lock is incomplete: restore it from git, or run make lock $see."
    elif log_says 'CERTIFICATE_VERIFY_FAILED|certificate verify failed'; then
        fail "the certificate of the package index is not trusted here: set PIP_CERT to the \
certificate file of your network $see."
    elif log_says "$lost"; then
        fail "the package index cannot be reached: check the network, the proxy (HTTPS_PROXY) or \
the mirror (PIP_INDEX_URL), then run make again $see."
    elif log_says 'No matching distribution found'; then
        package=$(sed -n 's/^ERROR: No matching distribution found for \([^ ]*\).*/\1/p' $log)
        fail "the package index has no $package for Python $version on $(uname -sm): use another \
Python ($versions) with PYTHON=path, or another index (PIP_INDEX_URL) $see."
    elif log_says 'Failed building wheel|Failed to build|subprocess-exited-with-error'; then
        fail "a package has no ready-made build for Python $version on $(uname -sm) and could not \
be built: use another Python ($versions) with PYTHON=path $see."
    elif log_says 'Permission denied'; then
        fail "$root/.venv cannot be written: check who may write there $see."
    fi
    fail "Python $version could not install the packages: the last lines of $log say why."
}

root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P) && cd -- "$root" || exit 1
case $root in
*[[:space:]]*)
    fail "$root contains a blank, which Snakemake's jobs cannot deal with: move the checkout to a \
folder without one."
    ;;
esac
[ -r requirements.lock ] || fail "requirements.lock is missing in $root: restore it from git."

[ -z "${PYTHON:-}" ] || choose_python
installed=$(describe .venv/bin/python) && installed=${installed%% *}
is_complete && exit 0

take_turn
: >$log
if adopt_existing; then
    echo "Using the .venv that is here: it holds what requirements.lock names."
else
    [ -n "${PYTHON:-}" ] || choose_python
    : >$log
    make_anew
    installed=$version
fi
describe_environment >.venv/complete.part && mv .venv/complete.part .venv/complete ||
    fail "$root/.venv cannot be written: is the disk full?"
