//! What files do not tell of the records that are there: it stays as it is on record.
//!
//! A file need not have every column, nor every table of the lists inside its records. An empty cell says that there
//! is nothing; a column that is not there says nothing. A record is known by its code, so what is not told of it can
//! stay. A part is known by its place in the list alone: what is not told of it stays only where all that is told of it
//! is as it is on record, else it could come to belong to another.

use serde_json::{Map, Value};

use super::header::Header;
use super::sheet::{Column, Holds, Sheet};
use super::target::Target;
use crate::domain::{Field, Problem, Shape};

/// What the tables of one kind, or of one list inside it, do not tell.
#[derive(Debug, Default)]
pub(super) struct Untold {
    /// The fields without a column, and the lists without a table.
    fields: Vec<&'static str>,
    /// The fields of which only some columns are there.
    partly: Vec<Partly>,
    /// The lists whose tables are there and do not tell all.
    lists: Vec<(&'static str, Untold)>,
    /// Is it a table of others, in which a record has fewer parts than it may have?
    has_few: bool,
}

#[derive(Debug)]
struct Partly {
    field: &'static Field,
    /// Its keys that have no column.
    keys: Vec<&'static str>,
}

impl Untold {
    /// What these tables do not tell.
    pub(super) fn of(target: &Target, sheet: &'static Sheet) -> Self {
        let header = target.found(sheet).and_then(|found| found.header.as_ref().ok());
        let Some(header) = header else { return Self::default() };
        let is_told =
            |column: &Column| header.slot(&column.name).is_some() && !header.assumes(&column.name);
        let mut untold = Self { has_few: header.assumed.is_some(), ..Self::default() };
        for field in fields(sheet) {
            let of_field = |column: &&Column| matches!(column.holds, Holds::Field(own, _) if own.name == field.name);
            let (told, missing): (Vec<&Column>, Vec<&Column>) =
                sheet.columns.iter().filter(of_field).partition(|column| is_told(column));
            if told.is_empty() {
                untold.fields.push(field.name);
            } else if !missing.is_empty() {
                let key = |column: &&Column| match column.holds {
                    Holds::Field(_, key) => key,
                    _ => None,
                };
                let keys = missing.iter().filter_map(key).collect();
                untold.partly.push(Partly { field, keys });
            }
        }
        for child in &sheet.children {
            let found = target.found(child);
            let is_assumed = found.and_then(|found| found.header.as_ref().ok());
            if found.is_none() || is_assumed.is_some_and(|header| header.assumes(Header::ALL)) {
                untold.fields.push(child.list);
                continue;
            }
            let inner = Self::of(target, child);
            if !inner.is_empty() {
                untold.lists.push((child.list, inner));
            }
        }
        untold
    }

    /// Do the tables tell all?
    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.partly.is_empty() && self.lists.is_empty() && !self.has_few
    }

    /// Puts into the fields of a record what is on record and was not told.
    pub(super) fn fill(&self, fields: &mut Map<String, Value>, on_record: &Value) {
        let Some(before) = on_record.as_object() else { return };
        for name in &self.fields {
            if let Some(value) = before.get(*name) {
                fields.insert((*name).to_owned(), value.clone());
            }
        }
        for partly in &self.partly {
            if let Some(Value::Object(before)) = before.get(partly.field.name) {
                partly.fill(fields, before);
            }
        }
        for (name, inner) in &self.lists {
            let told = fields.get_mut(*name).and_then(Value::as_array_mut);
            let before = before.get(*name).and_then(Value::as_array);
            for (told, before) in told.into_iter().flatten().zip(before.into_iter().flatten()) {
                if let Value::Object(told) = told {
                    inner.fill(told, before);
                }
            }
        }
    }

    /// What would be lost, or come to belong to another: estimates and parts that changed and of which something is not
    /// told.
    pub(super) fn lost(&self, body: &Value, on_record: &Value) -> Vec<Problem> {
        let mut problems = Vec::new();
        for partly in self.partly.iter().filter(|partly| partly.is_lost(body, on_record)) {
            let (name, keys) = (partly.field.name, partly.keys.join(" and "));
            let detail = format!(
                "is another than on record, where it has {keys} too, which this file does not tell: bring all columns of {name}, or leave it as it is on record"
            );
            problems.push(Problem { pointer: format!("/{name}"), detail });
        }
        self.note_lost(body, on_record, "", &mut problems);
        problems
    }

    fn note_lost(&self, body: &Value, on_record: &Value, at: &str, problems: &mut Vec<Problem>) {
        for (name, inner) in &self.lists {
            let parts = |of: &Value| of.get(*name).and_then(Value::as_array).cloned();
            let (now, before) =
                (parts(body).unwrap_or_default(), parts(on_record).unwrap_or_default());
            if inner.has_few && now.len() < before.len() {
                let (few, all) = (now.len(), before.len());
                let detail = format!(
                    "there are {all} of {name} on record, and this table tells {few}: change it by a table of ours"
                );
                problems.push(Problem { pointer: format!("{at}/{name}/0"), detail });
                continue;
            }
            for (place, (now, before)) in now.iter().zip(&before).enumerate() {
                let pointer = format!("{at}/{name}/{place}");
                let held = inner.held(before);
                if held.is_empty() || inner.own(now) == inner.own(before) {
                    inner.note_lost(now, before, &pointer, problems);
                    continue;
                }
                let detail = format!(
                    "is another than on record, where it has {} too, which this file does not tell: bring a file with that, or leave this row as it is on record",
                    held.join(", ")
                );
                problems.push(Problem { pointer, detail });
            }
        }
    }

    /// Has a record more than is told?
    pub(super) fn has_more(&self, on_record: &Value) -> bool {
        let parts = |name: &str| on_record.get(name).and_then(Value::as_array);
        !self.held(on_record).is_empty()
            || self.lists.iter().any(|(name, inner)| {
                parts(name).into_iter().flatten().any(|part| inner.has_more(part))
            })
    }

    /// What a part on record has of what is not told, by the names of the fields.
    fn held(&self, before: &Value) -> Vec<&'static str> {
        let own = self.fields.iter().copied().filter(|name| before.get(name).is_some());
        let has_key = |partly: &&Partly| {
            before.get(partly.field.name).is_some_and(|value| {
                partly.keys.iter().any(|key| value.get(key).is_some_and(|value| !value.is_null()))
            })
        };
        own.chain(self.partly.iter().filter(has_key).map(|partly| partly.field.name)).collect()
    }

    /// A part without the lists whose own tables say what they hold.
    fn own(&self, part: &Value) -> Value {
        let mut part = part.clone();
        if let Value::Object(fields) = &mut part {
            for (name, _) in &self.lists {
                fields.remove(*name);
            }
        }
        part
    }
}

impl Partly {
    /// Keeps what was not told of a value: of a name always, since each language stands for itself; of an estimate or
    /// a place only where all that was told of it is as it is on record.
    fn fill(&self, fields: &mut Map<String, Value>, before: &Map<String, Value>) {
        let is_untold = |key: &str| self.keys.contains(&key);
        let name = self.field.name;
        let told = fields.get(name).and_then(Value::as_object).cloned().unwrap_or_default();
        let is_as_before = before
            .iter()
            .filter(|(key, value)| !is_untold(key) && !value.is_null())
            .all(|(key, value)| told.get(key).is_some_and(|told| is_same(told, value)))
            && told.keys().all(|key| before.get(key).is_some_and(|value| !value.is_null()));
        if !is_as_before && !matches!(self.field.shape, Shape::Names) {
            return;
        }
        let kept = before.iter().filter(|(key, value)| is_untold(key) && !value.is_null());
        let whole: Map<String, Value> =
            told.into_iter().chain(kept.map(|(key, value)| (key.clone(), value.clone()))).collect();
        if !whole.is_empty() {
            fields.insert(name.to_owned(), Value::Object(whole));
        }
    }
}

impl Partly {
    /// Was what is told of the value changed, and is something else of it on record that is not told?
    fn is_lost(&self, body: &Value, on_record: &Value) -> bool {
        if matches!(self.field.shape, Shape::Names) {
            return false;
        }
        let at = |of: &Value, key: &str| {
            of.get(self.field.name).and_then(|value| value.get(key)).cloned().unwrap_or_default()
        };
        let held = self.keys.iter().any(|key| !at(on_record, key).is_null());
        let keys = on_record.get(self.field.name).and_then(Value::as_object).into_iter().flatten();
        let mut told = keys.filter(|(key, _)| !self.keys.contains(&key.as_str()));
        held && told.any(|(key, before)| !is_same(&at(body, key), before))
    }
}

/// The fields that the columns of a table hold, each once.
fn fields(sheet: &'static Sheet) -> Vec<&'static Field> {
    let mut fields: Vec<&'static Field> = Vec::new();
    for column in &sheet.columns {
        if let Holds::Field(field, _) = column.holds
            && !fields.iter().any(|known| known.name == field.name)
        {
            fields.push(field);
        }
    }
    fields
}

/// Is it the same value? 12 and 12.0 are.
fn is_same(one: &Value, other: &Value) -> bool {
    one == other
        || one
            .as_f64()
            .zip(other.as_f64())
            .is_some_and(|(one, other)| (one - other).abs() < f64::EPSILON)
}
