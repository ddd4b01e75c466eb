//! A record of every kind with a given text wherever a text can stand, out of the schemas.
#![cfg(test)]
#![allow(dead_code, reason = "each target of tests that takes it in uses its part")]

use passage::domain::{Field, Kind, Schema, Shape};
use serde_json::{Value, json};

/// What stands in the records.
pub struct Filling<'t> {
    /// In every field of free text, in names and in codes.
    pub text: &'t str,
    /// The beginning of every code: letters and digits.
    pub code: &'t str,
    /// Every position, degrees.
    pub lon: f64,
    pub lat: f64,
}

impl Filling<'_> {
    /// The code of the record of a kind, which the others name.
    pub fn code_of(&self, kind: &str) -> String {
        format!("{}-{kind}", self.code)
    }

    /// The record with the fields that it must have, and its texts and positions.
    pub fn body(&self, kind: Kind) -> Value {
        let mut body = self.part(kind.schema());
        let fields = body.as_object_mut().unwrap();
        fields.insert("code".to_owned(), json!(self.code_of(kind.as_str())));
        // Whom a record is about is one or the other.
        if matches!(kind, Kind::Status | Kind::Population) {
            fields.remove("area_group");
        }
        if kind == Kind::Recipient {
            for (field, word) in [("channel", "folder"), ("address", "desk")] {
                fields.insert(field.to_owned(), json!(word));
            }
        }
        if kind == Kind::Logistics {
            for (field, number) in
                [("close_hour", 18.5), ("handling_loss", 0.5), ("honour_probability", 0.5)]
            {
                fields.insert(field.to_owned(), json!(number));
            }
        }
        body
    }

    /// The same without what names other records, so that it can come first.
    pub fn first_body(&self, kind: Kind) -> Value {
        let mut body = self.body(kind);
        for field in kind.schema().fields {
            let names = match &field.shape {
                Shape::Code(_) => true,
                Shape::List(item) => matches!(item, Shape::Code(_) | Shape::Part(_)),
                _ => false,
            };
            if names && !(field.required && self.code_of("area") == body[field.name]) {
                let keeps = kind == Kind::Plan && field.name == "areas";
                if !keeps {
                    body.as_object_mut().unwrap().remove(field.name);
                }
            }
        }
        if matches!(kind, Kind::Status | Kind::Population) {
            body["area"] = json!(self.code_of("area"));
        }
        body
    }

    fn part(&self, schema: &Schema) -> Value {
        let field = |field: &Field| (field.name.to_owned(), self.value(field.name, &field.shape));
        Value::Object(schema.fields.iter().map(field).collect())
    }

    fn value(&self, name: &str, shape: &Shape) -> Value {
        match shape {
            Shape::Text => match name {
                "country" => json!("SYR"),
                "url" => json!(format!("https://example.org/{}", self.code)),
                "time_zone" => json!("Asia/Damascus"),
                "cron" => json!("0 7 * * *"),
                "start_local" | "end_local" => json!("08:30"),
                "commodity" => json!("wheat_flour"),
                "field_sensitivity" => json!("note=internal"),
                _ => json!(format!("{}{name}", self.text)),
            },
            Shape::Code(kind) => json!(self.code_of(kind)),
            Shape::Number => json!(1.5),
            Shape::Count => json!(1),
            Shape::Flag => json!(true),
            Shape::Choice(words) => json!(words[0]),
            Shape::Moment => json!("2016-07-22"),
            Shape::Figure => json!({ "low": 1000, "best": 2000, "high": 3000.5 }),
            Shape::Names => json!({ "en": self.text, "ar": self.text, "fr": self.text }),
            Shape::Place => json!({ "lon": self.lon, "lat": self.lat }),
            Shape::Outline => {
                let (west, south) = (self.lon, self.lat);
                let corner = |east: f64, north: f64| json!([west + east, south + north]);
                json!({ "type": "MultiPolygon", "coordinates":
                    [[[corner(0.0, 0.0), corner(0.1, 0.0), corner(0.1, 0.3), corner(0.0, 0.0)]]] })
            }
            Shape::List(item) => json!([self.value(name, item)]),
            Shape::Part(schema) => self.part(schema),
        }
    }
}
