#!/usr/bin/env bash
# Every promise at its NIGHT value, one after the other. Stop it with Ctrl-C; run again, it goes on where it was.
#   ONLY="G1 G5"   only these        HOURS=8   how long the soak lasts (at least five minutes)
#   STATE=folder   where it remembers how far it is (default target/night)        PROFILE=dev   without optimising
set -uo pipefail
cd "$(dirname "$0")/../.."
STATE=${STATE:-target/night}
mkdir -p "$STATE"
export PROMISES_NIGHT=1 PROMISES_STATE=$STATE PROMISES_RESULTS=$STATE
PROMISES_SOAK_SECONDS=$(awk -v hours="${HOURS:-8}" 'BEGIN { s = hours * 3600; printf "%d", (s < 300 ? 300 : s) }')
export PROMISES_SOAK_SECONDS
build=(--release)
[ "${PROFILE:-release}" = dev ] && build=()
trap 'echo; echo "Stopped; run it again to go on."; exit 130' INT TERM

failed="" skipped=""
# Name of the step (of the promise, and which part after a full stop), and what to run.
run() {
    local name=$1
    shift
    [ -n "${ONLY:-}" ] && [[ " $ONLY " != *" ${name%%.*} "* ]] && return
    if [ -e "$STATE/$name.done" ]; then
        echo "$name was done $(cat "$STATE/$name.done"); delete $STATE/$name.done to do it again"
        return
    fi
    echo "== $name"
    "$@"
    case $? in
    0)
        date +%F >"$STATE/$name.done"
        said "$name" "" true
        ;;
    # What it needs is not here.
    77) skipped="$skipped $name" ;;
    # A signal ended it: somebody wants to stop.
    1[3-9][0-9]) echo "Stopped; run it again to go on."; exit 130 ;;
    *)
        failed="$failed $name"
        said "$name" "$name of make night did not pass" false
        ;;
    esac
}
# The page shows also what ended before it could say what it measured, until it passes.
said() { bash tests/promises/result.sh "${1%%.*}" "$2" "$3" "make night $1"; }
# Name of the step, test target, and what is given to the test.
step() {
    local name=$1 target=$2
    shift 2
    run "$name" cargo test -q "${build[@]}" --test "$target" -- --nocapture "$@"
}

# Schemathesis, against the program as it is built for this run.
openapi() {
    cargo build -q "${build[@]}" || return
    local built=release
    [ ${#build[@]} -gt 0 ] || built=debug
    PROGRAM="${CARGO_TARGET_DIR:-target}/$built/passage" SEED=new bash tests/interop/openapi.sh "$1"
}

step G16 promises same_key::
step G17 promises one_etag::
step G7 promises clock::
step G4 promises stop::
step G5 promises migration::
step G3 promises disk_fault::
step G2 promises power::
step G14 server attack::
step G15 server limits::
step G18 server disk::
run G18.panic cargo test -q "${build[@]}" --lib a_handler_that_panics
step G32 server tls::
step G20 api authorisation::
step G23 api --exact authorisation::where_a_wrong_token_is_wrong_shows_by_nothing
step G24 api login::
step G21 store mask::
step G21.http api gate::
step G27 canary
step G28 keeping verify::
step G28.kinds store tamper::
step G29 keeping backup::
PROPTEST_CASES=100000 step G31 exchange injection::
PROPTEST_CASES=100000 step G31.json api text::
PROPTEST_CASES=100000 step G31.pages report markup::
run G33 bash tests/supply/check.sh
run G11 openapi 2000
run G26 make sqlcipher
step G25 report levels::
step G1 promises kill::
step G8 promises delivery::
step G9 promises simulation::
PROPTEST_CASES=1000000 step G22 store margin::
run G19 bash tests/mutants/run.sh
step G6 promises --exact soak::a_long_run_ends_as_it_began

PROMISES_PAGE=write cargo test -q "${build[@]}" --test promises page:: || failed="$failed page"
[ -z "$skipped" ] || echo "Skipped, as what they need is not here:$skipped"
[ -z "$failed" ] || { echo "Failed:$failed"; exit 1; }
echo "docs/PROMISES.md shows the results."
