#!/usr/bin/env bash
# The page in a real browser: posts, moves time, takes alerts on, imports, reads Arabic, fits a phone, asks nobody else.
#
#   cargo build && bash tests/web/run.sh [NAME]        # NAME: only tests whose name has it
#
# Needs npm, the page in web/dist (`make page`) and Chromium (CHROMIUM names it; else /usr/bin/chromium). Where one of them
# is missing the check is skipped with one line, and ends with 77. PROGRAM names another build of the program.
set -euo pipefail
cd "$(dirname "$0")"

skip() {
    echo "room in a browser: skipped, $1"
    exit 77
}
root=$(cd ../.. && pwd)
built="${CARGO_TARGET_DIR:-$root/target}"
export PROGRAM=${PROGRAM:-$built/debug/passage}
export CHROMIUM=${CHROMIUM:-/usr/bin/chromium}

command -v npm >/dev/null 2>&1 || skip "there is no npm"
[ -x "$CHROMIUM" ] || skip "there is no Chromium at $CHROMIUM"
[ -x "$PROGRAM" ] || skip "there is no program at $PROGRAM; run cargo build"
[ -f "$root/web/dist/index.html" ] || skip "the page is not built; run make page"
[ -d node_modules/playwright-core ] || npm ci --no-audit --no-fund >/dev/null 2>&1 || skip "npm cannot install what it needs"

# One browser at a time: the machines that run this are small.
node --test --test-concurrency=1 --test-reporter=spec ${1:+--test-name-pattern="$1"} ./*.test.mjs
