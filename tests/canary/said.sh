#!/usr/bin/env bash
# Runs a command and looks through all that it and its servers said: no canary (tests/canary) and no token.
#
#   bash tests/canary/said.sh make test
set -euo pipefail
cd "$(dirname "$0")/../.."

said=$(mktemp)
trap 'rm -f "$said"' EXIT
"$@" 2>&1 | tee "$said"
if grep -Einm 5 'kanari7q|psg_[0-9a-f]{12}\.[0-9a-f]{64}' "$said" | cut -c 1-200; then
    echo "the output above repeats what must not be logged" >&2
    bash tests/promises/result.sh G27 "what $* said repeats a token or a canary" false tests/canary/said.sh
    exit 1
fi
told="0 tokens and canaries in $(wc -l <"$said") lines that $1 ${2:-} said"
bash tests/promises/result.sh G27 "$told" true tests/canary/said.sh
