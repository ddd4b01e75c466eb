#!/usr/bin/env bash
# Changes the code in small ways and sees whether a test notices: `cargo mutants` on what must not be wrong.
#
#   bash tests/mutants/run.sh [FILE…]
#
# Left out: the gate, the ledger with the walk along it, the policy, and who is told and how it is brought out. A run that was stopped goes on where it was: what was caught once is
# not tried again. Prints a line for each file: mutants, caught, missed, not yet tried; and what was missed. Exits with 1 where
# fewer than 95 of 100 are caught in a file, or one is missed in the policy. Each mutant costs a build of a few seconds up to a minute and the tests of its
# room; TARGETS="--test store" TESTS="tamper leak" narrows them. `cargo install cargo-mutants --locked` brings the tool; without it the end is 77: skipped.
set -euo pipefail
cd "$(dirname "$0")/../.."

if ! command -v cargo-mutants >/dev/null 2>&1; then
    echo "mutants: skipped, cargo-mutants is not installed"
    exit 77
fi
if [ $# -eq 0 ]; then
    set -- $(find src/disclose -name "*.rs" ! -name tests.rs | sort) src/store/sqlite/ledger.rs src/store/sqlite/verify.rs src/store/sqlite/verify/*.rs \
        src/jobs/outbox.rs src/jobs/outbox/again.rs src/jobs/outbox/standing.rs src/jobs/telling.rs \
        src/store/sqlite/delivery.rs src/store/sqlite/delivery/*.rs src/store/sqlite/alert.rs src/store/sqlite/alert/*.rs
fi

target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
export CARGO_PROFILE_DEV_DEBUG=line-tables-only CARGO_PROFILE_TEST_DEBUG=line-tables-only CARGO_INCREMENTAL=1

targets_of() {
    case "$1" in
    src/store/*) echo "--test store" ;;
    src/jobs/*) echo "--lib --test promises" ;;
    *) echo "--lib --test store --test api" ;;
    esac
}
# Results under a name of our own: what the tool makes of them never compiles, and costs a build each.
never="StoreResult::"

# The different lines of some files that need not be there.
lines() { { cat "$@" 2>/dev/null || true; } | sort -u; }

enough=0 everywhere=0 caught_all=0 missed_all=0 policy=0
for file in "$@"; do
    out="$target/mutants/${file//\//_}"
    # Results hold for the file as it was.
    sum=$(cksum <"$file")
    [ "$(cat "$out/sum" 2>/dev/null || true)" = "$sum" ] || rm -rf "$out"
    mkdir -p "$out"
    echo "$sum" >"$out/sum"
    # shellcheck disable=SC2086
    read -ra targets <<<"${TARGETS:-$(targets_of "$file")}"
    # shellcheck disable=SC2086
    CARGO_TARGET_DIR="$target/mutants/build" cargo mutants --file "$file" --output "$out" --iterate --jobs 1 \
        --timeout 120 --colors never --no-shuffle --exclude-re "$never" "${targets[@]/#/--cargo-arg=}" ${MUTANTS_FLAGS:-} \
        -- -- ${TESTS:-} >"$out/said" 2>&1 || true
    now="$out/mutants.out"
    # What was tried before is not in the files of this run.
    for result in caught unviable; do
        if [ "$result" = caught ]; then new=("$now/caught.txt" "$now/timeout.txt"); else new=("$now/unviable.txt"); fi
        lines "$out/$result" "${new[@]}" >"$out/$result.new"
        mv "$out/$result.new" "$out/$result"
    done
    all=$(cargo mutants --list --file "$file" --exclude-re "$never" | wc -l)
    caught=$(wc -l <"$out/caught")
    unviable=$(wc -l <"$out/unviable")
    missed=$(lines "$now/missed.txt" | wc -l)
    left=$((all - caught - unviable - missed))
    echo "$file: $((all - unviable)) mutants, $caught caught, $missed missed, $left not yet tried ($unviable do not compile)"
    lines "$now/missed.txt"
    caught_all=$((caught_all + caught)) missed_all=$((missed_all + missed)) everywhere=$((everywhere + left))
    [[ "$file" != *policy* ]] || policy=$((policy + missed))
    [ "$left" -eq 0 ] || echo "  stopped or narrowed; run it again to go on. What was said is in $out/said"
    [ $((caught * 100)) -ge $(((caught + missed) * 95)) ] || enough=1
done
[ "$policy" -eq 0 ] || enough=1
passed=true
[ "$enough" -eq 0 ] || passed=false
# A narrowed or stopped run is no result.
if [ "$everywhere" -eq 0 ]; then
    bash tests/promises/result.sh G19 \
        "$# files: $caught_all of $((caught_all + missed_all)) mutants caught, $policy missed in the policy" \
        "$passed" tests/mutants/run.sh
fi
exit $enough
