//! When a pause holds, as its record says: read once, with what had to be assumed and why it cannot be told.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::LocalClock;
use crate::assess::recurrence::expand::{
    First, Lasts, LocalTime, NoWindows, Repeat, Times, expand,
};
use crate::assess::recurrence::{MOST_WINDOWS, Window, YEARS, instant};
use crate::domain::choice::choice;
use crate::domain::pause::DurationMode;
use crate::domain::{Called, DatePrecision, Moment, Pause, Saying, Text};

choice! {
    /// Whether it can be told when a pause holds, and if not, why.
    TimesStatus {
        /// It can.
        Ok = "ok",
        /// It is not known when it begins.
        NoStart = "no_start",
        /// No end is set: it is told as far as was asked.
        NoEnd = "no_end",
        /// It is not known how long it lasts each time.
        NoLength = "no_length",
        /// It is to end before it begins, or lasts no time at all.
        NoHours = "no_hours",
        /// It begins or ends at sunset, which is not computed.
        Sunset = "sunset",
        /// It comes again only in words: the first time is told.
        InWords = "in_words",
        /// Its rule names no day that exists.
        NeverFires = "never_fires",
        /// Its rule is not understood.
        RuleNotUnderstood = "rule_not_understood",
        /// It lies outside of the years 1900 to 2200.
        OutOfYears = "out_of_years",
        /// It comes too often to be told for so long a time.
        TooMany = "too_many",
        /// It does not hold in the time that was asked for.
        NoWindowsInTime = "no_windows_in_time",
    }
}

/// Why the times of a pause cannot be told.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Untold {
    pub(super) status: TimesStatus,
    pub(super) sentence: Saying,
}

impl Untold {
    pub(super) const fn new(status: TimesStatus, sentence: Saying) -> Self {
        Self { status, sentence }
    }
}

impl From<NoWindows> for Untold {
    fn from(why: NoWindows) -> Self {
        let status = match why {
            NoWindows::BeginsAtSunset | NoWindows::EndsAtSunset => TimesStatus::Sunset,
            NoWindows::BadHours => TimesStatus::NoHours,
            NoWindows::BadInterval | NoWindows::NeverComes => TimesStatus::NeverFires,
            NoWindows::BadRule(_) | NoWindows::FinerThanDaily => TimesStatus::RuleNotUnderstood,
            NoWindows::OutOfYears => TimesStatus::OutOfYears,
            NoWindows::TooMany => TimesStatus::TooMany,
        };
        let sentence =
            Saying::of("times-untold").text("field", why.field()).part("why", because(why));
        Self::new(status, sentence)
    }
}

/// Why the windows cannot be told, as a part of a sentence.
fn because(why: NoWindows) -> Saying {
    match why {
        NoWindows::BeginsAtSunset => Saying::of("untold-begins-at-sunset"),
        NoWindows::EndsAtSunset => Saying::of("untold-ends-at-sunset"),
        NoWindows::BadHours => Saying::of("untold-bad-hours"),
        NoWindows::BadInterval => Saying::of("untold-bad-interval"),
        NoWindows::BadRule(fault) => Saying::of("untold-bad-rule")
            .text("standard", "RFC 5545")
            .text("rule", EXAMPLE_RULE)
            .text("fault", fault),
        NoWindows::FinerThanDaily => Saying::of("untold-finer-than-daily")
            .text("daily", "FREQ=DAILY")
            .text("hours", "BYHOUR"),
        NoWindows::NeverComes => Saying::of("untold-never-comes"),
        NoWindows::OutOfYears => Saying::of("untold-out-of-years")
            .text("first", YEARS.start().to_string())
            .text("last", YEARS.end().to_string()),
        NoWindows::TooMany => {
            #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
            let most = MOST_WINDOWS as f64;
            Saying::of("untold-too-many").number("most", most)
        }
    }
}

/// A rule by which something comes again.
pub(super) const EXAMPLE_RULE: &str = "FREQ=WEEKLY;BYDAY=TH";

/// When a pause holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Held<'p> {
    /// At these times.
    At(Times<'p>),
    /// From one instant to another, if an end is set.
    Span(DateTime<Utc>, Option<DateTime<Utc>>),
}

/// When a pause holds, with what had to be assumed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Schedule<'p> {
    pub(super) held: Held<'p>,
    /// Its first instant.
    pub(super) start: DateTime<Utc>,
    /// Its last; `None` if no end is set.
    pub(super) end: Option<DateTime<Utc>>,
    /// Days from one window to the next, where the record says so.
    pub(super) every_days: Option<u64>,
    /// How often it comes, where that is only in words.
    pub(super) in_words: Option<&'p str>,
    /// What had to be assumed.
    pub(super) flags: Vec<&'static str>,
}

/// The fields that say when it holds.
const TIMES: [&str; 4] = ["start", "end", "start_local", "end_local"];

/// Words for a pause that does not come again.
const ONCE: [&str; 3] = ["once", "open-ended", "extension"];

impl<'p> Schedule<'p> {
    /// Reads the times of a record; `first` stands in for a start that it does not have.
    pub(super) fn read(
        pause: &'p Pause,
        clock: LocalClock,
        first: Option<First>,
        by: DateTime<Utc>,
    ) -> Result<Self, Untold> {
        let mut flags = Vec::new();
        if clock.is_assumed {
            flags.push("time_zone_assumed");
        }
        let zone = clock.zone;
        let first = match first {
            Some(first) => first,
            None => begins(pause, &mut flags)?,
        };
        let start = first_instant(first, zone)?;
        let until = until(pause, zone)?;
        let (repeat, in_words) = repeats(pause);
        let held = match lasts(pause) {
            Some(lasts) => Held::At(Times { first, zone, repeat, lasts, until }),
            None if repeat == Repeat::Once && pause.end_local.is_none() => Held::Span(start, until),
            // An end at sunset of a day that is set.
            None if repeat == Repeat::Once && until.is_some() => Held::Span(start, until),
            None => return Err(no_length()),
        };
        let every_days = match repeat {
            Repeat::EveryDays(days) => Some(u64::from(days)),
            Repeat::Once | Repeat::Rule(_) => None,
        };
        let mut schedule = Self { held, start, end: until, every_days, in_words, flags };
        schedule.end = schedule.find_end(repeat, by)?;
        schedule.check()?;
        Ok(schedule)
    }

    /// The windows that touch a time, whole and in order; one without an end is told as far as `to`.
    pub(super) fn windows(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<Window>, NoWindows> {
        match &self.held {
            Held::At(times) => expand(times, from, to),
            Held::Span(start, end) => {
                let window = Window { start: *start, end: end.unwrap_or(to) };
                let touches = window.start < window.end && window.start < to && window.end > from;
                Ok(touches.then_some(window).into_iter().collect())
            }
        }
    }

    /// Is it one stretch of time whose end nobody set?
    pub(super) const fn is_open(&self) -> bool {
        matches!(self.held, Held::Span(_, None))
    }

    /// The end of all of it: as set, else of the only window, else of the last that a rule names.
    fn find_end(
        &self,
        repeat: Repeat<'_>,
        by: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, Untold> {
        let Held::At(times) = &self.held else { return Ok(self.end) };
        Ok(match repeat {
            Repeat::EveryDays(_) => self.end,
            Repeat::Once => {
                let longest = TimeDelta::days(4_000);
                expand(times, self.start, self.start + longest)?.first().map(|w| w.end)
            }
            Repeat::Rule(_) if self.end.is_some() => self.end,
            Repeat::Rule(_) => {
                // A rule that does not come within four years does not come again.
                let ahead = by.max(self.start) + TimeDelta::days(4 * 366);
                let coming = expand(times, by, ahead);
                match coming {
                    Ok(coming) if coming.is_empty() => {
                        expand(times, self.start, by)?.last().map(|w| w.end)
                    }
                    Ok(_) | Err(NoWindows::TooMany) => None,
                    Err(why) => return Err(why.into()),
                }
            }
        })
    }

    /// Is there any time at all in it?
    fn check(&self) -> Result<(), Untold> {
        if self.end.is_some_and(|end| end <= self.start) {
            return Err(Untold::new(
                TimesStatus::NoHours,
                Saying::of("times-before").listed("fields", TIMES.map(Called::only)),
            ));
        }
        if matches!(&self.held, Held::At(times) if times.repeat == Repeat::Once)
            && self.end.is_none()
        {
            return Err(Untold::new(TimesStatus::NoHours, Saying::of("times-no-time")));
        }
        Ok(())
    }
}

fn no_length() -> Untold {
    Untold::new(
        TimesStatus::NoLength,
        Saying::of("times-no-length").text("hours", "duration_hours").text("end", "end_local"),
    )
}

/// When it begins for the first time.
fn begins(pause: &Pause, flags: &mut Vec<&'static str>) -> Result<First, Untold> {
    let Some(start) = pause.start else {
        return Err(Untold::new(
            TimesStatus::NoStart,
            Saying::of("times-no-start").text("start", "first_start").text("windows", "windows"),
        ));
    };
    if matches!(pause.date_precision, Some(DatePrecision::Month | DatePrecision::Year)) {
        return Err(Untold::new(TimesStatus::NoStart, Saying::of("times-month-alone")));
    }
    if pause.date_precision == Some(DatePrecision::Approx) {
        flags.push("dates_approximate");
    }
    if !start.is_day() {
        return Ok(First::Instant(start.start()));
    }
    let time = local_time(pause.start_local.as_ref());
    if time.is_none() {
        flags.push("start_time_assumed");
    }
    Ok(First::Local(start.date(), time.unwrap_or(LocalTime::Clock(0))))
}

/// The record's own door lets no other text through.
fn local_time(text: Option<&Text>) -> Option<LocalTime> {
    text.and_then(|text| text.as_str().parse().ok())
}

fn first_instant(first: First, zone: Tz) -> Result<DateTime<Utc>, Untold> {
    let local = match first {
        First::Instant(at) => return Ok(at),
        First::Local(_, LocalTime::Sunset) => return Err(NoWindows::BeginsAtSunset.into()),
        First::Local(date, LocalTime::Clock(minutes)) => {
            date.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes.into())
        }
    };
    instant(local, zone).ok_or_else(|| NoWindows::OutOfYears.into())
}

/// When all of it ends: a day means its end on the local clock.
fn until(pause: &Pause, zone: Tz) -> Result<Option<DateTime<Utc>>, Untold> {
    let Some(end) = pause.end else { return Ok(None) };
    if !end.is_day() {
        return Ok(Some(end.start()));
    }
    let midnight = end.date().and_time(NaiveTime::MIN);
    let local = match local_time(pause.end_local.as_ref()) {
        Some(LocalTime::Clock(minutes)) => midnight + TimeDelta::minutes(minutes.into()),
        Some(LocalTime::Sunset) | None => midnight + Days::new(1),
    };
    instant(local, zone).map(Some).ok_or_else(|| NoWindows::OutOfYears.into())
}

/// How often it comes, and the words where they are all there is.
fn repeats(pause: &Pause) -> (Repeat<'_>, Option<&str>) {
    let text = pause.recurrence.as_ref().map(Text::as_str);
    if let Some(rule) = text.filter(|text| text.to_ascii_uppercase().contains("FREQ=")) {
        return (Repeat::Rule(rule), None);
    }
    if let Some(days) = pause.every_days {
        return (Repeat::EveryDays(u32::try_from(days).unwrap_or(u32::MAX)), None);
    }
    let once = |text: &&str| {
        let text = text.to_lowercase();
        ONCE.contains(&text.as_str()) || text.starts_with("once")
    };
    (Repeat::Once, text.filter(|text| !once(text)))
}

/// How long it lasts each time; `None` where only its end, or nothing, is told.
fn lasts(pause: &Pause) -> Option<Lasts> {
    if let Some(hours) = pause.duration_hours {
        return Some(Lasts::Hours(hours, pause.duration_mode.unwrap_or(DurationMode::Elapsed)));
    }
    let once_until = pause.end.is_some() && repeats(pause).0 == Repeat::Once;
    local_time(pause.end_local.as_ref()).filter(|_| !once_until).map(Lasts::To)
}

/// A moment as the time that something known by it may have happened in.
pub(super) fn span_of(at: Moment, precision: Option<DatePrecision>) -> Option<Window> {
    let coarse = matches!(precision, Some(DatePrecision::Month | DatePrecision::Year));
    let end = at.end() + TimeDelta::milliseconds(1);
    (!coarse).then_some(Window { start: at.start(), end })
}
