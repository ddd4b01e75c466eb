//! Makes a situation report, keeps it in the store and writes it into `reports/` of the data folder.
//!
//! The kept JSON is the report; the files are made from it. A second run of the same schedule and period end
//! leaves the kept report and its files byte for byte as they are, and renders from the kept JSON whatever file
//! was deleted.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};

use super::JobError;
use crate::app::App;
use crate::config::{KeyFrom, Schedule};
use crate::disclose::handed_on;
use crate::domain::{Clearance, Language, Sensitivity};
use crate::folder;
use crate::keeping::checkpoint::{self, Signer};
use crate::report::{LedgerMark, Report, build, html, text};
use crate::situation::Situation;
use crate::store::KeptReport;

/// The folder of the reports inside the data folder.
pub const FOLDER: &str = "reports";

/// Which report is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The schedule that it belongs to.
    pub schedule: &'a str,
    /// How many days it looks back.
    pub period_days: u32,
    /// For whom it is; a report is handed on, so strictly confidential items are never in it.
    pub clearance: Sensitivity,
}

impl<'a> Ask<'a> {
    /// What the settings ask for.
    #[must_use]
    pub fn of(schedule: &'a Schedule) -> Self {
        let Schedule { name, period_days, clearance, .. } = schedule;
        Self { schedule: name, period_days: *period_days, clearance: *clearance }
    }

    fn readers(self) -> Clearance {
        handed_on(&Clearance::of(self.clearance))
    }
}

/// What became of a report that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Its schedule.
    pub schedule: String,
    /// The end of its period.
    pub period_end: DateTime<Utc>,
    /// Was it made now? `false` where it was made before.
    pub is_new: bool,
    /// Its files: HTML, text, JSON, the checkpoint of the ledger; none where the store is encrypted.
    pub files: Vec<PathBuf>,
}

/// Makes the report of a schedule for the period that ends here, unless it was made before.
///
/// It is compared with the last kept report of that schedule; without one, with the beginning of the period as
/// it was known then. `known_at` left out means now.
///
/// # Errors
///
/// When the store fails, a file cannot be written, or the name of the schedule cannot be a file's.
pub async fn make(
    app: &App,
    data: &Path,
    ask: Ask<'_>,
    period_end: DateTime<Utc>,
    known_at: Option<DateTime<Utc>>,
) -> Result<Outcome, JobError> {
    let schedule = ask.schedule;
    let name = file_name(schedule, period_end)?;
    if let Some(kept) = kept(app, schedule, period_end).await? {
        if let Some(asked) = known_at.filter(|asked| *asked != kept.known_at) {
            return Err(JobError::Refused(format!(
                "a report of schedule {schedule} for {period_end} is kept as known at {}, not at {asked}; name another schedule to have both",
                kept.known_at
            )));
        }
        refuse_other_readers(&kept, ask)?;
        let files = files(app, data, &name, &kept)?;
        return Ok(Outcome { schedule: schedule.to_owned(), period_end, is_new: false, files });
    }
    app.situations.catch_up().await?;
    let now = app.situations.situation(period_end, known_at, &ask.readers()).await?;
    let (before, is_report) = before(app, ask, period_end).await?;
    let mut report = build(&now, &before, is_report, schedule, ask.period_days, &app.standards());
    let head = app.store.head().await?;
    report.ledger = Some(LedgerMark { sequence: head.sequence, head: head.hash.clone() });
    let made_at = app.clock.recorded_at();
    let signer = Signer::of(data)
        .map_err(|cause| JobError::File { path: data.join(crate::keys::FOLDER), cause })?;
    let body = report.json().map_err(|cause| unreadable(schedule, period_end, cause))?;
    let made = KeptReport {
        schedule: schedule.to_owned(),
        period_end,
        as_of: now.as_of,
        known_at: now.known_at,
        made_at,
        clearance: ask.readers().level,
        body,
        checkpoint: Some(signer.checkpoint(&head, made_at).to_string()),
    };
    let is_new = app.store.keep_report(made.clone()).await?;
    // Where another program was faster, its report counts.
    let made = if is_new { made } else { kept(app, schedule, period_end).await?.unwrap_or(made) };
    let files = files(app, data, &name, &made)?;
    tracing::info!(schedule, period_end = %period_end, is_new, "Made report {name}");
    Ok(Outcome { schedule: schedule.to_owned(), period_end, is_new, files })
}

/// The files of a kept report in another language than English, which stand beside the English ones.
///
/// What is kept is told in no language, so that one report has one record and as many tellings as are asked for.
///
/// # Errors
///
/// When the store fails, nothing is kept for that period, or a file cannot be written.
pub async fn in_language(
    app: &App,
    data: &Path,
    ask: Ask<'_>,
    period_end: DateTime<Utc>,
    language: Language,
) -> Result<Vec<PathBuf>, JobError> {
    if language == Language::En || app.settings.store.key_from != KeyFrom::None {
        return Ok(Vec::new());
    }
    let name = file_name(ask.schedule, period_end)?;
    let Some(kept) = kept(app, ask.schedule, period_end).await? else { return Ok(Vec::new()) };
    refuse_other_readers(&kept, ask)?;
    let report = Report::from_json(&kept.body)
        .map_err(|cause| unreadable(ask.schedule, period_end, cause))?;
    let folder = data.join(FOLDER);
    let [page, plain] =
        ["html", "txt"].map(|form| folder.join(format!("{name}.{language}.{form}")));
    write_new(&page, &html::page(&report, language)?)?;
    write_new(&plain, &text::plain(&report, language))?;
    Ok(vec![page, plain])
}

/// One schedule and period has one report: its files are not given to readers of another clearance.
fn refuse_other_readers(kept: &KeptReport, ask: Ask<'_>) -> Result<(), JobError> {
    if kept.clearance == ask.readers().level {
        return Ok(());
    }
    Err(JobError::Refused(format!(
        "a report of schedule {} for {} is kept for readers of the clearance {}; name another schedule to have both",
        kept.schedule, kept.period_end, kept.clearance
    )))
}

/// The last kept report of a schedule up to a moment.
pub(super) async fn last(
    app: &App,
    schedule: &str,
    until: DateTime<Utc>,
) -> Result<Option<KeptReport>, JobError> {
    Ok(app.store.report_before(schedule, until + TimeDelta::milliseconds(1)).await?)
}

async fn kept(
    app: &App,
    schedule: &str,
    period_end: DateTime<Utc>,
) -> Result<Option<KeptReport>, JobError> {
    Ok(last(app, schedule, period_end).await?.filter(|kept| kept.period_end == period_end))
}

/// What the report is compared with, and whether that is a report.
async fn before(
    app: &App,
    ask: Ask<'_>,
    period_end: DateTime<Utc>,
) -> Result<(Situation, bool), JobError> {
    let kept = app.store.report_before(ask.schedule, period_end).await?;
    let begin = period_end - TimeDelta::days(ask.period_days.into());
    let (as_of, known_at) =
        kept.as_ref().map_or((begin, begin), |kept| (kept.as_of, kept.known_at));
    let situation = app.situations.situation(as_of, Some(known_at), &ask.readers()).await?;
    Ok((situation, kept.is_some()))
}

/// The files of a report; none where the store is encrypted, since they would say in the clear what it keeps.
fn files(
    app: &App,
    data: &Path,
    name: &str,
    report: &KeptReport,
) -> Result<Vec<PathBuf>, JobError> {
    match app.settings.store.key_from {
        KeyFrom::None => write_files(data, name, report),
        _ => Ok(Vec::new()),
    }
}

fn unreadable(schedule: &str, period_end: DateTime<Utc>, cause: serde_json::Error) -> JobError {
    JobError::Json { schedule: schedule.to_owned(), period_end, cause }
}

/// `daily-2016-07-26` for a period that ends with the day, else with the time: `daily-2016-07-26T0400Z`.
fn file_name(schedule: &str, period_end: DateTime<Utc>) -> Result<String, JobError> {
    const LONGEST: usize = 80;
    let is_legal = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let is_name = !schedule.is_empty()
        && schedule.len() <= LONGEST
        && !schedule.starts_with('.')
        && schedule.chars().all(is_legal);
    if !is_name {
        return Err(JobError::Refused(format!(
            "schedule must have 1 to {LONGEST} letters a to z, digits and - _ . and not begin with a dot, got {schedule:?}"
        )));
    }
    let ends_a_day = (period_end + TimeDelta::milliseconds(1)).time() == chrono::NaiveTime::MIN;
    let (whole_minute, whole_second) =
        (period_end.timestamp_millis() % 60_000 == 0, period_end.timestamp_millis() % 1_000 == 0);
    let form = match (ends_a_day, whole_minute, whole_second) {
        (true, ..) => "%Y-%m-%d",
        (_, true, _) => "%Y-%m-%dT%H%MZ",
        (_, _, true) => "%Y-%m-%dT%H%M%SZ",
        _ => "%Y-%m-%dT%H%M%S%.3fZ",
    };
    Ok(format!("{schedule}-{}", period_end.format(form)))
}

/// Writes the files that are not there; those that are stay as they are.
fn write_files(data: &Path, name: &str, kept: &KeptReport) -> Result<Vec<PathBuf>, JobError> {
    let folder = data.join(FOLDER);
    fs::create_dir_all(&folder).map_err(|cause| JobError::File { path: folder.clone(), cause })?;
    let mut paths =
        ["html", "txt", "json"].map(|form| folder.join(format!("{name}.{form}"))).to_vec();
    if let Some(checkpoint) = &kept.checkpoint {
        let beside = folder.join(format!("{name}.checkpoint"));
        write_new(&beside, checkpoint)?;
        paths.push(beside);
        keep_checkpoint(data, name, checkpoint)?;
    }
    let [page, plain, json, ..] = &*paths else { return Ok(paths) };
    if paths.iter().all(|path| path.exists()) {
        return Ok(paths);
    }
    let report = Report::from_json(&kept.body)
        .map_err(|cause| unreadable(&kept.schedule, kept.period_end, cause))?;
    write_new(page, &html::page(&report, Language::En)?)?;
    write_new(plain, &text::plain(&report, Language::En))?;
    write_new(json, &kept.body)?;
    Ok(paths)
}

/// Each report leaves its checkpoint also where `passage verify` looks.
fn keep_checkpoint(data: &Path, name: &str, checkpoint: &str) -> Result<(), JobError> {
    let folder = data.join(checkpoint::FOLDER);
    fs::create_dir_all(&folder).map_err(|cause| JobError::File { path: folder.clone(), cause })?;
    write_new(&folder.join(format!("{name}.checkpoint")), checkpoint)
}

/// Removes the files of a report whose kept form was destroyed; its checkpoint stays.
///
/// # Errors
///
/// When a file is there and cannot be removed.
pub fn remove_files(
    data: &Path,
    schedule: &str,
    period_end: DateTime<Utc>,
) -> Result<(), JobError> {
    let name = file_name(schedule, period_end)?;
    let told = Language::ALL
        .iter()
        .flat_map(|language| ["html", "txt"].map(|form| format!("{language}.{form}")));
    let forms = ["html", "txt", "json"].into_iter().map(ToOwned::to_owned);
    for form in forms.chain(told) {
        let path = data.join(FOLDER).join(format!("{name}.{form}"));
        match fs::remove_file(&path) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                return Err(JobError::File { path, cause });
            }
            _ => {}
        }
    }
    Ok(())
}

/// Writes a file whole or not at all, unless it is there.
fn write_new(path: &Path, content: &str) -> Result<(), JobError> {
    if path.exists() {
        return Ok(());
    }
    let written = folder::write_whole(path, content.as_bytes());
    written.map_err(|cause| JobError::File { path: path.to_owned(), cause })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn two_period_ends_never_share_a_file() {
        let ends = [
            "2016-07-26T23:59:59.999Z",
            "2016-07-26T23:59:59Z",
            "2016-07-26T23:59:00Z",
            "2016-07-26T00:00:00Z",
            "2016-07-25T23:59:59.999Z",
            "2016-07-26T23:59:59.001Z",
        ];
        let names: std::collections::BTreeSet<String> =
            ends.iter().map(|end| file_name("daily", at(end)).unwrap()).collect();
        assert_eq!(names.len(), ends.len());
        assert!(names.contains("daily-2016-07-26"), "{names:?}");
        assert!(names.contains("daily-2016-07-26T0000Z"), "{names:?}");
    }

    #[test]
    fn a_schedule_cannot_leave_the_folder() {
        for name in ["../x", "", ".hidden", "a/b", "a\\b", "a b"] {
            assert!(file_name(name, at("2016-07-26T00:00:00Z")).is_err(), "{name}");
        }
    }
}
