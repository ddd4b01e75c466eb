//! When the tasks that run by themselves last ran, and what they could not do: who watches the service sees that one
//! stands still.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::choice::choice;

choice! {
    /// A task that runs by itself.
    Task {
        /// Making reports that are due.
        Schedule = "schedule",
        /// Looking for alerts.
        Look = "look",
        /// Sending what waits.
        Deliver = "deliver",
    }
}

/// How often it is written down that a task ran.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// What the word of a task begins with where it is noted beside the regular duties.
const RAN: &str = "ran-";

impl Task {
    /// The word under which it is noted that it ran.
    #[must_use]
    pub fn noted_as(self) -> String {
        format!("{RAN}{self}")
    }
}

/// When each task last ran, what broke off, and which reports could not be made.
#[derive(Debug)]
pub struct Pulse {
    started: Instant,
    beats: Mutex<BTreeMap<Task, Beat>>,
    unmade: Mutex<BTreeMap<String, Unmade>>,
    was_down: Mutex<Option<(DateTime<Utc>, DateTime<Utc>)>>,
}

/// How it is with one task.
#[derive(Debug, Clone, Copy, Default)]
struct Beat {
    ran_at: Option<DateTime<Utc>>,
    noted_at: Option<DateTime<Utc>>,
    /// By the clock that nobody sets; `None` where it has not run since the start.
    ran: Option<Instant>,
    broke_off: bool,
}

/// A report that was due and could not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmade {
    /// The end of its period.
    pub period_end: DateTime<Utc>,
    /// Why, in a sentence that names no record.
    pub why: String,
}

impl Default for Pulse {
    fn default() -> Self {
        Self {
            started: Instant::now(),
            beats: Mutex::default(),
            unmade: Mutex::default(),
            was_down: Mutex::default(),
        }
    }
}

impl Pulse {
    /// That of a program that starts now, where an earlier one noted when its tasks last ran.
    #[must_use]
    pub fn resumed(
        noted: impl IntoIterator<Item = (Task, DateTime<Utc>)>,
        now: DateTime<Utc>,
    ) -> Self {
        let beat = |at| Beat { ran_at: Some(at), noted_at: Some(at), ..Beat::default() };
        let beats: BTreeMap<Task, Beat> =
            noted.into_iter().map(|(task, at)| (task, beat(at))).collect();
        let was_down = beats.get(&Task::Schedule).and_then(|beat| Some((beat.ran_at?, now)));
        let (beats, was_down) = (Mutex::new(beats), Mutex::new(was_down));
        Self { beats, was_down, ..Self::default() }
    }

    /// Notes that a task ran; `true` where that is to be written down: once a minute, and after a clock was set back.
    pub fn note(&self, task: Task, at: DateTime<Utc>) -> bool {
        let mut beats = held(&self.beats);
        let beat = beats.entry(task).or_default();
        let is_due = beat.noted_at.is_none_or(|noted| at - noted >= NOTED_EVERY || at < noted);
        let noted_at = if is_due { Some(at) } else { beat.noted_at };
        *beat = Beat { ran_at: Some(at), noted_at, ran: Some(Instant::now()), broke_off: false };
        is_due
    }

    /// Notes that a task broke off. It is so until it ran again.
    pub fn note_broken(&self, task: Task) {
        held(&self.beats).entry(task).or_default().broke_off = true;
    }

    /// When a task last ran, also before the program was started; `None` where it has not run yet.
    #[must_use]
    pub fn last(&self, task: Task) -> Option<DateTime<Utc>> {
        held(&self.beats).get(&task)?.ran_at
    }

    /// Did it break off, or not run for so long, since the start or since it last ran?
    #[must_use]
    pub fn is_troubled(&self, task: Task, longest: Duration) -> bool {
        let beat = held(&self.beats).get(&task).copied().unwrap_or_default();
        beat.broke_off || beat.ran.unwrap_or(self.started).elapsed() > longest
    }

    /// Between these moments no report was made, as the program did not run; `None` where that is not known.
    #[must_use]
    pub fn was_down(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        *held(&self.was_down)
    }

    /// Notes that a report of a schedule could not be made, or with `None` that none is missing.
    pub fn note_unmade(&self, schedule: &str, unmade: Option<Unmade>) {
        let mut all = held(&self.unmade);
        match unmade {
            Some(unmade) => all.insert(schedule.to_owned(), unmade),
            None => all.remove(schedule),
        };
    }

    /// The report of a schedule that could not be made when it was last tried.
    #[must_use]
    pub fn unmade(&self, schedule: &str) -> Option<Unmade> {
        held(&self.unmade).get(schedule).cloned()
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn that_a_task_ran_is_written_down_once_a_minute() {
        let pulse = Pulse::default();
        let at = |seconds| DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
        let noted: Vec<bool> =
            [0, 30, 59, 60, 90, 20].map(|second| pulse.note(Task::Look, at(second))).into();
        assert_eq!(
            noted,
            [true, false, false, true, false, true],
            "and where the clock was set back"
        );
        assert_eq!(pulse.last(Task::Look), Some(at(20)));
        assert_eq!(pulse.last(Task::Schedule), None);
    }

    #[test]
    fn a_task_that_broke_off_or_stands_still_is_in_trouble_until_it_ran() {
        let pulse = Pulse::default();
        let hour = Duration::from_hours(1);
        assert!(!pulse.is_troubled(Task::Look, hour), "it may not have run yet");
        assert!(pulse.is_troubled(Task::Look, Duration::ZERO));
        pulse.note_broken(Task::Look);
        assert!(pulse.is_troubled(Task::Look, hour) && !pulse.is_troubled(Task::Deliver, hour));
        pulse.note(Task::Look, DateTime::UNIX_EPOCH);
        assert!(!pulse.is_troubled(Task::Look, hour));
    }

    #[test]
    fn a_program_that_starts_again_knows_when_it_last_ran() {
        let (ran, now) = (DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH + TimeDelta::days(2));
        let pulse = Pulse::resumed([(Task::Schedule, ran)], now);
        assert_eq!((pulse.last(Task::Schedule), pulse.was_down()), (Some(ran), Some((ran, now))));
        assert!(
            !pulse.is_troubled(Task::Schedule, Duration::from_hours(1)),
            "it may not have run yet"
        );
    }
}
