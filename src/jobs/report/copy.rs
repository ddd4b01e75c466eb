//! The copy of a report for one reader: kept, made into files, and packed to be delivered.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::{Ask, Reader, Sides, file_name, unreadable};
use crate::app::App;
use crate::clock::new_id;
use crate::domain::{Channel, Format, Language, Recipient, Schedule};
use crate::jobs::JobError;
use crate::jobs::deliver::email::{File, Letter};
use crate::jobs::pack::{Label, letter, packed};
use crate::report::html::LetterPage;
use crate::report::xlsx::workbook;
use crate::report::{Report, build, html, text};
use crate::situation::standards::Standards;
use crate::store::{Delivery, KeptReport, ReportCopy};

/// How a reader's copy is made: everything that needs no store and no clock, so that it can be done elsewhere.
pub(super) struct Sheet {
    code: String,
    schedule: Schedule,
    standards: Standards,
    /// Is there a letter to be drawn?
    is_letter: bool,
    pub language: Language,
}

/// A copy as it looks.
pub(super) struct Drawn {
    report: Report,
    body: String,
    files: Vec<(Format, Vec<u8>)>,
    /// Where it goes as a letter.
    letter: Option<(String, LetterPage)>,
}

impl Sheet {
    pub(super) fn of(app: &App, ask: &Ask<'_>, reader: &Reader<'_>) -> Self {
        let by_mail = |(_, recipient): (&str, &Recipient)| recipient.channel == Channel::Email;
        Self {
            code: ask.code.to_owned(),
            schedule: ask.schedule.clone(),
            standards: app.standards(),
            is_letter: reader.recipient.is_some_and(by_mail),
            language: reader.language,
        }
    }

    /// What the report says.
    pub(super) fn report(&self, Sides { now, before, is_report }: Sides) -> Report {
        let days = self.schedule.period_days();
        let report = build(&now, &before, is_report, &self.code, days, &self.standards);
        report.only(&self.schedule.sections)
    }

    pub(super) fn drawn(&self, report: Report) -> Result<Drawn, JobError> {
        let formats = self.schedule.formats().into_iter();
        let files = formats.map(|format| Ok((format, self.file(&report, format)?)));
        let files = files.collect::<Result<_, JobError>>()?;
        let body = self.json(&report)?;
        let page = self.is_letter.then(|| html::letter(&report, self.language)).transpose()?;
        let letter = page.map(|page| (text::plain(&report, self.language), page));
        Ok(Drawn { report, body, files, letter })
    }

    /// A file of the report.
    pub(super) fn file(&self, report: &Report, format: Format) -> Result<Vec<u8>, JobError> {
        let language = self.language;
        Ok(match format {
            Format::Html => html::page(report, language)?.into_bytes(),
            Format::Text => text::plain(report, language).into_bytes(),
            Format::Xlsx => workbook(report, language).map_err(|fault| {
                JobError::Refused(format!("the workbook cannot be made: {fault}"))
            })?,
            Format::Json => self.json(report)?.into_bytes(),
        })
    }

    fn json(&self, report: &Report) -> Result<String, JobError> {
        report.json().map_err(|cause| unreadable(&self.code, report.as_of, cause))
    }
}

/// The copy for a reader; `made` is when, and the checkpoint that goes out with it.
pub(super) fn of(
    app: &App,
    reader: &Reader<'_>,
    drawn: Drawn,
    schedule: &str,
    (made_at, checkpoint): (DateTime<Utc>, &str),
) -> Result<ReportCopy, JobError> {
    let Drawn { report, body, files, letter } = drawn;
    let kept = KeptReport {
        schedule: schedule.to_owned(),
        period_end: report.as_of,
        recipient: reader.code().to_owned(),
        language: reader.language,
        as_of: report.as_of,
        known_at: report.known_at,
        made_at,
        clearance: reader.clearance().level,
        body,
        checkpoint: Some(checkpoint.to_owned()),
    };
    let mut deliveries = Vec::new();
    if let Some((code, recipient)) = reader.recipient {
        let way = Way { app, kept: &kept, report: &report, files: &files, letter, code, recipient };
        deliveries = way.deliveries()?;
    }
    Ok(ReportCopy { report: kept, files, deliveries })
}

/// A copy on its way to a recipient.
struct Way<'a> {
    app: &'a App,
    kept: &'a KeptReport,
    report: &'a Report,
    files: &'a [(Format, Vec<u8>)],
    letter: Option<(String, LetterPage)>,
    code: &'a str,
    recipient: &'a Recipient,
}

impl Way<'_> {
    fn deliveries(mut self) -> Result<Vec<Delivery>, JobError> {
        let name = file_name(&self.kept.schedule, self.kept.period_end)?;
        let name = format!("{name}-{}", plain(self.code));
        let checkpoint = self.kept.checkpoint.clone().unwrap_or_default();
        Ok(match self.recipient.channel {
            Channel::Folder => {
                let files = self.files.iter().map(|(format, content)| {
                    self.packed(format!("{name}.{}", format.ending()), |_| Ok(content.clone()))
                });
                let checkpoint =
                    self.packed(format!("{name}.checkpoint"), |_| Ok(checkpoint.into_bytes()));
                files.chain(std::iter::once(checkpoint)).collect()
            }
            Channel::Webhook => {
                vec![self.packed(format!("{name}.json"), |_| Ok(self.call(&checkpoint)))]
            }
            Channel::Email => {
                let page = self.letter.take();
                let letter = |id| self.letter(id, &name, page, checkpoint);
                vec![self.packed(format!("{name}.eml"), letter)]
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
    fn letter(
        &self,
        id: uuid::Uuid,
        name: &str,
        page: Option<(String, LetterPage)>,
        checkpoint: String,
    ) -> Result<Vec<u8>, JobError> {
        let language = self.kept.language;
        let undrawn = || JobError::Refused("the letter was not drawn".to_owned());
        let (text, page) = page.ok_or_else(undrawn)?;
        let pictures = page.pictures.into_iter().map(|(name, content)| File {
            name,
            media_type: "image/png".to_owned(),
            content,
        });
        let is_beside = |format: Format| matches!(format, Format::Xlsx | Format::Json);
        let beside = self.files.iter().filter(|(format, _)| is_beside(*format));
        let beside = beside.map(|(format, content)| File {
            name: format!("{name}.{}", format.ending()),
            media_type: format.media_type().to_owned(),
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
            text,
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
