#!/usr/bin/env bash
# Do readers that others wrote understand our tiles and GeoJSON? Checks the files that the test of tests/api/tile leaves
# below the folder of the build: tiles by mapbox-vector-tile, GeoJSON by shapely, against each other.
#
#   cargo test --test api tile && bash tests/interop/tiles.sh
#
# TILES_VENV names a Python environment that has them; else one is made below the folder of the build. Where that
# cannot be, the check is skipped with one line. Before a release (PROMISES_NIGHT) a check that was skipped is none: 77.
set -euo pipefail
cd "$(dirname "$0")/../.."

built="${CARGO_TARGET_DIR:-target}"
tiles="$built/tiles"
venv="${TILES_VENV:-$built/tiles-venv}"
packages=(mapbox-vector-tile shapely)

skip() {
    echo "tiles: skipped, $1"
    [ -z "${PROMISES_NIGHT:-}" ] || exit 77
    exit 0
}
has_all() { "$venv/bin/python" -c 'import mapbox_vector_tile, shapely' 2>/dev/null; }

[ -e "$tiles/boundaries.geojson" ] || skip "there are no files in $tiles; run cargo test --test api tile"
if ! has_all; then
    command -v python3 >/dev/null 2>&1 || skip "there is no python3"
    python3 -m venv "$venv" >/dev/null 2>&1 || skip "no Python environment can be made in $venv"
    "$venv/bin/pip" install -q --disable-pip-version-check "${packages[@]}" >/dev/null 2>&1 ||
        skip "the readers cannot be installed (${packages[*]})"
fi
"$venv/bin/python" tests/interop/tiles.py "$tiles"
