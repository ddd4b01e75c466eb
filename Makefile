# Everything here only calls cargo; README.md has the plain commands too.

.PHONY: demo test bench supply sqlcipher mutants

demo:
	cargo run --release -- demo

test:
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	cargo test
	bash tests/seeds/against-source.sh $(SOURCE)
	bash tests/supply/check.sh
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --document-private-items

bench:
	cargo bench --bench figures --bench world

# Licences, sources and known faults of all crates; ADVISORY_DB names an archive of advisories.
supply:
	bash tests/supply/check.sh

# The encrypted store. Builds OpenSSL, which takes minutes, so it has a target folder of its own.
sqlcipher:
	CARGO_TARGET_DIR=target/sqlcipher cargo test --features sqlcipher --test at_rest --test store

# Mutation testing; MUTANTS names files, else it is the gate, the ledger and the policy.
mutants:
	bash tests/mutants/run.sh $(MUTANTS)
