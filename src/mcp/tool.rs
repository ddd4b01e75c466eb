//! The tools: each is one question of the API, with the parameters that the API describes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

/// How a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Get,
    /// It is too long for an address; it changes nothing.
    Post,
}

/// One tool.
pub(super) struct Tool {
    /// What a model calls it by.
    pub(super) name: &'static str,
    /// What a person reads.
    pub(super) title: &'static str,
    /// When to use it.
    pub(super) about: &'static str,
    /// How its figures come about.
    pub(super) method: &'static str,
    way: Way,
    path: &'static str,
    /// Parameters of the route that are no use to a model, or would keep something.
    without: &'static [&'static str],
    /// Parameters that are always sent.
    always: &'static str,
}

/// What is sent to the routes.
pub(super) struct Asked {
    pub(super) address: String,
    pub(super) posted: Option<Value>,
}

/// Pages and forms, which are for programs, and notes of whoever wrote a record.
const FOR_PROGRAMS: &[&str] =
    &["cursor", "expand", "language", "lang", "withdrawn", "bbox", "near"];

/// Every tool.
pub(super) const TOOLS: [Tool; 8] = [
    Tool {
        name: "totals",
        title: "People besieged",
        about: "How many places and people are besieged or hard to reach, by whose count. Use it for any question \
            about how many people are affected. Each scheme (un, siege_watch, press, own) counts for itself; never \
            add schemes up.",
        method: "For each area the count of its policy (latest by default) is taken per scheme and metric; sources \
            are never added to each other. docs/decisions and /openapi.json describe totals.",
        way: Way::Get,
        path: "/api/v1/totals",
        without: FOR_PROGRAMS,
        always: "",
    },
    Tool {
        name: "coverage",
        title: "Share of the need that was met",
        about: "How far what was in store and what arrived met the need for food, area by area, over a time; 30 days \
            by default. Use it for whether people were fed.",
        method: "Day by day: what was counted in store, arrived and comes in by itself, over what people need. \
            Where nobody counted the stock the range reaches from what known deliveries give to 1.",
        way: Way::Get,
        path: "/api/v1/coverage",
        without: FOR_PROGRAMS,
        always: "",
    },
    Tool {
        name: "outlook",
        title: "How long it lasts",
        about: "How many days what an area has will last, and when it runs out: a range, and unknown where nobody \
            counted. Name an area to get every input with its source and age.",
        method: "Stock, deliveries, losses and inflow over consumption; the range comes from the doubt of every \
            input. The formula stands in the answer.",
        way: Way::Get,
        path: "/api/v1/outlook",
        without: FOR_PROGRAMS,
        always: "",
    },
    Tool {
        name: "alerts",
        title: "What needs attention",
        about: "What needs attention now, the gravest first, with the records that each alert rests on.",
        method: "Rules over the figures and records as they are known; each alert says its rule and its evidence.",
        way: Way::Get,
        path: "/api/v1/alerts",
        without: FOR_PROGRAMS,
        always: "",
    },
    Tool {
        name: "convoys",
        title: "Convoys",
        about: "Convoys with their dates, stages and areas; filter by area, stage and time. Convoys under way are \
            withheld until they have arrived.",
        method: "Records as they were reported, the newest version of each; nothing is computed.",
        way: Way::Get,
        path: "/api/v1/convoys",
        without: FOR_PROGRAMS,
        always: "expand=all",
    },
    Tool {
        name: "pauses",
        title: "Pauses asked for",
        about: "Requested pauses in fighting: when, where, who answered what, and whether they held.",
        method: "Records as they were reported, the newest version of each; nothing is computed.",
        way: Way::Get,
        path: "/api/v1/pauses",
        without: FOR_PROGRAMS,
        always: "expand=all",
    },
    Tool {
        name: "throughput",
        title: "What a pause would deliver",
        about: "What a pause would let through: trucks, tonnes, people, and the bottleneck. Give the code of the \
            pause (see pauses); trucks, lanes, docks and hours may be tried out.",
        method: "Windows of the pause, trip times, lanes, docks and trucks; the smallest of these is the bottleneck.",
        way: Way::Post,
        path: "/api/v1/pauses/{reference}/throughput",
        without: &[],
        always: "",
    },
    Tool {
        name: "plan",
        title: "Who gets the next truck",
        about: "A fair allocation of loads to areas over windows, and why each area gets what it gets. Nothing is \
            kept.",
        method: "Lexicographic maximin by default: the worst covered area is served first; the method stands in the \
            answer.",
        way: Way::Post,
        path: "/api/v1/plans",
        without: &["save", "code", "title"],
        always: "",
    },
];

impl Tool {
    /// What may be asked, as JSON Schema: the parameters that the API describes.
    pub(super) fn input(&self, document: &Value) -> Map<String, Value> {
        let operation = &document["paths"][self.path][match self.way {
            Way::Get => "get",
            Way::Post => "post",
        }];
        let mut properties = Map::new();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap_or_default();
            if parameter["in"] == "header" || self.without.contains(&name) {
                continue;
            }
            let mut schema = parameter["schema"].clone();
            schema["description"] = parameter["description"].clone();
            properties.insert(name.to_owned(), schema);
        }
        let sent = &operation["requestBody"]["content"]["application/json"]["schema"];
        let sent = sent["oneOf"].get(0).unwrap_or(sent);
        for (name, schema) in sent["properties"].as_object().into_iter().flatten() {
            if !self.without.contains(&name.as_str()) {
                properties.insert(name.clone(), resolved(schema, document));
            }
        }
        let mut required: Vec<Value> = self.path_parts().map(Value::from).collect();
        required.extend(sent["required"].as_array().into_iter().flatten().cloned());
        let schema = json!({ "type": "object", "properties": properties, "required": required,
            "additionalProperties": false });
        let Value::Object(schema) = schema else { return Map::new() };
        schema
    }

    /// The names that stand in the path.
    fn path_parts(&self) -> impl Iterator<Item = &'static str> {
        self.path.split(['{', '}']).skip(1).step_by(2)
    }

    /// The question with these arguments.
    ///
    /// # Errors
    ///
    /// A sentence: an argument is not known, or one that is needed is not there.
    pub(super) fn asked(
        &self,
        arguments: &Map<String, Value>,
        known: Option<&Map<String, Value>>,
    ) -> Result<Asked, String> {
        let is_known = |name: &str| known.is_some_and(|known| known.contains_key(name));
        if let Some(unknown) = arguments.keys().find(|name| !is_known(name)) {
            let names = known.into_iter().flatten().map(|(name, _)| name.as_str());
            let names = names.collect::<Vec<_>>().join(", ");
            return Err(format!("{} does not take {unknown}; it takes {names}", self.name));
        }
        let mut path = self.path.to_owned();
        for part in self.path_parts() {
            let given = arguments.get(part).and_then(Value::as_str).filter(|text| !text.is_empty());
            let given = given.ok_or_else(|| format!("{} needs {part}, a text", self.name))?;
            path = path.replace(&format!("{{{part}}}"), &escaped(given));
        }
        let others = arguments.iter().filter(|(name, value)| {
            !value.is_null() && self.path_parts().all(|part| part != name.as_str())
        });
        let (mut query, mut posted) = (self.always.to_owned(), Map::new());
        for (name, value) in others {
            let is_clock = ["as_of", "known_at"].contains(&name.as_str());
            if self.way == Way::Post && !is_clock {
                posted.insert(name.clone(), value.clone());
                continue;
            }
            let and = if query.is_empty() { "" } else { "&" };
            let _ = write!(query, "{and}{name}={}", escaped(&plain(name, value)?));
        }
        // Of one place everything that its figures rest on is told.
        if self.name == "outlook" && arguments.get("area").is_some_and(|area| !area.is_null()) {
            query.push_str("&expand=all");
        }
        let posted = (self.way == Way::Post).then_some(Value::Object(posted));
        Ok(Asked { address: format!("{path}?{query}"), posted })
    }
}

/// A value as it stands in an address.
fn plain(name: &str, value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(_) | Value::Bool(_) => Ok(value.to_string()),
        Value::Array(items) => {
            let items: Result<Vec<String>, String> =
                items.iter().map(|item| plain(name, item)).collect();
            Ok(items?.join(","))
        }
        Value::Null | Value::Object(_) => Err(format!("{name} must be a text or a number")),
    }
}

/// A part of an address: everything but letters and digits stands for itself by number.
pub(super) fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut escaped, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            let _ = write!(escaped, "%{byte:02X}");
        }
        escaped
    })
}

/// A form without references to elsewhere in the document.
fn resolved(schema: &Value, document: &Value) -> Value {
    match schema {
        Value::Object(fields) => {
            if let Some(Value::String(place)) = fields.get("$ref") {
                let there = document.pointer(place.trim_start_matches('#'));
                return there.map_or_else(|| json!({}), |there| resolved(there, document));
            }
            let fields = fields.iter().map(|(name, part)| (name.clone(), resolved(part, document)));
            Value::Object(fields.collect())
        }
        Value::Array(items) => items.iter().map(|item| resolved(item, document)).collect(),
        other => other.clone(),
    }
}

/// The codes of sources that an answer names, wherever they stand in it.
pub(super) fn source_codes(answer: &Value, found: &mut BTreeSet<String>) {
    match answer {
        Value::Object(fields) => {
            for (name, value) in fields {
                match (name.as_str(), value) {
                    ("source", Value::String(code)) => drop(found.insert(code.clone())),
                    ("sources", Value::Array(codes)) => {
                        let codes = codes.iter().filter_map(Value::as_str);
                        found.extend(codes.map(str::to_owned));
                        source_codes(value, found);
                    }
                    _ => source_codes(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| source_codes(item, found)),
        _ => {}
    }
}

/// What is told of a source.
pub(super) fn source(code: &str, record: &Value) -> Value {
    let body = record.get("body").unwrap_or(record);
    let mut told = json!({ "code": code });
    for name in ["name", "title", "publisher", "date", "reliability", "url"] {
        if let Some(value) = body.get(name).filter(|value| !value.is_null()) {
            told[name] = value.clone();
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tool_takes_what_its_route_is_described_with() {
        let document = crate::api::openapi::document();
        for tool in &TOOLS {
            let input = tool.input(&document);
            let properties = input["properties"].as_object().unwrap();
            assert!(properties.contains_key("as_of") || tool.way == Way::Post, "{}", tool.name);
            assert!(properties.len() > 2, "{}: {properties:?}", tool.name);
            assert!(!Value::Object(input).to_string().contains("$ref"), "{}", tool.name);
        }
    }

    #[test]
    fn what_stands_in_an_address_cannot_lead_elsewhere() {
        assert_eq!(escaped("../a b?c=d&ü"), "..%2Fa%20b%3Fc%3Dd%26%C3%BC");
        let tool = TOOLS.iter().find(|tool| tool.name == "throughput").unwrap();
        let known = tool.input(&crate::api::openapi::document());
        let known = known["properties"].as_object();
        let arguments = json!({ "reference": "p/../../tokens", "as_of": "2016-07-26" });
        let asked = tool.asked(arguments.as_object().unwrap(), known).unwrap();
        assert_eq!(
            asked.address,
            "/api/v1/pauses/p%2F..%2F..%2Ftokens/throughput?as_of=2016-07-26"
        );
        assert_eq!(asked.posted, Some(json!({})));
    }

    #[test]
    fn what_is_not_known_is_named_with_what_is() {
        let tool = &TOOLS[0];
        let known = tool.input(&crate::api::openapi::document());
        let arguments = json!({ "country": "SY" });
        let wrong = tool.asked(arguments.as_object().unwrap(), known["properties"].as_object());
        let wrong = wrong.err().unwrap();
        assert!(wrong.starts_with("totals does not take country; it takes "), "{wrong}");
    }

    #[test]
    fn sources_are_found_wherever_they_stand() {
        let mut found = BTreeSet::new();
        let answer = json!({ "data": [{ "source": "s1" }, { "inputs": [{ "sources": ["s2", "s1"] }] }],
            "sources": [{ "source": "s3" }] });
        source_codes(&answer, &mut found);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["s1", "s2", "s3"]);
    }
}
