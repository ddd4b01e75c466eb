//! Records that may tell of the same thing: two convoys of a day, two counts of one source, one report under two titles.
//!
//! Records are put into blocks (a convoy by area and day) and compared within them alone, so a million take about a
//! million steps. Whatever the order they come in, the same pairs come out.

mod likeness;

use std::cmp::Reverse;
use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::Datelike;
use serde::Serialize;
use serde_json::Value;

pub use self::likeness::Trip;
use self::likeness::{Count, Report, Spot, address};
use super::Score;
use super::name::Spelling;
use crate::domain::choice::choice;
use crate::domain::{Area, Convoy, Kind, Moment, Population, Record, Source, boundary, typed};

/// From so many records in one block on each is compared only with those that stand nearest to it.
const MOST_IN_BLOCK: usize = 128;

/// With how many.
const NEAREST: usize = 32;

choice! {
    /// What two records have in common, or not quite.
    Reason {
        /// They are of the same day.
        SameDay = "same_day",
        /// They are of two days, one after the other.
        NextDay = "next_day",
        /// They go to, or count, the same areas.
        SameAreas = "same_areas",
        /// They have an area in common.
        SharedArea = "shared_area",
        /// They have the same number of trucks.
        SameTrucks = "same_trucks",
        /// Their numbers of trucks may be the same.
        OverlappingTrucks = "overlapping_trucks",
        /// Of one the number of trucks is not known.
        UnknownTrucks = "unknown_trucks",
        /// They travel the same way.
        SameMode = "same_mode",
        /// They count the same people.
        SameMetric = "same_metric",
        /// They are of the same source.
        SameSource = "same_source",
        /// They say the same figures.
        SameFigures = "same_figures",
        /// They say other figures.
        OtherFigures = "other_figures",
        /// They have the same name, in another spelling perhaps.
        SameName = "same_name",
        /// Their names come near each other.
        LikeName = "like_name",
        /// They are of the same publisher.
        SamePublisher = "same_publisher",
        /// They are read at the same address.
        SameAddress = "same_address",
        /// They have the same P-code.
        SamePcode = "same_pcode",
    }
}

/// Two records that may be the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// The lesser code.
    pub one: String,
    /// The other.
    pub other: String,
    /// How alike they are.
    pub score: Score,
    /// In what.
    pub reasons: Vec<Reason>,
}

/// What of a record is compared.
#[derive(Debug, Clone)]
pub struct Mark {
    code: String,
    facts: Facts,
}

#[derive(Debug, Clone)]
enum Facts {
    Trip(Trip),
    Count(Count),
    Report(Box<Report>),
    Place(Spot),
}

impl Mark {
    /// Of a convoy.
    #[must_use]
    pub fn of_trip(code: &str, trip: Trip) -> Self {
        Self { code: code.to_owned(), facts: Facts::Trip(trip) }
    }

    /// Of a population; one without a source is no claim of anybody that could be told twice.
    #[must_use]
    pub fn of_population(code: &str, population: &Population) -> Option<Self> {
        let area = population.area.as_ref().map(|area| format!("area {}", area.as_str()));
        let group = population.area_group.as_ref().map(|group| format!("group {}", group.as_str()));
        let facts = Facts::Count(Count {
            of: area.or(group)?,
            day: population.date.date(),
            metric: population.metric,
            source: population.source()?.as_str().to_owned(),
            people: population.people,
        });
        Some(Self { code: code.to_owned(), facts })
    }

    /// Of a source.
    #[must_use]
    pub fn of_source(code: &str, source: &Source) -> Self {
        let facts = Facts::Report(Box::new(Report {
            title: Spelling::of(source.name.as_str()),
            publisher: source.publisher.as_ref().map(|publisher| Spelling::of(publisher.as_str())),
            day: source.date.map(Moment::date),
            address: source.url.as_ref().map(|url| address(url.as_str())),
        }));
        Self { code: code.to_owned(), facts }
    }

    /// Of an area.
    #[must_use]
    pub fn of_area(code: &str, area: &Area) -> Self {
        let own =
            ["en", "ar", "fr"].into_iter().filter_map(|language| area.names.in_language(language));
        let aliases = area.aliases.iter().map(crate::domain::Text::as_str);
        let unit = area.admin2_pcode.as_ref().or(area.admin1_pcode.as_ref());
        let facts = Facts::Place(Spot {
            names: own.chain(aliases).map(Spelling::of).filter(|name| !name.is_empty()).collect(),
            pcode: area.pcode.as_ref().map(|pcode| boundary::key(pcode.as_str())),
            unit: unit.map(|unit| boundary::key(unit.as_str())),
        });
        Self { code: code.to_owned(), facts }
    }

    /// Of a record of any kind, by its body; `None` where its kind is not compared, or it has nothing to compare.
    #[must_use]
    pub fn of_body(kind: Kind, code: &str, body: &Value) -> Option<Self> {
        match kind {
            Kind::Convoy => {
                let convoy: Convoy = typed(body).ok()?;
                let areas = convoy.drops.iter().flat_map(|drop| &drop.areas);
                let trip = Trip {
                    day: convoy.happened()?.date(),
                    areas: areas.map(|area| area.as_str().to_owned()).collect(),
                    trucks: convoy.drops.iter().map(|drop| drop.trucks).collect(),
                    mode: convoy.mode,
                    part_of: convoy.part_of.iter().map(|whole| whole.as_str().to_owned()).collect(),
                };
                Some(Self::of_trip(code, trip))
            }
            Kind::Population => Self::of_population(code, &typed(body).ok()?),
            Kind::Source => Some(Self::of_source(code, &typed(body).ok()?)),
            Kind::Area => Some(Self::of_area(code, &typed(body).ok()?)),
            _ => None,
        }
    }

    /// The code of the record.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The blocks that it is compared in: two records that may be the same share one.
    #[must_use]
    pub fn blocks(&self) -> Vec<u64> {
        match &self.facts {
            // In the block of the next day too, so that two days that follow each other have one in common.
            Facts::Trip(Trip { day, areas, .. }) => {
                let day = day.num_days_from_ce();
                areas
                    .iter()
                    .flat_map(|area| [block(&(area, day)), block(&(area, day + 1))])
                    .collect()
            }
            Facts::Count(Count { of, day, metric, source, .. }) => {
                vec![block(&(of, day, metric, source))]
            }
            Facts::Report(report) => {
                let Report { title, day, address, .. } = &**report;
                let day = day.map(|day| block(&day));
                let address = address.as_ref().map(block);
                [Some(block(&title.plain())), day, address].into_iter().flatten().collect()
            }
            Facts::Place(Spot { names, pcode, .. }) => {
                let pcode = pcode.iter().map(|pcode| block(&("pcode", pcode)));
                names.iter().map(|name| block(&name.plain())).chain(pcode).collect()
            }
        }
    }

    /// What records of a large block are ordered by: those that may be the same stand near each other.
    fn order(&self) -> String {
        match &self.facts {
            Facts::Trip(trip) => {
                trip.span().map_or_else(String::new, |(low, _)| format!("{low:012.1}"))
            }
            Facts::Report(report) => report.title.plain().to_owned(),
            Facts::Count(_) | Facts::Place(_) => String::new(),
        }
    }

    /// How alike two records are, and in what; `None` where they are not the same thing. The order does not matter.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> Option<Pair> {
        if self.code == other.code {
            return None;
        }
        let (one, other) = if self.code < other.code { (self, other) } else { (other, self) };
        let (score, reasons) = match (&one.facts, &other.facts) {
            (Facts::Trip(a), Facts::Trip(b)) => {
                let is_part = a.part_of.contains(&other.code) || b.part_of.contains(&one.code);
                // A part and its whole are never added together as it is.
                if is_part { None } else { a.likeness(b) }
            }
            (Facts::Count(a), Facts::Count(b)) => a.likeness(b),
            (Facts::Report(a), Facts::Report(b)) => a.likeness(b),
            (Facts::Place(a), Facts::Place(b)) => a.likeness(b),
            _ => None,
        }?;
        Some(Pair { one: one.code.clone(), other: other.code.clone(), score, reasons })
    }
}

fn block(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

/// The pairs among these that may be the same, the most alike first. What is compared of one is made when it is asked for.
pub fn pairs<T>(items: &[T], mark: impl Fn(&T) -> Option<Mark>) -> Vec<Pair> {
    most_alike(items, mark, |_| true, usize::MAX)
}

/// The same of those that are `wanted`, and no more than the `most` alike: of many records of one day to one place there
/// are more pairs than anybody reads, and so many are never held.
pub fn most_alike<T>(
    items: &[T],
    mark: impl Fn(&T) -> Option<Mark>,
    wanted: impl Fn(&Pair) -> bool,
    most: usize,
) -> Vec<Pair> {
    let mut entries: Vec<(u64, usize)> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let blocks = mark(item).map(|mark| mark.blocks()).unwrap_or_default();
        entries.extend(blocks.into_iter().map(|block| (block, at)));
    }
    entries.sort_unstable();
    entries.dedup();
    let mut found = Best { pairs: Vec::new(), most };
    for block in entries.chunk_by(|one, other| one.0 == other.0).filter(|block| block.len() > 1) {
        let marks: Vec<Mark> = block.iter().filter_map(|(_, at)| mark(items.get(*at)?)).collect();
        compare(marks, &mut |pair| {
            if wanted(&pair) {
                found.add(pair);
            }
        });
    }
    found.in_order()
}

/// Compares the members of a block.
fn compare(mut marks: Vec<Mark>, found: &mut dyn FnMut(Pair)) {
    let is_large = marks.len() > MOST_IN_BLOCK;
    marks.sort_by_cached_key(|mark| (mark.order(), mark.code.clone()));
    for (at, one) in marks.iter().enumerate() {
        let others = if is_large { NEAREST } else { marks.len() };
        let others = marks.iter().skip(at + 1).take(others);
        others.filter_map(|other| one.likeness(other)).for_each(&mut *found);
    }
}

/// The pairs that were found, as far as they are wanted.
struct Best {
    pairs: Vec<Pair>,
    most: usize,
}

impl Best {
    fn add(&mut self, pair: Pair) {
        self.pairs.push(pair);
        if self.pairs.len() >= self.most.saturating_mul(2).max(64) {
            self.settle();
        }
    }

    /// The most alike first, each once. A pair that shares two blocks is found in both, as like in one as in the other.
    fn settle(&mut self) {
        let order = |pair: &Pair| (Reverse(pair.score), pair.one.clone(), pair.other.clone());
        self.pairs.sort_by_cached_key(order);
        self.pairs.dedup_by(|one, two| (&one.one, &one.other) == (&two.one, &two.other));
        self.pairs.truncate(self.most);
    }

    fn in_order(mut self) -> Vec<Pair> {
        self.settle();
        self.pairs
    }
}

#[cfg(test)]
mod tests;
