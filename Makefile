# Everything here only calls cargo; README.md has the plain commands too.

.PHONY: demo test bench

demo:
	cargo run --release -- demo

test:
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	cargo test
	bash tests/seeds/against-source.sh $(SOURCE)
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --document-private-items

bench:
	cargo bench --bench figures --bench world
