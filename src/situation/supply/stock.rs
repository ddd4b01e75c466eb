//! Which counts of an area's stock are taken together, and which are left out and why.
//!
//! Counts of several holders may hold the same food: an agency counts what lies with its partner. So the least
//! that is there is the largest single count, and the most is their sum.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Moved, SupplyQuestion};
use crate::assess::estimate::merge_estimates;
use crate::assess::holding::{self, Holding, Uncounted};
use crate::config::Outlook as OutlookRules;
use crate::domain::choice::choice;
use crate::domain::stock::StockType;
use crate::domain::{Figure, Stock};
use crate::situation::of_area::{OfArea, Row};

/// What was counted.
#[derive(Debug)]
pub struct Counted<'w> {
    /// When: the oldest of the counts that are taken together, so that none of them is spared what was eaten since.
    pub at: DateTime<Utc>,
    /// How much can be eaten of it, after losses: person-days or litres.
    pub amount: Figure,
    /// The counts that are taken together, the newest first.
    pub counts: Vec<(&'w Row<Stock>, Holding)>,
}

impl Counted<'_> {
    /// Does it rest on what one organisation holds?
    #[must_use]
    pub fn is_of_one_holder(&self) -> bool {
        let [(only, _)] = &self.counts[..] else { return false };
        !only.record.owner.is_empty()
    }

    /// Was the energy of a ration assumed?
    #[must_use]
    pub fn is_assumed(&self) -> bool {
        self.counts.iter().any(|(_, holding)| holding.is_assumed)
    }
}

choice! {
    /// Why a count is left out.
    Reason {
        /// It is in words.
        InWords = "in_words",
        /// Its unit is not one that is known here.
        UnknownUnit = "unknown_unit",
        /// What one unit holds is not known.
        UnknownContent = "unknown_content",
        /// The same holder counted again.
        CountedAgain = "counted_again",
        /// It is older than the counts that are taken together.
        Older = "older",
        /// One store of several; the whole was counted.
        PartOfWhole = "part_of_whole",
    }
}

impl Reason {
    /// Could it not be turned into days?
    #[must_use]
    pub const fn is_unreadable(self) -> bool {
        matches!(self, Self::InWords | Self::UnknownUnit | Self::UnknownContent)
    }
}

/// A count that is left out.
#[derive(Debug)]
pub struct NotUsed<'w> {
    /// The count.
    pub row: &'w Row<Stock>,
    /// Why.
    pub reason: Reason,
}

/// A count that can be used.
type Count<'w> = (&'w Row<Stock>, Holding);

/// The counts by a moment that are taken together, and the others.
pub(super) fn counted<'w>(
    of: &'w OfArea,
    by: DateTime<Utc>,
    question: &SupplyQuestion<'_>,
    rules: &OutlookRules,
) -> (Option<Counted<'w>>, Vec<NotUsed<'w>>) {
    let (mut wholes, mut parts, mut not_used) = (Vec::new(), Vec::new(), Vec::new());
    let is_count = |row: &&Row<Stock>| {
        row.record.stock_type == StockType::Stock && row.record.date.start() <= by
    };
    for row in of.stocks.iter().rev().filter(is_count) {
        match holding::holding(&row.record, question.standards.ration) {
            Ok(holding) if holding.sector != question.sector => {}
            Ok(holding) if row.record.facility.is_none() => wholes.push((row, holding)),
            Ok(holding) => parts.push((row, holding)),
            Err(why) => not_used.push(NotUsed { row, reason: reason(why) }),
        }
    }
    let is_whole = !wholes.is_empty();
    let (mut used, mut others) = if is_whole { (wholes, parts) } else { (parts, Vec::new()) };
    if is_whole {
        others.extend(beside_the_area(&mut used, rules));
    }
    let unused = |reason: Reason| move |(row, _): Count<'w>| NotUsed { row, reason };
    not_used.extend(others.into_iter().map(unused(Reason::PartOfWhole)));
    not_used.extend(counted_again(&mut used).into_iter().map(unused(Reason::CountedAgain)));
    not_used.extend(too_old(&mut used, rules).into_iter().map(unused(Reason::Older)));
    let figures = by_holder(&used);
    // Stores at different places hold different food; counts of a whole may hold the same.
    let together = if is_whole { overlapping(&figures) } else { Figure::sum(&figures) };
    let counted = used.last().map(|(oldest, _)| oldest.record.date.start()).map(|at| Counted {
        at,
        amount: question.standards.losses.left_of_figure(together),
        counts: used,
    });
    (counted, not_used)
}

/// Counts of everything in the area after one moment and by another: each says what there is, whatever was thought.
/// What one holder counts is not everything.
pub(super) fn recounts<'w>(
    of: &'w OfArea,
    (after, by): (DateTime<Utc>, DateTime<Utc>),
    question: &SupplyQuestion<'_>,
) -> Vec<Moved<&'w Row<Stock>>> {
    let later = of.stocks.iter().filter(|row| {
        let at = row.record.date.start();
        row.record.stock_type == StockType::Stock && is_of_the_area(row) && at > after && at <= by
    });
    let mut found: Vec<Moved<&Row<Stock>>> = Vec::new();
    for row in later {
        let holding = holding::holding(&row.record, question.standards.ration).ok();
        let Some(holding) = holding.filter(|holding| holding.sector == question.sector) else {
            continue;
        };
        let amount = question.standards.losses.left_of_figure(holding.amount);
        let at = row.record.date.start();
        match found.last_mut() {
            Some(last) if last.at == at => last.amount = merge_estimates(&[last.amount, amount]),
            _ => found.push(Moved { at, amount, record: row }),
        }
    }
    found
}

/// Is it a count of all that the area holds: of no single store and no single holder?
fn is_of_the_area(row: &Row<Stock>) -> bool {
    row.record.facility.is_none() && row.record.owner.is_empty()
}

/// Where somebody counted all that the area holds, at about the time of the newest count, takes out the rest.
fn beside_the_area<'w>(counts: &mut Vec<Count<'w>>, rules: &OutlookRules) -> Vec<Count<'w>> {
    let day = |(row, _): &Count<'w>| row.record.date.start();
    let oldest = counts
        .first()
        .map(|newest| day(newest) - TimeDelta::days(rules.counted_together_days.into()));
    let of_area = counts.iter().find(|(row, _)| is_of_the_area(row)).map(day);
    match (of_area, oldest) {
        (Some(at), Some(oldest)) if at >= oldest => {
            counts.extract_if(.., |(row, _)| !is_of_the_area(row)).collect()
        }
        _ => Vec::new(),
    }
}

/// One figure for each holder: several counts of one day are several sources of one thing.
fn by_holder(counts: &[Count<'_>]) -> Vec<Figure> {
    let mut holders: Vec<(&Row<Stock>, Vec<Figure>)> = Vec::new();
    for (row, holding) in counts {
        match holders.iter_mut().find(|(other, _)| is_same_holder(other, row)) {
            Some((_, figures)) => figures.push(holding.amount),
            None => holders.push((row, vec![holding.amount])),
        }
    }
    let one = |(_, figures): (_, Vec<Figure>)| match figures[..] {
        [only] => only,
        _ => merge_estimates(&figures),
    };
    holders.into_iter().map(one).collect()
}

fn is_same_holder(a: &Row<Stock>, b: &Row<Stock>) -> bool {
    (&a.record.owner, &a.record.facility) == (&b.record.owner, &b.record.facility)
}

const fn reason(why: Uncounted) -> Reason {
    match why {
        Uncounted::InWords => Reason::InWords,
        Uncounted::UnknownUnit => Reason::UnknownUnit,
        Uncounted::UnknownContent => Reason::UnknownContent,
    }
}

/// Takes out all but the newest day of each holder and store; they are sorted, the newest first.
fn counted_again<'w>(counts: &mut Vec<Count<'w>>) -> Vec<Count<'w>> {
    let mut seen: Vec<&Row<Stock>> = Vec::new();
    let is_again = |(row, _): &mut Count<'w>| {
        let newest = seen.iter().find(|other| is_same_holder(other, row));
        let again = newest.is_some_and(|newest| newest.record.date > row.record.date);
        seen.push(row);
        again
    };
    counts.extract_if(.., is_again).collect()
}

/// Takes out what is too old to be taken together with the newest.
fn too_old<'w>(counts: &mut Vec<Count<'w>>, rules: &OutlookRules) -> Vec<Count<'w>> {
    let Some((newest, _)) = counts.first() else { return Vec::new() };
    let oldest = newest.record.date.start() - TimeDelta::days(rules.counted_together_days.into());
    counts.extract_if(.., |(row, _)| row.record.date.start() < oldest).collect()
}

/// The least is the largest of them, the most their sum.
fn overlapping(figures: &[Figure]) -> Figure {
    if let [only] = figures {
        return *only;
    }
    let largest =
        |end: fn(Figure) -> Option<f64>| figures.iter().filter_map(|f| end(*f)).reduce(f64::max);
    Figure::computed(largest(Figure::floor), largest(Figure::middle), Figure::sum(figures).high())
}
