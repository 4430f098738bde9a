#!/bin/sh
# Run once, as root, while the image is built: installs the grader into an environment of its own.
# The system's Python stays as it is: the platform's own programs need it.
set -eu
umask 022
export DEBIAN_FRONTEND=noninteractive

HERE=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
VENV=@{ venv }
COURSE=@{ course }
# Where torch's CPU build comes from; empty: what pip is set to, which mostly means the CUDA build of several GB.
if [ -z "${TORCH_INDEX+set}" ]; then TORCH_INDEX=@{ torch_index | quote }; fi

fail() {
    echo "grade: setup failed: $*" >&2
    exit 1
}

[ "$(id -u)" -eq 0 ] || fail "setup.sh must run as root."

# Prints the first Python that is new enough and can make environments; fails where there is none.
usable_python() {
    for python in python3.13 python3.12 python3.11 python3.14 python3; do
        if command -v "$python" >/dev/null &&
            "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$python"
            return
        fi
    done
    return 1
}

if ! PYTHON=$(usable_python); then
    apt-get update -qq || echo "grade: apt-get update failed; going on with the lists that are here." >&2
    for version in 3.13 3.12 3.11 3.14; do
        if apt-get install -qq -y --no-install-recommends "python$version-venv"; then break; fi
    done
    PYTHON=$(usable_python) || fail "this image has no Python of at least 3.11, and apt-get has none: choose a newer" \
        "base image, Ubuntu 24.04 or Debian 12 for instance."
fi
echo "grade: using $PYTHON ($("$PYTHON" --version))"

# What students may not see lies where root alone can open it, and no copy of it elsewhere.
if [ -d "$HERE/course" ]; then
    rm -rf "$COURSE"
    mkdir -m 0700 "$COURSE"
    cp -R "$HERE/course/." "$COURSE"
fi
[ -d "$COURSE/solutions" ] || fail "$HERE has no folder course: unpack the whole zip there."
chown -R 0:0 "$COURSE"
chmod -R go-rwx "$COURSE"

"$PYTHON" -m venv --clear "$VENV"
"$VENV/bin/python" -m pip install --quiet --no-cache-dir --disable-pip-version-check \
    --constraint "$HERE/constraints.txt" ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} "$HERE/@{ wheel }" ||
    fail "pip could not install the grader; what it says stands above."
"$VENV/bin/python" -c 'import torch; print("grade: torch", torch.__version__)'
"$VENV/bin/grade" --version

rm -rf "$HERE/course"
chmod 0700 "$HERE"
