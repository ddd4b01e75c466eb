//! The worked cases: every calculation that exists gives the result worked out by hand.

#![cfg(test)]

use std::path::{Path, PathBuf};

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/public.json")
}

#[test]
fn every_worked_case_whose_calculation_exists_passes() {
    let mut said = Vec::new();
    let passed = passage::cli::vectors::run(&[cases()], &mut said).unwrap();
    let said = String::from_utf8(said).unwrap();
    let last = said.lines().last().unwrap();
    assert!(passed, "{said}");
    let count: usize = last.split_whitespace().next().unwrap().parse().unwrap();
    assert!(count >= 90, "{last}");
}

#[test]
fn a_wrong_expectation_is_told_and_fails() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wrong.json");
    let case = r#"{"cases": [{"id": "w1", "fn": "unique_reached", "args": {"rounds": [5], "population": 9},
        "expect": {"low": 6}, "tol": {"abs": 0, "rel": 0}}]}"#;
    std::fs::write(&file, case).unwrap();
    let mut said = Vec::new();
    assert!(!passage::cli::vectors::run(&[file], &mut said).unwrap());
    let said = String::from_utf8(said).unwrap();
    assert!(
        said.contains("w1") && said.contains("0 passed, 1 failed, 0 not implemented"),
        "{said}"
    );
}
