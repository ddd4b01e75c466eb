//! Makes a situation report, keeps it in the store and writes it into `reports/` of the data folder.
//!
//! The kept JSON is the report; the files are made from it. A second run of the same schedule and period end
//! leaves the kept report and its files byte for byte as they are, and renders from the kept JSON whatever file
//! was deleted.

mod copy;
mod files;

use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};

use self::copy::Sheet;
pub use self::files::{FOLDER, check_schedule_name, remove_files};
use self::files::{file_name, files, write_new};
use super::{JobError, computed};
use crate::app::App;
use crate::config::KeyFrom;
use crate::disclose::handed_on;
use crate::domain::{Clearance, Format, Language, Recipient, Schedule, Sensitivity};
use crate::keeping::checkpoint::Signer;
use crate::pulse::Task;
use crate::report::{LedgerMark, Report, html, text};
use crate::situation::Situation;
use crate::store::{Head, KeptReport, ReportCopy};

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
        let files = files(app, data, &name, kept).await?;
        return Ok(Outcome { schedule: code.to_owned(), period_end, is_new: false, files });
    }
    let copies = copies(app, data, ask, period_end, known_at).await?;
    let made = copies.first().map(|copy| copy.report.clone());
    let is_new = app.store.keep_report(copies).await?;
    // Where another program was faster, its report counts.
    let made = if is_new { made } else { kept(app, code, period_end).await?.or(made) };
    let files = match made {
        Some(made) => files(app, data, &name, made).await?,
        None => Vec::new(),
    };
    tracing::info!(schedule = code, period_end = %period_end, is_new, "Made report {name}");
    Ok(Outcome { schedule: code.to_owned(), period_end, is_new, files })
}

/// The copies for all readers, from one place in the ledger and one moment.
async fn copies(
    app: &App,
    data: &Path,
    ask: &Ask<'_>,
    period_end: DateTime<Utc>,
    known_at: Option<DateTime<Utc>>,
) -> Result<Vec<ReportCopy>, JobError> {
    app.situations.catch_up().await?;
    let made_at = app.clock.recorded_at();
    let stand = Stand::of(app, known_at).await?;
    let signer = Signer::of(data)
        .map_err(|cause| JobError::File { path: data.join(crate::keys::FOLDER), cause })?;
    let checkpoint = signer.checkpoint(&stand.head, made_at).to_string();
    let readers = ask.readers();
    let mut sides = Vec::new();
    for reader in &readers {
        sides.push(both_sides(app, ask, reader, period_end, &stand).await?);
    }
    let (mut copies, ran_at) = (Vec::new(), app.pulse.last(Task::Schedule));
    for (reader, sides) in readers.iter().zip(sides) {
        let (sheet, stand) = (Sheet::of(app, ask, reader), stand.clone());
        let drawn = computed(move || {
            let mut report = sheet.report(sides);
            let Head { sequence, hash, .. } = stand.head;
            report.ledger = Some(LedgerMark { sequence, head: hash });
            report.scheduler_ran_at = ran_at;
            sheet.drawn(report)
        });
        copies.push(copy::of(app, reader, drawn.await??, ask.code, (made_at, &checkpoint))?);
    }
    Ok(copies)
}

/// A file of the report as it would be made for the folder of reports or for a recipient; nothing is kept or sent.
/// Without a language, in that of whoever it is for.
///
/// # Errors
///
/// When the store fails, or the report cannot be put into this form.
pub async fn preview(
    app: &App,
    ask: &Ask<'_>,
    recipient: Option<(&str, &Recipient)>,
    (period_end, known_at): (DateTime<Utc>, Option<DateTime<Utc>>),
    (format, language): (Format, Option<Language>),
) -> Result<Vec<u8>, JobError> {
    let ask = Ask { recipients: recipient.into_iter().collect(), ..ask.clone() };
    let reader = ask.readers().pop();
    let reader = reader.ok_or_else(|| JobError::Refused("it is for nobody".to_owned()))?;
    let stand = Stand::of(app, known_at).await?;
    let sides = both_sides(app, &ask, &reader, period_end, &stand).await?;
    let mut sheet = Sheet::of(app, &ask, &reader);
    sheet.language = language.unwrap_or(reader.language);
    computed(move || sheet.file(&sheet.report(sides), format)).await?
}

/// Where all copies of a report are made from: what is recorded up to a place in the ledger, and known up to a moment.
/// Whatever is written while they are made is for the next report.
#[derive(Debug, Clone)]
struct Stand {
    head: Head,
    known_at: DateTime<Utc>,
}

impl Stand {
    async fn of(app: &App, known_at: Option<DateTime<Utc>>) -> Result<Self, JobError> {
        let head = app.store.head().await?;
        app.situations.catch_up_to(head.sequence).await?;
        let latest = app.situations.known_by();
        Ok(Self { head, known_at: known_at.map_or(latest, |known_at| known_at.min(latest)) })
    }
}

/// What a reader is told, and what it is compared with.
struct Sides {
    now: Situation,
    before: Situation,
    /// Is what it is compared with a report?
    is_report: bool,
}

async fn both_sides(
    app: &App,
    ask: &Ask<'_>,
    reader: &Reader<'_>,
    period_end: DateTime<Utc>,
    stand: &Stand,
) -> Result<Sides, JobError> {
    let clearance = reader.clearance();
    let recorded_by =
        app.situations.recorded_by(stand.head.sequence, period_end, stand.known_at, &clearance);
    let of_areas = |situation: Situation| situation.within(&ask.schedule.areas);
    let now = of_areas(recorded_by.await?);
    let (before, is_report) = before(app, ask, reader, period_end, stand).await?;
    Ok(Sides { now, before: of_areas(before), is_report })
}

/// The files of a kept report in another language than its own, which stand beside it.
///
/// What is kept is told in no language, so that one report has one record and as many tellings as are asked for.
///
/// # Errors
///
/// When the store fails, nothing is kept for that period, or a file cannot be written.
pub async fn in_language(
    app: &App,
    data: &Path,
    ask: &Ask<'_>,
    period_end: DateTime<Utc>,
    language: Language,
) -> Result<Vec<PathBuf>, JobError> {
    if app.settings.store.key_from != KeyFrom::None {
        return Ok(Vec::new());
    }
    let name = file_name(ask.code, period_end)?;
    let kept = kept(app, ask.code, period_end).await?.filter(|kept| kept.language != language);
    let Some(kept) = kept else { return Ok(Vec::new()) };
    refuse_other_readers(&kept, ask)?;
    let report =
        Report::from_json(&kept.body).map_err(|cause| unreadable(ask.code, period_end, cause))?;
    let folder = data.join(FOLDER);
    let [page, plain] =
        ["html", "txt"].map(|form| folder.join(format!("{name}.{language}.{form}")));
    write_new(&page, &html::page(&report, language)?)?;
    write_new(&plain, &text::plain(&report, language))?;
    Ok(vec![page, plain])
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

/// What the report is compared with, and whether that is a report. Of what was learned earlier and written only after a
/// report was made, that report could not tell.
async fn before(
    app: &App,
    ask: &Ask<'_>,
    reader: &Reader<'_>,
    period_end: DateTime<Utc>,
    stand: &Stand,
) -> Result<(Situation, bool), JobError> {
    let kept = app.store.report_before(ask.code, reader.code(), period_end).await?;
    let begin = period_end - TimeDelta::days(ask.schedule.period_days().into());
    let (mut as_of, mut known_at, mut sequence) = (begin, begin, stand.head.sequence);
    if let Some(kept) = &kept {
        (as_of, known_at) = (kept.as_of, kept.known_at);
        let marked: Marked = serde_json::from_str(&kept.body)
            .map_err(|cause| unreadable(&kept.schedule, kept.period_end, cause))?;
        sequence = marked.ledger.map_or(sequence, |ledger| ledger.sequence.min(sequence));
    }
    let clearance = reader.clearance();
    let situation = app.situations.recorded_by(sequence, as_of, known_at, &clearance).await?;
    Ok((situation, kept.is_some()))
}

/// Of a kept report, where the ledger stood; those made before that was told have none.
#[derive(serde::Deserialize)]
struct Marked {
    #[serde(default)]
    ledger: Option<LedgerMark>,
}

/// Writes the files of a report that are not there, if it is kept.
pub(super) async fn write_again(
    app: &App,
    data: &Path,
    schedule: &str,
    period_end: DateTime<Utc>,
) -> Result<(), JobError> {
    let Some(kept) = kept(app, schedule, period_end).await? else { return Ok(()) };
    files(app, data, &file_name(schedule, period_end)?, kept).await.map(|_files| ())
}

fn unreadable(schedule: &str, period_end: DateTime<Utc>, cause: serde_json::Error) -> JobError {
    JobError::Json { schedule: schedule.to_owned(), period_end, cause }
}
