//! A good part of the stock was destroyed.
//!
//! A loss is held against what was in store right before it and against what is needed each day, by its middle
//! figure; if only its high end is much, that is said and is less grave. A count made later closes the alert: it
//! says what there is. A loss told for several areas together says nothing of each of them.

use super::view::View;
use super::{Alert, Rule, Severity, alert, area_subject, gap, runout, with_claims};
use crate::assess::stock::{self, Reading};
use crate::domain::facility::FacilityType;
use crate::domain::incident::IncidentType;
use crate::domain::{Area, Figure, Incident, Kind, Saying, Told};
use crate::situation::supply::{AreaSupply, opening};
use crate::situation::table::Known;

/// What an incident took of what an area had.
struct Loss {
    /// Person-days that were lost.
    lost: Figure,
    /// Person-days that were in store before.
    before: Figure,
    /// Person-days that are needed each day.
    need: Figure,
    /// Days until the food ends, without the loss and with it.
    run_out: Option<(f64, f64)>,
}

pub(super) fn find(view: &View<'_>, incident: &Known<Incident>) -> Option<Alert> {
    let record = &incident.record;
    let [area] = &record.areas[..] else { return None };
    let hit_a_store = is_on_a_store(view, record);
    if record.convoy.is_some() || (record.losses.is_empty() && !hit_a_store) {
        return None;
    }
    let area = view.situation.world.areas.get(area.as_str())?;
    let at = record.date.start();
    let mut supply = runout::supply_of(view, view.situation, area, (at, view.situation.as_of));
    if !supply.recounts.is_empty() {
        return None;
    }
    let loss = Loss::of(&mut supply, incident);
    match loss {
        Some(loss) if loss.can_be_judged() => told(view, area, incident, &supply, &loss),
        _ if hit_a_store => Some(gap::unknown_loss(view, &area.code, incident)),
        _ => None,
    }
}

/// Did it hit a place where food is kept?
fn is_on_a_store(view: &View<'_>, record: &Incident) -> bool {
    let facilities = &view.situation.world.facilities;
    record.incident_type == IncidentType::WarehouseHit
        || record
            .facilities
            .iter()
            .filter_map(|code| facilities.get(code.as_str()))
            .any(|row| row.record.facility_type == FacilityType::Warehouse)
}

impl Loss {
    /// `None` where nothing of it can be counted as food.
    fn of(supply: &mut AreaSupply<'_>, incident: &Known<Incident>) -> Option<Self> {
        let at = supply.day(incident.record.date.start());
        let with = supply.events(None);
        let (own, others) =
            supply.losses.drain(..).partition(|lost| lost.record.code == incident.code);
        supply.losses = others;
        let own: Vec<_> = own;
        let figures: Vec<Figure> = own.iter().map(|lost| lost.amount).collect();
        let lost = Figure::sum(&figures);
        let without = supply.events(None);
        let is_counted = supply.counted.is_some();
        let before = if is_counted { opening(supply, &without, at) } else { Figure::UNKNOWN };
        let [_, share, _] = supply.shares();
        let days = |events: &[stock::StockEvent]| {
            let right_after = stock::Outlook::from_day(0.0);
            let right_after = stock::Outlook { as_of: at, ..right_after };
            let run_out =
                stock::run_out(&supply.supply(events, share), Reading::Best, &right_after);
            run_out.not_before.filter(|_| is_counted)
        };
        let run_out = days(&without).zip(days(&with));
        supply.losses.extend(own);
        let need = supply.need_per_day();
        (!lost.is_unknown()).then_some(Self { lost, before, need, run_out })
    }

    /// Is there anything to hold it against?
    fn can_be_judged(&self) -> bool {
        self.before.central().is_some() || self.need.central().is_some()
    }

    /// So much as a share of what was in store.
    fn share(&self, lost: f64) -> Option<f64> {
        let before = self.before.central()?;
        (before > 0.0).then(|| (lost / before).min(1.0))
    }

    /// So much in days of need.
    fn days(&self, lost: f64) -> Option<f64> {
        self.need.central().filter(|need| *need > 0.0).map(|need| lost / need)
    }

    /// Was more lost than can have been there?
    fn exceeds_stock(&self) -> bool {
        self.lost.central().zip(self.before.ceiling()).is_some_and(|(lost, most)| lost > most)
    }
}

fn told(
    view: &View<'_>,
    area: &Known<Area>,
    incident: &Known<Incident>,
    supply: &AreaSupply<'_>,
    loss: &Loss,
) -> Option<Alert> {
    let lines = view.lines_of(area);
    let is_much = |lost: Option<f64>| {
        lost.is_some_and(|lost| {
            loss.share(lost).is_some_and(|share| share >= lines.stock_destroyed_share)
                || loss.days(lost).is_some_and(|days| days >= lines.stock_destroyed_days)
        })
    };
    let critical_days = lines.stock_destroyed_critical_days;
    let comes_close = loss
        .run_out
        .is_some_and(|(without, with)| without >= critical_days && with < critical_days);
    let middle = loss.lost.central();
    let severity = if loss.exceeds_stock() || (is_much(middle) && comes_close) {
        Severity::Critical
    } else if is_much(middle) {
        Severity::High
    } else if is_much(loss.lost.ceiling()) {
        Severity::Medium
    } else {
        return None;
    };
    let said = sentences(view, area, incident, loss, is_much(loss.lost.floor()));
    let found =
        alert(Rule::StockDestroyed, severity, area_subject(view.situation, &area.code), said)
            .with_key(&incident.code)
            .number("lost_person_days_low", loss.lost.low())
            .number("lost_person_days_high", loss.lost.high())
            .number("share_of_stock", middle.and_then(|lost| loss.share(lost)))
            .number("threshold_share", lines.stock_destroyed_share)
            .number("days_of_need", middle.and_then(|lost| loss.days(lost)))
            .number("threshold_days", lines.stock_destroyed_days)
            .number("days_left_without", loss.run_out.map(|(without, _)| without))
            .number("days_left_with", loss.run_out.map(|(_, with)| with))
            .number("loss_exceeds_stock", loss.exceeds_stock())
            .since(Some(incident.record.date.start()))
            // First the record that raised it.
            .resting_on(Kind::Incident, incident)
            .citing(&incident.record.source);
    Some(with_claims(
        without_twice(runout::resting_on_supply(found, supply)),
        view.claims(&area.code),
    ))
}

/// The incident stands among the losses of the supply too.
fn without_twice(mut found: Alert) -> Alert {
    let mut seen = Vec::new();
    found.records.retain(|record| {
        let is_new = !seen.contains(record);
        seen.push(record.clone());
        is_new
    });
    found
}

fn sentences(
    view: &View<'_>,
    area: &Known<Area>,
    incident: &Known<Incident>,
    loss: &Loss,
    is_sure: bool,
) -> Vec<Saying> {
    let (amount, measured) = match (loss.lost.low(), loss.lost.high()) {
        (Some(low), Some(high)) if low <= 0.0 && high > 0.0 => {
            let most = Told::Heads(Figure::exactly(high));
            (Told::Part(Box::new(Saying::of("alert-up-to").with("heads", most))), Some(high))
        }
        (Some(low), Some(high)) if low < high => {
            (Told::Heads(Figure::computed(Some(low), None, Some(high))), loss.lost.central())
        }
        _ => (Told::Heads(loss.lost), loss.lost.central()),
    };
    let share = measured.and_then(|lost| loss.share(lost)).map(|share| match share {
        1.0 => Saying::of("alert-stock-all"),
        share => Saying::of("alert-stock-share").number("share", share * 100.0),
    });
    let days = measured.and_then(|lost| loss.days(lost));
    let days = days.map(|days| Saying::of("alert-stock-days").with("days", Told::Decimal(days)));
    let run_out = loss.run_out.filter(|(without, with)| is_sure && with.floor() < without.floor());
    let run_out = run_out.map(|(without, with)| {
        Saying::of("alert-stock-left").number("with", with).number("without", without)
    });
    let exceeds = loss.exceeds_stock().then(|| Saying::of("alert-stock-exceeds"));
    let destroyed = Saying::of("alert-stock")
        .name("area", view.situation.area_called(&area.code))
        .case("sure", if is_sure { "surely" } else { "possibly" })
        .with("amount", amount)
        .day("day", incident.record.date.date(), incident.record.date_precision)
        .with("measure", Told::Parts(share.into_iter().chain(days).collect()));
    std::iter::once(destroyed).chain(run_out).chain(exceeds).collect()
}
