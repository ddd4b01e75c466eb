#!/usr/bin/env bash
# Does the program do what its description says? Schemathesis asks every operation of /openapi.json, with all its checks:
# no server error, and no status, header, content type or body that the description does not have.
#
#   cargo build && bash tests/interop/openapi.sh [EXAMPLES]        # 25 for each operation, unless said otherwise
#   bash tests/interop/openapi.sh 200 --include-path /api/v1/parties   # what stands behind is for schemathesis
#
# It runs against a folder of its own, filled with the history of Syria, with the token of an admin who sees every level.
# OPENAPI_VENV names a Python environment that has schemathesis; else one is made below the folder of the build. Where that
# cannot be, the check is skipped with one line, and ends with 77. PROGRAM names another build of the program.
set -euo pipefail
cd "$(dirname "$0")/../.."

examples=${1:-25}
seed=(--seed "${SEED:-2016}")
[ "${SEED:-}" != new ] || seed=()
built="${CARGO_TARGET_DIR:-target}"
venv="${OPENAPI_VENV:-$built/openapi-venv}"
program=${PROGRAM:-$built/debug/passage}

skip() {
    echo "openapi: skipped, $1"
    exit 77
}
has_all() { "$venv/bin/python" -c 'import schemathesis, openapi_spec_validator' 2>/dev/null; }

[ -x "$program" ] || skip "there is no program at $program; run cargo build"
if ! has_all; then
    command -v python3 >/dev/null 2>&1 || skip "there is no python3"
    python3 -m venv "$venv" >/dev/null 2>&1 || skip "no Python environment can be made in $venv"
    "$venv/bin/pip" install -q --disable-pip-version-check 'schemathesis==4.32.5' 'openapi-spec-validator==0.9.0' >/dev/null 2>&1 ||
        skip "schemathesis cannot be installed"
fi

work=$(mktemp -d)
server=""
stop() {
    [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
    server=""
}
trap 'stop; rm -rf "$work"' EXIT

# Starts the program and waits until it says where it listens.
start() {
    "$program" "$@" --data "$work/data" --listen 127.0.0.1:0 --json >"$work/ready" 2>"$work/log" &
    server=$!
    for _ in $(seq 600); do
        [ ! -s "$work/ready" ] || return 0
        kill -0 "$server" 2>/dev/null || break
        sleep 0.2
    done
    cat "$work/log" >&2
    echo "openapi: the program did not start" >&2
    exit 1
}

# As in the demo everybody may know the history; but here reading needs a token, so that it shows where one is not asked for.
export PASSAGE_GATE__CRISIS=history
# A hundred requests a second are what is tested here, and not the limits (tests/server/limits.rs).
for of in TOKEN TOKEN_BURST ADDRESS ADDRESS_BURST; do export "PASSAGE_SERVER__REQUESTS_PER_$of=1000000"; done
start demo
stop
token=$("$program" token --data "$work/data" create --name schemathesis --role admin | grep -o 'psg_[0-9a-f]*\.[0-9a-f]*')
: >"$work/ready"
start serve --now 2016-07-26
address=$(sed 's/.*"listening":"\([^"]*\)".*/\1/' "$work/ready")

"$venv/bin/python" - "$address/openapi.json" <<'PYTHON'
import json, sys, urllib.request
from openapi_spec_validator import validate
with urllib.request.urlopen(sys.argv[1]) as answer:
    validate(json.load(answer))
PYTHON

status=0
OWN_TOKEN=$token "$venv/bin/schemathesis" --config-file tests/interop/schemathesis.toml run "$address/openapi.json" \
    --header "Authorization: Bearer $token" --checks all --max-examples "$examples" "${seed[@]}" --continue-on-failure "${@:2}" \
    >"$work/told" 2>&1 || status=$?
kill -0 "$server" 2>/dev/null || { echo "openapi: the program ended during the run" >&2; status=1; }
if [ "$status" != 0 ]; then
    cp "$work/told" "$built/openapi.log"
    tail -60 "$work/told" >&2
    echo "openapi: the description and the program differ; all of it stands in $built/openapi.log" >&2
    exit 1
fi
count() { grep -oE "$1" "$work/told" | grep -oE '[0-9,]+' | head -1; }
told="$(count 'Tested: [0-9]+') operations, $(count '[0-9,]+ generated') cases with all checks of schemathesis: no server error, and no status, header, content type or body that the description does not have"
echo "openapi: $told"
bash tests/promises/result.sh G11 "$told" true tests/interop/openapi.sh
