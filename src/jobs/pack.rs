//! Packs what is told for the way it goes: what cannot be made is kept as failed, so that somebody sees it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::JobError;
use super::deliver::email::{Letter, UNSIGNED, compose};
use crate::app::App;
use crate::domain::Recipient;
use crate::store::{Delivery, DeliveryState, Progress};

/// For whom something is packed, and under which id.
pub(super) struct Label<'a> {
    pub id: Uuid,
    /// The code of the recipient.
    pub code: &'a str,
    pub recipient: &'a Recipient,
    /// What a file of it is called.
    pub file_name: String,
    /// The schedule and the end of the period of the report it brings.
    pub report: Option<(String, DateTime<Utc>)>,
}

/// What is to be delivered.
pub(super) fn packed(app: &App, label: Label<'_>, payload: Result<Vec<u8>, JobError>) -> Delivery {
    // By the true clock, as it is sent by the true clock.
    let made_at = app.clock.recorded_at();
    let mut progress = Progress::beginning(made_at);
    let payload = payload.unwrap_or_else(|why| {
        progress.state = DeliveryState::Failed;
        (progress.next_at, progress.done_at) = (None, Some(made_at));
        progress.problem = Some(why.to_string());
        Vec::new()
    });
    let Label { id, code, recipient, file_name, report } = label;
    Delivery {
        id,
        recipient: code.to_owned(),
        channel: recipient.channel,
        address: recipient.address.to_string(),
        file_name,
        payload,
        level: recipient.level(),
        made_at,
        report,
        progress,
    }
}

/// A letter as it is sent. Where mail is not set now, it waits until it is, and is signed then.
pub(super) fn letter(app: &App, letter: &Letter) -> Result<Vec<u8>, JobError> {
    let mail = &app.settings.mail;
    let from = if mail.server.is_empty() { UNSIGNED } else { &mail.from };
    compose(letter, from).map_err(|fault| JobError::Refused(fault.to_string()))
}
