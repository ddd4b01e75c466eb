//! The copy of a report for one reader: kept, made into files, and packed to be delivered.

use chrono::{DateTime, Utc};

use super::{Ask, Reader, unreadable};
use crate::app::App;
use crate::domain::Format;
use crate::jobs::JobError;
use crate::report::xlsx::workbook;
use crate::report::{Report, html, text};
use crate::store::{KeptReport, ReportCopy};

/// The copy for a reader; `made` is when, and the checkpoint that goes out with it.
pub(super) fn of(
    _app: &App,
    ask: &Ask<'_>,
    reader: &Reader<'_>,
    report: &Report,
    (made_at, checkpoint): (DateTime<Utc>, &str),
) -> Result<ReportCopy, JobError> {
    let period_end = report.as_of;
    let body = report.json().map_err(|cause| unreadable(ask.code, period_end, cause))?;
    let kept = KeptReport {
        schedule: ask.code.to_owned(),
        period_end,
        recipient: reader.code().to_owned(),
        language: reader.language,
        as_of: report.as_of,
        known_at: report.known_at,
        made_at,
        clearance: reader.clearance().level,
        body,
        checkpoint: Some(checkpoint.to_owned()),
    };
    let formats = ask.schedule.formats();
    let files: Result<Vec<_>, JobError> =
        formats.into_iter().map(|format| Ok((format, file(report, &kept, format)?))).collect();
    Ok(ReportCopy { report: kept, files: files?, deliveries: Vec::new() })
}

/// A file of the report.
fn file(report: &Report, kept: &KeptReport, format: Format) -> Result<Vec<u8>, JobError> {
    Ok(match format {
        Format::Html => html::page(report, kept.language)?.into_bytes(),
        Format::Text => text::plain(report, kept.language).into_bytes(),
        Format::Xlsx => workbook(report, kept.language).map_err(|fault| JobError::Refused(fault.to_string()))?,
        Format::Json => kept.body.clone().into_bytes(),
    })
}
