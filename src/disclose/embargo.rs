//! Convoys under way: where they go and when is withheld until some time after they closed.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::{Parted, Rules};
use crate::domain::{Kind, Moment, Sensitivity, Stage};

/// The fields that a reader below the level of movements sees of a convoy under way.
const OPEN: [&str; 5] = ["mode", "convoy_type", "organisations", "sensitivity", "source"];

/// Until when the movements of a convoy are withheld; `None` for every other kind.
///
/// What was published is no secret: a record of the level `public` that names its source has none. It ends some hours after the convoy closed. One of which nothing was heard for long counts as closed, or what
/// was once planned would be withheld for ever.
pub(super) fn until(
    kind: Kind,
    body: &Value,
    level: Sensitivity,
    rules: &Rules,
) -> Option<DateTime<Utc>> {
    const MS_PER_HOUR: f64 = 3_600_000.0;
    let is_published = level == Sensitivity::Public && body["source"].is_string();
    if kind != Kind::Convoy || is_published {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "hours and days of a setting")]
    let hours = |hours: f64| TimeDelta::milliseconds((hours * MS_PER_HOUR) as i64);
    let embargo = hours(rules.embargo_hours);
    if let Some(closed) = closed(body) {
        return closed.checked_add_signed(embargo);
    }
    let forgotten = hours(rules.embargo_forgotten_days * 24.0);
    last_heard(body)?.checked_add_signed(forgotten)?.checked_add_signed(embargo)
}

/// When the convoy closed, if its last move says that it did.
fn closed(body: &Value) -> Option<DateTime<Utc>> {
    let events = body["events"].as_array()?;
    let (stage, at) = events.iter().rev().find_map(|event| {
        let stage: Stage = event["stage"].as_str()?.parse().ok()?;
        Some((stage, moment(&event["at"])?))
    })?;
    is_closed(stage).then_some(at)
}

/// Are the goods off the trucks, or will they never be on the way?
const fn is_closed(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::Offloaded
            | Stage::Completed
            | Stage::Denied
            | Stage::Cancelled
            | Stage::TurnedBack
            | Stage::ClosedWithLoss
    )
}

/// The latest time that the record names.
fn last_heard(body: &Value) -> Option<DateTime<Utc>> {
    let own = ["date", "date_end", "planned_departure", "eta"].map(|field| &body[field]);
    let inner = |list: &str, field: &'static str| {
        let items = body[list].as_array().into_iter().flatten();
        items.map(move |item| &item[field]).collect::<Vec<_>>()
    };
    let events = inner("events", "at");
    let drops = inner("drops", "arrived_at");
    let accounts = inner("accounts", "date_end");
    own.into_iter().chain(events).chain(drops).chain(accounts).filter_map(moment).max()
}

fn moment(value: &Value) -> Option<DateTime<Utc>> {
    Some(value.as_str()?.parse::<Moment>().ok()?.end())
}

/// What is said of a convoy under way, of what its reader would see after it: how it travels and who takes part.
/// The units it goes to are told by its drops, and withheld with them.
pub(super) fn coarse(mut parted: Parted, admin2: &[String]) -> Parted {
    if !parted.withheld.iter().any(|name| name == "drops") {
        parted.admin2 = admin2.to_vec();
    }
    if let Some(fields) = parted.body.as_object_mut() {
        fields.retain(|name, _| OPEN.contains(&name.as_str()));
    }
    let fields = Kind::Convoy.schema().fields.iter().map(|field| field.name);
    parted.withheld.extend(fields.filter(|name| !OPEN.contains(name)).map(str::to_owned));
    parted.withheld.sort_unstable();
    parted.withheld.dedup();
    parted.under_embargo = true;
    parted
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn until_of(body: &Value) -> String {
        until(Kind::Convoy, body, Sensitivity::Internal, &Rules::default()).unwrap().to_rfc3339()
    }

    #[test]
    fn it_ends_a_day_after_the_goods_were_off_the_trucks() {
        let body = json!({ "eta": "2016-09-01", "events": [
            { "stage": "departed", "at": "2016-07-26T06:00:00Z" },
            { "stage": "offloaded", "at": "2016-07-26T18:00:00Z" },
            { "event_type": "note", "at": "2016-07-30" },
        ]});
        assert_eq!(until_of(&body), "2016-07-27T18:00:00+00:00");
    }

    #[test]
    fn a_convoy_that_never_closed_is_forgotten_after_a_week() {
        let body = json!({ "events": [{ "stage": "departed", "at": "2016-07-01T00:00:00Z" }] });
        assert_eq!(until_of(&body), "2016-07-09T00:00:00+00:00");
        assert_eq!(
            until_of(&json!({ "planned_departure": "2016-07-01T00:00:00Z" })),
            "2016-07-09T00:00:00+00:00"
        );
    }

    #[test]
    fn a_convoy_that_goes_on_after_a_refusal_is_under_way_again() {
        let body = json!({ "events": [
            { "stage": "denied", "at": "2016-07-01T00:00:00Z" },
            { "stage": "approved", "at": "2016-07-20T00:00:00Z" },
        ]});
        assert_eq!(until_of(&body), "2016-07-28T00:00:00+00:00");
    }

    #[test]
    fn what_a_source_has_published_is_no_secret_and_what_is_only_called_public_is() {
        let until = |body: Value, level| until(Kind::Convoy, &body, level, &Rules::default());
        let published = json!({ "date": "2016-07-26", "source": "ocha160726" });
        assert_eq!(until(published.clone(), Sensitivity::Public), None);
        assert!(until(published, Sensitivity::Internal).is_some());
        assert!(until(json!({ "date": "2016-07-26" }), Sensitivity::Public).is_some());
    }

    #[test]
    fn only_how_it_travels_and_who_takes_part_is_said() {
        let body =
            json!({ "mode": "cross_line", "route": "M5", "title": "To Duma", "note": "at dawn" });
        let parted = coarse(Parted::of(body), &[]);
        assert_eq!(parted.body, json!({ "mode": "cross_line" }));
        assert!(
            ["route", "title", "note", "vehicles", "drops"]
                .iter()
                .all(|f| parted.withheld.iter().any(|w| w == f))
        );
    }
}
