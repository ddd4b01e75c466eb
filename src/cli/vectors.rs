//! `passage vectors`: runs worked cases against the functions of `assess` and says which disagree.
//!
//! One thin adapter per function turns arguments into a call and its result into JSON. It computes
//! nothing itself.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Number, Value, json};

use crate::assess::cargo::{self, CargoKind, CargoLine};
use crate::assess::estimate;
use crate::assess::evidence::{self, RunoutLines};
use crate::assess::gap::{self, Haulage};
use crate::assess::hysteresis::{self, Direction};
use crate::assess::interval;
use crate::assess::pause_life::{self, PauseEvent, PauseEventKind, PauseWindow};
use crate::assess::reach;
use crate::domain::Figure;

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
        let Some((_, adapter)) = ADAPTERS.iter().find(|(name, _)| *name == case.function) else {
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

/// The arguments of a case, read by name.
#[derive(Clone, Copy)]
struct Args<'a>(&'a Value);

/// Why a function cannot be called with its arguments.
struct BadArgs(String);

type Parsed<T> = Result<T, BadArgs>;

impl<'a> Args<'a> {
    fn refuse<T>(self, name: &str, rule: &str) -> Parsed<T> {
        Err(BadArgs(format!("`{name}` must be {rule}, got {}", self.0[name])))
    }

    /// This value as a number, or `None` for null. JSON has no infinity, so that it is a word.
    fn item(self) -> Parsed<Option<f64>> {
        let bad = || BadArgs(format!("must be a number, \"inf\" or null, got {}", self.0));
        if self.0.is_null() { Ok(None) } else { as_number(self.0).map(Some).ok_or_else(bad) }
    }

    /// A number, or `None` if it is absent or null.
    fn maybe(self, name: &str) -> Parsed<Option<f64>> {
        Args(&self.0[name]).item().map_err(|BadArgs(rule)| BadArgs(format!("`{name}` {rule}")))
    }

    fn number(self, name: &str) -> Parsed<f64> {
        self.maybe(name)?.map_or_else(|| self.refuse(name, "a number"), Ok)
    }

    fn text(self, name: &str) -> Parsed<&'a str> {
        self.0[name].as_str().map_or_else(|| self.refuse(name, "a word"), Ok)
    }

    fn each<T>(self, name: &str, item: fn(Args<'a>) -> Parsed<T>) -> Parsed<Vec<T>> {
        let Some(items) = self.0[name].as_array() else {
            return self.refuse(name, "a list");
        };
        items.iter().map(|value| item(Args(value))).collect()
    }

    fn parsed_or<T: Deserialize<'a>>(self, name: &str, default: T) -> Parsed<T> {
        match &self.0[name] {
            Value::Null => Ok(default),
            value => T::deserialize(value).map_err(|error| BadArgs(format!("`{name}`: {error}"))),
        }
    }
}

fn as_number(value: &Value) -> Option<f64> {
    match value.as_str() {
        Some("inf") => Some(f64::INFINITY),
        Some("-inf") => Some(f64::NEG_INFINITY),
        _ => value.as_f64(),
    }
}

/// A result as the vectors write it, where JSON would make infinity and not-a-number `null`.
fn as_json(number: f64) -> Value {
    if number.is_finite() { json!(number) } else { json!(number.to_string()) }
}

type Adapter = fn(Args) -> Parsed<Value>;

const ADAPTERS: &[(&str, Adapter)] = &[
    ("convoy_totals", convoy_totals),
    ("removed_share", removed_share),
    ("unique_reached", unique_reached),
    ("merge_estimates", merge_estimates),
    ("pause_state", pause_state),
    ("merge_intervals", merge_intervals),
    ("hysteresis", hysteresis),
    ("gap", gap),
    ("famine_evidence", famine_evidence),
    ("runout_severity", runout_severity),
];

fn cargo_line(line: Args) -> Parsed<CargoLine> {
    let (persons, days) = (line.maybe("persons")?, line.maybe("days")?);
    let kind = match line.text("kind")? {
        "bulk_food" => CargoKind::BulkFood { kcal_per_100g: line.maybe("kcal_per_100g")? },
        "parcel" => {
            CargoKind::Parcel { persons, days, kcal_per_person_day: line.maybe("kcal_pppd")? }
        }
        "water" => CargoKind::Water,
        "health_kit" => CargoKind::HealthKit { persons, days },
        "unknown" => CargoKind::Unknown,
        _ => CargoKind::Other,
    };
    Ok(CargoLine {
        kind,
        loaded: line.maybe("loaded")?,
        removed: line.maybe("removed")?,
        lost: line.maybe("lost")?,
        delivered: line.maybe("delivered")?,
    })
}

fn convoy_totals(args: Args) -> Parsed<Value> {
    let lines = args.each("lines", cargo_line)?;
    let days = args.parsed_or("ration_days", cargo::RATION_DAYS)?;
    let (loss, diversion) = (args.parsed_or("loss", 0.0)?, args.parsed_or("diversion", 0.0)?);
    Ok(json!(cargo::convoy_totals(&lines, args.maybe("trucks")?, days, loss, diversion)))
}

fn removed_share(args: Args) -> Parsed<Value> {
    let weights = args.each("lines", |line| Ok((line.maybe("kg")?, line.maybe("removed_kg")?)))?;
    Ok(json!(cargo::removed_share(&weights)))
}

fn unique_reached(args: Args) -> Parsed<Value> {
    Ok(json!(reach::unique_reached(&args.each("rounds", Args::item)?, args.maybe("population")?)))
}

fn merge_estimates(args: Args) -> Parsed<Value> {
    let estimates = args.each("estimates", |figure| {
        let (low, high) = (figure.maybe("low")?, figure.maybe("high")?);
        Ok(Figure::computed(low, figure.maybe("best")?, high))
    })?;
    Ok(json!(estimate::merge_estimates(&estimates)))
}

fn pause_event(event: Args) -> Parsed<PauseEvent> {
    let window = PauseWindow { start: event.maybe("start")?, end: event.maybe("end")? };
    let kind = match event.text("type")? {
        "requested" => PauseEventKind::Requested(window),
        "agreed" => PauseEventKind::Agreed(window),
        "extended" => PauseEventKind::Extended { end: event.number("end")? },
        "violated" => PauseEventKind::Violated { terminal: event.parsed_or("terminal", false)? },
        "refused" => PauseEventKind::Refused,
        "cancelled" => PauseEventKind::Cancelled,
        _ => return event.refuse("type", "an event of a pause"),
    };
    Ok(PauseEvent { hour: event.number("t")?, kind })
}

fn pause_state(args: Args) -> Parsed<Value> {
    let events = args.each("events", pause_event)?;
    Ok(json!(pause_life::pause_state(&events, args.number("now")?)))
}

fn merge_intervals(args: Args) -> Parsed<Value> {
    let pairs =
        args.each("pairs", |pair| match (as_number(&pair.0[0]), as_number(&pair.0[1])) {
            (Some(start), Some(end)) => Ok((start, end)),
            _ => Err(BadArgs(format!("each pair must be two numbers, got {}", pair.0))),
        })?;
    let union = interval::merge_intervals(&pairs).into_iter();
    Ok(union.map(|(start, end)| json!([as_json(start), as_json(end)])).collect())
}

fn hysteresis(args: Args) -> Parsed<Value> {
    let values = args.each("values", Args::item)?;
    let (raise_at, clear_at) = (args.number("raise_at")?, args.number("clear_at")?);
    let direction = args.parsed_or("direction", Direction::default())?;
    let hold = args.parsed_or("hold", 1)?;
    Ok(json!(hysteresis::hysteresis(&values, raise_at, clear_at, direction, hold)))
}

fn gap(args: Args) -> Parsed<Value> {
    let usual = Haulage::default();
    let haulage = Haulage {
        ration_kg: args.parsed_or("ration_kg_pppd", usual.ration_kg)?,
        loss: args.parsed_or("loss", usual.loss)?,
        payload_tonnes: args.parsed_or("payload_t", usual.payload_tonnes)?,
        trucks_per_convoy: args.maybe("trucks_per_convoy")?,
    };
    let (needed, served) = (args.number("needed_pd")?, args.number("served_pd")?);
    Ok(json!(gap::gap(needed, served, args.number("period_days")?, &haulage)))
}

fn famine_evidence(args: Args) -> Parsed<Value> {
    let (food, gam, cdr) = (args.maybe("food_share")?, args.maybe("gam")?, args.maybe("cdr")?);
    Ok(json!(evidence::famine_evidence(food, gam, cdr)))
}

fn runout_severity(args: Args) -> Parsed<Value> {
    let (p10, p50) = (args.maybe("p10")?, args.maybe("p50")?);
    Ok(json!(evidence::runout_severity(p10, p50, &RunoutLines::default())))
}

#[cfg(test)]
mod tests {
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
