//! What the rules find for readers of one level, and what that makes of the lives of alerts.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::Numbers;
use crate::app::App;
use crate::clock::new_id;
use crate::domain::{
    Clearance, Kind, PauseCode, Rule, Saying, Sensitivity, Severity, Silence, Step, Told,
};
use crate::jobs::schedule::{MOST_SKIPPED, Timetable, schedules, skipped, unknown_recipients};
use crate::jobs::telling::Case;
use crate::jobs::{JobError, computed, kept};
use crate::pulse::Task;
use crate::situation::alert::life::{Episode, Event, Lives};
use crate::situation::alert::quiet::{muted_by, silenced_by};
use crate::situation::alert::{Alert, Subject, alerts, of_service, off};
use crate::situation::{Known, Situation, World};
use crate::store::{Failures, KeptEpisode, LookedAt};

/// How long reports that were not made are told of: those that are missing before the first that was made in these days
/// are among them, however old the one before is.
const SKIPPED_DAYS: i64 = 7;

/// How long a report may be in the making.
const BEING_MADE: TimeDelta = TimeDelta::minutes(5);

/// An episode, kept and read.
pub(in crate::jobs) struct Read {
    pub kept: KeptEpisode,
    pub episode: Episode,
    /// Is it over, and does it speak of what its readers may no longer know? Then the alert tells nothing more.
    pub is_closed: bool,
}

/// How things stand for readers of one level.
pub(super) struct Level {
    /// What they may know.
    pub situation: Situation,
    /// What is open, with what keeps it quiet.
    pub open: Vec<Read>,
    /// What is over, where not everybody who was told of it knows.
    pub over: Vec<Read>,
    /// What this look changed.
    pub changed: Vec<LookedAt>,
}

impl Level {
    /// The episodes as the decision who is told sees them.
    pub(super) fn cases(&self) -> impl Iterator<Item = Case<'_>> {
        let open = self.open.iter().map(|read| case(read, false));
        open.chain(self.over.iter().map(|read| case(read, true)))
    }

    /// The episode with this id, open or over.
    pub(super) fn read(&self, id: Uuid) -> Option<&Read> {
        self.open.iter().chain(&self.over).find(|read| read.kept.id == id)
    }
}

fn case(read: &Read, is_over: bool) -> Case<'_> {
    let kept = &read.kept;
    let is_quiet =
        kept.acknowledged.is_some() || kept.silenced_by.is_some() || kept.muted_by.is_some();
    Case { id: kept.id, level: kept.level, alert: &read.episode.alert, is_over, is_quiet }
}

/// Looks as a reader of this level would.
pub(super) async fn at_level(
    app: &App,
    level: Sensitivity,
    now: DateTime<Utc>,
    silences: &[&Known<Silence>],
) -> Result<Level, JobError> {
    let situation = app.situations.situation(now, None, &Clearance::of(level)).await?;
    let standards = app.standards();
    let asked = (situation.clone(), standards.clone());
    // Run-outs may have to be drawn by lot, and a world can be large.
    let found = tokio::task::spawn_blocking(move || alerts(&asked.0, &asked.1)).await;
    let broke_off = |_panic| JobError::Refused("a rule broke off".to_owned());
    let mut found = found.map_err(broke_off)?;
    found.extend(of_the_service(app, &situation, level, now).await?);
    let before = read(app.store.open_episodes(level).await?)?;
    let mut over = read(app.store.ended_untold(level).await?)?;
    let new = found.iter().filter(|alert| before.iter().all(|read| read.kept.key != alert.key));
    let keys = new.map(|alert| alert.key.clone()).collect();
    let numbers: Numbers = app.store.episode_numbers(level, keys).await?.into_iter().collect();
    let mut lives = Lives::kept(before.iter().map(|read| read.episode.clone()), numbers);
    let events = lives.look(now, &found);
    let silences = holding(level, &situation, silences);
    let quiet = Quiet { situation: &situation, silences: &silences, open: &found, app };
    let (mut open, mut changed) = (Vec::new(), Vec::new());
    for (key, episode) in lives.open() {
        let old = before.iter().find(|read| read.kept.key == *key);
        let kept = quiet.kept(level, episode, old);
        let steps = steps(&events, key, old, &kept);
        if old.is_none_or(|old| old.kept != kept) {
            changed.push(LookedAt { episode: kept.clone(), names: episode.alert.names(), steps });
        }
        open.push(Read { kept, episode: episode.clone(), is_closed: false });
    }
    let ended = events.iter().filter(|event| event.step == Step::Resolved);
    let is_off = |alert: &Alert| off::is_off(&situation, &standards, alert);
    for looked in ended.filter_map(|event| ended_now(event, &before, &is_off)) {
        over.push(kept::read(looked.episode.clone())?);
        changed.push(looked);
    }
    let over = closed(app, level, now, over).await?;
    Ok(Level { situation, open, over, changed })
}

/// The silences that hold for readers of a level: those of the level or above it, unless the pause that one is tied to
/// is closed to these readers, who would learn when it is in force.
fn holding<'s>(
    level: Sensitivity,
    situation: &Situation,
    silences: &[&'s Known<Silence>],
) -> Vec<&'s Known<Silence>> {
    let is_known = |pause: &PauseCode| situation.world.pauses.get(pause.as_str()).is_some();
    let holds = |silence: &&&Known<Silence>| {
        let silence = &silence.record;
        silence.level() >= level && silence.pause.as_ref().is_none_or(is_known)
    };
    silences.iter().filter(holds).copied().collect()
}

/// What is over, where it speaks of what was closed meanwhile without what it said.
async fn closed(
    app: &App,
    level: Sensitivity,
    now: DateTime<Utc>,
    over: Vec<Read>,
) -> Result<Vec<Read>, JobError> {
    let mut told = Vec::with_capacity(over.len());
    for mut read in over {
        if app.store.episode(read.kept.id, &Clearance::of(level), now).await?.is_none() {
            read.is_closed = true;
            read.episode.alert = read.episode.alert.closed();
        }
        told.push(read);
    }
    Ok(told)
}

fn read(kept: Vec<KeptEpisode>) -> Result<Vec<Read>, JobError> {
    kept.into_iter().map(kept::read).collect()
}

/// An episode that is found no longer; it stays as it was when it was last found, and says so where nobody looks for it
/// any more.
fn ended_now(event: &Event, before: &[Read], is_off: &dyn Fn(&Alert) -> bool) -> Option<LookedAt> {
    let alert = &event.episode.alert;
    let old = before.iter().find(|read| read.kept.key == alert.key)?;
    let body = is_off(alert).then(|| kept::body(&alert.clone().turned_off()));
    let episode = KeptEpisode {
        body: body.unwrap_or_else(|| old.kept.body.clone()),
        resolved_at: event.episode.resolved_at,
        updated_at: event.episode.updated_at,
        ..old.kept.clone()
    };
    Some(LookedAt { episode, names: Vec::new(), steps: vec![(Step::Resolved, None)] })
}

/// What keeps alerts quiet for readers of one level.
struct Quiet<'a> {
    situation: &'a Situation,
    silences: &'a [&'a Known<Silence>],
    open: &'a [Alert],
    app: &'a App,
}

impl Quiet<'_> {
    /// An open episode as it is to be kept.
    fn kept(&self, level: Sensitivity, episode: &Episode, old: Option<&Read>) -> KeptEpisode {
        let alert = &episode.alert;
        let muted = muted_by(self.situation, &self.app.settings.inhibit, alert, self.open);
        KeptEpisode {
            id: old.map_or_else(new_id, |old| old.kept.id),
            level,
            key: alert.key.clone(),
            number: episode.number,
            rule: alert.rule,
            severity: alert.severity,
            gravest: episode.gravest,
            body: kept::body(alert),
            raised_at: episode.raised_at,
            updated_at: episode.updated_at,
            resolved_at: None,
            acknowledged: old.and_then(|old| old.kept.acknowledged.clone()),
            silenced_by: silenced_by(self.situation, self.silences, alert).map(str::to_owned),
            muted_by: muted.map(str::to_owned),
        }
    }
}

/// What happened to an open episode at this look.
fn steps(
    events: &[Event],
    key: &str,
    old: Option<&Read>,
    kept: &KeptEpisode,
) -> Vec<(Step, Option<Severity>)> {
    let own = events.iter().filter(|event| event.episode.alert.key == key);
    let own = own.filter(|event| event.step != Step::Resolved);
    let mut steps: Vec<_> = own.map(|event| (event.step, event.was)).collect();
    let is_quiet = |kept: &KeptEpisode| kept.silenced_by.is_some() || kept.muted_by.is_some();
    match (old.is_some_and(|old| is_quiet(&old.kept)), is_quiet(kept)) {
        (false, true) => steps.push((Step::Silenced, None)),
        (true, false) => steps.push((Step::Unsilenced, None)),
        _ => {}
    }
    steps
}

/// What the service itself could not do: reports that were not made, messages that could not be delivered. Only of
/// schedules and recipients that a reader may know of.
async fn of_the_service(
    app: &App,
    situation: &Situation,
    level: Sensitivity,
    now: DateTime<Utc>,
) -> Result<Vec<Alert>, JobError> {
    let mut found = Vec::new();
    let world = app.situations.world();
    for one in schedules(app, &world) {
        let is_known = one.since.is_none() || situation.world.schedules.get(one.code).is_some();
        if is_known {
            found.extend(not_made(app, &one, now).await?);
        }
        // Who there is is said to nobody who may not know of recipients.
        if is_known && level >= app.settings.gate.levels.of_kind(Kind::Recipient) {
            found.extend(sent_to_nobody(&world, &one));
        }
    }
    let failures = app.store.failures(level).await?;
    let recipients = situation.world.recipients.iter();
    found.extend(recipients.filter_map(|known| {
        let own = failures.iter().find(|failures| failures.recipient == *known.code)?;
        Some(not_delivered(known.record.name.as_str(), own))
    }));
    Ok(found)
}

/// As long as a schedule names recipients who are not there.
fn sent_to_nobody(world: &World, one: &Timetable<'_>) -> Option<Alert> {
    let unknown = unknown_recipients(world, one.schedule);
    if unknown.is_empty() {
        return None;
    }
    let said = Saying::of("alert-no-recipient")
        .text("schedule", one.code)
        .text("recipients", unknown.join(", "));
    let subject = Subject { kind: Kind::Schedule, code: one.code.to_owned(), name: None };
    let mut alert = of_service(Rule::DeliveryFailed, Severity::High, subject, vec![said]);
    // A recipient may have the same code.
    alert.key = format!("{}/schedule/{}", Rule::DeliveryFailed, one.code);
    Some(alert)
}

async fn not_made(
    app: &App,
    one: &Timetable<'_>,
    now: DateTime<Utc>,
) -> Result<Option<Alert>, JobError> {
    let made = made_of(app, one, now).await?;
    // What was due for longer than this, when the schedules were last gone through, could not be made.
    let until = app.pulse.last(Task::Schedule).map(|at| at.min(now) - BEING_MADE);
    let schedule = one.schedule.clone();
    let mut skipped = computed(move || skipped(&schedule, &made, until)).await?;
    let unmade = app.pulse.unmade(one.code);
    if let Some(unmade) = &unmade {
        // It need not be late to be told: it was tried.
        skipped.retain(|at| *at != unmade.period_end);
        skipped.push(unmade.period_end);
        skipped.sort_unstable();
    }
    let (Some(first), Some(last)) = (skipped.first(), skipped.last()) else { return Ok(None) };
    let down = app.pulse.was_down();
    let is_down = |at: &DateTime<Utc>| down.is_some_and(|(from, until)| from < *at && *at <= until);
    let why = match &unmade {
        Some(unmade) => Some(Saying::of("alert-not-made-failed").text("why", unmade.why.as_str())),
        None if skipped.iter().all(is_down) => Some(Saying::of("alert-not-made-down")),
        None => None,
    };
    #[expect(clippy::cast_precision_loss, reason = "at most so many are counted")]
    let count = skipped.len() as f64;
    // Of so many not all are counted, which is said.
    let of_all = skipped.len() < MOST_SKIPPED;
    let said = Saying::of(if of_all { "alert-not-made" } else { "alert-not-made-many" })
        .number("count", count)
        .text("schedule", one.code)
        .with("first", Told::Instant(*first))
        .with("last", Told::Instant(*last));
    let said = std::iter::once(said).chain(why).chain([Saying::of("alert-not-made-next")]);
    let subject = Subject { kind: Kind::Schedule, code: one.code.to_owned(), name: None };
    // What failed fails again until somebody sees to it; what was missed is over.
    let severity = if unmade.is_some() { Severity::High } else { Severity::Medium };
    Ok(Some(of_service(Rule::ReportSkipped, severity, subject, said.collect())))
}

/// The ends of the periods that a report was made of, from the last before the days that are told of, or from when the
/// schedule became what it is. Reports of a clock that was ahead say nothing of what is due before them.
async fn made_of(
    app: &App,
    one: &Timetable<'_>,
    now: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, JobError> {
    let from = now - TimeDelta::days(SKIPPED_DAYS);
    let before = app.store.report_before(one.code, "", from).await?;
    let begin = before.map(|report| report.period_end).max(one.since);
    let ends = app.store.report_ends(one.code, from).await?.into_iter();
    let ends = ends.filter(|end| begin.is_none_or(|begin| *end > begin) && *end <= now);
    Ok(begin.into_iter().chain(ends).collect())
}

fn not_delivered(name: &str, failures: &Failures) -> Alert {
    #[expect(clippy::cast_precision_loss, reason = "so many that they are counted, not told apart")]
    let said = Saying::of("alert-not-delivered")
        .number("count", failures.count as f64)
        .text("recipient", name);
    let why = failures.problem.as_ref();
    let why = why.map(|why| Saying::of("alert-not-delivered-why").text("why", why.as_str()));
    let said = std::iter::once(said).chain(why).collect();
    let (kind, code) = (Kind::Recipient, failures.recipient.clone());
    let subject = Subject { kind, code, name: Some(name.to_owned()) };
    of_service(Rule::DeliveryFailed, Severity::High, subject, said)
}
