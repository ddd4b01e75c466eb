//! When reports are due: [`due`], [`next`] and [`skipped`] are pure, [`run_due`] does what is due now, [`run_forever`]
//! sleeps in between. What times a schedule means where clocks change is told in [`crate::domain::Times`].

mod unsent;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};

pub use self::unsent::unknown_recipients;
use self::unsent::warn_of_unknown;
use super::report::{Ask, Outcome, last, make, write_again};
use super::{JobError, causes};
use crate::app::App;
use crate::clock::Clock;
use crate::domain::{Recipient, Schedule};
use crate::pulse::{Task, Unmade};
use crate::situation::World;

/// The longest sleep: a laptop that was shut reads the clock again soon after it wakes.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);

/// The most times without a report that are counted: of an alert nobody reads more than that there are many.
pub const MOST_SKIPPED: usize = 1_000;

/// A clock that leaves the time that passed by more than this was set, or the machine slept.
const JUMP: TimeDelta = TimeDelta::seconds(60);

/// The ends of the periods that are due and not made: none, or the latest.
///
/// `last` is the end of the last period that was made. Of several missed runs only the latest is made up: it
/// shows the present state and what changed since the last report that was made, and a week of old reports
/// would help nobody. A schedule that never ran makes up its latest occurrence.
#[must_use]
pub fn due(
    schedule: &Schedule,
    last: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Vec<DateTime<Utc>> {
    let latest = schedule.times().and_then(|times| times.latest(now));
    latest.filter(|at| last.is_none_or(|last| last < *at)).into_iter().collect()
}

/// When the schedule is due next after a moment; `None` for a time that never comes.
#[must_use]
pub fn next(schedule: &Schedule, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    schedule.times()?.next(now)
}

/// The times after the first of `made` at which a report was due and none was made, at most [`MOST_SKIPPED`] of them:
/// all before the last that one was made for, and those up to `until`, by when whatever can be made is made.
#[must_use]
pub fn skipped(
    schedule: &Schedule,
    made: &[DateTime<Utc>],
    until: Option<DateTime<Utc>>,
) -> Vec<DateTime<Utc>> {
    let (Some(times), Some(first), Some(last)) = (schedule.times(), made.first(), made.last())
    else {
        return Vec::new();
    };
    let following = |at: &DateTime<Utc>| {
        let next = times.next(*at)?;
        let is_over = next < *last || until.is_some_and(|until| next <= until);
        is_over.then_some(next)
    };
    let all = std::iter::successors(following(first), following);
    all.filter(|time| made.binary_search(time).is_err()).take(MOST_SKIPPED).collect()
}

/// Makes every report that is due now; what was made before is left as it is.
///
/// As long as nothing was ever recorded there is nothing to report on.
///
/// # Errors
///
/// The first failure, after every schedule had its turn.
pub async fn run_due(app: &App, data: &Path) -> Result<Vec<Outcome>, JobError> {
    make_due(app, data, &mut Unwritten::new()).await
}

/// The same; notes which reports may be kept without their files.
async fn make_due(
    app: &App,
    data: &Path,
    unwritten: &mut Unwritten,
) -> Result<Vec<Outcome>, JobError> {
    app.situations.catch_up().await?;
    let (mut made, mut failed) = (Vec::new(), None);
    if app.situations.world().sequence == 0 {
        app.note_ran(Task::Schedule).await;
        return Ok(made);
    }
    let world = app.situations.world();
    for one in schedules(app, &world) {
        match run_one(app, data, &world, &one, unwritten).await {
            Ok(outcomes) => made.extend(outcomes),
            Err(fault) => {
                tracing::error!(
                    schedule = one.code,
                    error = %causes(&fault),
                    "A scheduled report could not be made"
                );
                failed.get_or_insert(fault);
            }
        }
    }
    app.note_ran(Task::Schedule).await;
    failed.map_or(Ok(made), Err)
}

/// A schedule by which reports are made.
#[derive(Debug, Clone, Copy)]
pub struct Timetable<'a> {
    /// Its code.
    pub code: &'a str,
    /// What it says.
    pub schedule: &'a Schedule,
    /// Since when it is so, where it was posted: what was due before is not made up.
    pub since: Option<DateTime<Utc>>,
}

/// The schedules by which reports are made now: those of the settings, and those that were posted, which go before one
/// of the settings with the same code.
#[must_use]
pub fn schedules<'a>(app: &'a App, world: &'a World) -> Vec<Timetable<'a>> {
    let posted = world.schedules.iter().map(|known| Timetable {
        code: &known.code,
        schedule: &known.record,
        since: Some(known.learned_at),
    });
    let of_settings = app.settings.schedule.iter().map(|(code, schedule)| Timetable {
        code: code.as_str(),
        schedule,
        since: None,
    });
    let of_settings = of_settings.filter(|one| world.schedules.get(one.code).is_none());
    let all = of_settings.chain(posted);
    all.filter(|one| one.schedule.paused != Some(true)).collect()
}

async fn run_one(
    app: &App,
    data: &Path,
    world: &World,
    one: &Timetable<'_>,
    unwritten: &mut Unwritten,
) -> Result<Vec<Outcome>, JobError> {
    let now = app.clock.now();
    let last = last(app, one.code, now).await?.map(|report| report.period_end);
    let is_told = |recipient: &&Recipient| recipient.paused != Some(true);
    let codes = one.schedule.recipients();
    let recipients = codes.iter().filter_map(|code| {
        let known = world.recipients.get(code.as_str())?;
        Some((code.as_str(), &known.record)).filter(|(_, recipient)| is_told(recipient))
    });
    let ask = Ask { recipients: recipients.collect(), ..Ask::of(one.code, one.schedule) };
    let mut made = Vec::new();
    for period_end in due(one.schedule, last.max(one.since), now) {
        let outcome = make(app, data, &ask, period_end, None).await;
        if let Err(fault) = &outcome {
            unwritten.insert((one.code.to_owned(), period_end));
            note_unmade(app, one.code, period_end, fault).await;
        }
        made.push(outcome?);
    }
    app.pulse.note_unmade(one.code, None);
    Ok(made)
}

/// Notes that a report could not be made, unless it is kept and its files alone could not be written.
async fn note_unmade(app: &App, code: &str, period_end: DateTime<Utc>, fault: &JobError) {
    let is_kept = last(app, code, period_end)
        .await
        .is_ok_and(|kept| kept.is_some_and(|kept| kept.period_end == period_end));
    let unmade = (!is_kept).then(|| Unmade { period_end, why: fault.to_string() });
    app.pulse.note_unmade(code, unmade);
}

/// Reports whose files may be missing, by schedule and end of the period: whoever is killed, or has no room left on the
/// disk, between keeping a report and writing its files, writes them when it runs again.
type Unwritten = BTreeSet<(String, DateTime<Utc>)>;

/// The last report of each schedule: what an earlier run may not have come to.
async fn left_behind(app: &App) -> Result<Unwritten, JobError> {
    let mut left = Unwritten::new();
    let world = app.situations.world();
    for one in schedules(app, &world) {
        let kept = last(app, one.code, app.clock.now()).await?;
        left.extend(kept.map(|report| (report.schedule, report.period_end)));
    }
    Ok(left)
}

/// Writes the files that may be missing; those that cannot be written stay in the list and hold up no others.
async fn complete(app: &App, data: &Path, unwritten: &mut Unwritten) -> Result<(), JobError> {
    let mut failed = None;
    for (code, period_end) in unwritten.clone() {
        match write_again(app, data, &code, period_end).await {
            Ok(()) => {
                unwritten.remove(&(code, period_end));
            }
            Err(fault) => {
                failed.get_or_insert(fault);
            }
        }
    }
    failed.map_or(Ok(()), Err)
}

/// Makes reports when they are due, for as long as the program runs. Where time stands still, once.
pub async fn run_forever(app: Arc<App>, data: PathBuf) {
    // From one look at both clocks to the next: a jump while a report is made counts too.
    let (mut looked, mut showed) = (Instant::now(), app.clock.now());
    let mut unwritten = left_behind(&app).await.unwrap_or_else(|fault| {
        tracing::error!(error = %fault, "It could not be read which reports were made last");
        Unwritten::new()
    });
    warn_of_unknown(&app);
    loop {
        if let Err(fault) = complete(&app, &data, &mut unwritten).await {
            tracing::error!(error = %causes(&fault), "The files of a report could not be written");
        }
        // What could not be made is in the log already, by schedule.
        if let Err(fault) = make_due(&app, &data, &mut unwritten).await {
            tracing::debug!(error = %causes(&fault), "Not every report that is due was made");
        }
        if matches!(app.clock, Clock::Fixed(_)) {
            return;
        }
        let world = app.situations.world();
        let times = schedules(&app, &world).into_iter().map(|one| one.schedule);
        tokio::time::sleep(pause(times, app.clock.now())).await;
        let (passed, now) = (looked.elapsed(), app.clock.now());
        if let Some(jump) = jump(passed, now - showed) {
            let jump_seconds = jump.num_seconds();
            tracing::warn!(
                jump_seconds,
                "The clock jumped by {jump_seconds} s, or the machine slept; what is due is worked out anew"
            );
        }
        (looked, showed) = (looked + passed, now);
    }
}

/// By how much the clock left the time that passed, if that is worth a word.
fn jump(passed: Duration, shown: TimeDelta) -> Option<TimeDelta> {
    let passed = TimeDelta::from_std(passed).unwrap_or(TimeDelta::MAX);
    Some(shown.checked_sub(&passed)?).filter(|jump| jump.abs() > JUMP)
}

/// How long to sleep until something is due, at most [`LONGEST_SLEEP`].
fn pause<'a>(schedules: impl Iterator<Item = &'a Schedule>, now: DateTime<Utc>) -> Duration {
    let first = schedules.filter_map(|schedule| next(schedule, now)).min();
    let until = first.and_then(|first| (first - now).to_std().ok());
    until.map_or(LONGEST_SLEEP, |until| until.min(LONGEST_SLEEP))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::typed;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn daily(cron: &str, zone: &str) -> Schedule {
        typed(&serde_json::json!({ "cron": cron, "time_zone": zone })).unwrap()
    }

    #[test]
    fn a_schedule_keeps_to_the_wall_clock_through_the_year() {
        let schedule = daily("0 7 * * *", "Asia/Damascus");
        // +03:00 in summer, +02:00 in winter, as Damascus had it in 2016.
        assert_eq!(due(&schedule, None, at("2016-07-26T12:00:00Z")), [at("2016-07-26T04:00:00Z")]);
        assert_eq!(due(&schedule, None, at("2016-12-26T12:00:00Z")), [at("2016-12-26T05:00:00Z")]);
        assert_eq!(next(&schedule, at("2016-07-26T04:00:00Z")), Some(at("2016-07-27T04:00:00Z")));
    }

    #[test]
    fn a_time_that_the_clock_springs_over_is_due_right_after_the_gap() {
        // Damascus went from 00:00 to 01:00 on 25 March 2022; 01:00+03:00 is 22:00 UTC of the day before.
        let schedule = daily("30 0 * * *", "Asia/Damascus");
        let after_the_gap = at("2022-03-24T22:00:00Z");
        assert_eq!(next(&schedule, at("2022-03-24T12:00:00Z")), Some(after_the_gap));
        assert_eq!(
            due(&schedule, Some(at("2022-03-23T22:30:00Z")), at("2022-03-25T05:00:00Z")),
            [after_the_gap]
        );
        assert!(due(&schedule, Some(after_the_gap), at("2022-03-25T05:00:00Z")).is_empty());
        assert_eq!(next(&schedule, after_the_gap), Some(at("2022-03-25T21:30:00Z")));
    }

    #[test]
    fn a_time_that_the_clock_repeats_is_due_once() {
        // Damascus went from 24:00 back to 23:00 on 29 October 2021 (a Thursday night): 23:30 came twice.
        let schedule = daily("30 23 * * *", "Asia/Damascus");
        let first = at("2021-10-28T20:30:00Z");
        let now = at("2021-10-28T22:30:00Z");
        assert_eq!(next(&schedule, at("2021-10-28T12:00:00Z")), Some(first));
        assert_eq!(due(&schedule, Some(at("2021-10-27T20:30:00Z")), now), [first]);
        assert!(due(&schedule, Some(first), now).is_empty());
        assert_eq!(next(&schedule, first), Some(at("2021-10-29T21:30:00Z")));
    }

    #[test]
    fn of_a_week_that_was_missed_only_the_latest_is_made_up() {
        let schedule = daily("0 7 * * *", "Asia/Damascus");
        let last = at("2016-07-19T04:00:00Z");
        assert_eq!(
            due(&schedule, Some(last), at("2016-07-26T09:00:00Z")),
            [at("2016-07-26T04:00:00Z")]
        );
    }

    #[test]
    fn nothing_is_due_twice_or_before_its_time() {
        let schedule = daily("0 7 * * *", "Asia/Damascus");
        let made = at("2016-07-26T04:00:00Z");
        assert!(due(&schedule, Some(made), made).is_empty());
        assert!(due(&schedule, Some(made), at("2016-07-27T03:59:59Z")).is_empty());
        assert_eq!(
            due(&schedule, Some(made), at("2016-07-27T04:00:00Z")),
            [at("2016-07-27T04:00:00Z")]
        );
    }

    #[test]
    fn what_was_due_between_two_reports_or_could_not_be_made_was_skipped() {
        let schedule = daily("0 7 * * *", "UTC");
        let day = |day: u32| at(&format!("2016-07-{day:02}T07:00:00Z"));
        let since = at("2016-07-01T12:00:00Z");
        assert!(skipped(&schedule, &[], None).is_empty());
        assert!(skipped(&schedule, &[day(2)], None).is_empty());
        assert!(skipped(&schedule, &[day(2), day(3), day(4)], None).is_empty());
        let made = [day(2), day(5), day(6), day(8)];
        assert_eq!(skipped(&schedule, &made, None), [day(3), day(4), day(7)]);
        assert_eq!(skipped(&schedule, &[since, day(4)], None), [day(2), day(3)]);
        // Tried since, and not made: the latest of those is no report on its way.
        assert_eq!(skipped(&schedule, &[day(2)], Some(day(4))), [day(3), day(4)]);
        assert!(skipped(&schedule, &[day(2)], Some(at("2016-07-03T06:59:59Z"))).is_empty());
        assert_eq!(skipped(&schedule, &[day(2), day(4)], Some(day(3))), [day(3)]);
    }

    #[test]
    fn a_clock_that_was_set_back_makes_nothing_again() {
        let schedule = daily("0 7 * * *", "Asia/Damascus");
        assert!(
            due(&schedule, Some(at("2016-07-27T04:00:00Z")), at("2016-07-26T12:00:00Z")).is_empty()
        );
    }

    #[test]
    fn a_time_that_never_comes_is_never_due() {
        let schedule = daily("0 0 30 2 *", "UTC");
        assert!(due(&schedule, None, at("2016-07-26T12:00:00Z")).is_empty());
        assert_eq!(next(&schedule, at("2016-07-26T12:00:00Z")), None);
    }

    #[test]
    fn a_clock_that_was_set_is_told_from_one_that_runs_a_little_wrong() {
        let seconds = TimeDelta::seconds;
        let slept = Duration::from_secs(30);
        assert_eq!(jump(slept, seconds(30)), None);
        assert_eq!(jump(slept, seconds(90)), None);
        assert_eq!(jump(slept, seconds(91)), Some(seconds(61)));
        assert_eq!(jump(slept, seconds(-3_570)), Some(seconds(-3_600)));
        assert_eq!(jump(slept, TimeDelta::MAX), Some(TimeDelta::MAX - seconds(30)));
    }

    #[test]
    fn the_sleep_ends_when_the_next_is_due_or_soon() {
        let schedules = [daily("0 7 * * *", "Asia/Damascus")];
        let pause = |now| pause(schedules.iter(), at(now));
        assert_eq!(pause("2016-07-26T03:59:50Z"), Duration::from_secs(10));
        assert_eq!(pause("2016-07-26T05:00:00Z"), LONGEST_SLEEP);
        assert_eq!(super::pause(std::iter::empty(), at("2016-07-26T05:00:00Z")), LONGEST_SLEEP);
    }
}
