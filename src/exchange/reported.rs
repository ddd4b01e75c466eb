//! What was known when: a record cut into versions by the dates of its sources.
//!
//! For worlds typed in afterwards (`--as-reported`), so that a question about March 2016 is answered from
//! what had been published by then.

use std::collections::HashMap;

use chrono::{DateTime, Days, Utc};
use serde_json::Value;

use super::intake::Record;
use super::problem::Origin;
use crate::domain::{
    DatePrecision, Draft, Kind, Moment, Record as _, Schema, Shape, Source, draft, typed,
};
use crate::with_kind;

/// The names by which others are spoken of; they are known from the beginning, whoever wrote them down.
const ALWAYS_KNOWN: [Kind; 4] = [Kind::Organisation, Kind::Party, Kind::Area, Kind::AreaGroup];

/// A version of a record, and from when it was known.
pub(super) struct Version {
    pub(super) draft: Draft,
    pub(super) origin: Origin,
    pub(super) learned_at: Option<DateTime<Utc>>,
}

/// From when the sources that have a date count as known.
#[derive(Debug, Clone, Default)]
pub(super) struct Dates(HashMap<String, DateTime<Utc>>);

impl Dates {
    /// Notes a source.
    pub(super) fn note(&mut self, code: &str, body: &Value) {
        if let Some(from) = typed::<Source>(body).ok().and_then(|source| source.known_from()) {
            self.0.insert(code.to_owned(), from);
        }
    }

    fn of_source(&self, code: Option<&str>) -> Option<DateTime<Utc>> {
        code.and_then(|code| self.0.get(code)).copied()
    }

    /// From when a record counts as known, whatever parts it has.
    fn of_record(&self, draft: &Draft) -> DateTime<Utc> {
        if ALWAYS_KNOWN.contains(&draft.kind) {
            return DateTime::UNIX_EPOCH;
        }
        if draft.kind == Kind::Source {
            let source = typed::<Source>(&draft.body).ok();
            return source.and_then(|source| source.known_from()).unwrap_or_default();
        }
        let own =
            with_kind!(draft.kind, T => typed::<T>(&draft.body).ok().and_then(|r| r.happened()));
        // A facility is as it is said to be on a day, though it happens on none.
        let own = own.or_else(|| moment(&draft.body, "as_of"));
        let reported = self.of_source(draft.source.as_deref());
        reported.or_else(|| own.map(|own| day_after(own, &draft.body))).unwrap_or_default()
    }

    /// From when a part counts as known; `None` where nothing tells.
    fn of_part(&self, part: &Value) -> Option<DateTime<Utc>> {
        let own = || moment(part, "at").or_else(|| moment(part, "date"));
        let reported = self.of_source(part.get("source").and_then(Value::as_str));
        reported.or_else(|| own().map(|own| day_after(own, part)))
    }
}

fn moment(body: &Value, field: &str) -> Option<Moment> {
    body.get(field)?.as_str()?.parse().ok()
}

/// A day after the last instant at which it can have happened: news takes that long.
fn day_after(moment: Moment, body: &Value) -> DateTime<Utc> {
    let precision = body.get("date_precision").and_then(Value::as_str);
    let precision = precision.and_then(|word| word.parse().ok()).unwrap_or(DatePrecision::Day);
    precision.latest(moment) + Days::new(1)
}

/// The lists whose parts each have a source of their own.
fn sourced_lists(schema: &'static Schema) -> impl Iterator<Item = &'static str> {
    schema.fields.iter().filter_map(|field| match field.shape {
        Shape::List(Shape::Part(part)) => part.field("source").map(|_| field.name),
        _ => None,
    })
}

/// The dates of the sourced parts of a record, list by list.
type PartDates = Vec<(&'static str, Vec<DateTime<Utc>>)>;

/// Cuts the successive rows of one record into versions, each known a while before the next.
///
/// All rows have all parts. A part counts from the date of its source, a row from that of its own, though
/// not before the row above it; nothing counts from later than `now`. A cut that the door refuses (events
/// without the ones before them) is left out: what it would show comes with the next one.
pub(super) fn versions(records: Vec<Record>, dates: &Dates, now: DateTime<Utc>) -> Vec<Version> {
    let mut starts: Vec<DateTime<Utc>> = Vec::new();
    for record in &records {
        let own = dates.of_record(&record.draft).min(now);
        starts.push(starts.last().map_or(own, |before| own.max(*before)));
    }
    let mut versions = Vec::new();
    for (index, record) in records.into_iter().enumerate() {
        let from = starts[index];
        let until = starts.get(index + 1).copied();
        let parts = part_dates(&record.draft, dates, starts[0], now);
        let mut cuts: Vec<DateTime<Utc>> = parts.iter().flat_map(|(_, at)| at.clone()).collect();
        cuts.retain(|at| *at > from && until.is_none_or(|until| *at < until));
        cuts.push(from);
        cuts.sort_unstable();
        cuts.dedup();
        versions.extend(cuts.into_iter().filter_map(|at| cut(&record, &parts, at)));
    }
    versions
}

fn part_dates(
    draft: &Draft,
    dates: &Dates,
    otherwise: DateTime<Utc>,
    now: DateTime<Utc>,
) -> PartDates {
    let of_list = |list| {
        let parts = draft.body.get(list).and_then(Value::as_array).into_iter().flatten();
        let date = |part| dates.of_part(part).unwrap_or(otherwise).min(now);
        (list, parts.map(date).collect())
    };
    sourced_lists(draft.kind.schema()).map(of_list).collect()
}

/// The record with the parts that were known by then.
fn cut(record: &Record, parts: &PartDates, at: DateTime<Utc>) -> Option<Version> {
    let is_whole = parts.iter().all(|(_, dates)| dates.iter().all(|date| *date <= at));
    let (mut body, mut origin) = (record.draft.body.clone(), record.origin.clone());
    for (list, dates) in parts {
        if let Some(Value::Array(values)) = body.get_mut(*list) {
            keep_known(values, dates, at);
        }
        if let Some(rows) = origin.parts.get_mut(list) {
            keep_known(rows, dates, at);
        }
    }
    let draft = if is_whole { record.draft.clone() } else { recut(&record.draft, &body)? };
    Some(Version { draft, origin, learned_at: Some(at) })
}

fn keep_known<T>(parts: &mut Vec<T>, dates: &[DateTime<Utc>], at: DateTime<Utc>) {
    let mut dates = dates.iter();
    parts.retain(|_| dates.next().is_none_or(|date| *date <= at));
}

fn recut(whole: &Draft, body: &Value) -> Option<Draft> {
    let cut = draft(whole.kind, body).ok()?;
    Some(Draft { id: whole.id, code: whole.code.clone(), ..cut })
}
