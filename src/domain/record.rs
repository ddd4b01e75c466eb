//! What all records share: common fields, how one is read, what it mentions, what a list shows of it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::clearance::{FieldLevel, Sensitivity};
use super::code::Code;
use super::door::Door;
use super::faults;
use super::invalid::{Pointer, Problem, Problems};
use super::kind::Kind;
use super::moment::Moment;
use super::place::Place;
use super::schema::{Schema, Shape};
use super::sensitive::withheld;
use crate::with_kind;

/// A kind of record.
pub trait Record: Door + Serialize {
    /// Its word.
    const KIND: Kind;
    /// The fields that lists can be filtered by, each a text or a number of the record itself or of [`Record::derived`].
    const COLUMNS: &'static [&'static str] = &[];
    /// The fields that a row of a list shows, at most 300 bytes together.
    const SUMMARY: &'static [&'static str] = &[];
    /// The fields that [`Record::happened`] follows from, as far as a record can do without them. They have the level of
    /// the record: lists are sorted and cut by it, which would tell a date that is withheld.
    const DATES: &'static [&'static str] = &[];

    /// The rules that look at several fields at once.
    fn check(&self, _problems: &mut Problems) {}
    /// When it happened, or from when it holds: the cut of `as_of`.
    fn happened(&self) -> Option<Moment> {
        None
    }
    /// Where it is, if it has a place of its own.
    fn place(&self) -> Option<Place> {
        None
    }
    /// Fields that follow from the others and are shown with them, e.g. a convoy's stage.
    fn derived(&self) -> Map<String, Value> {
        Map::new()
    }
    /// The level it was given.
    fn sensitivity(&self) -> Option<Sensitivity>;
    /// The levels that single fields were given.
    fn field_levels(&self) -> &[FieldLevel];
    /// Its first source.
    fn source(&self) -> Option<&super::code::SourceCode>;
}

/// Defines a record: a part with the fields that every record has.
macro_rules! record {
    ($(#[doc = $doc:literal])+ $name:ident $word:literal { $($fields:tt)+ } $($rest:tt)*) => {
        crate::domain::door::part! {
            $(#[doc = $doc])+
            $name $word {
                $($fields)+
                sensitivity: Option<crate::domain::Sensitivity>, "#meta+sensitivity", "Who may see it; left out, the level of its kind.";
                field_sensitivity: Vec<crate::domain::FieldLevel>, "#meta+sensitivity+fields", "Fields that fewer may see than the rest, each as field=level, e.g. position=confidential.";
                source: Option<crate::domain::SourceCode>, "#meta+source+code", "The source that said it first.";
                quote: Option<crate::domain::Text>, "#meta+quote", "What the source says, in short.";
                note: Option<crate::domain::Text>, "#meta+note", "What we add: how a date was inferred, why two reports may be one thing.";
                confirmed: Option<crate::domain::Text>, "#meta+confirmed", "Why an analyst confirmed it, where a rule had doubts.";
            }
        }

        impl crate::domain::Record for $name {
            const KIND: crate::domain::Kind = crate::domain::Kind::$name;
            fn sensitivity(&self) -> Option<crate::domain::Sensitivity> {
                self.sensitivity
            }
            fn field_levels(&self) -> &[crate::domain::FieldLevel] {
                &self.field_sensitivity
            }
            fn source(&self) -> Option<&crate::domain::SourceCode> {
                self.source.as_ref()
            }
            $($rest)*
        }
    };
}
pub(super) use record;

/// That a record names another by code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// The kind that is named.
    pub kind: Kind,
    /// Its code.
    pub code: String,
    /// Where in the body.
    pub pointer: String,
}

/// Writes whole numbers without a fraction: `40000`, not `40000.0`.
pub fn tidy(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(tidy),
        Value::Object(fields) => fields.values_mut().for_each(tidy),
        Value::Number(number) if number.is_f64() => {
            #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
            if let Some(whole) = number.as_f64().filter(|n| n.fract() == 0.0 && n.abs() < 9e15) {
                *value = Value::from(whole as i64);
            }
        }
        _ => {}
    }
}

/// A record that came through its door, ready to be stored.
#[derive(Clone, PartialEq)]
pub struct Draft {
    /// Its kind.
    pub kind: Kind,
    /// The id that the client gave.
    pub id: Option<Uuid>,
    /// The code that the client gave.
    pub code: Option<Code>,
    /// The canonical body: JSON without unknown fields, in the order of the schema.
    pub body: Value,
    /// When it happened: the cut of `as_of`.
    pub happened_at: Option<DateTime<Utc>>,
    /// Its own place, as it is.
    pub place: Option<Place>,
    /// Its level; `None` takes the level of its kind.
    pub sensitivity: Option<Sensitivity>,
    /// Fields with a level of their own.
    pub field_levels: Vec<FieldLevel>,
    /// The first source it names.
    pub source: Option<String>,
    /// What it names.
    pub mentions: Vec<Mention>,
    /// The values of [`Record::COLUMNS`].
    pub columns: Vec<Value>,
    /// What a row of a list shows beside id, code and version.
    pub summary: Map<String, Value>,
}

withheld!(Draft { kind, id, sensitivity });

/// Reads a body of this kind through its door.
///
/// `id` and `code` may stand beside the fields; everything else must be a field of the kind.
///
/// # Errors
///
/// Every problem found, with its JSON pointer.
pub fn draft(kind: Kind, sent: &Value) -> Result<Draft, Problems> {
    let mut problems = Problems::default();
    let Value::Object(fields) = sent else {
        problems.add(&Pointer::Root, "must be an object");
        return Err(problems);
    };
    let mut fields = fields.clone();
    let id = envelope::<Id>(&mut fields, "id", &mut problems).map(|id| id.0);
    let code = envelope::<Code>(&mut fields, "code", &mut problems);
    with_kind!(kind, T => draft_of::<T>(&Value::Object(fields), problems)).map(|draft| Draft {
        id,
        code,
        ..draft
    })
}

/// The typed record inside a stored body.
///
/// # Errors
///
/// When the body does not pass the door: it was written by a program with other rules.
pub fn typed<T: Record>(body: &Value) -> Result<T, Problems> {
    let mut problems = Problems::default();
    let record = T::open(body, &Pointer::Root, &mut problems);
    record.ok_or(problems)
}

struct Id(Uuid);

impl Door for Id {
    const SHAPE: Shape = Shape::Text;
    fn open(value: &Value, at: &Pointer<'_>, problems: &mut Problems) -> Option<Self> {
        let id = value.as_str().and_then(|text| text.parse().ok()).map(Self);
        if id.is_none() {
            problems.add(at, "must be a UUID");
        }
        id
    }
}

/// Takes a field that stands beside the record's own.
fn envelope<T: Door>(
    fields: &mut Map<String, Value>,
    name: &str,
    problems: &mut Problems,
) -> Option<T> {
    let value = fields.remove(name).filter(|value| !value.is_null())?;
    T::open(&value, &Pointer::Field(&Pointer::Root, name), problems)
}

fn draft_of<T: Record>(fields: &Value, mut problems: Problems) -> Result<Draft, Problems> {
    let record = T::open(fields, &Pointer::Root, &mut problems);
    if let Some(record) = &record {
        record.check(&mut problems);
        check_field_levels(T::KIND, record.field_levels(), &mut problems);
    } else {
        faults::despite::<T>(fields, &mut problems);
    }
    // Only where a record comes in: one that was stored with a double is read on.
    faults::doubled(T::KIND.schema(), fields, &Pointer::Root, &mut problems);
    let Some(record) = record.filter(|_| problems.is_empty()) else { return Err(problems) };
    let mut body = serde_json::to_value(&record).map_err(|fault| {
        Problems(vec![Problem { pointer: String::new(), detail: fault.to_string() }])
    })?;
    tidy(&mut body);
    let derived = derived_of(&record);
    let field = |name: &&str| field_of(&derived, &body, name);
    let mut mentions = Vec::new();
    mentioned(T::KIND.schema(), &body, "", &mut mentions);
    Ok(Draft {
        kind: T::KIND,
        id: None,
        code: None,
        happened_at: record.happened().map(Moment::start),
        place: record.place(),
        sensitivity: record.sensitivity(),
        field_levels: record.field_levels().to_vec(),
        source: record.source().map(|source| source.as_str().to_owned()),
        mentions,
        columns: T::COLUMNS.iter().map(field).collect(),
        summary: summary_of::<T>(&derived, &body),
        body,
    })
}

/// What follows from the fields and is shown with them.
fn derived_of<T: Record>(record: &T) -> Value {
    let mut derived = Value::Object(record.derived());
    tidy(&mut derived);
    derived
}

fn field_of(derived: &Value, body: &Value, name: &str) -> Value {
    derived.get(name).or_else(|| body.get(name)).cloned().unwrap_or(Value::Null)
}

fn summary_of<T: Record>(derived: &Value, body: &Value) -> Map<String, Value> {
    let shown = |name: &&str| ((*name).to_owned(), shortened(field_of(derived, body, name)));
    T::SUMMARY.iter().map(shown).collect()
}

/// What a row of a list shows of a body, also of one that does not pass its door because parts were withheld:
/// nothing that would follow from what is not there.
#[must_use]
pub fn summary(kind: Kind, body: &Value) -> Map<String, Value> {
    with_kind!(kind, T => {
        let derived = typed::<T>(body).map_or(Value::Null, |record| derived_of(&record));
        summary_of::<T>(&derived, body)
    })
}

/// A field of its own level must be one that the record can do without.
pub(super) fn check_field_levels(kind: Kind, levels: &[FieldLevel], problems: &mut Problems) {
    let list = Pointer::Field(&Pointer::Root, "field_sensitivity");
    for (index, level) in levels.iter().enumerate() {
        if levels[..index].iter().any(|before| before.field == level.field) {
            problems.add(
                &Pointer::Item(&list, index),
                format!("must not be named twice, {} has a level already", level.field),
            );
        }
    }
    let can = |name: &str| kind.can_withhold(name);
    for (index, level) in levels.iter().enumerate().filter(|(_, level)| !can(&level.field)) {
        let allowed = kind.schema().fields.iter().map(|field| field.name).filter(|name| can(name));
        let allowed: Vec<&str> = allowed.collect();
        problems.add(
            &Pointer::Item(&list, index),
            format!(
                "{} cannot have a level of its own; raise that of the record, or choose from {}",
                level.field,
                allowed.join(", ")
            ),
        );
    }
}

/// Collects every code of another record in a body.
pub(super) fn mentioned(schema: &Schema, body: &Value, at: &str, found: &mut Vec<Mention>) {
    let Value::Object(fields) = body else { return };
    for (name, value) in fields {
        if let Some(field) = schema.field(name) {
            mentioned_in(&field.shape, value, &format!("{at}/{name}"), found);
        }
    }
}

fn mentioned_in(shape: &Shape, value: &Value, at: &str, found: &mut Vec<Mention>) {
    match (shape, value) {
        (Shape::Code(kind), Value::String(code)) => {
            if let Ok(kind) = kind.parse() {
                found.push(Mention { kind, code: code.clone(), pointer: at.to_owned() });
            }
        }
        (Shape::List(item), Value::Array(values)) => {
            for (index, value) in values.iter().enumerate() {
                mentioned_in(item, value, &format!("{at}/{index}"), found);
            }
        }
        (Shape::Part(schema), value) => mentioned(schema, value, at, found),
        _ => {}
    }
}

/// The body as it is shown: every field of the schema, `null` or `[]` where nothing is known.
#[must_use]
pub fn shown(schema: &Schema, body: &Value) -> Value {
    let fields = schema.fields.iter().map(|field| {
        let value = body.get(field.name).unwrap_or(&Value::Null);
        (field.name.to_owned(), shown_as(&field.shape, value))
    });
    Value::Object(fields.collect())
}

fn shown_as(shape: &Shape, value: &Value) -> Value {
    match (shape, value) {
        (Shape::List(_), Value::Null) => Value::Array(Vec::new()),
        (Shape::List(item), Value::Array(values)) => {
            values.iter().map(|value| shown_as(item, value)).collect()
        }
        (Shape::Part(schema), Value::Object(_)) => shown(schema, value),
        _ => value.clone(),
    }
}

/// A row of a list shows the first few of many.
fn shortened(mut value: Value) -> Value {
    const MOST: usize = 6;
    if let Value::Array(items) = &mut value {
        items.truncate(MOST);
    }
    value
}
