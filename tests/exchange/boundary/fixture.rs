//! Made-up units in the form of OCHA's common operational datasets: squares, that anybody can check by hand.
#![cfg(test)]
#![allow(dead_code, reason = "several suites take from it what they need")]

use serde_json::{Value, json};

/// From when the made-up release holds.
pub const RELEASE: &str = "2015-01-01";

/// A closed ring, counter-clockwise. West, south, east, north.
pub fn ring([west, south, east, north]: [f64; 4]) -> Value {
    json!([[west, south], [east, south], [east, north], [west, north], [west, south]])
}

/// A unit of a level: its codes from the country down, its name, its box.
pub fn unit(codes: &[&str], name: &str, bounds: [f64; 4]) -> Value {
    let mut properties = json!({ "validOn": RELEASE });
    for (level, code) in codes.iter().enumerate() {
        properties[format!("ADM{level}_PCODE")] = json!(code);
    }
    let level = codes.len() - 1;
    properties[format!("ADM{level}_EN")] = json!(name);
    properties[format!("ADM{level}_AR")] = json!("وحدة");
    json!({
        "type": "Feature", "properties": properties,
        "geometry": { "type": "Polygon", "coordinates": [ring(bounds)] },
    })
}

pub fn collection(features: &[Value]) -> Value {
    json!({ "type": "FeatureCollection", "features": features })
}

/// Two units of the first level, one above the other, each of two of the second, side by side.
pub fn country() -> Value {
    collection(&[
        unit(&["SY", "SY02"], "Northland", [36.0, 35.0, 38.0, 37.0]),
        unit(&["SY", "SY03"], "Southland", [36.0, 33.0, 38.0, 35.0]),
        unit(&["SY", "SY02", "SY0200"], "Northwest", [36.0, 35.0, 37.0, 37.0]),
        unit(&["SY", "SY02", "SY0204"], "Northeast", [37.0, 35.0, 38.0, 37.0]),
        unit(&["SY", "SY03", "SY0301"], "Southwest", [36.0, 33.0, 37.0, 35.0]),
        unit(&["SY", "SY03", "SY0302"], "Southeast", [37.0, 33.0, 38.0, 35.0]),
    ])
}
