//! The funnel over many convoys: what was asked for, approved, loaded, and where all that was loaded went.
//!
//! One pass over the convoys that are held in memory. Convoys are counted once: a whole or its parts, never both.

mod asked;
pub mod convoy;
mod count;
mod lines;
mod removal;
mod tally;

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use serde::Serialize;

use self::asked::Asked;
use self::count::{Count, Key};
use self::removal::RemovalTally;
pub use self::removal::Removals;
use self::tally::Tally;
pub use self::tally::{Behind, Funnel};
use super::world::Situation;
use crate::domain::choice::choice;
use crate::domain::convoy::Mode;
use crate::domain::{Kind, Saying};

choice! {
    /// By what the funnel is grouped.
    By {
        /// What was taken off, by whom.
        Authority = "authority",
        /// What was taken off, why.
        Reason = "reason",
        /// Each commodity in each unit.
        Commodity = "commodity",
        /// The month of loading or departure, UTC.
        Month = "month",
        /// The area, or the areas that one figure is for.
        Area = "area",
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelQuestion {
    /// How to group.
    pub by: By,
    /// Loaded or departed at the earliest.
    pub from: Option<DateTime<Utc>>,
    /// Loaded or departed at the latest.
    pub to: Option<DateTime<Utc>>,
    /// Drops for these areas only; empty asks for all.
    pub areas: Vec<String>,
    /// Drops for areas of this first-level unit only.
    pub admin1: Option<String>,
    /// Convoys that travel so only; empty asks for all.
    pub modes: Vec<Mode>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FunnelAnswer {
    /// How was it then.
    pub as_of: DateTime<Utc>,
    /// What did we know by then.
    pub known_at: DateTime<Utc>,
    /// How rows were made.
    pub by: By,
    /// From when convoys were counted.
    pub from: Option<DateTime<Utc>>,
    /// Until when.
    pub to: Option<DateTime<Utc>>,
    /// The rows.
    pub data: Vec<Row>,
    /// How many rows.
    pub total: usize,
    /// Everything together.
    pub totals: Totals,
    /// What to mind.
    pub flags: BTreeSet<&'static str>,
    /// What the numbers are, in words.
    pub notes: [Saying; 5],
}

/// Everything together: the sum of the rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Totals {
    /// The flow of all goods.
    #[serde(flatten)]
    pub funnel: Funnel,
    /// What was taken off.
    pub removals: Removals,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// A code, a reason, a month; `None` is a row of its own, of what nobody told.
    pub group: Option<String>,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Where to read the record that the group is.
    pub href: Option<String>,
    /// The areas of the row; several where the sources give one figure for all, which is never split.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub areas: Option<Vec<String>>,
    /// What the row counts.
    #[serde(flatten)]
    pub content: Content,
}

/// What a row counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Content {
    /// The flow of goods, trucks and people.
    Funnel(Box<Funnel>),
    /// What was taken off.
    Removals(Removals),
}

/// What must be minded.
fn notes() -> [Saying; 5] {
    [
        Saying::of("flow-conserved").text("equation", CONSERVED),
        Saying::of("flow-delivered").text("delivered_implied", "delivered_implied"),
        Saying::of("flow-sums"),
        Saying::of("flow-without-goods"),
        Saying::of("flow-once"),
    ]
}

/// How the parts of a load come to the whole.
const CONSERVED: &str = "removed + intercepted + lost + damaged + returned + delivered + in_transit + unaccounted - excess - from_unknown_load = loaded";

/// The flow of all convoys that are asked for.
#[must_use]
pub fn funnel(situation: &Situation, question: &FunnelQuestion) -> FunnelAnswer {
    let asked = Asked::of(situation, question);
    let count = Count::of(&asked);
    let rows = match question.by {
        By::Authority | By::Reason => removal_rows(situation, question.by, count.removals),
        By::Commodity | By::Month | By::Area => funnel_rows(situation, count.rows),
    };
    let funnel = count.totals.shown();
    let mut flags = funnel.flag_words();
    flags.extend(count.several_areas.then_some("one_figure_for_several_areas"));
    FunnelAnswer {
        as_of: situation.as_of,
        known_at: situation.known_at,
        by: question.by,
        from: question.from,
        to: question.to,
        total: rows.len(),
        data: rows,
        totals: Totals { funnel, removals: count.removed.shown() },
        flags,
        notes: notes(),
    }
}

fn funnel_rows<'w>(situation: &Situation, rows: HashMap<Key<'w>, Box<Tally<'w>>>) -> Vec<Row> {
    let mut rows: Vec<(Key<'w>, Box<Tally<'w>>)> = rows.into_iter().collect();
    rows.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let shown = |(key, tally): (Key<'_>, Box<Tally<'_>>)| {
        let areas = match &key {
            Key::Area(code) => Some(vec![(*code).to_owned()]),
            Key::Areas(codes) => Some(codes.iter().map(|code| (*code).to_owned()).collect()),
            _ => None,
        };
        let group = match &key {
            Key::Area(word) | Key::Word(word) | Key::Commodity(word, _) => Some((*word).to_owned()),
            Key::Month(year, month) => Some(format!("{year:04}-{month:02}")),
            Key::Areas(codes) => Some(codes.join("; ")),
            Key::Unknown => None,
        };
        let href = match &key {
            Key::Area(code) => Some(tally::href(Kind::Area, code)),
            _ => None,
        };
        let (name, shown) = (name_of(situation, &key), tally.shown());
        let shown = if matches!(key, Key::Commodity(..)) { shown.of_goods_alone() } else { shown };
        Row { group, name, href, areas, content: Content::Funnel(Box::new(shown)) }
    };
    rows.into_iter().map(shown).collect()
}

fn name_of(situation: &Situation, key: &Key<'_>) -> Option<String> {
    let area = |code: &str| {
        let area = situation.world.areas.get(code);
        area.map_or_else(|| code.to_owned(), |area| area.record.names.any().to_owned())
    };
    match key {
        Key::Commodity(code, _) => {
            crate::assess::commodity::commodity(code).map(|commodity| commodity.name_en.clone())
        }
        Key::Area(code) => Some(area(code)),
        Key::Areas(codes) => Some(codes.iter().map(|c| area(c)).collect::<Vec<_>>().join("; ")),
        Key::Word(_) | Key::Month(..) | Key::Unknown => None,
    }
}

fn removal_rows<'w>(
    situation: &Situation,
    by: By,
    rows: HashMap<Key<'w>, RemovalTally<'w>>,
) -> Vec<Row> {
    let mut rows: Vec<(Key<'w>, RemovalTally<'w>)> = rows.into_iter().collect();
    rows.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let shown = |(key, tally): (Key<'_>, RemovalTally<'_>)| {
        let group = if let Key::Word(word) = key { Some(word.to_owned()) } else { None };
        let party = group.as_deref().filter(|_| by == By::Authority);
        let party = party.and_then(|code| situation.world.parties.get(code));
        Row {
            name: party.map(|party| party.record.names.any().to_owned()),
            href: party.map(|party| tally::href(Kind::Party, &party.code)),
            group,
            areas: None,
            content: Content::Removals(tally.shown()),
        }
    };
    rows.into_iter().map(shown).collect()
}
