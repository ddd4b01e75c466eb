#!/usr/bin/env bash
# Changes the code in small ways and sees whether a test notices: `cargo mutants` on what must not be wrong.
#
#   bash tests/mutants/run.sh [FILE…]
#
# Left out: the gate, the ledger and the policy. A run that was stopped goes on where it was: what was caught once is
# not tried again. Prints a line for each file: mutants, caught, missed; and what was missed. Exits with 1 where
# fewer than 95 of 100 are caught. Each mutant costs a build of a few seconds up to a minute and the tests of its
# room; TESTS names others. `cargo install cargo-mutants --locked` brings the tool.
set -euo pipefail
cd "$(dirname "$0")/../.."

if ! command -v cargo-mutants >/dev/null 2>&1; then
    echo "mutants: skipped, cargo-mutants is not installed"
    exit 0
fi
if [ $# -eq 0 ]; then
    set -- src/disclose/*.rs src/store/sqlite/ledger.rs $(ls src/policy.rs src/policy/*.rs src/api/policy.rs 2>/dev/null || true)
fi

target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
export CARGO_PROFILE_DEV_DEBUG=line-tables-only CARGO_PROFILE_TEST_DEBUG=line-tables-only CARGO_INCREMENTAL=1

tests_of() {
    case "$1" in
    src/store/*) echo "--lib --test store" ;;
    *) echo "--lib --test store --test api" ;;
    esac
}

count() { cat "$@" 2>/dev/null | grep -c . || true; }

enough=0
for file in "$@"; do
    out="$target/mutants/${file//\//_}"
    mkdir -p "$out"
    # shellcheck disable=SC2046,SC2086
    CARGO_TARGET_DIR="$target/mutants/build" cargo mutants --file "$file" --output "$out" --iterate --jobs 1 \
        --timeout 120 --colors never --no-shuffle ${MUTANTS_FLAGS:-} -- ${TESTS:-$(tests_of "$file")} >"$out/said" 2>&1 || true
    results="$out/mutants.out"
    caught=$(count "$results/caught.txt" "$results/previously_caught.txt" "$results/timeout.txt")
    missed=$(count "$results/missed.txt")
    unviable=$(count "$results/unviable.txt")
    if [ $((caught + missed)) -eq 0 ]; then
        echo "$file: no mutants, or no result: see $out/said"
        continue
    fi
    echo "$file: $((caught + missed)) mutants, $caught caught, $missed missed ($unviable do not compile)"
    cat "$results/missed.txt"
    [ $((caught * 100)) -ge $(((caught + missed) * 95)) ] || enough=1
done
exit $enough
