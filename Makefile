# Everything here only calls cargo, and npm for the page; README.md has the plain commands too.

.PHONY: demo page room test bench night promises promises-page supply sqlcipher mutants interop interop-tiles fuzz openapi mcp interop-mcp

demo: page
	cargo run --release -- demo

# The situation room into web/dist, which the program embeds; without npm it is skipped and says so.
page:
	bash web/build.sh

test:
	bash web/test.sh
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	cargo test
	bash tests/seeds/against-source.sh $(SOURCE)
	bash tests/supply/check.sh
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --document-private-items
	bash tests/web/run.sh || [ $$? = 77 ]

# The page alone, in a real browser; needs Chromium.
room: page
	cargo build
	bash tests/web/run.sh

bench:
	cargo bench --bench figures --bench world --bench exchange

# Licences, sources and known faults of all crates; ADVISORY_DB names an archive of advisories.
supply:
	bash tests/supply/check.sh

# Feeds and exports, checked by readers that others wrote; FEEDS_VENV and EXPORT_VENV name Python environments that
# have them.
interop:
	rm -rf target/feeds
	cargo test --test exchange feeds
	bash tests/interop/feeds.sh
	bash tests/interop/export.sh

# Tiles and GeoJSON, checked by readers that others wrote; TILES_VENV names a Python environment that has them.
interop-tiles:
	rm -rf target/tiles
	cargo test --test api tile
	bash tests/interop/tiles.sh

# Every operation against its description, with schemathesis: make openapi EXAMPLES=200
EXAMPLES ?= 25
openapi:
	cargo build
	bash tests/interop/openapi.sh $(EXAMPLES)

# The encrypted store. Builds OpenSSL, which takes minutes, so it has a target folder of its own.
sqlcipher:
	CARGO_TARGET_DIR=target/sqlcipher cargo test --features sqlcipher --test at_rest --test store

# Figures for language models, which are a feature of their own.
mcp:
	cargo test --features mcp --lib mcp::
	cargo test --features mcp --test mcp

# The same, asked by a client that others wrote; MCP_VENV names a Python environment that has it.
interop-mcp:
	bash tests/interop/mcp.sh

# Every parser fed with bytes of strangers; needs a nightly compiler and cargo-fuzz. Leaks are not looked for: the router
# of the server that `query` asks keeps the names in its routes for ever, once for each start.
SECONDS_EACH ?= 60
fuzz:
	export ASAN_OPTIONS=detect_leaks=0; for door in csv_rows hxl_header xlsx geojson json_body config coordinates cron query attached; do \
		cargo +nightly fuzz run $$door -- -max_total_time=$(SECONDS_EACH) || exit 1; done

# Mutation testing; MUTANTS names files, else it is the gate, the ledger and the policy.
mutants:
	bash tests/mutants/run.sh $(MUTANTS)

# Every promise at the value of a release, for hours: make night ONLY="G1 G6" HOURS=8. Ctrl-C stops it, again goes on.
export ONLY HOURS STATE PROFILE
night:
	bash tests/promises/night.sh

# Every promise at the value of a submission, and the page that shows what came out. G26 comes with `make sqlcipher`.
RESULTS ?= target/promises
RECORDING = --test promises --test server --test api --test canary --test exchange --test report --test store --test keeping --test delivery
promises:
	rm -f $(RESULTS)/results.jsonl
	PROMISES_RESULTS=$(RESULTS) bash tests/canary/said.sh cargo test --lib $(RECORDING)
	PROMISES_RESULTS=$(RESULTS) bash tests/supply/check.sh
	$(MAKE) promises-page

# The page alone, from what the tests left in RESULTS.
promises-page:
	PROMISES_PAGE=write PROMISES_RESULTS=$(RESULTS) cargo test -q --test promises page::
