#!/bin/sh
# Run once, as root, while the image is built: installs the grader into an environment of its own.
# The system's Python stays as it is: the platform's own programs need it.
set -eu
umask 022
export DEBIAN_FRONTEND=noninteractive LC_ALL=C

HERE=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
VENV=@{ venv }
COURSE=@{ course }
# Where torch's CPU build comes from; empty: what pip is set to, which mostly means the CUDA build of several GB.
if [ -z "${TORCH_INDEX+set}" ]; then TORCH_INDEX=@{ torch_index | quote }; fi

fail() {
    echo "grade: setup failed: $*" >&2
    exit 1
}

# Tells whether a Python is new enough and can make environments. In release candidates, as Ubuntu 22.04 has one of
# 3.11, torch crashes.
usable() {
    "$1" -c 'import sys, venv, ensurepip
v = sys.version_info
sys.exit(v < (3, 11) or v.releaselevel != "final")' 2>/dev/null
}

# Prints a Python that is here and can be used.
python_here() {
    for name in python3.13 python3.12 python3.11 python3.14 python3; do
        if path=$(command -v "$name") && usable "$path"; then
            echo "$path"
            return
        fi
    done
    return 1
}

# Installs the first Python of the distribution's own that can be used.
python_of_apt() {
    apt-get update -qq || echo "grade: apt-get update failed; going on with the lists that are here." >&2
    for version in 3.13 3.12 3.11 3.14; do
        case $(apt-cache policy "python$version-venv" | sed -n 's/^ *Candidate: //p') in
            '' | '(none)' | *~rc* | *~[ab][0-9]*) ;;
            *) apt-get install -qq -y --no-install-recommends "python$version-venv" && return ;;
        esac
    done
    return 1
}

# Prints a Python that uv has fetched to a place of its own: where the distribution has none, as Ubuntu 22.04.
python_of_uv() {
    {
        apt-get install -qq -y --no-install-recommends python3-venv &&
            python3 -m venv --clear "$VENV-uv" &&
            "$VENV-uv/bin/python" -m pip install --quiet --no-cache-dir --disable-pip-version-check uv &&
            "$VENV-uv/bin/uv" python install --quiet --no-bin --install-dir "$VENV-python" 3.12
    } >&2 && UV_PYTHON_INSTALL_DIR="$VENV-python" "$VENV-uv/bin/uv" python find --managed-python 3.12
}

[ "$(id -u)" -eq 0 ] || fail "setup.sh must run as root."

if ! PYTHON=$(python_here); then
    if ! { python_of_apt && PYTHON=$(python_here); }; then
        echo "grade: this image has no Python of at least 3.11 that can be used; asking uv for one." >&2
        PYTHON=$(python_of_uv) && usable "$PYTHON" || fail "there is no Python of at least 3.11, neither here nor from" \
            "apt-get nor from uv: choose another base image, Ubuntu 24.04 or Debian 12 for instance."
    fi
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
