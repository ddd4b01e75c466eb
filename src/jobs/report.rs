//! Makes a situation report, keeps it in the store and writes it into `reports/` of the data folder.
//!
//! The kept JSON is the report; the files are made from it. A second run of the same schedule and period end
//! leaves the kept report and its files byte for byte as they are, and renders from the kept JSON whatever file
//! was deleted.

mod copy;

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};

use super::JobError;
use crate::app::App;
use crate::config::KeyFrom;
use crate::disclose::handed_on;
use crate::domain::{Clearance, Language, Recipient, Schedule, Sensitivity};
use crate::folder;
use crate::keeping::checkpoint::{self, Signer};
use crate::report::{LedgerMark, Report, build, html, text};
use crate::situation::Situation;
use crate::store::KeptReport;

/// The folder of the reports inside the data folder.
pub const FOLDER: &str = "reports";

/// Which report is asked for.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    /// The code of the schedule that it belongs to.
    pub code: &'a str,
    /// What it tells, and for whom.
    pub schedule: &'a Schedule,
    /// Who is sent a copy, by code.
    pub recipients: Vec<(&'a str, &'a Recipient)>,
}

impl<'a> Ask<'a> {
    /// For the folder of reports alone.
    #[must_use]
    pub const fn of(code: &'a str, schedule: &'a Schedule) -> Self {
        Self { code, schedule, recipients: Vec::new() }
    }

    /// Everybody who is to have it: the folder of reports, and each recipient.
    fn readers(&self) -> Vec<Reader<'a>> {
        let Schedule { language, .. } = self.schedule;
        let folder = Reader {
            recipient: None,
            level: self.schedule.level(),
            language: language.unwrap_or(Language::En),
        };
        let recipients = self.recipients.iter().map(|(code, recipient)| Reader {
            recipient: Some((code, recipient)),
            level: recipient.level(),
            language: recipient.language(),
        });
        std::iter::once(folder).chain(recipients).collect()
    }
}

/// Who is to have a copy.
#[derive(Debug, Clone, Copy)]
struct Reader<'a> {
    /// `None` is the folder of reports.
    recipient: Option<(&'a str, &'a Recipient)>,
    level: Sensitivity,
    language: Language,
}

impl<'a> Reader<'a> {
    fn code(&self) -> &'a str {
        self.recipient.map_or("", |(code, _)| code)
    }

    fn clearance(&self) -> Clearance {
        handed_on(&Clearance::of(self.level))
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

/// Makes the report of a schedule for the period that ends here, unless it was made before: a copy for the folder of
/// reports and one for each recipient, all of them or none.
///
/// Each is compared with the last that the same reader had of that schedule; without one, with the beginning of the
/// period as it was known then. `known_at` left out means now.
///
/// # Errors
///
/// When the store fails, a file cannot be written, or the name of the schedule cannot be a file's.
pub async fn make(
    app: &App,
    data: &Path,
    ask: &Ask<'_>,
    period_end: DateTime<Utc>,
    known_at: Option<DateTime<Utc>>,
) -> Result<Outcome, JobError> {
    let code = ask.code;
    let name = file_name(code, period_end)?;
    if let Some(kept) = kept(app, code, period_end).await? {
        if let Some(asked) = known_at.filter(|asked| *asked != kept.known_at) {
            return Err(JobError::Refused(format!(
                "a report of schedule {code} for {period_end} is kept as known at {}, not at {asked}; name another schedule to have both",
                kept.known_at
            )));
        }
        refuse_other_readers(&kept, ask)?;
        let files = files(app, data, &name, &kept)?;
        return Ok(Outcome { schedule: code.to_owned(), period_end, is_new: false, files });
    }
    app.situations.catch_up().await?;
    let made_at = app.clock.recorded_at();
    let head = app.store.head().await?;
    let signer = Signer::of(data)
        .map_err(|cause| JobError::File { path: data.join(crate::keys::FOLDER), cause })?;
    let checkpoint = signer.checkpoint(&head, made_at).to_string();
    let mut copies = Vec::new();
    for reader in ask.readers() {
        let mut report = report_for(app, ask, &reader, period_end, known_at).await?;
        report.ledger = Some(LedgerMark { sequence: head.sequence, head: head.hash.clone() });
        copies.push(copy::of(app, ask, &reader, &report, (made_at, &checkpoint))?);
    }
    let made = copies.first().map(|copy| copy.report.clone());
    let is_new = app.store.keep_report(copies).await?;
    // Where another program was faster, its report counts.
    let made = if is_new { made } else { kept(app, code, period_end).await?.or(made) };
    let files = match &made {
        Some(made) => files(app, data, &name, made)?,
        None => Vec::new(),
    };
    tracing::info!(schedule = code, period_end = %period_end, is_new, "Made report {name}");
    Ok(Outcome { schedule: code.to_owned(), period_end, is_new, files })
}

/// What the report says to a reader.
async fn report_for(
    app: &App,
    ask: &Ask<'_>,
    reader: &Reader<'_>,
    period_end: DateTime<Utc>,
    known_at: Option<DateTime<Utc>>,
) -> Result<Report, JobError> {
    let schedule = ask.schedule;
    let of_areas = |situation: Situation| situation.within(&schedule.areas);
    let now = app.situations.situation(period_end, known_at, &reader.clearance()).await?;
    let (before, is_report) = before(app, ask, reader, period_end).await?;
    let (now, before) = (of_areas(now), of_areas(before));
    let period_days = schedule.period_days();
    Ok(build(&now, &before, is_report, ask.code, period_days, &app.standards()))
}

/// One schedule and period has one report: its files are not given to readers of another clearance.
fn refuse_other_readers(kept: &KeptReport, ask: &Ask<'_>) -> Result<(), JobError> {
    if kept.clearance == ask.schedule.level() {
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
    Ok(app.store.report_before(schedule, "", until + TimeDelta::milliseconds(1)).await?)
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
    ask: &Ask<'_>,
    reader: &Reader<'_>,
    period_end: DateTime<Utc>,
) -> Result<(Situation, bool), JobError> {
    let kept = app.store.report_before(ask.code, reader.code(), period_end).await?;
    let begin = period_end - TimeDelta::days(ask.schedule.period_days().into());
    let (as_of, known_at) =
        kept.as_ref().map_or((begin, begin), |kept| (kept.as_of, kept.known_at));
    let situation = app.situations.situation(as_of, Some(known_at), &reader.clearance()).await?;
    Ok((situation, kept.is_some()))
}

/// Writes the files of a report that are not there, if it is kept.
pub(super) async fn write_again(
    app: &App,
    data: &Path,
    schedule: &str,
    period_end: DateTime<Utc>,
) -> Result<(), JobError> {
    let Some(kept) = kept(app, schedule, period_end).await? else { return Ok(()) };
    files(app, data, &file_name(schedule, period_end)?, &kept).map(|_files| ())
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
    for form in ["html", "txt", "json"] {
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
