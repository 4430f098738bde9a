#!/bin/sh
# Make a picture of a page: docs/screenshot.sh PAGE.html OUT.png [WIDTH [HEIGHT]]
# Needs chromium; the picture is of the page's top, at the width of a small window.
set -eu

if [ "$#" -lt 2 ]; then
    echo "usage: $0 PAGE.html OUT.png [WIDTH [HEIGHT]]" >&2
    exit 2
fi
page=$(realpath "$1")
picture=$(realpath "$(dirname "$2")")/$(basename "$2")
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT

# No sandbox of its own: in a container chromium runs as root. The page is ours and its policy loads nothing.
chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync \
    --hide-scrollbars --user-data-dir="$profile" \
    --window-size="${3:-860},${4:-1330}" --screenshot="$picture" "file://$page" 2>"$profile/log" ||
    { cat "$profile/log" >&2; exit 1; }
