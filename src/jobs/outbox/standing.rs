//! Whether a message may still go out, from what has become of its recipient since it was made.

use chrono::{DateTime, Utc};

use crate::domain::Recipient;
use crate::store::{Delivery, DeliveryState, Progress};

/// What becomes of a message before it is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It goes out.
    Goes,
    /// Its recipient is paused.
    Waits,
    /// It never goes out as it is; somebody must look at it. The sentence says why.
    Never(&'static str),
}

/// May a message go out to who its recipient is now? `None` where it is no recipient any more.
#[must_use]
pub fn standing(delivery: &Delivery, recipient: Option<&Recipient>) -> Standing {
    let recipient = match may_have(delivery, recipient) {
        Ok(recipient) => recipient,
        Err(why) => return Standing::Never(why),
    };
    if recipient.address.as_str() != delivery.address {
        return Standing::Never(
            "its recipient has another address since; tried again by hand, it goes to that one",
        );
    }
    if recipient.paused == Some(true) { Standing::Waits } else { Standing::Goes }
}

/// The recipient, where it may know what the message tells, in the form in which it is told.
pub(super) fn may_have<'a>(
    delivery: &Delivery,
    recipient: Option<&'a Recipient>,
) -> Result<&'a Recipient, &'static str> {
    let Some(recipient) = recipient else { return Err("its recipient was withdrawn") };
    if recipient.level() < delivery.level {
        return Err("its recipient may know less since than it tells");
    }
    if recipient.channel != delivery.channel {
        return Err("its recipient is told in another way since than it was made for");
    }
    Ok(recipient)
}

/// How a message stands that is not tried and goes out no more.
#[must_use]
pub fn set_aside(before: &Progress, why: &str, now: DateTime<Utc>) -> Progress {
    Progress {
        state: DeliveryState::Failed,
        next_at: None,
        done_at: Some(now),
        problem: Some(why.to_owned()),
        ..before.clone()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::{desk, message};
    use super::*;

    #[test]
    fn what_became_of_a_recipient_decides_what_becomes_of_its_messages() {
        let delivery = message();
        let now = |more| standing(&delivery, Some(&desk(&more)));
        assert_eq!(now(json!({})), Standing::Goes);
        assert_eq!(now(json!({ "clearance": "confidential" })), Standing::Goes);
        assert_eq!(now(json!({ "paused": true })), Standing::Waits);
        let never = |standing| matches!(standing, Standing::Never(_));
        assert!(never(standing(&delivery, None)));
        assert!(never(now(json!({ "clearance": "public" }))));
        assert!(never(now(json!({ "address": "other" }))));
        assert!(never(now(json!({ "address": "other", "paused": true }))));
        assert!(never(now(json!({ "channel": "email", "address": "desk@example.org" }))));
    }
}
