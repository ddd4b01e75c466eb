#!/usr/bin/env bash
# Builds the page into web/dist, which the program embeds. Without npm it says so, and the program is built without.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v npm >/dev/null 2>&1; then
    echo "the page: skipped, there is no npm; the program works without it, and / says how to get it"
    exit 0
fi
# Installed anew where the lock file is newer than what is there.
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --no-audit --no-fund || {
        echo "the page: skipped, npm cannot install what it is built with; the program works without it, and / says how to get it"
        exit 0
    }
fi
# As long as nothing of it changed it stays as it is: the program, which carries it, would be compiled anew with it.
built=node_modules/.page-built
of=(src index.html package.json package-lock.json tsconfig.json vite.config.ts build.sh node_modules/.package-lock.json)
if [ -f dist/index.html ] && [ -f "$built" ] && [ -z "$(find "${of[@]}" -newer "$built" -print -quit)" ]; then
    exit 0
fi
rm -f "$built"
npm run --silent build -- --logLevel warn
touch "$built"
