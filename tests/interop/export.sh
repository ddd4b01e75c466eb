#!/usr/bin/env bash
# Do readers that others wrote accept what can be taken away? Starts the demo, fetches every list and every computed
# table in every form, and makes a package for HDX; then libhxl holds every HXL file against its default schema,
# openpyxl opens every workbook, pyarrow every Parquet file, geojson and shapely every map.
#
#   bash tests/interop/export.sh            (cargo builds the program if need be)
#
# EXPORT_VENV names a Python environment that has them; else one is made below the folder of the build. Where that
# cannot be, the check is skipped with one line. Before a release (PROMISES_NIGHT) a check that was skipped is none: 77.
set -euo pipefail
cd "$(dirname "$0")/../.."

built="${CARGO_TARGET_DIR:-target}"
venv="${EXPORT_VENV:-$built/export-venv}"
packages=(libhxl openpyxl pyarrow geojson shapely six)

skip() {
    echo "export: skipped, $1"
    [ -z "${PROMISES_NIGHT:-}" ] || exit 77
    exit 0
}
has_all() { "$venv/bin/python" -c 'import hxl, openpyxl, pyarrow, geojson, shapely' 2>/dev/null; }

if ! has_all; then
    command -v python3 >/dev/null 2>&1 || skip "there is no python3"
    python3 -m venv "$venv" >/dev/null 2>&1 || skip "no Python environment can be made in $venv"
    "$venv/bin/pip" install -q --disable-pip-version-check "${packages[@]}" >/dev/null 2>&1 ||
        skip "the readers cannot be installed (${packages[*]})"
    has_all || skip "the readers do not start"
fi
command -v curl >/dev/null 2>&1 || skip "there is no curl"

cargo build --quiet
work="$(mktemp -d)"
demo=""
clean() {
    [ -z "$demo" ] || kill "$demo" 2>/dev/null || true
    rm -rf "$work"
}
trap clean EXIT

"$built/debug/passage" demo --data "$work/data" --listen 127.0.0.1:0 --json >"$work/demo.json" 2>/dev/null &
demo=$!
for _ in $(seq 1200); do
    grep -q '"listening"' "$work/demo.json" 2>/dev/null && break
    kill -0 "$demo" 2>/dev/null || skip "the demo does not start"
    sleep 0.25
done
"$venv/bin/python" tests/interop/export.py "$work/demo.json" "$work/files"
