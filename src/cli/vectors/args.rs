//! The arguments of a case, read by name, and results as the cases write them.

use serde::Deserialize;
use serde_json::{Value, json};

/// The arguments of a case, read by name.
#[derive(Clone, Copy)]
pub(super) struct Args<'a>(pub(super) &'a Value);

/// Why a function cannot be called with its arguments.
pub(super) struct BadArgs(pub(super) String);

pub(super) type Parsed<T> = Result<T, BadArgs>;

impl<'a> Args<'a> {
    pub(super) fn refuse<T>(self, name: &str, rule: &str) -> Parsed<T> {
        Err(BadArgs(format!("`{name}` must be {rule}, got {}", self.0[name])))
    }

    /// This value as a number, or `None` for null. JSON has no infinity, so that it is a word.
    pub(super) fn item(self) -> Parsed<Option<f64>> {
        let bad = || BadArgs(format!("must be a number, \"inf\" or null, got {}", self.0));
        if self.0.is_null() { Ok(None) } else { as_number(self.0).map(Some).ok_or_else(bad) }
    }

    /// A number, or `None` if it is absent or null.
    pub(super) fn maybe(self, name: &str) -> Parsed<Option<f64>> {
        Args(&self.0[name]).item().map_err(|BadArgs(rule)| BadArgs(format!("`{name}` {rule}")))
    }

    pub(super) fn number(self, name: &str) -> Parsed<f64> {
        self.maybe(name)?.map_or_else(|| self.refuse(name, "a number"), Ok)
    }

    pub(super) fn text(self, name: &str) -> Parsed<&'a str> {
        self.0[name].as_str().map_or_else(|| self.refuse(name, "a word"), Ok)
    }

    pub(super) fn each<T>(self, name: &str, item: fn(Args<'a>) -> Parsed<T>) -> Parsed<Vec<T>> {
        let Some(items) = self.0[name].as_array() else {
            return self.refuse(name, "a list");
        };
        items.iter().map(|value| item(Args(value))).collect()
    }

    pub(super) fn parsed_or<T: Deserialize<'a>>(self, name: &str, default: T) -> Parsed<T> {
        match &self.0[name] {
            Value::Null => Ok(default),
            value => T::deserialize(value).map_err(|error| BadArgs(format!("`{name}`: {error}"))),
        }
    }
}

pub(super) fn as_number(value: &Value) -> Option<f64> {
    match value.as_str() {
        Some("inf") => Some(f64::INFINITY),
        Some("-inf") => Some(f64::NEG_INFINITY),
        _ => value.as_f64(),
    }
}

/// A result as the vectors write it, where JSON would make infinity and not-a-number `null`.
pub(super) fn as_json(number: f64) -> Value {
    if number.is_finite() { json!(number) } else { json!(number.to_string()) }
}
