# Everything here only calls cargo; README.md has the plain commands too.

.PHONY: demo test bench

demo:
	cargo run --release -- demo

test:
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	cargo test
	cargo run --quiet -- vectors tests/vectors/public.json | tail -n 1
	bash tests/seeds/against-source.sh $(SOURCE)
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --document-private-items

bench:
	cargo bench
