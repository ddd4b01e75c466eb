//! What an outlook rests on: every record with its source and age, also those that were left out; and what others say.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::domain::observation::Topic;
use crate::domain::stock::StockType;
use crate::domain::{Area, Figure, Kind, Record, SourceCode, Text};
use crate::situation::alert::Evidence;
use crate::situation::coverage::whole_days;
use crate::situation::pause::evidence;
use crate::situation::supply::{AreaSupply, Moved, of_area};
use crate::situation::table::Known;
use crate::situation::world::Situation;

/// One record that an outlook rests on, or that was left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Input {
    /// `stock`, `inflow`, `ration`, `population`, `arrival`, `loss`, `planned_arrival`.
    pub input: &'static str,
    /// What it gives, in the unit of the outlook; `None` in every part where it could not be counted.
    pub amount: Figure,
    /// What the source says, where it is in words or in another unit.
    pub stated: Option<String>,
    /// The day it is for.
    pub date: NaiveDate,
    /// How old it is, days; negative for what is to come.
    pub age_days: f64,
    /// The record.
    pub record: Evidence,
    /// Its source.
    pub source: Option<String>,
    /// Was it used?
    pub used: bool,
    /// Why not, or what was assumed.
    pub why: Option<&'static str>,
}

/// What somebody says of stocks and of when they end, as it was said.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statement {
    /// `run_out_statement`, `stock_statement` or `stock_expiry`.
    pub topic: Topic,
    /// What is said.
    pub text: String,
    /// Who says it.
    pub said_by: Option<String>,
    /// A number, where one is given.
    pub value: Figure,
    /// Its unit.
    pub unit: Option<String>,
    /// The day it names.
    pub until: Option<NaiveDate>,
    /// When it was said.
    pub date: NaiveDate,
    /// How long ago, days.
    pub age_days: f64,
    /// The record.
    pub record: Evidence,
    /// Its source.
    pub source: Option<String>,
}

fn input<T: Record>(
    situation: &Situation,
    name: &'static str,
    amount: Figure,
    row: &Known<T>,
) -> Input {
    let at = row.record.happened().map_or(situation.as_of, crate::domain::Moment::start);
    Input {
        input: name,
        amount,
        stated: None,
        date: at.date_naive(),
        age_days: whole_days(at, situation.as_of),
        record: evidence(T::KIND, row),
        source: row.record.source().map(ToString::to_string),
        used: true,
        why: None,
    }
}

/// Every record that the outlook rests on.
pub(super) fn inputs(situation: &Situation, supply: &AreaSupply<'_>) -> Vec<Input> {
    let mut found = Vec::new();
    for (row, holding) in supply.counted.iter().flat_map(|counted| &counted.counts) {
        let why = holding.is_assumed.then_some("the energy of the ration is not told");
        let stated = stated(&row.record);
        found.push(Input { stated, why, ..input(situation, "stock", holding.amount, row) });
    }
    for left_out in &supply.not_used {
        let (stated, why) = (stated(&left_out.row.record), Some(left_out.reason.as_str()));
        let unknown = input(situation, "stock", Figure::UNKNOWN, left_out.row);
        found.push(Input { used: false, why, stated, ..unknown });
    }
    found.extend(not_countable(situation, supply));
    if let Some(people) = supply.people {
        found.push(input(situation, "population", people.people, people.count));
    }
    for (name, row) in [("inflow", supply.inflow), ("ration", supply.ration)] {
        found.extend(row.map(|(row, figure)| Input {
            stated: stated(&row.record),
            ..input(situation, name, figure, row)
        }));
    }
    for lost in &supply.losses {
        found.push(input(situation, "loss", lost.amount, lost.record));
    }
    found.extend(supply.arrivals.iter().map(|moved| convoy(situation, "arrival", moved)));
    found.extend(supply.planned.iter().map(|moved| convoy(situation, "planned_arrival", moved)));
    found
}

/// The sources of the records that are reckoned with, each once.
pub(in crate::situation) fn sources(supply: &AreaSupply<'_>) -> Vec<String> {
    fn of<T: Record>(row: &Known<T>) -> Option<&str> {
        row.record.source().map(SourceCode::as_str)
    }
    let counts = supply.counted.iter().flat_map(|counted| &counted.counts);
    let convoys = supply.arrivals.iter().chain(&supply.planned);
    let convoys = convoys.filter_map(|moved| moved.record.convoy.record.sources.first());
    let sources: BTreeSet<&str> = counts
        .filter_map(|(row, _)| of(row))
        .chain(supply.people.and_then(|people| of(people.count)))
        .chain([supply.inflow, supply.ration].into_iter().flatten().filter_map(|(row, _)| of(row)))
        .chain(supply.losses.iter().filter_map(|lost| of(lost.record)))
        .chain(convoys.map(|source| &**source))
        .collect();
    sources.into_iter().map(str::to_owned).collect()
}

/// Statements of inflow and ration that could not be counted, so that nobody thinks they were.
fn not_countable(situation: &Situation, supply: &AreaSupply<'_>) -> Vec<Input> {
    let by = situation.as_of;
    let rows = of_area(situation, &supply.area.code).stocks.iter().rev();
    let unread = rows.filter(|row| {
        let record = &row.record;
        let used =
            [supply.inflow, supply.ration].into_iter().flatten().any(|(r, _)| r.code == row.code);
        record.stock_type != StockType::Stock && record.date.start() <= by && !used
    });
    let why = Some("not in a unit that can be counted, or older than the one that is used");
    unread
        .map(|row| {
            let name = match row.record.stock_type {
                StockType::Inflow => "inflow",
                _ => "ration",
            };
            let unknown = input(situation, name, Figure::UNKNOWN, row);
            Input { used: false, why, stated: stated(&row.record), ..unknown }
        })
        .collect()
}

/// What a count says in its own words and unit.
fn stated(stock: &crate::domain::Stock) -> Option<String> {
    let words = stock.quantity_text.as_ref().map(|text| text.as_str().to_owned());
    words.or_else(|| {
        let (quantity, unit) = (stock.quantity.central()?, stock.unit.as_ref()?);
        let item = stock.item.as_ref().map_or("", Text::as_str);
        Some(format!("{quantity} {unit} {item}").trim().to_owned())
    })
}

fn convoy(
    situation: &Situation,
    name: &'static str,
    moved: &Moved<&crate::situation::arrivals::Visit>,
) -> Input {
    let convoy = &moved.record.convoy;
    let unknown = moved.amount.is_unknown();
    let why = "how much of it came here is not known";
    Input {
        input: name,
        amount: moved.amount,
        stated: None,
        date: moved.at.date_naive(),
        age_days: whole_days(moved.at, situation.as_of),
        record: evidence(Kind::Convoy, convoy),
        source: convoy.record.sources.first().map(ToString::to_string),
        used: !unknown,
        why: unknown.then_some(why),
    }
}

/// How far back statements are shown, days.
const STATEMENT_DAYS: f64 = 60.0;

/// What others say of the area's stocks, the newest first.
pub(super) fn statements(situation: &Situation, area: &Known<Area>) -> Vec<Statement> {
    let mut found: Vec<Statement> = situation
        .world
        .observations
        .iter()
        .filter(|row| {
            let of_stocks = matches!(
                row.record.topic,
                Topic::RunOutStatement | Topic::StockStatement | Topic::StockExpiry
            );
            of_stocks
                && row.record.areas.iter().any(|code| code.as_str() == &*area.code)
                && is_recent(row.record.date.start(), situation.as_of)
        })
        .map(|row| {
            let record = &row.record;
            let text = record.quote.as_ref().or(record.text.as_ref()).or(record.title.as_ref());
            let at = record.date.start();
            Statement {
                topic: record.topic,
                text: text.map_or_else(String::new, |text| text.as_str().to_owned()),
                said_by: record.actor.as_ref().map(|actor| actor.as_str().to_owned()),
                value: record.value,
                unit: record.unit.as_ref().map(|unit| unit.as_str().to_owned()),
                until: record.period_to.map(crate::domain::Moment::date),
                date: at.date_naive(),
                age_days: whole_days(at, situation.as_of),
                record: evidence(Kind::Observation, row),
                source: record.source.as_ref().map(ToString::to_string),
            }
        })
        .collect();
    found.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.record.code.cmp(&b.record.code)));
    found
}

fn is_recent(at: DateTime<Utc>, as_of: DateTime<Utc>) -> bool {
    at <= as_of && whole_days(at, as_of) <= STATEMENT_DAYS
}
