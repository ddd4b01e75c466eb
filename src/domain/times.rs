//! The times of a schedule: fields like those of cron, on the wall clock of a zone.
//!
//! A clock that springs forward leaves some times out, one that goes back shows some twice. Times that name their hours
//! come once a day all the same: what is left out comes at the first moment after the gap, what is shown twice comes the
//! first time. Times of every hour go by the hours that pass: none is added after a gap, and both of two equal hours have
//! theirs.

use chrono::{DateTime, MappedLocalTime, NaiveDateTime, SubsecRound, TimeDelta, TimeZone, Utc};
use chrono_tz::{GapInfo, Tz};
use croner::Cron;
use croner::errors::CronError;
use croner::parser::{CronParser, Seconds, Year};

/// Times that come again and again.
#[derive(Debug, Clone)]
pub struct Times {
    cron: Cron,
    zone: Tz,
    is_every_hour: bool,
}

impl Times {
    /// Reads the fields: minute, hour, day of month, month, day of week; the second may stand before them.
    ///
    /// # Errors
    ///
    /// A sentence that says what the fields must be: they cannot be read, or such a time never comes. A year is refused,
    /// since what has one comes no more some day.
    pub fn checked(fields: &str, zone: Tz) -> Result<Self, String> {
        let times = Self::parsed(fields, zone, Year::Disallowed).map_err(|fault| {
            format!("must be five fields: minute, hour, day of month, month, day of week; a sixth before them is the second, and a year is not allowed; got {fields:?}: {fault}")
        })?;
        // The answer is the same for ever: looked for from a fixed day.
        if times.cron.find_next_occurrence(&DateTime::UNIX_EPOCH, false).is_err() {
            return Err(format!("never comes: there is no such day as in {fields:?}"));
        }
        Ok(times)
    }

    /// Reads what was checked before, maybe by an earlier program, which took a year too.
    #[must_use]
    pub fn read(fields: &str, zone: Tz) -> Option<Self> {
        Self::parsed(fields, zone, Year::Optional).ok()
    }

    fn parsed(fields: &str, zone: Tz, year: Year) -> Result<Self, CronError> {
        let parser = CronParser::builder().seconds(Seconds::Optional).year(year).build();
        let cron = parser.parse(fields)?;
        let is_every_hour = (0..24).all(|hour| cron.pattern.hour_match(hour).unwrap_or(false));
        Ok(Self { cron, zone, is_every_hour })
    }

    /// The first time after a moment.
    #[must_use]
    pub fn next(&self, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let local = after.trunc_subsecs(0).with_timezone(&self.zone);
        if self.is_every_hour {
            return Some(self.cron.find_next_occurrence(&local, false).ok()?.to_utc());
        }
        let mut shown = local.naive_local().and_utc();
        loop {
            shown = self.cron.find_next_occurrence(&shown, false).ok()?;
            let at = self.instant(shown.naive_utc())?;
            if at > after {
                return Some(at);
            }
        }
    }

    /// The latest time up to a moment.
    #[must_use]
    pub fn latest(&self, until: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let until = until.trunc_subsecs(0);
        let local = until.with_timezone(&self.zone);
        if self.is_every_hour {
            return Some(self.cron.find_previous_occurrence(&local, true).ok()?.to_utc());
        }
        // Where the clock shows a time again, all that it shows twice has come.
        let again = match self.zone.from_local_datetime(&local.naive_local()) {
            MappedLocalTime::Ambiguous(first, second) if second == local => second - first,
            _ => TimeDelta::zero(),
        };
        let mut shown = local.naive_local().checked_add_signed(again)?.and_utc();
        let mut is_included = true;
        loop {
            shown = self.cron.find_previous_occurrence(&shown, is_included).ok()?;
            is_included = false;
            let at = self.instant(shown.naive_utc())?;
            if at <= until {
                return Some(at);
            }
        }
    }

    /// When the clock first shows this time or, where it leaves it out, one that is later.
    fn instant(&self, shown: NaiveDateTime) -> Option<DateTime<Utc>> {
        let first = self.zone.from_local_datetime(&shown).earliest();
        let after_the_gap = || GapInfo::new(&shown, &self.zone)?.end;
        Some(first.or_else(after_the_gap)?.to_utc())
    }
}
