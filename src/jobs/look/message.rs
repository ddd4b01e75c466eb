//! Messages about alerts: for each recipient, what it is told now, packed for its way.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::found::{Level, Read};
use crate::app::App;
use crate::clock::new_id;
use crate::domain::alert::link;
use crate::domain::{Channel, Recipient};
use crate::jobs::JobError;
use crate::jobs::deliver::email::Letter;
use crate::jobs::deliver::webhook::{AlertTold, alerts};
use crate::jobs::pack::{self, Label, packed};
use crate::jobs::telling::{Notice, Why};
use crate::report::notice;
use crate::situation::Situation;
use crate::situation::alert::Alert;
use crate::store::{Look, Message, Told};

/// A notice with the episode it is about.
struct Line<'a> {
    notice: &'a Notice,
    read: &'a Read,
    level: &'a Level,
    before: Option<&'a Told>,
}

/// Packs what is told now, and notes who was told.
pub(super) fn write(
    app: &App,
    all: &Situation,
    levels: &[Level],
    (notices, told): (&[Notice], &[Told]),
    now: DateTime<Utc>,
    look: &mut Look,
) {
    let mut by_recipient: BTreeMap<&str, Vec<Line<'_>>> = BTreeMap::new();
    for notice in notices {
        let found = levels.iter().find_map(|level| Some((level, level.read(notice.episode)?)));
        let Some((level, read)) = found else { continue };
        let before = told
            .iter()
            .find(|one| one.episode == notice.episode && one.recipient == notice.recipient);
        let line = Line { notice, read, level, before };
        by_recipient.entry(&notice.recipient).or_default().push(line);
    }
    let pack = Pack { app, now };
    for (code, mut lines) in by_recipient {
        let Some(recipient) = all.world.recipients.get(code) else { continue };
        lines.sort_by_key(|line| std::cmp::Reverse(line.read.episode.alert.severity));
        let is_one = recipient.record.channel == Channel::Webhook
            || lines.len() > app.settings.telling.most_single;
        let size = if is_one { lines.len() } else { 1 };
        for together in lines.chunks(size) {
            pack.message(code, &recipient.record, together, look);
        }
    }
}

struct Pack<'a> {
    app: &'a App,
    now: DateTime<Utc>,
}

impl Pack<'_> {
    /// One message, and that its recipient was told.
    fn message(&self, code: &str, recipient: &Recipient, lines: &[Line<'_>], look: &mut Look) {
        let id = new_id();
        let payload = self.payload(id, code, recipient, lines);
        let file_name = format!("alerts-{}-{id}.txt", self.now.format("%Y-%m-%dT%H%MZ"));
        let label = Label { id, code, recipient, file_name, report: None };
        let delivery = packed(self.app, label, payload);
        let tells =
            lines.iter().map(|line| (line.notice.episode, line.before.map(|told| told.severity)));
        let names: BTreeSet<_> = lines
            .iter()
            .flat_map(|line| line.read.episode.alert.names())
            .map(|(kind, code)| (kind.as_str(), kind, code))
            .collect();
        let names = names.into_iter().map(|(_, kind, code)| (kind, code)).collect();
        look.messages.push(Message { delivery, tells: tells.collect(), names });
        look.told.extend(lines.iter().map(|line| self.told(code, line, id)));
    }

    fn told(&self, code: &str, line: &Line<'_>, id: Uuid) -> Told {
        Told {
            episode: line.notice.episode,
            recipient: code.to_owned(),
            severity: line.read.episode.alert.severity,
            first_at: line.before.map_or(self.now, |told| told.first_at),
            last_at: self.now,
            thread: line.before.map_or(id, |told| told.thread),
            is_over: line.notice.why == Why::Over,
        }
    }

    /// The bytes that are sent.
    fn payload(
        &self,
        id: Uuid,
        code: &str,
        recipient: &Recipient,
        lines: &[Line<'_>],
    ) -> Result<Vec<u8>, JobError> {
        let message = self.notice(recipient, lines);
        match recipient.channel {
            Channel::Folder => Ok(message.text().into_bytes()),
            Channel::Webhook => {
                let told: Vec<AlertTold<'_>> = lines
                    .iter()
                    .zip(&message.lines)
                    .map(|(line, said)| AlertTold {
                        id: line.notice.episode,
                        key: &line.read.kept.key,
                        episode: &line.read.episode,
                        text: said.sentence.clone(),
                    })
                    .collect();
                Ok(alerts(code, &told, &self.app.settings.server.public_url).to_string().into())
            }
            Channel::Email => {
                let thread = match lines {
                    [one] => one.before.map(|told| told.thread),
                    _ => None,
                };
                let letter = Letter {
                    id,
                    thread,
                    to: recipient.address.to_string(),
                    subject: message.subject(),
                    text: message.text(),
                    html: Some(message.html()?),
                    pictures: Vec::new(),
                    attachments: Vec::new(),
                    made_at: self.app.clock.recorded_at(),
                    language: recipient.language(),
                };
                pack::letter(self.app, &letter)
            }
        }
    }

    fn notice<'l>(&self, recipient: &Recipient, lines: &'l [Line<'_>]) -> notice::Notice<'l> {
        let language = recipient.language();
        let url = &self.app.settings.server.public_url;
        let line = |line: &'l Line<'_>| {
            let alert = &line.read.episode.alert;
            let is_closed = line.read.is_closed;
            let link = if is_closed { String::new() } else { link(url, line.notice.episode) };
            notice::Line {
                reason: reason(line.notice.why, alert),
                episode: &line.read.episode,
                about: notice::about(&line.level.situation, alert, language),
                sentence: alert.in_language(language),
                areas: area_names(&line.level.situation, &alert.areas, language),
                link,
            }
        };
        notice::Notice { lines: lines.iter().map(line).collect(), language, made_at: self.now }
    }
}

fn area_names(
    situation: &Situation,
    areas: &[String],
    language: crate::domain::Language,
) -> Vec<String> {
    let name = |code: &String| {
        let Some(area) = situation.world.areas.get(code) else { return code.clone() };
        let names = &area.record.names;
        names.in_language(language.as_str()).unwrap_or_else(|| names.any()).to_owned()
    };
    areas.iter().map(name).collect()
}

fn reason(why: Why, alert: &Alert) -> notice::Reason {
    match why {
        Why::Raised => notice::Reason::Raised,
        Why::Graver(was) => notice::Reason::Graver(was),
        Why::Escalated => notice::Reason::Escalated,
        Why::Over if alert.is_turned_off() => notice::Reason::TurnedOff,
        Why::Over => notice::Reason::Over,
    }
}
