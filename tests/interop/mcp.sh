#!/usr/bin/env bash
# Does a client that others wrote understand `passage mcp`? Greets, lists the tools and calls each that needs nothing.
#
#   bash tests/interop/mcp.sh            (cargo builds the program with the feature)
#
# MCP_VENV names a Python environment that has the package mcp; else one is made below the folder of the build. Where
# that cannot be, the check is skipped with one line. Before a release (PROMISES_NIGHT) one that was skipped is none: 77.
set -euo pipefail
cd "$(dirname "$0")/../.."
built="${CARGO_TARGET_DIR:-target}"
venv="${MCP_VENV:-$built/mcp-venv}"
skip() {
    echo "mcp: skipped, $1"
    [ -z "${PROMISES_NIGHT:-}" ] || exit 77
    exit 0
}
if ! "$venv/bin/python" -c 'import mcp' 2>/dev/null; then
    command -v python3 >/dev/null 2>&1 || skip "there is no python3"
    python3 -m venv "$venv" >/dev/null 2>&1 || skip "no Python environment can be made in $venv"
    "$venv/bin/pip" install -q --disable-pip-version-check "mcp==2.3.0" >/dev/null 2>&1 || skip "the package mcp cannot be installed"
fi
cargo build --quiet --features mcp
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"$built/debug/passage" import --data "$work" --as-reported seeds/syria-2016 >/dev/null
"$venv/bin/python" - "$built/debug/passage" "$work" <<'PYTHON'
import asyncio, sys
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

async def main():
    server = StdioServerParameters(command=sys.argv[1], args=["mcp", "--data", sys.argv[2]])
    async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
        greeted = await session.initialize()
        assert "Never add figures up" in greeted.instructions
        tools = (await session.list_tools()).tools
        for tool in tools:
            if not tool.input_schema.get("required"):
                asked = {"as_of": "2016-07-26"} | ({"limit": 3} if "limit" in tool.input_schema["properties"] else {})
                told = await session.call_tool(tool.name, asked)
                first = told.content[0].text
                assert "warning" in first or told.is_error, first[:300]
                print(f"{tool.name}: {'refused: ' + first if told.is_error else f'{len(first)} letters'}")
        print(f"mcp: {len(tools)} tools")

asyncio.run(main())
PYTHON
