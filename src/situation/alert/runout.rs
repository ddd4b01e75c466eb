//! What there is to eat ends soon.
//!
//! Asked of every area that somebody calls cut off, and of others only while a count of their stock is fresh: the
//! old count of a place that can be supplied any day says nothing. A date holds only if no convoy comes; from one
//! holder's stock it is a floor, not a forecast, and the alert says so.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::look_back::{LEVELS, Look, Looks, Open, Side, days_before};
use super::view::View;
use super::{Alert, Rule, alert, area_subject, with_claims};
use crate::assess::evidence::{RunoutLine, RunoutSeverity};
use crate::assess::holding::Sector;
use crate::assess::stock::{self, Reading, RunOutStatus};
use crate::config::Alert as Lines;
use crate::domain::stock::StockType;
use crate::domain::{Area, Called, Kind, Saying, Told};
use crate::situation::coverage::{Counted, whole_days};
use crate::situation::outlook::{AreaOutlook, OutlookQuestion, OutlookStatus, outlooks};
use crate::situation::supply::{AreaSupply, SupplyQuestion, of_area};
use crate::situation::table::Known;
use crate::situation::world::Situation;

/// How long both dates must lie past the clearing line before the alert closes. Source: domain rules, section 7.
const HOLD: TimeDelta = TimeDelta::days(1);

/// What is asked of supplies: food, as people are taken to eat, with nothing that has not come yet.
pub(super) const fn question<'v>(view: &View<'v>) -> SupplyQuestion<'v> {
    SupplyQuestion {
        sector: Sector::Food,
        policy: None,
        include_planned: false,
        standards: view.standards,
    }
}

/// The supply of an area between two moments.
pub(super) fn supply_of<'v>(
    view: &'v View<'_>,
    situation: &'v Situation,
    area: &'v Known<Area>,
    period: (DateTime<Utc>, DateTime<Utc>),
) -> AreaSupply<'v> {
    let visits = Counted::of(situation, &area.code, &view.left_out);
    AreaSupply::gather(situation, area, visits, period, &question(view))
}

/// The outlooks of the areas that can raise something: those that are cut off, and those with a count, unless even
/// the worst of it lasts beyond every line.
pub(super) fn outlooks_now(view: &View<'_>) -> HashMap<String, AreaOutlook> {
    let areas = areas(view).filter(|area| !is_far(view, view.situation, area));
    outlooks_of(view, view.situation, areas.map(|area| area.code.to_string()).collect())
}

fn outlooks_of(
    view: &View<'_>,
    situation: &Situation,
    areas: Vec<String>,
) -> HashMap<String, AreaOutlook> {
    if areas.is_empty() {
        return HashMap::new();
    }
    let supply = question(view);
    let question =
        OutlookQuestion { supply, horizon_days: None, areas, admin1: None, with_inputs: false };
    let found = outlooks(situation, &question);
    found.into_iter().map(|outlook| (outlook.area.clone(), outlook)).collect()
}

/// The areas that are cut off, and those whose stock somebody counted not long ago.
fn areas<'v>(view: &'v View<'_>) -> impl Iterator<Item = &'v Known<Area>> {
    let situation = view.situation;
    let all = situation.world.areas.iter();
    all.filter(|area| view.cut_off.contains_key(&*area.code) || is_freshly_counted(view, area))
        .map(|area| &**area)
}

fn is_freshly_counted(view: &View<'_>, area: &Known<Area>) -> bool {
    let as_of = view.situation.as_of;
    counted_on(view.situation, area)
        .is_some_and(|day| whole_days(day, as_of) <= view.lines_of(area).stale_stock_days)
}

/// The day of the newest count of what is in store.
fn counted_on(situation: &Situation, area: &Known<Area>) -> Option<DateTime<Utc>> {
    let counts = of_area(situation, &area.code).stocks.iter().rev();
    let stocks = counts.filter(|row| row.record.stock_type == StockType::Stock);
    stocks.map(|row| row.record.date.start()).find(|day| *day <= situation.as_of)
}

/// Does what was counted last beyond every line even if the worst of each doubt is true? Then no lots need be drawn.
fn is_far(view: &View<'_>, situation: &Situation, area: &Known<Area>) -> bool {
    if counted_on(situation, area).is_none() {
        return false;
    }
    let supply = supply_of(view, situation, area, (situation.as_of, situation.as_of));
    if supply.counted.is_none() {
        return false;
    }
    let [_, _, most_eaten] = supply.shares();
    let events = supply.events(None);
    let now = stock::Outlook {
        from: 0.0,
        as_of: supply.day(situation.as_of),
        horizon_days: supply.rules.horizon_days.into(),
        include_planned: false,
    };
    let early = stock::run_out(&supply.supply(&events, most_eaten), Reading::Least, &now);
    let lines = view.lines_of(area);
    let last = lines.runout_p50_days.max(lines.runout_p10_days) * lines.runout_clear_factor;
    early.status == RunOutStatus::NotWithinHorizon || early.days.is_some_and(|days| days > last)
}

pub(super) fn find(view: &View<'_>, found: &mut Vec<Alert>) {
    let counted = areas(view).filter(|area| {
        let outlook = view.outlooks.get(&*area.code);
        outlook.is_none_or(|outlook| outlook.severity != RunoutSeverity::DataGap)
    });
    let mut rows: Vec<Row<'_>> = counted
        .map(|area| {
            let now = look(view, area, &view.outlooks, view.situation.as_of);
            (area, Looks::beginning(now, HOLD))
        })
        .collect();
    look_back(view, &mut rows);
    let open: Vec<(&Known<Area>, Open)> =
        rows.into_iter().filter_map(|(area, looks)| Some((area, looks.open()?))).collect();
    let not_made = open.iter().filter(|(area, _)| !view.outlooks.contains_key(&*area.code));
    let not_made = not_made.map(|(area, _)| area.code.to_string()).collect();
    let made = outlooks_of(view, view.situation, not_made);
    for (area, open) in open {
        let outlook = view.outlooks.get(&*area.code).or_else(|| made.get(&*area.code));
        found.extend(outlook.map(|outlook| told(view, area, outlook, open)));
    }
}

/// An area with the looks at it.
type Row<'v> = (&'v Known<Area>, Looks);

/// The look at an area of one moment; of one without an outlook it is known that the day is far.
fn look(
    view: &View<'_>,
    area: &Known<Area>,
    outlooks: &HashMap<String, AreaOutlook>,
    at: DateTime<Utc>,
) -> Look {
    let far = Some([Side::Clear; LEVELS.len()]);
    let outlook = outlooks.get(&*area.code);
    Look { at, sides: outlook.map_or(far, |outlook| sides(outlook, view.lines_of(area))) }
}

/// Looks at the days before, the areas of one day together, as long as an area depends on them.
fn look_back(view: &View<'_>, rows: &mut [Row<'_>]) {
    let longest = rows.iter().map(|(area, _)| view.lines_of(area).hysteresis_days).max();
    let days = days_before(view.situation.as_of, longest.unwrap_or(0));
    for (number, as_of) in (1_u32..).zip(days) {
        let waits = |(area, looks): &&mut Row<'_>| {
            number <= view.lines_of(area).hysteresis_days && looks.want_more()
        };
        let waiting: Vec<&mut Row<'_>> = rows.iter_mut().filter(waits).collect();
        if waiting.is_empty() || (view.gives_up)() {
            return;
        }
        let earlier = Situation { as_of, ..view.situation.clone() };
        let near = waiting.iter().filter(|(area, _)| !is_far(view, &earlier, area));
        let near = near.map(|(area, _)| area.code.to_string()).collect();
        let near = outlooks_of(view, &earlier, near);
        for (area, looks) in waiting {
            looks.add(look(view, area, &near, as_of));
        }
    }
}

/// On which side of the lines of each severity the two dates lie; `None` where there are no dates.
fn sides(outlook: &AreaOutlook, own: &Lines) -> Option<[Side; LEVELS.len()]> {
    if outlook.severity == RunoutSeverity::DataGap {
        return None;
    }
    let days = |days: Option<f64>| days.unwrap_or(f64::INFINITY);
    let (p10, p50) = (days(outlook.days_left.p10), days(outlook.days_left.p50));
    let lines = own.runout_lines();
    let side = |line: RunoutLine| {
        let (away_p10, away_p50) =
            (line.p10_days * own.runout_clear_factor, line.p50_days * own.runout_clear_factor);
        if p10 <= line.p10_days || p50 <= line.p50_days {
            Side::Past
        } else if p10 > away_p10 && p50 > away_p50 {
            Side::Clear
        } else {
            Side::Between
        }
    };
    Some([side(lines.critical), side(lines.high), side(lines.medium)])
}

fn told(view: &View<'_>, area: &Known<Area>, outlook: &AreaOutlook, open: Open) -> Alert {
    let situation = view.situation;
    let supply = supply_of(view, situation, area, (situation.as_of, situation.as_of));
    let lines = view.lines_of(area);
    let held = (!open.is_past).then(|| Saying::of("alert-runout-held"));
    let said = std::iter::once(when(situation, outlook))
        .chain(rests_on(situation, outlook, &supply))
        .chain([moved_by(outlook)])
        .chain(held)
        .collect();
    let subject = area_subject(situation, &area.code);
    let mut found = alert(Rule::Runout, open.severity, subject, said)
        .number("days_left_p10", outlook.days_left.p10)
        .number("days_left_p50", outlook.days_left.p50)
        .number("threshold_days_p10", lines.runout_p10_days)
        .number("threshold_days_p50", lines.runout_p50_days)
        .number("stock_person_days_low", outlook.opening_stock.amount.low())
        .number("stock_person_days_high", outlook.opening_stock.amount.high())
        .number("people", outlook.population.central())
        .number("one_holder_only", outlook.flags.contains(&"one_holder"))
        .number(
            "age_of_count_days",
            supply.counted.as_ref().map(|counted| whole_days(counted.at, situation.as_of)),
        )
        .since(open.since);
    found = resting_on_supply(found, &supply);
    with_claims(found, view.claims(&area.code))
}

/// The records that a supply rests on.
pub(super) fn resting_on_supply(mut found: Alert, supply: &AreaSupply<'_>) -> Alert {
    let stocks = supply.counted.iter().flat_map(|counted| counted.counts.iter().map(|c| c.0));
    let own = [supply.inflow, supply.ration].into_iter().flatten().map(|(row, _)| row);
    for row in stocks.chain(own) {
        found = found.resting_on(Kind::Stock, row).citing(&row.record.source);
    }
    if let Some(people) = supply.people {
        found =
            found.resting_on(Kind::Population, people.count).citing(&people.count.record.source);
    }
    for lost in &supply.losses {
        found = found.resting_on(Kind::Incident, lost.record).citing(&lost.record.record.source);
    }
    for came in &supply.arrivals {
        let convoy = &came.record.convoy;
        found = found.resting_on(Kind::Convoy, convoy).citing(&convoy.record.sources);
    }
    found
}

/// When it ends.
fn when(situation: &Situation, outlook: &AreaOutlook) -> Saying {
    let (left, on) = (outlook.days_left, outlook.runs_out_on.p50);
    let say = match (outlook.status, left.p50, left.p10) {
        (OutlookStatus::AlreadyOut, _, _) => "alert-runout-out",
        (_, Some(_), Some(_)) if left.p10 < left.p50 => "alert-runout-both",
        (_, Some(_), _) => "alert-runout-about",
        (_, None, Some(_)) => "alert-runout-early",
        (_, None, None) => "alert-runout-long",
    };
    let saying = Saying::of(say).name("area", situation.area_called(&outlook.area));
    let saying = match on {
        Some(day) => saying.case("until", "known").day("day", day, None),
        None => saying.case("until", "unknown"),
    };
    let saying = left.p50.map_or(saying.clone(), |p50| saying.part("left", in_days(p50)));
    left.p10.map_or(saying.clone(), |p10| saying.part("early", in_days(p10)))
}

/// Whole days: nobody is told of more than there are.
fn in_days(days: f64) -> Saying {
    Saying::of("alert-days").number("days", days.floor())
}

/// On whose count it rests.
fn rests_on(
    situation: &Situation,
    outlook: &AreaOutlook,
    supply: &AreaSupply<'_>,
) -> Option<Saying> {
    let counted = supply.counted.as_ref()?;
    let day = counted.at.date_naive();
    if !outlook.flags.contains(&"one_holder") {
        return Some(Saying::of("alert-runout-count").day("day", day, None));
    }
    let owners = counted.counts.first().map(|(row, _)| &row.record.owner[..]).unwrap_or_default();
    let holders = owners.iter().map(|owner| {
        let known = situation.world.organisations.get(owner.as_str());
        known.map_or_else(|| Called::only(owner.as_str()), |row| Called::of(&row.record.names))
    });
    let holders = Told::Names(holders.collect());
    Some(Saying::of("alert-runout-holder").with("holders", holders).day("day", day, None))
}

/// What would move it.
fn moved_by(outlook: &AreaOutlook) -> Saying {
    Saying::of(if outlook.flags.contains(&"unknown_inflow") {
        "alert-runout-moved-inflow"
    } else {
        "alert-runout-moved"
    })
}
