//! All that is wrong with what was sent, also where a part of it cannot be read: a wrong field hides no other.

use serde_json::{Map, Value, json};

use super::door::LONGEST_LIST;
use super::invalid::{Pointer, Problem, Problems};
use super::kind::Kind;
use super::record::{Mention, Record, check_field_levels, mentioned};
use super::schema::{Schema, Shape};

/// What stands in for a field that is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StandIn {
    /// Nothing where nothing may stand, else the least there can be.
    Least,
    /// The most there can be.
    Most,
}

/// Notes the words and codes that stand twice in a list: told twice, nothing becomes truer.
pub(super) fn doubled(schema: &Schema, sent: &Value, at: &Pointer<'_>, problems: &mut Problems) {
    for field in schema.fields {
        if let Some(value) = sent.get(field.name) {
            doubled_in(&field.shape, value, &Pointer::Field(at, field.name), problems);
        }
    }
}

fn doubled_in(shape: &Shape, value: &Value, at: &Pointer<'_>, problems: &mut Problems) {
    match (shape, value) {
        (Shape::Part(schema), value) => doubled(schema, value, at, problems),
        // A list that is too long was refused as a whole.
        (Shape::List(_), Value::Array(items)) if items.len() > LONGEST_LIST => {}
        (Shape::List(Shape::Code(_) | Shape::Choice(_)), Value::Array(items)) => {
            let mut seen = std::collections::HashMap::new();
            for (index, item) in items.iter().enumerate() {
                let Some(word) = item.as_str() else { continue };
                let first = *seen.entry(word).or_insert(index);
                if first != index {
                    let detail = format!("must not be named twice, is {at}/{first} already");
                    problems.add(&Pointer::Item(at, index), detail);
                }
            }
        }
        (Shape::List(item), Value::Array(items)) => {
            for (index, value) in items.iter().enumerate() {
                doubled_in(item, value, &Pointer::Item(at, index), problems);
            }
        }
        _ => {}
    }
}

/// The rules that look at several fields, for a record of which some cannot be read: what breaks them whether the
/// least or the most there can be stands in for those. A rule that rests on a wrong field says nothing.
pub(super) fn despite<T: Record>(sent: &Value, problems: &mut Problems) {
    let wrong: Vec<String> = problems.0.iter().map(|problem| problem.pointer.clone()).collect();
    let found = |with: StandIn| -> Option<Problems> {
        let whole = filled(&Shape::Part(T::KIND.schema()), Some(sent), "", &wrong, with)?;
        let record = T::open(&whole, &Pointer::Root, &mut Problems::default())?;
        let mut found = Problems::default();
        record.check(&mut found);
        check_field_levels(T::KIND, record.field_levels(), &mut found);
        Some(found)
    };
    let (Some(least), Some(most)) = (found(StandIn::Least), found(StandIn::Most)) else { return };
    let is_told = |one: &Problem| wrong.iter().any(|wrong| lies_in(&one.pointer, wrong));
    problems
        .0
        .extend(least.0.into_iter().filter(|found| most.0.contains(found) && !is_told(found)));
}

/// The records that are named in what was sent, at a pointer, where that can be read: `wrong` says where not.
///
/// A field with the code of another record is looked up also where others are wrong.
#[must_use]
pub fn named(kind: Kind, sent: &Value, at: &str, wrong: &Problems) -> Vec<Mention> {
    let mut found = Vec::new();
    mentioned(kind.schema(), sent, at, &mut found);
    found.retain(|mention| wrong.0.iter().all(|wrong| !lies_in(&mention.pointer, &wrong.pointer)));
    found
}

/// Is it there, or inside of it?
fn lies_in(pointer: &str, outer: &str) -> bool {
    pointer.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What was sent, with stand-ins for what is wrong; `None` leaves a field out.
fn filled(
    shape: &Shape,
    sent: Option<&Value>,
    at: &str,
    wrong: &[String],
    with: StandIn,
) -> Option<Value> {
    if !wrong.iter().any(|wrong| lies_in(wrong, at)) {
        return sent.cloned();
    }
    match (shape, sent) {
        (Shape::Part(schema), Some(Value::Object(fields))) => {
            let filled = schema.fields.iter().filter_map(|field| {
                let at = format!("{at}/{}", field.name);
                let value = filled(&field.shape, fields.get(field.name), &at, wrong, with);
                let may_lack = !field.required && with == StandIn::Least;
                // What is not looked into stands or falls as a whole: half a place is none.
                let is_whole = !matches!(field.shape, Shape::Part(_) | Shape::List(_));
                let is_wrong = wrong.iter().any(|one| *one == at || is_whole && lies_in(one, &at));
                let value = if is_wrong && may_lack { None } else { value };
                Some((field.name.to_owned(), value?))
            });
            Some(Value::Object(filled.collect()))
        }
        (Shape::List(item), Some(Value::Array(items))) if !wrong.iter().any(|one| one == at) => {
            let filled = items.iter().enumerate().filter_map(|(index, value)| {
                filled(item, Some(value), &format!("{at}/{index}"), wrong, with)
            });
            Some(filled.collect())
        }
        _ => stand_in(shape, with),
    }
}

/// A value of this form.
fn stand_in(shape: &Shape, with: StandIn) -> Option<Value> {
    /// What no rule could take for too little.
    const MOST: u64 = 1_000_000_000;
    let either = |least: Value, most: Value| if with == StandIn::Least { least } else { most };
    Some(match shape {
        Shape::Text | Shape::Code(_) => "x".into(),
        Shape::Number | Shape::Count | Shape::Figure => either(0.into(), MOST.into()),
        Shape::Flag => either(false.into(), true.into()),
        Shape::Choice(words) => either((*words.first()?).into(), (*words.last()?).into()),
        Shape::Moment => either("1900-01-01".into(), "2200-01-01".into()),
        Shape::Names => json!({ "en": "x" }),
        Shape::Place => json!({ "lon": 0, "lat": 0 }),
        Shape::Outline => return None,
        Shape::List(item) => match with {
            StandIn::Least => Value::Array(Vec::new()),
            StandIn::Most => Value::Array(vec![stand_in(item, with)?]),
        },
        Shape::Part(schema) => {
            let required = schema.fields.iter().filter(|field| field.required);
            let fields =
                required.map(|field| Some((field.name.to_owned(), stand_in(&field.shape, with)?)));
            Value::Object(fields.collect::<Option<Map<_, _>>>()?)
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::draft;

    /// Where something is wrong, in order.
    fn wrong(kind: Kind, sent: &Value) -> Vec<String> {
        let problems = draft(kind, sent).err().unwrap();
        let mut pointers: Vec<String> =
            problems.0.into_iter().map(|problem| problem.pointer).collect();
        pointers.sort();
        pointers
    }

    #[test]
    fn a_wrong_field_hides_none_of_the_rules_for_the_others() {
        let schedule = json!({
            "cron": "0 0 30 2 *", "time_zone": "Nowhere/City", "language": "xx", "sections": ["all"],
            "formats": ["pdf"], "period_days": 0,
        });
        assert_eq!(
            wrong(Kind::Schedule, &schedule),
            ["/cron", "/formats/0", "/language", "/period_days", "/sections/0", "/time_zone"]
        );
        let recipient = json!({
            "name": "Desk", "channel": "email", "address": "nobody", "next": "n",
            "next_after_hours": "soon", "clearance": "strictly_confidential",
        });
        assert_eq!(
            wrong(Kind::Recipient, &recipient),
            ["/address", "/clearance", "/next_after_hours"]
        );
        let convoy = |more: Value| {
            let mut convoy = json!({ "drops": [{ "areas": ["a", "a"] }, { "trucks_sent": "x" }] });
            convoy.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            wrong(Kind::Convoy, &convoy)
        };
        assert!(convoy(json!({ "vehicles": 3 })).contains(&"/drops/0/areas/1".to_owned()));
    }

    #[test]
    fn a_rule_that_rests_on_a_wrong_field_says_nothing() {
        // Whoever is next cannot be read: that a time is given for them is not wrong.
        let recipient = json!({
            "name": "Desk", "channel": "folder", "address": "desk", "next": 7, "next_after_hours": 3,
        });
        assert_eq!(wrong(Kind::Recipient, &recipient), ["/next"]);
        // Nor may an end lie before a beginning that nobody knows.
        let silence =
            json!({ "from": "soon", "until": "1950-01-01", "reason": "known", "rules": ["gap"] });
        assert_eq!(wrong(Kind::Silence, &silence), ["/from", "/rules/0"]);
        let silence = json!({ "from": "2016-07-01", "until": "later", "pause": 3 });
        assert_eq!(wrong(Kind::Silence, &silence), ["/pause", "/reason", "/until"]);
        // Half a place lies nowhere, so it does not lie outside its country.
        let area = |lat: Value| json!({ "names": "A", "country": "SYR", "position": { "lon": 36.4, "lat": lat } });
        assert_eq!(wrong(Kind::Area, &area(json!(91))), ["/position/lat"]);
        assert_eq!(wrong(Kind::Area, &area(json!(50))), ["/position"]);
    }

    #[test]
    fn what_is_named_twice_in_a_list_is_refused_with_its_place() {
        let schedule = json!({
            "cron": "* * * * *", "time_zone": "UTC", "recipients": ["a", "b", "a"],
            "formats": ["text", "text"], "areas": ["x", "x"], "sections": ["map", "map"],
        });
        assert_eq!(
            wrong(Kind::Schedule, &schedule),
            ["/areas/1", "/formats/1", "/recipients/2", "/sections/1"]
        );
        let recipient = json!({
            "name": "Desk", "channel": "folder", "address": "desk", "field_sensitivity":
            ["note=confidential", "note=public"], "alerts": [{ "rules": ["runout", "runout"] }],
        });
        assert_eq!(
            wrong(Kind::Recipient, &recipient),
            ["/alerts/0/rules/1", "/field_sensitivity/1"]
        );
    }

    #[test]
    fn what_is_named_is_known_also_where_other_fields_are_wrong() {
        let sent = json!({ "until": "later", "areas": ["a", 3, "b c"], "pause": "p" });
        let problems = draft(Kind::Silence, &sent).err().unwrap();
        let found: Vec<String> =
            named(Kind::Silence, &sent, "", &problems).into_iter().map(|one| one.pointer).collect();
        assert_eq!(found, ["/areas/0", "/pause"]);
    }
}
