//! Takes the mentions of a record out of a body, and what is nothing without them.

use serde_json::Value;

use crate::domain::{Kind, Schema, Shape};

/// Takes every mention of a record out of a body.
pub(super) fn forget(schema: &Schema, body: &mut Value, kind: Kind, code: &str) {
    let Some(fields) = body.as_object_mut() else { return };
    fields.retain(|name, value| match schema.field(name) {
        Some(field) => !forgotten(&field.shape, value, kind, code),
        None => true,
    });
}

/// Takes mentions out of a value; is it one itself, or nothing without what was taken out of it?
fn forgotten(shape: &Shape, value: &mut Value, kind: Kind, code: &str) -> bool {
    match (shape, value) {
        (Shape::Code(of), Value::String(text)) => *of == kind.as_str() && text == code,
        (Shape::List(item), Value::Array(values)) => {
            values.retain_mut(|value| !forgotten(item, value, kind, code));
            false
        }
        (Shape::Part(schema), value) => {
            forget(schema, value, kind, code);
            lacks(schema, value)
        }
        _ => false,
    }
}

/// Is something missing that it cannot do without?
pub(super) fn lacks(schema: &Schema, value: &Value) -> bool {
    schema.fields.iter().any(|field| field.required && value[field.name].is_null())
}
