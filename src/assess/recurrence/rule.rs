//! Reading a rule of RFC 5545: the local times at which it starts, without any zone.
//!
//! The rule is walked on a clock that never changes, so that no start is lost in a gap. Its `UNTIL` is
//! kept apart and compared with the true instants.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use rrule::{Frequency, RRule, RRuleSet, Unvalidated};

use super::expand::NoWindows;

/// The longest rule: characters.
const LONGEST_RULE: usize = 300;

/// The most starts on one day.
const MOST_A_DAY: usize = 24;

/// Until when a rule goes, including that time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// An instant.
    Instant(DateTime<Utc>),
    /// A time on the local clock.
    Local(NaiveDateTime),
}

/// A rule that was understood.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    set: RRuleSet,
    /// Until when it goes.
    pub(super) until: Option<Until>,
}

impl Rule {
    /// Understands a rule that is counted from `first`.
    pub(super) fn read(text: &str, first: NaiveDateTime) -> Result<Self, NoWindows> {
        let bad = |why: &str| NoWindows::BadRule(why.to_owned());
        let upper = text.trim().to_ascii_uppercase();
        let text = upper.strip_prefix("RRULE:").unwrap_or(&upper);
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "=;,+-".contains(c);
        if text.len() > LONGEST_RULE || !text.chars().all(is_plain) || !text.contains("FREQ=") {
            return Err(bad("it is not written as one"));
        }
        let (untils, parts): (Vec<&str>, Vec<&str>) =
            text.split(';').partition(|part| part.starts_with("UNTIL="));
        if !untils.is_empty() && parts.iter().any(|part| part.starts_with("COUNT=")) {
            return Err(bad("it has both COUNT and UNTIL; give one of them"));
        }
        let until = match untils.as_slice() {
            [] => None,
            [until] => Some(read_until(until).ok_or_else(|| bad("its UNTIL is not a time"))?),
            _ => return Err(bad("it has more than one UNTIL")),
        };
        Ok(Self { set: read_set(&parts.join(";"), first)?, until })
    }

    /// Its starts on the local clock, in order.
    pub(super) fn starts(&self) -> impl Iterator<Item = NaiveDateTime> + '_ {
        self.set.into_iter().map(|start| start.naive_utc())
    }
}

fn read_set(text: &str, first: NaiveDateTime) -> Result<RRuleSet, NoWindows> {
    let bad = |error: rrule::RRuleError| {
        let text = error.to_string();
        // The library puts "RRule … error: " before what is wrong.
        NoWindows::BadRule(text.split_once(": ").map_or(text.clone(), |(_, why)| why.to_owned()))
    };
    let rule: RRule<Unvalidated> = text.parse().map_err(bad)?;
    if matches!(rule.get_freq(), Frequency::Hourly | Frequency::Minutely | Frequency::Secondly) {
        return Err(NoWindows::FinerThanDaily);
    }
    let bad_number = |why: &str| Err(NoWindows::BadRule(why.to_owned()));
    if rule.get_interval() == 0 {
        return bad_number("its INTERVAL must be 1 or more");
    }
    if rule.get_count() == Some(0) {
        return bad_number("its COUNT must be 1 or more");
    }
    let times = [rule.get_by_hour(), rule.get_by_minute(), rule.get_by_second()];
    if times.iter().map(|times| times.len().max(1)).product::<usize>() > MOST_A_DAY {
        return bad_number("it has more than 24 starts a day");
    }
    Ok(rule.build(first.and_utc().with_timezone(&rrule::Tz::UTC)).map_err(bad)?.limit())
}

fn read_until(part: &str) -> Option<Until> {
    let text = part.strip_prefix("UNTIL=")?;
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y%m%d") {
        return Some(Until::Local(date.and_time(NaiveTime::from_hms_opt(23, 59, 59)?)));
    }
    let time = |text: &str| NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").ok();
    match text.strip_suffix('Z') {
        Some(utc) => time(utc).map(|time| Until::Instant(time.and_utc())),
        None => time(text).map(Until::Local),
    }
}
