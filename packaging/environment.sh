#!/bin/sh
# Make the virtual environment .venv and install narrator into it, in place.
#
# Usage: sh packaging/environment.sh STAMP [EXTRA,...]
# STAMP is a file that appears when all is installed, never before. The extras are those of
# pyproject.toml. PYTHON may name the interpreter to use.

set -eu

stamp=$1
extras=${2:-}
python=

fail() {
    echo "$*" >&2
    exit 1
}

install() {
    .venv/bin/python -m pip install --disable-pip-version-check $quiet -c packaging/constraints.txt "$@" ||
        fail "The packages could not be installed. Is the network there, and 6 GB of disk? Then run make again."
}

version_of() {
    "$1" -c 'import sys; print("python%d.%d" % sys.version_info[:2])'
}

compiler() {
    headers=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("include"))')
    if [ -e "$headers/Python.h" ]; then
        sh packaging/system.sh compiler
    else
        sh packaging/system.sh compiler "$version-dev"
    fi
}

for name in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$name
        break
    fi
done
[ -n "$python" ] || fail "narrator needs Python 3.11 or newer: install it, or name it with make PYTHON=/path/to/python3."

rm -f "$stamp"
if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    version=$(version_of "$python")
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        sh packaging/system.sh "$version-venv" 2>/dev/null
        "$python" -c 'import ensurepip' 2>/dev/null ||
            fail "$python cannot make a virtual environment: sudo apt-get install $version-venv, then run make again."
    fi
    "$python" -m venv --clear .venv
fi

version=$(version_of .venv/bin/python)
quiet=
[ -t 1 ] || quiet=-q
echo "Installing narrator${extras:+ with $extras} into .venv; the first time takes minutes and 6 GB of disk."
install --upgrade pip
case ,$extras, in
    *,eval,*)
        # These build from source and do not say what with.
        compiler
        install setuptools wheel cython numpy
        install --no-build-isolation pesq webrtcvad
        ;;
esac
case $version in
    python3.11 | python3.12) ;;
    *) compiler ;; # pyebur128 has no wheel for them
esac
install -e ".${extras:+[$extras]}"
touch "$stamp"
