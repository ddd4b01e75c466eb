//! A failed message that somebody asks for again: it goes to where its recipient is told now, or not at all.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::standing::may_have;
use crate::domain::{Channel, Clearance, Kind, Recipient, Sensitivity, typed};
use crate::jobs::deliver::email::readdressed;
use crate::store::{Anew, Cut, Delivery, DeliveryState, Reference, Store, StoreError, StoreResult};

/// Why a message is not tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAgain {
    /// There is none of this id that whoever asks may know of.
    NoSuch,
    /// The sentence says why.
    Refused(&'static str),
}

/// Lets a failed message wait again, as if it was never tried, and tries one that waits at once. Where its recipient has
/// another address by now, it goes
/// there, and says so in itself.
///
/// # Errors
///
/// When the store fails.
pub async fn try_again(
    store: &dyn Store,
    id: Uuid,
    at: DateTime<Utc>,
    level: Sensitivity,
) -> StoreResult<Result<(), NotAgain>> {
    let Some(delivery) = store.delivery(id, level).await? else {
        return Ok(Err(NotAgain::NoSuch));
    };
    let recipient = recipient_now(store, &delivery.recipient).await?;
    let anew = match anew(&delivery, recipient.as_ref()) {
        Ok(anew) => anew,
        Err(why) => return Ok(Err(NotAgain::Refused(why))),
    };
    let waits = store.retry_delivery(id, at, level, anew).await?;
    Ok(if waits { Ok(()) } else { Err(NotAgain::Refused(NOT_OPEN)) })
}

const NOT_OPEN: &str = "only what failed or waits is tried again";

/// What a failed message goes out with from now on; `None` where it can go as it is.
///
/// # Errors
///
/// A sentence that says why it does not go.
pub fn anew(
    delivery: &Delivery,
    recipient: Option<&Recipient>,
) -> Result<Option<Anew>, &'static str> {
    if !matches!(delivery.progress.state, DeliveryState::Failed | DeliveryState::Waiting) {
        return Err(NOT_OPEN);
    }
    if delivery.payload.is_empty() {
        return Err("it could not be made, and has nothing to send");
    }
    let recipient = may_have(delivery, recipient)?;
    let address = recipient.address.to_string();
    if address == delivery.address {
        return Ok(None);
    }
    let payload = match delivery.channel {
        Channel::Email => readdressed(&delivery.payload, &address)
            .ok_or("its letter cannot be addressed anew; it names another address")?,
        Channel::Webhook | Channel::Folder => delivery.payload.clone(),
    };
    Ok(Some(Anew { address, payload }))
}

/// The recipient as it is now; `None` where it is none any more.
async fn recipient_now(store: &dyn Store, code: &str) -> StoreResult<Option<Recipient>> {
    let cut = Cut { as_of: None, known_at: DateTime::<Utc>::MAX_UTC };
    let reference = Reference::Code(code.to_owned());
    let found = store.record(Kind::Recipient, &reference, cut, &Clearance::ALL).await;
    let stored = match found {
        Ok(stored) if !stored.withdrawn => stored,
        Ok(_) | Err(StoreError::NotFound { .. }) => return Ok(None),
        Err(fault) => return Err(fault),
    };
    let unreadable = |fault: &dyn std::fmt::Display| {
        StoreError::Corrupt(format!("the recipient {code} cannot be read: {fault}"))
    };
    let body = serde_json::from_str(&stored.body).map_err(|fault| unreadable(&fault))?;
    typed(&body).map(Some).map_err(|fault| unreadable(&fault))
}
