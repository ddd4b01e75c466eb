//! What a record is, as programs may send it and as they get it, from the same schemas that the doors use.

use serde_json::{Map, Value, json};

use super::parameter;
use crate::domain::{Kind, Schema, Shape};

pub(super) fn problem() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "type": "object",
        "description": "RFC 9457. errors has every problem that was found, not only the first.",
        "required": ["status", "code", "detail"],
        "properties": {
            "type": text, "title": text, "status": { "type": "integer" }, "code": text, "detail": text,
            "errors": { "type": "array", "items": { "type": "object",
                "properties": { "pointer": text, "detail": text } } },
        },
    })
}

pub(super) fn figure() -> Value {
    let end = json!({ "type": ["number", "null"], "minimum": 0, "maximum": crate::domain::figure::LARGEST });
    json!({
        "description": "An estimate; any end may be unknown. A bare number is read as the best estimate.",
        "oneOf": [
            { "type": "object", "properties": { "low": end, "best": end, "high": end }, "additionalProperties": false },
            { "type": "number", "minimum": 0, "maximum": crate::domain::figure::LARGEST },
            { "type": "null" },
        ],
    })
}

/// The schema of a record or of a part of one, as it is sent.
pub(super) fn object_schema(schema: &Schema, is_record: bool) -> Value {
    let mut properties = Map::new();
    if is_record {
        properties.insert("id".to_owned(), json!({ "type": ["string", "null"], "format": "uuid" }));
        let about = "Unique in its kind; never changes; given where it is left out.";
        let code = json!({ "type": ["string", "null"], "description": about, "minLength": 1, "maxLength": 80 });
        properties.insert("code".to_owned(), code);
    }
    for field in schema.fields {
        let mut property = shape_schema(&field.shape, false);
        if !field.required {
            property = or_null(property);
        }
        let about = format!("{} ({})", field.doc, field.hxl);
        property["description"] = about.into();
        properties.insert(field.name.to_owned(), property);
    }
    let required: Vec<&str> = schema.fields.iter().filter(|f| f.required).map(|f| f.name).collect();
    json!({
        "type": "object", "description": schema.doc.trim(), "properties": properties,
        "required": required, "additionalProperties": false,
    })
}

/// A record as it is shown: every field, any of which may be unknown or withheld, and what stands beside them. In a
/// list it has fewer fields.
pub(super) fn record(kind: Kind) -> Value {
    let mut beside = super::shape(
        "id:id code:text kind~:text version~:int? recorded_at~:time? learned_at~:time? retired_at~:time? \
         withdrawn~:flag merged_into~:text? level~:text? owner~:text? under_embargo~:flag admin2~:[text]",
    );
    let properties = &mut beside["properties"];
    // Of a record the fields that are withheld, of a row whether any are.
    properties["withheld"] = json!({ "type": ["array", "boolean"], "items": { "type": "string" } });
    for field in kind.schema().fields {
        let mut property = or_null(shape_schema(&field.shape, true));
        property["description"] = field.doc.into();
        // An owner of its own, as a stock has, stands in the same place.
        properties[field.name] = property;
    }
    beside["description"] = kind.schema().doc.trim().into();
    beside
}

/// The same, or unknown.
fn or_null(mut schema: Value) -> Value {
    if let Some(Value::String(one)) = schema.get("type") {
        schema["type"] = json!([one, "null"]);
    } else if let Some(Value::Array(kinds)) = schema.get_mut("type") {
        kinds.push(json!("null"));
    }
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.push(Value::Null);
    }
    schema
}

/// A form; as it is shown its parts have fields of which any may be unknown.
fn shape_schema(shape: &Shape, is_shown: bool) -> Value {
    let degrees = |limit: i32| json!({ "type": "number", "minimum": -limit, "maximum": limit });
    match shape {
        Shape::Text | Shape::Moment if is_shown => json!({ "type": "string" }),
        Shape::Text => json!({ "type": "string", "minLength": 1, "maxLength": 8_000 }),
        Shape::Moment => json!({ "type": "string", "pattern": parameter::MOMENT }),
        Shape::Code(_) => json!({ "type": "string", "minLength": 1, "maxLength": 80 }),
        Shape::Number => json!({ "type": "number", "minimum": 0 }),
        Shape::Count => json!({ "type": "integer", "minimum": 0 }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Choice(words) => json!({ "enum": words }),
        Shape::Figure => json!({ "$ref": "#/components/schemas/figure" }),
        Shape::Names => names(),
        Shape::Place => json!({ "type": "object", "required": ["lon", "lat"],
            "properties": { "lon": degrees(180), "lat": degrees(90) } }),
        Shape::Outline => json!({ "type": "object" }),
        Shape::List(item) => json!({ "type": "array", "items": shape_schema(item, is_shown) }),
        Shape::Part(schema) if is_shown => {
            let property = |field: &crate::domain::Field| {
                (field.name.to_owned(), or_null(shape_schema(&field.shape, true)))
            };
            let properties: Map<String, Value> = schema.fields.iter().map(property).collect();
            json!({ "type": "object", "properties": properties })
        }
        Shape::Part(schema) => object_schema(schema, false),
    }
}

/// Names by language, or one in English.
fn names() -> Value {
    let name = json!({ "type": ["string", "null"], "minLength": 1, "maxLength": 8_000 });
    json!({ "type": ["object", "string"], "minProperties": 1, "minLength": 1,
        "properties": { "en": name, "ar": name, "fr": name }, "additionalProperties": false })
}
