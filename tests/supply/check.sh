#!/usr/bin/env bash
# Asks of every crate that Passage is built from: is its licence allowed, does it come from where it should, is a
# fault of it known? Nothing but missing crates of Cargo.lock is fetched. What it needs and does not find it skips, with one line.
#
#   ADVISORY_DB=advisory-db.tar.gz bash tests/supply/check.sh
#
# ADVISORY_DB names an archive of the RustSec advisory database. `cargo install cargo-deny cargo-audit --locked`
# brings the tools; that takes many minutes, so nothing here does it.
set -euo pipefail
cd "$(dirname "$0")/../.."

has() { command -v "$1" >/dev/null 2>&1; }
skipped=0
skip() { echo "supply: skipped $1"; skipped=1; }
# Before a release a check that was skipped is none: 77.
finish() { [ "$skipped" -eq 0 ] || [ -z "${PROMISES_NIGHT:-}" ] || exit 77; exit 0; }

# cargo-deny looks for a git clone under this name, and at when it was last fetched.
home="${CARGO_TARGET_DIR:-target}/advisories"
clone="$home/advisory-db-3157b0e258782691"

if has cargo-deny; then
    # Crates of features that were never built here may not be there yet.
    cargo metadata --offline --locked --all-features --format-version 1 >/dev/null 2>&1 || cargo fetch --locked
    cargo deny --offline check --hide-inclusion-graph licenses bans sources
else
    skip "licences, bans and sources: cargo-deny is not installed"
fi

if [ -z "${ADVISORY_DB:-}" ]; then
    skip "known faults: ADVISORY_DB names no archive"
    finish
fi
if [ ! -f "$ADVISORY_DB" ]; then
    echo "supply: ADVISORY_DB must name an archive (tar.gz) of the RustSec advisory database, got $ADVISORY_DB" >&2
    exit 1
fi

rm -rf "$home"
mkdir -p "$clone"
tar xzf "$ADVISORY_DB" -C "$clone"
newest=$(find "$clone/crates" -name 'RUSTSEC-*.md' -printf '%TY-%Tm-%Td\n' | sort | tail -1)
count=$(find "$clone/crates" -name 'RUSTSEC-*.md' | wc -l)
[ "$count" -gt 0 ] || { echo "supply: no advisory in $ADVISORY_DB" >&2; exit 1; }
echo "supply: $count advisories, data of $newest"

if has cargo-deny; then
    (cd "$clone" && git init -q . && git add -A &&
        git -c user.name=supply -c user.email=supply@localhost commit -qm advisories && touch .git/FETCH_HEAD)
    deny=$(mktemp --suffix=.toml)
    trap 'rm -f "$deny"' EXIT
    sed "s|^db-path = .*|db-path = \"$(realpath "$home")\"|" deny.toml >"$deny"
    cargo deny --offline --config "$deny" check --hide-inclusion-graph advisories
else
    skip "advisories of cargo-deny: it is not installed"
fi
if has cargo-audit; then
    cargo audit --no-fetch --stale --db "$clone" --deny warnings
    if has cargo-deny; then
        told="$count advisories (newest of $newest), licences, bans and sources: nothing is wrong"
        bash tests/promises/result.sh G33 "$told" true tests/supply/check.sh
    fi
else
    skip "cargo audit: it is not installed"
fi
finish
