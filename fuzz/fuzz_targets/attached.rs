//! Fuzzes `attached` of ../src/lib.rs.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| passage_fuzz::attached(bytes));
