//! The windows of a pause between two instants, from what its record says.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;

use super::rule::{Rule, Until};
use super::{MOST_WINDOWS, Window, end, instant, length};
use crate::domain::InvalidValue;
use crate::domain::pause::DurationMode;

/// The most starts that are walked through, from the first one on.
const MOST_STARTS: usize = 120_000;

/// A time of day as records give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocalTime {
    /// Minutes after midnight, up to 24:00.
    Clock(u16),
    /// When the sun goes down; at which time is not known here.
    Sunset,
}

impl std::str::FromStr for LocalTime {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        if text == "sunset" {
            return Ok(Self::Sunset);
        }
        let number = |text: &str| {
            let in_form = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<u16>().ok().filter(|_| in_form)
        };
        let minutes = text.split_once(':').and_then(|(hours, minutes)| {
            let minutes = number(minutes).filter(|minutes| *minutes < 60)?;
            Some(number(hours)? * 60 + minutes).filter(|minutes| *minutes <= 24 * 60)
        });
        let rule = "must be hh:mm (00:00 to 24:00) or sunset";
        minutes.map(Self::Clock).ok_or_else(|| InvalidValue::new(rule, text))
    }
}

impl LocalTime {
    /// This time of a day; 24:00 is the start of the next.
    fn on(self, date: NaiveDate) -> Option<NaiveDateTime> {
        match self {
            Self::Clock(minutes) => {
                date.and_time(NaiveTime::MIN).checked_add_signed(TimeDelta::minutes(minutes.into()))
            }
            Self::Sunset => None,
        }
    }
}

/// When a pause begins for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    /// On a day, at a time of the local clock.
    Local(NaiveDate, LocalTime),
    /// At an exact instant.
    Instant(DateTime<Utc>),
}

/// How often a pause comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat<'a> {
    /// Once.
    Once,
    /// Every so many days: 1 is daily, 7 weekly.
    EveryDays(u32),
    /// By a rule of RFC 5545, such as `FREQ=WEEKLY;BYDAY=TH`.
    Rule(&'a str),
}

/// How long a pause lasts each time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Lasts {
    /// So many hours.
    Hours(f64, DurationMode),
    /// Until a time of the local clock, on the next day if it is not later than the start.
    To(LocalTime),
}

/// When a pause is to hold, as its record says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Times<'a> {
    /// When it begins for the first time.
    pub first: First,
    /// The zone of the local clock.
    pub zone: Tz,
    /// How often it comes.
    pub repeat: Repeat<'a>,
    /// How long each time.
    pub lasts: Lasts,
    /// When all of it ends; `None` if no end is set.
    pub until: Option<DateTime<Utc>>,
}

/// A window with the times of the local clock that name it. Where the clock changes the two differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// The local time at which it is to begin, even if no clock shows it.
    pub local: NaiveDateTime,
    /// The local time at which it would end if the clock never changed and nothing cut it.
    pub local_end: NaiveDateTime,
    /// When it holds; of no length where a change of the clock leaves nothing of it.
    pub window: Window,
}

/// Why the windows of a pause cannot be told, in words for its author.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoWindows {
    /// It begins at sunset.
    #[error("sunset is not computed; give the local time at which it begins")]
    BeginsAtSunset,
    /// It ends at sunset.
    #[error("sunset is not computed; give hours, or the local time at which it ends")]
    EndsAtSunset,
    /// Its hours are no hours.
    #[error("the hours must be more than 0 and at most ten years")]
    BadHours,
    /// It repeats every 0 days.
    #[error("must be 1 or more")]
    BadInterval,
    /// The rule is not understood.
    #[error("not a rule of RFC 5545 such as FREQ=WEEKLY;BYDAY=TH: {0}")]
    BadRule(String),
    /// The rule counts hours, minutes or seconds.
    #[error("a rule by the hour or finer is not counted; use FREQ=DAILY with BYHOUR")]
    FinerThanDaily,
    /// The rule names no day at all.
    #[error("the rule never comes to a day that exists")]
    NeverComes,
    /// Too far off.
    #[error("must lie in the years 1900 to 2200")]
    OutOfYears,
    /// More than anybody can read.
    #[error("more than {MOST_WINDOWS} windows; ask for a shorter time")]
    TooMany,
}

impl NoWindows {
    /// The field of the record it is about.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::BeginsAtSunset => "start_local",
            Self::EndsAtSunset => "end_local",
            Self::BadHours => "duration_hours",
            Self::BadInterval => "every_days",
            Self::BadRule(_) | Self::FinerThanDaily | Self::NeverComes | Self::TooMany => {
                "recurrence"
            }
            Self::OutOfYears => "start",
        }
    }
}

/// The windows of a pause that touch the time from `from` to `to`, whole and in order.
///
/// Starts repeat on the local clock; one in a gap or in a repeated hour is placed as by
/// [`instant`], and counts towards `COUNT`. A rule is counted from the first start on, which is a
/// window only if the rule names it. `UNTIL` includes its time: an instant (`…Z`), a local time, or a
/// local day. The overall end cuts a window that runs over it. Windows may overlap; windows of no
/// length are left out. A pause that has no end is told as far as `to`.
///
/// # Units
///
/// `from`, `to`: UTC; `to` is not part of the time asked for.
///
/// # Errors
///
/// [`NoWindows`], with a sentence for the author and the field it is about. Sunset is never computed.
///
/// # Example
///
/// Each Thursday 10:00 in Damascus for 48 hours, asked for October 2016:
///
/// ```
/// use passage::assess::recurrence::expand::{First, Lasts, LocalTime, Repeat, Times, expand};
/// use passage::domain::pause::DurationMode;
/// let times = Times {
///     first: First::Local("2016-08-04".parse().unwrap(), LocalTime::Clock(10 * 60)),
///     zone: chrono_tz::Asia::Damascus,
///     repeat: Repeat::Rule("FREQ=WEEKLY;BYDAY=TH"),
///     lasts: Lasts::Hours(48.0, DurationMode::Elapsed),
///     until: None,
/// };
/// let october = "2016-10-01T00:00:00Z".parse().unwrap()..="2016-11-01T00:00:00Z".parse().unwrap();
/// let windows = expand(&times, *october.start(), *october.end()).unwrap();
/// assert_eq!(windows.len(), 5);
/// // The window of 29 September has not ended on 1 October.
/// assert_eq!(windows[0].start.to_rfc3339(), "2016-09-29T07:00:00+00:00");
/// ```
///
/// # Source
///
/// SPEC §5, recurrence; RFC 5545 §3.3.5 and §3.3.10.
pub fn expand(
    times: &Times<'_>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<Window>, NoWindows> {
    let windows = named(times, from, to)?.into_iter().map(|named| named.window);
    Ok(windows.filter(|window| window.start < window.end).collect())
}

/// The same with the local times that name them, and with those of no length.
///
/// # Errors
///
/// As [`expand`].
pub fn named(
    times: &Times<'_>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<Named>, NoWindows> {
    let first = times.first_local()?;
    let longest = times.longest()?;
    let to = times.until.map_or(to, |until| until.min(to));
    let rule = match times.repeat {
        Repeat::Rule(text) => Some(Rule::read(text, first)?),
        Repeat::EveryDays(0) => return Err(NoWindows::BadInterval),
        Repeat::EveryDays(_) | Repeat::Once => None,
    };
    let starts: Box<dyn Iterator<Item = NaiveDateTime>> = match &rule {
        Some(rule) => Box::new(rule.starts()),
        None => Box::new(times.every(first)),
    };
    let mut starts = starts.peekable();
    if starts.peek().is_none() {
        return Err(NoWindows::NeverComes);
    }
    // Local time and UTC never differ by two days, so that few starts need the zone.
    let about = TimeDelta::days(2);
    let earliest = from.naive_utc().checked_sub_signed(longest + about);
    let until = rule.as_ref().and_then(|rule| rule.until);
    let mut found = Vec::new();
    for (walked, local) in starts.enumerate() {
        if walked >= MOST_STARTS || found.len() > MOST_WINDOWS {
            return Err(NoWindows::TooMany);
        }
        if local - about > to.naive_utc() {
            break;
        }
        if earliest.is_some_and(|earliest| local < earliest) {
            continue;
        }
        let named = times.named(local, first)?;
        let window = named.window;
        if until.is_some_and(|until| until.is_before(local, window.start)) {
            break;
        }
        if window.start < to && from < window.end {
            found.push(named);
        }
    }
    if found.len() > MOST_WINDOWS { Err(NoWindows::TooMany) } else { Ok(found) }
}

impl Until {
    fn is_before(self, local: NaiveDateTime, start: DateTime<Utc>) -> bool {
        match self {
            Self::Instant(until) => until < start,
            Self::Local(until) => until < local,
        }
    }
}

impl Times<'_> {
    fn first_local(&self) -> Result<NaiveDateTime, NoWindows> {
        let local = match self.first {
            First::Local(_, LocalTime::Sunset) => return Err(NoWindows::BeginsAtSunset),
            First::Local(date, time) => time.on(date).ok_or(NoWindows::OutOfYears)?,
            First::Instant(at) => at.with_timezone(&self.zone).naive_local(),
        };
        // Rules know no fraction of a second.
        let local = local.with_nanosecond(0).ok_or(NoWindows::OutOfYears)?;
        instant(local, self.zone).map(|_placed| local).ok_or(NoWindows::OutOfYears)
    }

    /// No window lasts longer, even if the clocks change.
    fn longest(&self) -> Result<TimeDelta, NoWindows> {
        match self.lasts {
            Lasts::Hours(hours, _) => {
                length(hours).filter(|_| hours > 0.0).ok_or(NoWindows::BadHours)
            }
            Lasts::To(LocalTime::Sunset) => Err(NoWindows::EndsAtSunset),
            Lasts::To(LocalTime::Clock(_)) => Ok(TimeDelta::days(2)),
        }
    }

    /// The first start and all that follow it.
    fn every(&self, first: NaiveDateTime) -> impl Iterator<Item = NaiveDateTime> + use<> {
        let days = match self.repeat {
            Repeat::EveryDays(days) => Some(Days::new(days.into())),
            Repeat::Once | Repeat::Rule(_) => None,
        };
        std::iter::successors(Some(first), move |last| last.checked_add_days(days?))
    }

    fn named(&self, local: NaiveDateTime, first: NaiveDateTime) -> Result<Named, NoWindows> {
        let start = match self.first {
            // Of an hour that comes twice the instant may be the second.
            First::Instant(at) if local == first => at,
            First::Instant(_) | First::Local(..) => {
                instant(local, self.zone).ok_or(NoWindows::OutOfYears)?
            }
        };
        let local_end = self.local_end(local).ok_or(NoWindows::OutOfYears)?;
        let ends = match self.lasts {
            Lasts::Hours(hours, mode) => {
                length(hours).and_then(|length| end(start, local, self.zone, length, mode))
            }
            Lasts::To(_) => instant(local_end, self.zone).map(|ends| ends.max(start)),
        };
        let ends = ends.ok_or(NoWindows::OutOfYears)?;
        let window = Window { start, end: self.until.map_or(ends, |until| until.min(ends)) };
        Ok(Named { local, local_end, window })
    }

    /// When the local clock would show the end of a window if it never changed.
    fn local_end(&self, local: NaiveDateTime) -> Option<NaiveDateTime> {
        match self.lasts {
            Lasts::Hours(hours, _) => local.checked_add_signed(length(hours)?),
            Lasts::To(time) => {
                let ends = time.on(local.date())?;
                if ends > local { Some(ends) } else { ends.checked_add_days(Days::new(1)) }
            }
        }
    }
}

#[cfg(test)]
mod tests;
