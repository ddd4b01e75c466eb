//! The codes inside bodies: visited where they stand, put right where they stand for another record that was merged.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::invalid::Pointer;
use super::kind::Kind;
use super::schema::{Schema, Shape};

/// Visits every text that stands where the code of another record is asked for, to be changed.
pub fn each_code(
    schema: &Schema,
    body: &mut Value,
    at: &Pointer<'_>,
    visit: &mut dyn FnMut(Kind, &mut String, &Pointer<'_>),
) {
    let Value::Object(fields) = body else { return };
    for (name, value) in fields {
        if let Some(field) = schema.field(name) {
            each_code_in(&field.shape, value, &Pointer::Field(at, name), visit);
        }
    }
}

fn each_code_in(
    shape: &Shape,
    value: &mut Value,
    at: &Pointer<'_>,
    visit: &mut dyn FnMut(Kind, &mut String, &Pointer<'_>),
) {
    match (shape, value) {
        (Shape::Code(kind), Value::String(code)) => {
            if let Ok(kind) = kind.parse() {
                visit(kind, code, at);
            }
        }
        (Shape::List(item), Value::Array(values)) => {
            for (index, value) in values.iter_mut().enumerate() {
                each_code_in(item, value, &Pointer::Item(at, index), visit);
            }
        }
        (Shape::Part(schema), value) => each_code(schema, value, at, visit),
        _ => {}
    }
}

/// Puts another code in the place of each code that stands for another record now. In a list it stands once.
pub fn redirect(schema: &Schema, body: &mut Value, to: &dyn Fn(Kind, &str) -> Option<String>) {
    let Value::Object(fields) = body else { return };
    for (name, value) in fields {
        if let Some(field) = schema.field(name) {
            redirect_in(&field.shape, value, to);
        }
    }
}

fn redirect_in(shape: &Shape, value: &mut Value, to: &dyn Fn(Kind, &str) -> Option<String>) {
    match (shape, value) {
        (Shape::Code(kind), Value::String(code)) => {
            if let Some(other) = kind.parse().ok().and_then(|kind| to(kind, code)) {
                *code = other;
            }
        }
        (Shape::List(item), Value::Array(values)) => {
            for value in values.iter_mut() {
                redirect_in(item, value, to);
            }
            if matches!(item, Shape::Code(_)) {
                let mut seen = HashSet::new();
                values
                    .retain(|value| value.as_str().is_none_or(|code| seen.insert(code.to_owned())));
            }
        }
        (Shape::Part(schema), value) => redirect(schema, value, to),
        _ => {}
    }
}

/// Beside the fields of a stored body that was merged: the code of the record that stands for it from then on.
pub const MERGED_INTO: &str = "merged_into";

/// What a stored body was merged into; `None` where it was not.
#[must_use]
pub fn merged_into(body: &Value) -> Option<&str> {
    body.get(MERGED_INTO).and_then(Value::as_str)
}

/// The body as it was before it was merged, as its door takes it.
#[must_use]
pub fn unmerged(mut body: Value) -> Value {
    if let Value::Object(fields) = &mut body {
        fields.remove(MERGED_INTO);
    }
    body
}

/// The records that were merged: by kind and code, the code of the one that stands for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merges(BTreeMap<Kind, BTreeMap<Box<str>, Box<str>>>);

impl Merges {
    /// Notes what a record was merged into; with `None` that it stands for itself.
    pub fn note(&mut self, kind: Kind, code: &str, into: Option<&str>) {
        if let Some(into) = into {
            self.0.entry(kind).or_default().insert(code.into(), into.into());
        } else if let Some(of_kind) = self.0.get_mut(&kind) {
            of_kind.remove(code);
        }
    }

    /// The record that stands for this one; `None` where it stands for itself.
    #[must_use]
    pub fn winner(&self, kind: Kind, code: &str) -> Option<&str> {
        self.0.get(&kind)?.get(code).map(AsRef::as_ref)
    }

    /// May one of the codes stand in this body? Where there are few, a look at the text is faster than reading it.
    fn may_stand_in(&self, body: &str) -> bool {
        const FEW: usize = 32;
        let codes = || self.0.values().flat_map(BTreeMap::keys);
        codes().nth(FEW).is_some() || codes().any(|code| body.contains(code.as_ref()))
    }

    /// The stored body of a record, naming what stands for what it names; `None` where it names nothing that was merged.
    ///
    /// # Errors
    ///
    /// When the body is no JSON.
    pub fn redirected(&self, kind: Kind, body: &str) -> Result<Option<String>, serde_json::Error> {
        if !self.may_stand_in(body) {
            return Ok(None);
        }
        let before: Value = serde_json::from_str(body)?;
        let mut after = before.clone();
        redirect(kind.schema(), &mut after, &|kind, code| {
            self.winner(kind, code).map(str::to_owned)
        });
        Ok((after != before).then(|| after.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_code_that_stands_for_another_is_put_right_wherever_it_is_and_counts_once() {
        let mut body = json!({ "mode": "cross_line", "source": "SO-1", "part_of": ["CV-9"],
            "drops": [{ "areas": ["AR-1", "AR-2"] }, { "areas": ["AR-1"], "place": "AR-1" }] });
        let to = |kind: Kind, code: &str| {
            (kind == Kind::Area && code == "AR-1").then(|| "AR-2".to_owned())
        };
        redirect(Kind::Convoy.schema(), &mut body, &to);
        assert_eq!(
            body["drops"],
            json!([{ "areas": ["AR-2"] }, { "areas": ["AR-2"], "place": "AR-1" }])
        );
        assert_eq!((&body["source"], &body["part_of"]), (&json!("SO-1"), &json!(["CV-9"])));
    }

    #[test]
    fn every_code_is_visited_with_its_place() {
        let mut body = json!({ "area": "AR-1", "source": "SO-1", "note": "AR-1" });
        let mut seen = Vec::new();
        each_code(Kind::Population.schema(), &mut body, &Pointer::Root, &mut |kind, code, at| {
            seen.push(format!("{kind} {code} {at}"));
            *code = format!("{code}!");
        });
        seen.sort();
        assert_eq!(seen, ["area AR-1 /area", "source SO-1 /source"]);
        assert_eq!(body, json!({ "area": "AR-1!", "source": "SO-1!", "note": "AR-1" }));
    }

    #[test]
    fn what_was_merged_has_the_body_it_had() {
        let body = json!({ "names": { "en": "Duma" }, "merged_into": "AR-2" });
        assert_eq!(merged_into(&body), Some("AR-2"));
        assert_eq!(unmerged(body), json!({ "names": { "en": "Duma" } }));
    }
}
