//! `passage vectors`: runs worked cases against the functions of `assess` and says which disagree.
//!
//! One thin adapter per function, in the files beside this one, turns arguments into a call and its result into
//! JSON. It
//! computes nothing itself.

mod allocation;
mod args;
mod counts;
mod pause;
mod stock;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Number, Value};

use self::args::{Args, BadArgs, Parsed};

/// Runs the cases of all `files` and writes one line per failure and one with the counts.
///
/// A function that does not exist yet is counted, but is no failure. A file is an object with `cases`,
/// or the bare list of them.
///
/// Returns whether all cases of existing functions passed.
///
/// # Errors
///
/// When a file cannot be read or is not a file of cases, before any case is run; or when `out` cannot
/// be written to.
///
/// # Source
///
/// SPEC §8.
pub fn run(files: &[PathBuf], out: &mut dyn Write) -> io::Result<bool> {
    let mut cases = Vec::new();
    for file in files {
        cases.extend(read_cases(file)?);
    }
    let (mut passed, mut failed, mut not_implemented) = (0, 0, 0);
    for case in &cases {
        let Some((_, adapter)) = adapters().find(|(name, _)| *name == case.function) else {
            not_implemented += 1;
            continue;
        };
        if let Some(mismatch) = failure(case, *adapter) {
            failed += 1;
            writeln!(out, "{} {} {mismatch}", case.id, case.function)?;
        } else {
            passed += 1;
        }
    }
    writeln!(out, "{passed} passed, {failed} failed, {not_implemented} not implemented")?;
    Ok(failed == 0)
}

#[derive(Deserialize)]
struct Case {
    id: String,
    #[serde(rename = "fn")]
    function: String,
    args: Value,
    expect: Value,
    #[serde(default)]
    tol: Tolerances,
}

/// How far a number may be off: `abs + rel · |expected|`.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(default)]
struct Tolerance {
    abs: f64,
    rel: f64,
}

#[derive(Default, Deserialize)]
struct Tolerances {
    #[serde(flatten)]
    all: Tolerance,
    #[serde(default)]
    fields: BTreeMap<String, Tolerance>,
}

fn read_cases(file: &Path) -> io::Result<Vec<Case>> {
    let named = |kind, error: &dyn std::fmt::Display| {
        io::Error::new(kind, format!("{}: {error}", file.display()))
    };
    let text = std::fs::read_to_string(file).map_err(|error| named(error.kind(), &error))?;
    let invalid = |error| named(io::ErrorKind::InvalidData, &error);
    let mut content: Value = serde_json::from_str(&text).map_err(invalid)?;
    let cases = content.get_mut("cases").map(Value::take).unwrap_or(content);
    let Value::Array(cases) = cases else {
        let rule = "must be a list of cases, or an object with the list `cases`";
        return Err(named(io::ErrorKind::InvalidData, &rule));
    };
    let case = |(number, case): (usize, Value)| {
        serde_json::from_value(case).map_err(|error| {
            named(io::ErrorKind::InvalidData, &format!("case {}: {error}", number + 1))
        })
    };
    cases.into_iter().enumerate().map(case).collect()
}

/// Why a case fails, as `path: expected …, got …`; `None` if it passes.
fn failure(case: &Case, adapter: Adapter) -> Option<String> {
    match adapter(Args(&case.args)) {
        Ok(got) => case.tol.mismatch("$", &case.expect, &got, case.tol.all),
        Err(BadArgs(rule)) => Some(format!("args: expected {}, got {rule}", case.expect)),
    }
}

impl Tolerances {
    /// The first place where `got` differs. An object may hold more than is expected, a list may not.
    fn mismatch(&self, path: &str, expect: &Value, got: &Value, near: Tolerance) -> Option<String> {
        match (expect, got) {
            (Value::Object(expected), Value::Object(got)) => {
                expected.iter().find_map(|(name, expect)| {
                    let path = format!("{path}.{name}");
                    let Some(got) = got.get(name) else {
                        return Some(format!("{path}: expected {expect}, got no such field"));
                    };
                    let near = self.fields.get(name).copied().unwrap_or(near);
                    self.mismatch(&path, expect, got, near)
                })
            }
            (Value::Array(expected), Value::Array(got)) if expected.len() == got.len() => {
                expected.iter().zip(got).enumerate().find_map(|(place, (expect, got))| {
                    self.mismatch(&format!("{path}[{place}]"), expect, got, near)
                })
            }
            (Value::Number(expected), Value::Number(got)) if near.admits(expected, got) => None,
            _ if expect == got => None,
            _ => Some(format!("{path}: expected {expect}, got {got}")),
        }
    }
}

impl Tolerance {
    fn admits(self, expected: &Number, got: &Number) -> bool {
        let pair = expected.as_f64().zip(got.as_f64());
        pair.is_some_and(|(expected, got)| {
            (got - expected).abs() <= self.abs + self.rel * expected.abs()
        })
    }
}

type Adapter = fn(Args) -> Parsed<Value>;

/// Every function that exists, by its name in the cases.
fn adapters() -> impl Iterator<Item = &'static (&'static str, Adapter)> {
    [allocation::ADAPTERS, counts::ADAPTERS, pause::ADAPTERS, stock::ADAPTERS].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Runs one file of the given text and returns what was written, with the verdict.
    fn report(name: &str, text: &str) -> io::Result<(String, bool)> {
        let name = format!("passage-vectors-{}-{name}.json", std::process::id());
        let file = std::env::temp_dir().join(name);
        std::fs::write(&file, text)?;
        let mut out = Vec::new();
        let verdict = run(std::slice::from_ref(&file), &mut out);
        std::fs::remove_file(&file)?;
        Ok((String::from_utf8(out).unwrap(), verdict?))
    }

    #[test]
    fn every_public_vector_of_an_existing_function_passes() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/public.json");
        let mut out = Vec::new();
        let passed = run(&[file.into()], &mut out).unwrap();
        assert!(passed, "{}", String::from_utf8(out).unwrap());
    }

    #[test]
    fn a_failure_is_one_line_that_names_the_place() {
        let text = r#"[{"id": "x1", "fn": "unique_reached", "args": {"rounds": [3]},
            "expect": {"low": 4}, "tol": {"abs": 0.5, "rel": 0.1}}]"#;
        let lines =
            "x1 unique_reached $.low: expected 4, got 3.0\n0 passed, 1 failed, 0 not implemented\n";
        assert_eq!(report("failure", text).unwrap(), (lines.to_owned(), false));
    }

    #[test]
    fn a_field_may_have_a_tolerance_of_its_own() {
        let text = r#"{"cases": [{"id": "x1", "fn": "unique_reached", "args": {"rounds": [3]},
            "expect": {"low": 4}, "tol": {"abs": 0, "rel": 0, "fields": {"low": {"abs": 1}}}}]}"#;
        assert!(report("fields", text).unwrap().1);
    }

    #[test]
    fn a_list_of_another_length_a_null_and_a_word_are_compared_exactly() {
        let loose = Tolerances { all: Tolerance { abs: 9.0, rel: 9.0 }, ..Tolerances::default() };
        let agree = |expect, got| loose.mismatch("$", &expect, &got, loose.all).is_none();
        assert!(agree(json!([1, "inf", null]), json!([2.5, "inf", null])));
        assert!(!agree(json!([1]), json!([1, 1])));
        assert!(!agree(json!(null), json!(0)));
        assert!(!agree(json!("inf"), json!(1)));
        assert!(!agree(json!({"a": null}), json!({})));
    }

    #[test]
    fn arguments_that_make_no_sense_fail_their_case_and_unknown_functions_fail_nothing() {
        let text = r#"[{"id": "a", "fn": "gap", "args": {"needed_pd": "much"}, "expect": null},
            {"id": "b", "fn": "no_such_function", "args": {}, "expect": 1}]"#;
        let (lines, passed) = report("args", text).unwrap();
        assert!(lines.contains("`needed_pd` must be a number"), "{lines}");
        assert!(lines.ends_with("\n0 passed, 1 failed, 1 not implemented\n") && !passed);
    }

    #[test]
    fn a_file_without_cases_is_refused_and_named() {
        for text in ["", "{", "3", "{}", r#"{"cases": 1}"#, r#"[{"id": "a"}]"#] {
            let error = report("malformed", text).unwrap_err().to_string();
            assert!(error.contains("passage-vectors"), "{error}");
        }
        assert!(run(&[PathBuf::from("/nowhere/cases.json")], &mut Vec::new()).is_err());
    }
}
