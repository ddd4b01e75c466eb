#!/usr/bin/env bash
# Types and tests of the page's own logic. Without npm it is skipped with one line.
set -euo pipefail
cd "$(dirname "$0")"

command -v npm >/dev/null 2>&1 || { echo "logic of the page: skipped, there is no npm"; exit 0; }
bash build.sh
[ -d node_modules/vitest ] || { echo "logic of the page: skipped, npm cannot install what it is tested with"; exit 0; }
npm test --silent
