//! The copy of a report for one reader: kept, made into files, and packed to be delivered.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::{Ask, Reader, file_name, unreadable};
use crate::app::App;
use crate::clock::new_id;
use crate::domain::{Channel, Format, Language, Recipient};
use crate::jobs::JobError;
use crate::jobs::deliver::email::{File, Letter};
use crate::jobs::pack::{Label, letter, packed};
use crate::report::xlsx::workbook;
use crate::report::{Report, html, text};
use crate::store::{Delivery, KeptReport, ReportCopy};

/// The copy for a reader; `made` is when, and the checkpoint that goes out with it.
pub(super) fn of(
    app: &App,
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
    let formats = ask.schedule.formats().into_iter();
    let files = formats.map(|format| Ok((format, file(report, ask.code, kept.language, format)?)));
    let files: Vec<(Format, Vec<u8>)> = files.collect::<Result<_, JobError>>()?;
    let mut deliveries = Vec::new();
    if let Some((code, recipient)) = reader.recipient {
        let way = Way { app, kept: &kept, report, files: &files, code, recipient };
        deliveries = way.deliveries()?;
    }
    Ok(ReportCopy { report: kept, files, deliveries })
}

/// A file of the report.
pub(super) fn file(
    report: &Report,
    schedule: &str,
    language: Language,
    format: Format,
) -> Result<Vec<u8>, JobError> {
    Ok(match format {
        Format::Html => html::page(report, language)?.into_bytes(),
        Format::Text => text::plain(report, language).into_bytes(),
        Format::Xlsx => workbook(report, language)
            .map_err(|fault| JobError::Refused(format!("the workbook cannot be made: {fault}")))?,
        Format::Json => {
            let json = report.json().map_err(|cause| unreadable(schedule, report.as_of, cause))?;
            json.into_bytes()
        }
    })
}

/// The ending of a file.
const fn ending(format: Format) -> &'static str {
    match format {
        Format::Html => "html",
        Format::Text => "txt",
        Format::Xlsx => "xlsx",
        Format::Json => "json",
    }
}

const fn media_type(format: Format) -> &'static str {
    match format {
        Format::Html => "text/html; charset=utf-8",
        Format::Text => "text/plain; charset=utf-8",
        Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Format::Json => "application/json",
    }
}

/// A copy on its way to a recipient.
struct Way<'a> {
    app: &'a App,
    kept: &'a KeptReport,
    report: &'a Report,
    files: &'a [(Format, Vec<u8>)],
    code: &'a str,
    recipient: &'a Recipient,
}

impl Way<'_> {
    fn deliveries(&self) -> Result<Vec<Delivery>, JobError> {
        let name = file_name(&self.kept.schedule, self.kept.period_end)?;
        let name = format!("{name}-{}", plain(self.code));
        let checkpoint = self.kept.checkpoint.clone().unwrap_or_default();
        Ok(match self.recipient.channel {
            Channel::Folder => {
                let files = self.files.iter().map(|(format, content)| {
                    self.packed(format!("{name}.{}", ending(*format)), |_| Ok(content.clone()))
                });
                let checkpoint =
                    self.packed(format!("{name}.checkpoint"), |_| Ok(checkpoint.into_bytes()));
                files.chain(std::iter::once(checkpoint)).collect()
            }
            Channel::Webhook => {
                vec![self.packed(format!("{name}.json"), |_| Ok(self.call(&checkpoint)))]
            }
            Channel::Email => {
                vec![self.packed(format!("{name}.eml"), |id| self.letter(id, &name, checkpoint))]
            }
        })
    }

    fn packed(
        &self,
        file_name: String,
        payload: impl FnOnce(uuid::Uuid) -> Result<Vec<u8>, JobError>,
    ) -> Delivery {
        let id = new_id();
        let report = Some((self.kept.schedule.clone(), self.kept.period_end));
        let (code, recipient) = (self.code, self.recipient);
        packed(self.app, Label { id, code, recipient, file_name, report }, payload(id))
    }

    /// The body of a call: the report as it is kept, with where the ledger stood.
    fn call(&self, checkpoint: &str) -> Vec<u8> {
        let Self { kept, .. } = self;
        let head = json!({
            "kind": "report", "schedule": kept.schedule, "recipient": self.code,
            "period_end": kept.period_end, "as_of": kept.as_of, "known_at": kept.known_at,
            "made_at": kept.made_at, "checkpoint": checkpoint,
        });
        let mut body = head.to_string();
        body.pop();
        body.push_str(",\"report\":");
        body.push_str(kept.body.trim_end());
        body.push('}');
        body.into_bytes()
    }

    /// A letter: text and page, the pictures in it, the other files beside it.
    fn letter(&self, id: uuid::Uuid, name: &str, checkpoint: String) -> Result<Vec<u8>, JobError> {
        let language = self.kept.language;
        let page = html::letter(self.report, language)?;
        let pictures = page.pictures.into_iter().map(|(name, content)| File {
            name,
            media_type: "image/png".to_owned(),
            content,
        });
        let is_beside = |format: Format| matches!(format, Format::Xlsx | Format::Json);
        let beside = self.files.iter().filter(|(format, _)| is_beside(*format));
        let beside = beside.map(|(format, content)| File {
            name: format!("{name}.{}", ending(*format)),
            media_type: media_type(*format).to_owned(),
            content: content.clone(),
        });
        let checkpoint = File {
            name: format!("{name}.checkpoint"),
            media_type: "text/plain; charset=utf-8".to_owned(),
            content: checkpoint.into_bytes(),
        };
        let written = Letter {
            id,
            thread: None,
            to: self.recipient.address.to_string(),
            subject: html::title(self.report, language),
            text: text::plain(self.report, language),
            html: Some(page.html),
            pictures: pictures.collect(),
            attachments: beside.chain(std::iter::once(checkpoint)).collect(),
            made_at: self.app.clock.recorded_at(),
            language,
        };
        letter(self.app, &written)
    }
}

/// A code as a part of the name of a file: letters, digits and - _ stay.
fn plain(code: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_".contains(letter);
    code.chars().map(|letter| if is_plain(letter) { letter } else { '_' }).collect()
}
