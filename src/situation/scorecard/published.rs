//! Published counts of requests, as their sources give them, with what does not add up.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::{Places, Request, places_of};
use crate::assess::scorecard::{counts, difference, does_not_add_up, left_open};
use crate::domain::access_request::AccessAnswer;
use crate::domain::{AreaCode, Figure, Kind, Moment, PartyCode, Record, SourceCode, Text};
use crate::situation::Situation;

/// The names of the four counts, in the order of [`counts`].
const COUNTS: [&str; 4] = ["asked", "granted", "denied", "unanswered"];

/// A published count, as its source gives it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Published {
    /// Its code.
    pub code: String,
    /// Where to read it.
    pub href: String,
    /// What was asked, in short.
    pub title: Option<String>,
    /// Who was asked.
    pub authority: Option<String>,
    /// For where.
    #[serde(flatten)]
    pub places: Places,
    /// The day it is counted under.
    pub date: Option<Moment>,
    /// First day asked for.
    pub period_from: Option<Moment>,
    /// Last day asked for.
    pub period_to: Option<Moment>,
    /// The answer as a whole.
    pub answer: Option<AccessAnswer>,
    /// On which conditions.
    pub conditions: Option<String>,
    /// What the four count; `None` where nobody told.
    pub counted: Option<String>,
    /// How many were asked for.
    pub asked: Figure,
    /// How many were granted.
    pub granted: Figure,
    /// How many were denied.
    pub denied: Figure,
    /// How many got no answer.
    pub unanswered: Figure,
    /// Asked for, and no source tells what became of them; `None` where every part is told.
    pub left_open: Option<Figure>,
    /// By how much granted, denied and unanswered miss what was asked; above zero, the parts are more.
    pub difference: Option<f64>,
    /// By how much the counts of its parts miss its own.
    pub differences_of_parts: Vec<PartsDifference>,
    /// People asked for.
    pub people_requested: Figure,
    /// People approved.
    pub people_approved: Figure,
    /// Its source.
    pub source: Option<String>,
    /// What to mind.
    pub flags: Vec<&'static str>,
}

/// A count of the whole that the counts of its parts do not give.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartsDifference {
    /// Which of the four.
    pub count: &'static str,
    /// The sum of the parts.
    pub parts: Figure,
    /// What is stated of the whole.
    pub whole: Figure,
    /// By how much they differ; above zero, the parts are more.
    pub difference: f64,
    /// The codes of the parts.
    pub of: Vec<String>,
}

impl Published {
    pub(super) fn does_not_add_up(&self) -> bool {
        self.difference.is_some() || !self.differences_of_parts.is_empty()
    }
}

/// For each published count that is the whole of others, what does not add up.
pub(super) struct PartsOfWholes(HashMap<String, Vec<PartsDifference>>);

/// Counts of one statement: the same source, authority and unit, for the same days.
type Statement<'w> =
    (&'w str, Option<&'w PartyCode>, Option<&'w Text>, Option<Moment>, [Option<Moment>; 2]);

impl PartsOfWholes {
    /// A count is the whole of others of the same statement where their areas are its own, none of them twice.
    pub(super) fn of(situation: &Situation, counted: &[&Request]) -> Self {
        let mut statements: BTreeMap<Statement<'_>, Vec<(&Request, BTreeSet<&str>)>> =
            BTreeMap::new();
        for row in counted.iter().filter(|row| counts(&row.record) != [Figure::UNKNOWN; 4]) {
            if let Some(statement) = statement_of(row) {
                statements.entry(statement).or_default().push((row, areas(situation, row)));
            }
        }
        let mut found = HashMap::new();
        for mut rows in statements.into_values() {
            // The widest is the only one that all others can be parts of.
            rows.sort_by_key(|(row, areas)| (std::cmp::Reverse(areas.len()), &row.code));
            if let Some(((whole, areas), parts)) = rows.split_first()
                && are_parts(areas, parts)
            {
                let parts: Vec<&Request> = parts.iter().map(|(row, _)| *row).collect();
                found.insert(whole.code.to_string(), differences(whole, &parts));
            }
        }
        Self(found)
    }

    /// A count as it is shown.
    pub(super) fn published(&self, row: &Request) -> Published {
        let request = &row.record;
        let [asked, granted, denied, unanswered] = counts(request);
        let text = |text: &Option<Text>| text.as_ref().map(|text| text.as_str().to_owned());
        let parts = [granted, denied, unanswered];
        let difference = does_not_add_up(asked, parts);
        let of_parts = self.0.get(&*row.code).cloned().unwrap_or_default();
        let flags = [
            ("does_not_add_up", difference.is_some()),
            ("parts_do_not_add_up", !of_parts.is_empty()),
        ];
        Published {
            code: row.code.to_string(),
            href: format!("/api/v1/{}/{}", Kind::AccessRequest.plural(), row.code),
            title: text(&request.title),
            authority: request.authority.as_ref().map(ToString::to_string),
            places: places_of(request),
            date: request.happened(),
            period_from: request.period_from,
            period_to: request.period_to,
            answer: request.answer,
            conditions: text(&request.conditions),
            counted: text(&request.counted),
            asked,
            granted,
            denied,
            unanswered,
            left_open: left_open(asked, parts),
            difference,
            differences_of_parts: of_parts,
            people_requested: request.people_requested,
            people_approved: request.people_approved,
            source: request.source.as_ref().map(ToString::to_string),
            flags: flags.into_iter().filter_map(|(flag, raised)| raised.then_some(flag)).collect(),
        }
    }
}

fn statement_of(row: &Request) -> Option<Statement<'_>> {
    let request = &row.record;
    let source = request.source.as_ref().map(SourceCode::as_str)?;
    let period = [request.period_from, request.period_to];
    let counted = request.counted.as_ref();
    Some((source, request.authority.as_ref(), counted, request.happened(), period))
}

/// The areas of a count, with those of its groups.
fn areas<'w>(situation: &'w Situation, row: &'w Request) -> BTreeSet<&'w str> {
    let groups = row.record.area_groups.iter();
    let groups = groups.filter_map(|code| situation.world.area_groups.get(code.as_str()));
    let of_groups = groups.flat_map(|group| group.record.areas.iter());
    row.record.areas.iter().chain(of_groups).map(AreaCode::as_str).collect()
}

/// Do these cover the whole, and none of it twice?
fn are_parts(whole: &BTreeSet<&str>, parts: &[(&Request, BTreeSet<&str>)]) -> bool {
    let covered: BTreeSet<&str> =
        parts.iter().flat_map(|(_, areas)| areas.iter().copied()).collect();
    let together: usize = parts.iter().map(|(_, areas)| areas.len()).sum();
    // A count for nobody knows where is no part of anything.
    let all_told = parts.iter().all(|(_, areas)| !areas.is_empty());
    parts.len() > 1 && all_told && covered == *whole && together == whole.len()
}

fn differences(whole: &Request, parts: &[&Request]) -> Vec<PartsDifference> {
    let stated = counts(&whole.record);
    let mut found = Vec::new();
    for (place, (count, whole)) in COUNTS.into_iter().zip(stated).enumerate() {
        let of: Vec<Figure> = parts.iter().map(|part| counts(&part.record)[place]).collect();
        if of.iter().any(|figure| figure.is_unknown()) {
            continue;
        }
        let sum = Figure::sum(&of);
        if let Some(difference) = difference(sum, whole) {
            let of = parts.iter().map(|part| part.code.to_string()).collect();
            found.push(PartsDifference { count, parts: sum, whole, difference, of });
        }
    }
    found
}
