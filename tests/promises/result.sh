#!/usr/bin/env bash
# Keeps one line of what a promise's test measured, as tests/promises/result.rs does, for tests that are no Rust.
#
#   bash tests/promises/result.sh G33 "what was measured" true [WHICH TEST]
#
# An empty text takes back what the same test said before. Where PROMISES_RESULTS names no folder, nothing is kept.
set -euo pipefail
[ -n "${PROMISES_RESULTS:-}" ] || exit 0
escaped() { printf '%s' "$1" | tr '\n\t' '  ' | sed 's/[\\"]/\\&/g'; }
run=ci
[ -z "${PROMISES_NIGHT:-}" ] || run=night
machine="$(nproc) cores${PROMISES_MACHINE:+, $PROMISES_MACHINE}"
mkdir -p "$PROMISES_RESULTS"
printf '{"promise":"%s","part":"%s","run":"%s","told":"%s","passed":%s,"date":"%s","machine":"%s"}\n' \
    "$1" "${4:-a script}" "$run" "$(escaped "$2")" "$3" "$(date -u +%F)" "$(escaped "$machine")" \
    >>"$PROMISES_RESULTS/results.jsonl"
