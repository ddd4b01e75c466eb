//! Alerts for the programs of those who warn: the Common Alerting Protocol 1.2 of OASIS.
//!
//! One message for each step in the life of an episode; a later one names the earlier, so that nothing is deleted.
//!
//! | ours | `urgency` | `severity` |
//! |---|---|---|
//! | critical: act now | Immediate | Extreme |
//! | high: act | Expected | Severe |
//! | medium: look at it | Future | Moderate |
//! | low: mend when there is time | Future | Minor |
//! | resolved, whatever it was | Past | as it was last |
//!
//! | rules | `category` | `certainty` |
//! |---|---|---|
//! | `runout` | Rescue | Likely: it is computed ahead |
//! | `pause_ending` | Security, Transport | Likely: it is to come |
//! | `no_delivery` | Rescue | Possible: nothing was heard, which is not that nothing came |
//! | `convoy_stalled`, `convoy_overdue` | Transport | Possible: nothing was heard of it |
//! | `low_coverage` | Rescue | Likely: it is computed |
//! | `stock_destroyed` | Rescue, Security | Observed: a source reports it |
//! | `convoy_denied`, `items_removed` | Transport | Observed |
//! | `convoy_attacked` | Transport, Security | Observed |
//! | `pause_unanswered` | Security | Possible: an answer may not have been heard of |
//! | `pause_violated`, `newly_besieged` | Security | Observed |
//! | `facility_attacked` | Health, Security | Observed |
//! | `route_cut` | Transport, Security | Observed |
//! | `stale_estimate`, `population_jump`, `data_gap`, `future_dated`, `over_delivery` | Other | Observed: in our records |
//! | `report_skipped`, `delivery_failed` | Other | Observed: by the program itself |
//!
//! There is no instruction: Passage tells what is known, not what anybody is to do. There is no polygon and no circle
//! either, because positions are sensitive: an area is its name and its P-code.

use chrono::{DateTime, TimeDelta, Utc};

use super::told::{Named, Said, Teller, Told};
use super::xml::Xml;
use crate::domain::{Language, Sensitivity};
use crate::situation::alert::life::Step;
use crate::situation::alert::{Rule, Severity};

/// The media type of a message.
pub const MEDIA_TYPE: &str = "application/cap+xml; charset=utf-8";

/// How long a message holds for a program that hears no more of us: after so long no estimate that an alert could rest
/// on is fresh (`alert.stale_population_days`). It does not end the alert; only a `Cancel` does.
const HOLDS: TimeDelta = TimeDelta::days(30);

/// How long a `Cancel` holds: long enough for a program that asks once a day.
const CANCEL_HOLDS: TimeDelta = TimeDelta::days(2);

/// What a message does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Does {
    Alert,
    Update,
    Cancel,
}

impl Does {
    const fn of(step: Step) -> Self {
        match step {
            Step::Open | Step::Raised => Self::Alert,
            // The other steps are no messages.
            Step::Updated | Step::Acknowledged | Step::Silenced | Step::Unsilenced => Self::Update,
            Step::Resolved => Self::Cancel,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Alert => "Alert",
            Self::Update => "Update",
            Self::Cancel => "Cancel",
        }
    }
}

/// The last message of an episode.
#[must_use]
pub fn cap(told: &Told<'_>, teller: &Teller<'_>) -> String {
    let messages = told.all_messages();
    let (sent, does) = messages
        .last()
        .map_or((told.episode.raised_at, Does::Alert), |(at, step)| (*at, Does::of(*step)));
    let sender = plain(teller.sender);
    let mut xml = Xml::new();
    xml.with("alert", &[("xmlns", "urn:oasis:names:tc:emergency:cap:1.2")], |xml| {
        xml.text("identifier", &[], &identifier(told, messages.len()));
        xml.text("sender", &[], &sender);
        xml.text("sent", &[], &time(sent));
        xml.text("status", &[], "Actual");
        xml.text("msgType", &[], does.as_str());
        scope(xml, told.level);
        if messages.len() > 1 {
            let earlier =
                messages.iter().take(messages.len() - 1).enumerate().map(|(at, (sent, _))| {
                    format!("{sender},{},{}", identifier(told, at + 1), time(*sent))
                });
            xml.text("references", &[], &earlier.collect::<Vec<_>>().join(" "));
        }
        let languages =
            if teller.languages.is_empty() { &[Language::En] } else { teller.languages };
        for language in languages {
            let said = (teller.say)(&told.episode.alert, *language);
            info(xml, told, teller, &Message { sent, does, language: *language, said });
        }
    });
    xml.done()
}

/// A message in one language.
struct Message {
    sent: DateTime<Utc>,
    does: Does,
    language: Language,
    said: Said,
}

fn info(xml: &mut Xml, told: &Told<'_>, teller: &Teller<'_>, message: &Message) {
    let (alert, said) = (&told.episode.alert, &message.said);
    let holds = if message.does == Does::Cancel { CANCEL_HOLDS } else { HOLDS };
    xml.with("info", &[], |xml| {
        xml.text("language", &[], message.language.as_str());
        for category in categories(alert.rule) {
            xml.text("category", &[], category);
        }
        xml.text("event", &[], &said.event);
        xml.text("urgency", &[], urgency(alert.severity, message.does));
        xml.text("severity", &[], severity(alert.severity));
        xml.text("certainty", &[], certainty(alert.rule));
        xml.text("effective", &[], &time(message.sent));
        if let Some(since) = alert.since {
            xml.text("onset", &[], &time(since));
        }
        xml.text("expires", &[], &time(message.sent + holds));
        xml.text("senderName", &[], teller.name);
        xml.text("headline", &[], &said.headline);
        xml.text("description", &[], &said.description);
        // Where no address of this Passage is set, there is none to give.
        if told.link.contains("://") {
            xml.text("web", &[], &told.link);
        }
        parameter(xml, "rule", alert.rule.as_str());
        parameter(xml, "key", &alert.key);
        parameter(xml, "episode", &told.episode.number.to_string());
        parameter(xml, "standing", told.standing().as_str());
        area(xml, &said.areas);
    });
}

fn parameter(xml: &mut Xml, name: &str, value: &str) {
    xml.with("parameter", &[], |xml| {
        xml.text("valueName", &[], name);
        xml.text("value", &[], value);
    });
}

/// The areas together; an alert about no area has none.
fn area(xml: &mut Xml, areas: &[Named]) {
    if areas.is_empty() {
        return;
    }
    let names: Vec<&str> = areas.iter().map(|area| area.name.as_str()).collect();
    xml.with("area", &[], |xml| {
        xml.text("areaDesc", &[], &names.join("; "));
        for pcode in areas.iter().filter_map(|area| area.pcode.as_ref()) {
            xml.with("geocode", &[], |xml| {
                xml.text("valueName", &[], "P-code");
                xml.text("value", &[], pcode);
            });
        }
    });
}

fn scope(xml: &mut Xml, level: Sensitivity) {
    if level == Sensitivity::Public {
        xml.text("scope", &[], "Public");
    } else {
        xml.text("scope", &[], "Restricted");
        xml.text("restriction", &[], &format!("For those who may see what is {level}."));
    }
}

/// The name of a message: its episode, and which message of it.
fn identifier(told: &Told<'_>, number: usize) -> String {
    format!("{}.{number}", told.id)
}

/// Names of senders have no space, comma, `<` or `&`.
fn plain(sender: &str) -> String {
    let kept = |letter: &char| !letter.is_whitespace() && !matches!(letter, ',' | '<' | '&');
    sender.chars().filter(kept).collect()
}

/// A time in UTC, which CAP writes as an offset that is not known; it has no `Z`.
fn time(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S-00:00").to_string()
}

const fn categories(rule: Rule) -> &'static [&'static str] {
    match rule {
        Rule::Runout | Rule::NoDelivery | Rule::LowCoverage => &["Rescue"],
        Rule::StockDestroyed => &["Rescue", "Security"],
        Rule::ConvoyStalled | Rule::ConvoyOverdue | Rule::ConvoyDenied | Rule::ItemsRemoved => {
            &["Transport"]
        }
        Rule::ConvoyAttacked | Rule::RouteCut => &["Transport", "Security"],
        Rule::PauseEnding => &["Security", "Transport"],
        Rule::PauseUnanswered | Rule::PauseViolated | Rule::NewlyBesieged => &["Security"],
        Rule::FacilityAttacked => &["Health", "Security"],
        Rule::StaleEstimate
        | Rule::PopulationJump
        | Rule::DataGap
        | Rule::FutureDated
        | Rule::OverDelivery
        | Rule::ReportSkipped
        | Rule::DeliveryFailed => &["Other"],
    }
}

const fn certainty(rule: Rule) -> &'static str {
    match rule {
        Rule::Runout | Rule::PauseEnding | Rule::LowCoverage => "Likely",
        Rule::NoDelivery | Rule::ConvoyStalled | Rule::ConvoyOverdue | Rule::PauseUnanswered => {
            "Possible"
        }
        Rule::StockDestroyed
        | Rule::ConvoyDenied
        | Rule::ConvoyAttacked
        | Rule::ItemsRemoved
        | Rule::PauseViolated
        | Rule::StaleEstimate
        | Rule::PopulationJump
        | Rule::FacilityAttacked
        | Rule::NewlyBesieged
        | Rule::DataGap
        | Rule::FutureDated
        | Rule::OverDelivery
        | Rule::RouteCut
        | Rule::ReportSkipped
        | Rule::DeliveryFailed => "Observed",
    }
}

const fn urgency(severity: Severity, does: Does) -> &'static str {
    match (does, severity) {
        (Does::Cancel, _) => "Past",
        (_, Severity::Critical) => "Immediate",
        (_, Severity::High) => "Expected",
        (_, Severity::Medium | Severity::Low) => "Future",
    }
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "Extreme",
        Severity::High => "Severe",
        Severity::Medium => "Moderate",
        Severity::Low => "Minor",
    }
}
