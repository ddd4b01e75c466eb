//! The hours of a pause in which trucks can really move: daylight, less lead and buffer.

use chrono::{DateTime, Days, NaiveTime, Utc};
use chrono_tz::Tz;

use super::recurrence::{Window, instant, is_in_years, length};
use crate::domain::Problems;

/// The longest window that is cut into days: ten years.
const MOST_DAYS: i64 = 3_660;

/// When work is possible in a pause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorkingDay {
    /// When work may start each day: hours after midnight on the local clock.
    pub open_hour: f64,
    /// When it must end each day; 24 is midnight. Before `open_hour`, it is on the next day.
    pub close_hour: f64,
    /// From the start of the pause until the first truck may move: hours.
    pub lead_hours: f64,
    /// From the last move to the end of the pause: hours.
    pub buffer_hours: f64,
}

impl WorkingDay {
    /// Notes all that is wrong with it.
    pub fn check(&self, problems: &mut Problems) {
        for (field, hour) in [("open_hour", self.open_hour), ("close_hour", self.close_hour)] {
            if !(0.0..=24.0).contains(&hour) {
                problems.add_field(field, format!("must be an hour from 0 to 24, got {hour}"));
            }
        }
        if self.hours() == 0.0 {
            problems.add_field(
                "close_hour",
                "must differ from open_hour; give 0 and 24 to work round the clock",
            );
        }
        for (field, hours) in [("lead_hours", self.lead_hours), ("buffer_hours", self.buffer_hours)]
        {
            if !(0.0..=1_000.0).contains(&hours) {
                problems.add_field(field, format!("must be from 0 to 1000 hours, got {hours}"));
            }
        }
    }

    /// Hours of work a day, leaving changes of the clocks aside.
    #[must_use]
    pub fn hours(&self) -> f64 {
        let hours = self.close_hour - self.open_hour;
        if hours < 0.0 { hours + 24.0 } else { hours }
    }
}

/// The stretches of a pause in which trucks can move: `[start + lead, end − buffer)`, in the working
/// hours of each local day.
///
/// Every local day gives a stretch of its own, even if work goes on round the clock. Working hours that
/// close before they open end on the next day. An opening that the clock skips is read with the offset
/// before the gap.
///
/// # Units
///
/// `pause` and results: UTC; `day`: hours on the local clock of `zone`.
///
/// # Errors
///
/// All that is wrong with `day`; a pause of more than ten years or outside of the years 1900–2200.
///
/// # Example
///
/// Eastern Aleppo, Thursday 06:00 for 48 hours, work from 06:00 to 18:00, 3 hours of lead, 2 of buffer:
///
/// ```
/// use passage::assess::recurrence::Window;
/// use passage::assess::segments::{WorkingDay, operating_segments};
/// let time = |text: &str| text.parse().unwrap();
/// let pause = Window { start: time("2016-10-06T03:00:00Z"), end: time("2016-10-08T03:00:00Z") };
/// let day = WorkingDay { open_hour: 6.0, close_hour: 18.0, lead_hours: 3.0, buffer_hours: 2.0 };
/// let segments = operating_segments(pause, chrono_tz::Asia::Damascus, &day).unwrap();
/// assert_eq!(segments.iter().map(|segment| segment.hours()).collect::<Vec<_>>(), [9.0, 12.0]);
/// ```
///
/// # Source
///
/// SPEC §5 and §7a, `operating_segments`.
pub fn operating_segments(
    pause: Window,
    zone: Tz,
    day: &WorkingDay,
) -> Result<Vec<Window>, Problems> {
    let mut problems = Problems::default();
    day.check(&mut problems);
    if (pause.end - pause.start).num_days() > MOST_DAYS {
        problems.add_field("end", "must be at most ten years after start");
    }
    if !is_in_years(pause.start) || !is_in_years(pause.end) {
        problems.add_field("start", "must lie, with the end, in the years 1900 to 2200");
        return Err(problems);
    }
    let (lead, buffer) = (length(day.lead_hours), length(day.buffer_hours));
    let moving = lead.zip(buffer).and_then(|(lead, buffer)| {
        let start = pause.start.checked_add_signed(lead)?;
        Some(Window { start, end: pause.end.checked_sub_signed(buffer)? })
    });
    let Some(moving) = moving.filter(|_| problems.is_empty()) else {
        return Err(problems);
    };
    if moving.end <= moving.start {
        return Ok(Vec::new());
    }
    day.within(moving, zone).ok_or_else(|| {
        problems.add_field("start", "must lie, with the end, in the years 1900 to 2200");
        problems
    })
}

impl WorkingDay {
    /// The working hours of each local day, as far as they lie in a window.
    fn within(&self, moving: Window, zone: Tz) -> Option<Vec<Window>> {
        let local_date = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
        let (open, close) = (length(self.open_hour)?, length(self.open_hour + self.hours())?);
        let mut segments = Vec::new();
        // The working hours of the day before may reach into the first one.
        let mut date = local_date(moving.start).checked_sub_days(Days::new(1))?;
        let last = local_date(moving.end);
        while date <= last {
            let midnight = date.and_time(NaiveTime::MIN);
            // A day that the clock skips would otherwise count twice.
            let earliest = segments.last().map_or(moving.start, |segment: &Window| segment.end);
            let start = instant(midnight.checked_add_signed(open)?, zone)?.max(earliest);
            let end = instant(midnight.checked_add_signed(close)?, zone)?.min(moving.end);
            if start < end {
                segments.push(Window { start, end });
            }
            date = date.succ_opt()?;
        }
        Some(segments)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use chrono_tz::Asia::Damascus;
    use proptest::prelude::*;

    use super::*;

    const DAYLIGHT: WorkingDay =
        WorkingDay { open_hour: 6.0, close_hour: 18.0, lead_hours: 0.0, buffer_hours: 0.0 };

    fn pause(start: &str, hours: i64) -> Window {
        let start: DateTime<Utc> = start.parse().unwrap();
        Window { start, end: start + TimeDelta::hours(hours) }
    }

    fn hours(pause: Window, day: WorkingDay) -> Vec<f64> {
        let segments = operating_segments(pause, Damascus, &day).unwrap();
        segments.into_iter().map(Window::hours).collect()
    }

    #[test]
    fn an_opening_in_the_gap_is_read_with_the_offset_before_it() {
        // 00:30 does not exist on 25 March 2016; it is read as 22:30 UTC, which the clock shows as 01:30.
        let day = WorkingDay { open_hour: 0.5, close_hour: 12.0, ..DAYLIGHT };
        let segments = operating_segments(pause("2016-03-24T21:00:00Z", 24), Damascus, &day);
        let start = segments.unwrap()[0].start;
        assert_eq!(start.to_rfc3339(), "2016-03-24T22:30:00+00:00");
    }

    #[test]
    fn round_the_clock_is_one_stretch_a_day_of_23_24_or_25_hours() {
        let day = WorkingDay { open_hour: 0.0, close_hour: 24.0, ..DAYLIGHT };
        assert_eq!(hours(pause("2016-10-26T21:00:00Z", 49), day), [25.0, 24.0]);
        assert_eq!(hours(pause("2016-03-24T22:00:00Z", 47), day), [23.0, 24.0]);
    }

    #[test]
    fn working_hours_that_close_before_they_open_last_through_the_night() {
        let night = WorkingDay { open_hour: 20.0, close_hour: 4.0, ..DAYLIGHT };
        // From 01:00 local: the rest of the first night, a full one, and the start of the third.
        assert_eq!(hours(pause("2016-10-05T22:00:00Z", 45), night), [3.0, 8.0, 2.0]);
    }

    #[test]
    fn a_day_that_the_clock_skips_is_not_worked_twice() {
        // Samoa had no 30 December 2011.
        let pause = pause("2011-12-29T10:00:00Z", 72);
        let segments = operating_segments(pause, chrono_tz::Pacific::Apia, &DAYLIGHT).unwrap();
        let hours: f64 = segments.into_iter().map(Window::hours).sum();
        assert!((hours - 36.0).abs() < 1e-9, "{hours}");
    }

    #[test]
    fn lead_and_buffer_longer_than_the_pause_leave_nothing() {
        let day = WorkingDay { lead_hours: 3.0, buffer_hours: 2.0, ..DAYLIGHT };
        assert!(hours(pause("2016-10-06T03:00:00Z", 4), day).is_empty());
        assert!(hours(pause("2016-10-06T03:00:00Z", -4), day).is_empty());
        assert!(hours(pause("2016-10-06T18:00:00Z", 6), DAYLIGHT).is_empty());
    }

    #[test]
    fn every_problem_is_named() {
        let day = WorkingDay {
            open_hour: f64::NAN,
            close_hour: 25.0,
            lead_hours: -1.0,
            buffer_hours: f64::INFINITY,
        };
        let long = pause("2016-10-06T03:00:00Z", 1_000_000);
        let problems = operating_segments(long, Damascus, &day).unwrap_err();
        let fields: Vec<_> = problems.0.iter().map(|problem| problem.pointer.as_str()).collect();
        assert_eq!(fields, ["/open_hour", "/close_hour", "/lead_hours", "/buffer_hours", "/end"]);
        let ends = Window { start: DateTime::<Utc>::MAX_UTC, end: DateTime::<Utc>::MAX_UTC };
        assert!(operating_segments(ends, Damascus, &DAYLIGHT).is_err());
        let begins = Window { start: DateTime::<Utc>::MIN_UTC, end: DateTime::<Utc>::MIN_UTC };
        assert!(operating_segments(begins, Damascus, &DAYLIGHT).is_err());
    }

    proptest! {
        #[test]
        fn segments_lie_in_the_pause_in_order_and_never_overlap(
            start in 0_i64..800_000, length in 0_i64..200, zone in 0_usize..chrono_tz::TZ_VARIANTS.len(),
            open in 0.0..24.0_f64, close in 0.0..24.0_f64, lead in 0.0..20.0_f64,
        ) {
            let start = pause("2016-01-01T00:00:00Z", 0).start + TimeDelta::minutes(start);
            let pause = Window { start, end: start + TimeDelta::hours(length) };
            let day = WorkingDay { open_hour: open, close_hour: close, lead_hours: lead, buffer_hours: 1.0 };
            let segments = operating_segments(pause, chrono_tz::TZ_VARIANTS[zone], &day).unwrap();
            prop_assert!(segments.iter().all(|segment| pause.start <= segment.start && segment.end <= pause.end));
            prop_assert!(segments.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
    }
}
