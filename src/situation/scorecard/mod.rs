//! The access scorecard: who was asked, what was answered, how long it took, and which published counts do not add up.
//!
//! Single requests and published counts are two kinds of statement and are never added together.

mod published;
mod single;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{DateTime, Utc};
use serde::Serialize;

use self::published::PartsOfWholes;
pub use self::published::Published;
pub use self::single::Requests;
use self::single::Tally;
use super::funnel::Behind;
use super::table::Known;
use super::world::Situation;
use crate::assess::funnel::progress::month_of;
use crate::assess::scorecard::is_published_count;
use crate::domain::choice::choice;
use crate::domain::{
    AccessRequest, AreaCode, AreaGroupCode, DatePrecision, Kind, Record, Saying, Text,
};

/// How many published counts a row shows; the others are only counted.
const SHOWN: usize = 20;

choice! {
    /// By what the scorecard is grouped.
    By {
        /// Who was asked.
        Authority = "authority",
        /// The month in which it was asked, or where that is not told, answered or spoken of; UTC.
        Month = "month",
        /// The areas that were asked for.
        Area = "area",
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct ScorecardQuestion {
    /// How to group.
    pub by: By,
    /// Asked, answered or spoken of at the earliest.
    pub from: Option<DateTime<Utc>>,
    /// Asked, answered or spoken of at the latest.
    pub to: Option<DateTime<Utc>>,
    /// Requests for these areas only; empty asks for all.
    pub areas: Vec<String>,
    /// Requests for areas of this first-level unit only.
    pub admin1: Option<String>,
    /// Requests to these authorities only; empty asks for all.
    pub authorities: Vec<String>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scorecard {
    /// How was it then.
    pub as_of: DateTime<Utc>,
    /// What did we know by then.
    pub known_at: DateTime<Utc>,
    /// How rows were made.
    pub by: By,
    /// From when requests were counted.
    pub from: Option<DateTime<Utc>>,
    /// Until when.
    pub to: Option<DateTime<Utc>>,
    /// The rows.
    pub data: Vec<Row>,
    /// How many rows.
    pub total: usize,
    /// All single requests together. Published counts overlap and have no sum.
    pub totals: Totals,
    /// What to mind.
    pub flags: BTreeSet<&'static str>,
    /// What the numbers are, in words.
    pub notes: [Saying; 4],
}

/// Everything together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Totals {
    /// The single requests.
    #[serde(flatten)]
    pub requests: Requests,
    /// How many published counts there are.
    pub published_counts: usize,
    /// Those that do not add up, by themselves or with their parts.
    pub published_counts_that_do_not_add_up: Behind,
    /// The records.
    pub records: Behind,
    /// Their sources.
    pub sources: Behind,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// A code, a month, or codes of areas; `None` is a row of its own, of what nobody told.
    pub group: Option<String>,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Where to read the record that the group is.
    pub href: Option<String>,
    /// The areas and groups of areas of the row, never split.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<Places>,
    /// The single requests.
    #[serde(flatten)]
    pub requests: Requests,
    /// Published counts, each as its source gives it.
    pub published: Vec<Published>,
    /// How many published counts there are.
    pub published_total: usize,
    /// What to mind.
    pub flags: BTreeSet<&'static str>,
    /// The records.
    pub records: Behind,
    /// Their sources.
    pub sources: Behind,
}

/// Areas and groups of areas that one request is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Places {
    /// Codes of areas.
    pub areas: Vec<String>,
    /// Codes of groups of areas.
    pub area_groups: Vec<String>,
}

/// What must be minded.
fn notes() -> [Saying; 4] {
    [
        Saying::of("access-never-added"),
        Saying::of("access-people").text("people", "people"),
        Saying::of("access-hours"),
        Saying::of("access-open").text("pending", "pending").text("no_answer", "no_answer"),
    ]
}

type Request = Known<AccessRequest>;

/// What a row stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Authority(String),
    Month(i32, u32),
    Places(Places),
    Unknown,
}

/// Requests and what became of them.
#[must_use]
pub fn scorecard(situation: &Situation, question: &ScorecardQuestion) -> Scorecard {
    let asked = Asked::of(situation, question);
    let counted: Vec<&Request> = situation
        .world
        .access_requests
        .iter()
        .map(|row| &**row)
        .filter(|row| asked.counts(row))
        .collect();
    let mut rows: BTreeMap<Key, Vec<&Request>> = BTreeMap::new();
    for row in &counted {
        rows.entry(key_of(question.by, &row.record)).or_default().push(row);
    }
    let wholes = PartsOfWholes::of(situation, &counted);
    let data: Vec<Row> =
        rows.into_iter().map(|(key, own)| row_of(situation, &wholes, &key, &own)).collect();
    let totals = totals_of(situation, &wholes, &counted);
    let mut flags: BTreeSet<&str> = data.iter().flat_map(|row| row.flags.iter().copied()).collect();
    flags.extend(asked.cuts_sets(&counted).then_some("asked_for_several_areas"));
    Scorecard {
        as_of: situation.as_of,
        known_at: situation.known_at,
        by: question.by,
        from: question.from,
        to: question.to,
        total: data.len(),
        data,
        totals,
        flags,
        notes: notes(),
    }
}

/// The question, worked out once.
struct Asked<'w> {
    situation: &'w Situation,
    question: &'w ScorecardQuestion,
    /// The areas asked for; `None` asks for all.
    areas: Option<HashSet<&'w str>>,
    /// The groups that have one of them in them.
    groups: HashSet<&'w str>,
}

impl<'w> Asked<'w> {
    fn of(situation: &'w Situation, question: &'w ScorecardQuestion) -> Self {
        let (world, named) = (&situation.world, &question.areas);
        let admin1 = question.admin1.as_deref();
        let wanted = |row: &Known<crate::domain::Area>| {
            let own = row.record.admin1_pcode.as_ref().map(Text::as_str);
            (named.is_empty() || named.iter().any(|code| **code == *row.code))
                && admin1.is_none_or(|only| own == Some(only))
        };
        if named.is_empty() && admin1.is_none() {
            return Self { situation, question, areas: None, groups: HashSet::new() };
        }
        let areas: HashSet<&str> =
            world.areas.iter().filter(|row| wanted(row)).map(|row| &*row.code).collect();
        let holds = |codes: &[AreaCode]| codes.iter().any(|code| areas.contains(code.as_str()));
        let groups = world.area_groups.iter().filter(|row| holds(&row.record.areas));
        let groups = groups.map(|row| &*row.code).collect();
        Self { situation, question, areas: Some(areas), groups }
    }

    fn counts(&self, row: &Request) -> bool {
        let (request, question) = (&row.record, self.question);
        let Some(at) = request.happened().map(crate::domain::Moment::start) else { return false };
        let authority = request.authority.as_ref().map(crate::domain::PartyCode::as_str);
        at <= self.situation.as_of
            && question.from.is_none_or(|from| from <= at)
            && question.to.is_none_or(|to| at <= to)
            && (question.authorities.is_empty()
                || authority.is_some_and(|code| question.authorities.iter().any(|a| a == code)))
            && self.counts_places(request)
    }

    fn counts_places(&self, request: &AccessRequest) -> bool {
        let Some(areas) = &self.areas else { return true };
        request.areas.iter().any(|code| areas.contains(code.as_str()))
            || request.area_groups.iter().any(|code| self.groups.contains(code.as_str()))
    }

    /// Is there a request for several areas, only some of which were asked for?
    fn cuts_sets(&self, counted: &[&Request]) -> bool {
        let is_a_set =
            |row: &&Request| row.record.areas.len() + 2 * row.record.area_groups.len() > 1;
        self.areas.is_some() && counted.iter().any(is_a_set)
    }
}

fn key_of(by: By, request: &AccessRequest) -> Key {
    match by {
        By::Authority => {
            let code = request.authority.as_ref();
            code.map_or(Key::Unknown, |code| Key::Authority(code.as_str().to_owned()))
        }
        By::Month => {
            let precision = request.date_precision.unwrap_or(DatePrecision::Day);
            let month = month_of(request.happened(), precision);
            month.map_or(Key::Unknown, |(year, month)| Key::Month(year, month))
        }
        By::Area => {
            let places = places_of(request);
            let told = !places.areas.is_empty() || !places.area_groups.is_empty();
            if told { Key::Places(places) } else { Key::Unknown }
        }
    }
}

/// The places of a request, in one order whatever order the source has them in.
fn places_of(request: &AccessRequest) -> Places {
    let areas: BTreeSet<&str> = request.areas.iter().map(AreaCode::as_str).collect();
    let groups: BTreeSet<&str> = request.area_groups.iter().map(AreaGroupCode::as_str).collect();
    let owned = |codes: BTreeSet<&str>| codes.into_iter().map(str::to_owned).collect();
    Places { areas: owned(areas), area_groups: owned(groups) }
}

fn row_of(situation: &Situation, wholes: &PartsOfWholes, key: &Key, own: &[&Request]) -> Row {
    let mut published: Vec<&Request> =
        own.iter().copied().filter(|row| is_published_count(&row.record)).collect();
    published.sort_by_key(|row| (row.record.happened(), &row.code));
    let total = published.len();
    let published: Vec<Published> =
        published.into_iter().map(|row| wholes.published(row)).collect();
    let requests = requests_of(situation, own);
    let mut flags = requests.flags();
    flags.extend(published.iter().flat_map(|count| count.flags.iter().copied()));
    let (records, sources) = witnesses(own);
    let (group, name, href) = heading(situation, key);
    Row {
        group,
        name,
        href,
        places: if let Key::Places(places) = key { Some(places.clone()) } else { None },
        requests,
        published: published.into_iter().take(SHOWN).collect(),
        published_total: total,
        flags,
        records,
        sources,
    }
}

fn totals_of(situation: &Situation, wholes: &PartsOfWholes, counted: &[&Request]) -> Totals {
    let published: Vec<&&Request> =
        counted.iter().filter(|row| is_published_count(&row.record)).collect();
    let amiss = published.iter().filter(|row| wholes.published(row).does_not_add_up());
    let amiss: Vec<&str> = amiss.map(|row| &*row.code).collect();
    let (records, sources) = witnesses(counted);
    Totals {
        requests: requests_of(situation, counted),
        published_counts: published.len(),
        published_counts_that_do_not_add_up: Behind::of(Kind::AccessRequest, &amiss),
        records,
        sources,
    }
}

fn requests_of(situation: &Situation, own: &[&Request]) -> Requests {
    let mut tally = Tally::default();
    for row in own.iter().filter(|row| !is_published_count(&row.record)) {
        tally.add(&row.record, situation.as_of);
    }
    tally.shown()
}

fn witnesses(own: &[&Request]) -> (Behind, Behind) {
    let sources = own.iter().filter_map(|row| row.record.source.as_ref());
    let sources: BTreeSet<&str> = sources.map(crate::domain::SourceCode::as_str).collect();
    let sources: Vec<&str> = sources.into_iter().collect();
    let records: Vec<&str> = own.iter().map(|row| &*row.code).collect();
    (Behind::of(Kind::AccessRequest, &records), Behind::of(Kind::Source, &sources))
}

/// What the row is, its name, and where to read it.
fn heading(situation: &Situation, key: &Key) -> (Option<String>, Option<String>, Option<String>) {
    let world = &situation.world;
    let href = |kind: Kind, code: &str| Some(format!("/api/v1/{}/{code}", kind.plural()));
    match key {
        Key::Unknown => (None, None, None),
        Key::Month(year, month) => (Some(format!("{year:04}-{month:02}")), None, None),
        Key::Authority(code) => {
            let party = world.parties.get(code);
            let name = party.map(|party| party.record.names.any().to_owned());
            (Some(code.clone()), name, party.and_then(|_| href(Kind::Party, code)))
        }
        Key::Places(places) => {
            let area = |code: &String| {
                let area = world.areas.get(code);
                area.map_or_else(|| code.clone(), |area| area.record.names.any().to_owned())
            };
            let of_group = |code: &String| {
                let group = world.area_groups.get(code);
                group.map_or_else(|| code.clone(), |group| group.record.names.any().to_owned())
            };
            let codes: Vec<&String> = places.areas.iter().chain(&places.area_groups).collect();
            let names =
                places.areas.iter().map(area).chain(places.area_groups.iter().map(of_group));
            let kind = if places.areas.is_empty() { Kind::AreaGroup } else { Kind::Area };
            let one = if let [one] = codes[..] { href(kind, one) } else { None };
            let group: Vec<&str> = codes.into_iter().map(String::as_str).collect();
            (Some(group.join("; ")), Some(names.collect::<Vec<_>>().join("; ")), one)
        }
    }
}
