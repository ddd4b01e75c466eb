//! One attempt to bring something to who it is for: by e-mail, webhook or folder.
//!
//! Nothing is remembered here and nothing tried twice: that is the outbox's. A [`Delivery`] was made whole and kept,
//! so every attempt sends the same bytes under the same id, and who gets one twice can tell. What is said of an
//! attempt holds no address, no body and no secret, since it is logged and listed.

pub mod email;
pub mod folder;
pub mod webhook;

use std::io;
use std::path::Path;

use chrono::{DateTime, Utc};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::config::Settings;
use crate::domain::channel::check_address;
use crate::domain::{Channel, Sensitivity};
use crate::store::Delivery;

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is there. Where the answer was lost on its way, it may be there without this.
    Delivered,
    /// Not now; the sentence says why.
    Again(String),
    /// Not in this way, however often it is tried; somebody must look at it. The sentence says why.
    Never(String),
}

/// All ways out, as they are set.
#[derive(Debug)]
pub struct Deliverers {
    /// `None` where no mail server is set.
    post: Option<email::Post>,
    caller: webhook::Caller,
    shelf: folder::Shelf,
}

impl Deliverers {
    /// As set. Nobody is spoken to yet.
    ///
    /// # Errors
    ///
    /// When a file that the settings name, or the key of the webhooks, cannot be read, with a sentence that says which.
    pub fn of(settings: &Settings, data: &Path) -> io::Result<Self> {
        use_ring();
        Ok(Self {
            post: email::Post::of(&settings.mail)?,
            caller: webhook::Caller::of(&settings.webhook, data)?,
            shelf: folder::Shelf::of(settings, data),
        })
    }

    /// Refuses an address that nothing could be delivered to as things are set, when a recipient is entered.
    ///
    /// # Errors
    ///
    /// A sentence that does not repeat the address.
    pub fn check(&self, channel: Channel, address: &str) -> Result<(), String> {
        check_address(channel, address)?;
        match channel {
            Channel::Email => match &self.post {
                Some(post) => post.check(address),
                None => Err(email::NO_SERVER.to_owned()),
            },
            Channel::Webhook => self.caller.check(address),
            Channel::Folder => self.shelf.check(),
        }
    }

    /// Refuses to tell so much on this way.
    ///
    /// # Errors
    ///
    /// A sentence that says what is allowed.
    pub fn check_level(&self, channel: Channel, level: Sensitivity) -> Result<(), String> {
        match (channel, &self.post) {
            (Channel::Email, Some(post)) => post.check_level(level),
            _ => Ok(()),
        }
    }

    /// Tries once.
    pub async fn deliver(&self, delivery: &Delivery, now: DateTime<Utc>) -> Outcome {
        if let Err(refused) = check_address(delivery.channel, &delivery.address) {
            return Outcome::Never(format!("the address of the recipient {refused}"));
        }
        if let Err(refused) = self.check_level(delivery.channel, delivery.level) {
            return Outcome::Never(format!("what it tells {refused}"));
        }
        match delivery.channel {
            Channel::Email => match &self.post {
                Some(post) => post.send(delivery).await,
                None => Outcome::Again(email::NO_SERVER.to_owned()),
            },
            Channel::Webhook => self.caller.call(delivery, now).await,
            Channel::Folder => self.shelf.put(delivery).await,
        }
    }
}

/// The libraries that speak TLS ask the process which mathematics to use; where something else was chosen, that stays.
fn use_ring() {
    let _chosen_before = rustls::crypto::ring::default_provider().install_default();
}

/// The authorities of a file that a setting names; none where it names no file.
fn authorities(setting: &str, path: &str) -> io::Result<Vec<CertificateDer<'static>>> {
    if path.is_empty() {
        return Ok(Vec::new());
    }
    let found: Result<Vec<_>, _> = CertificateDer::pem_file_iter(path).and_then(Iterator::collect);
    let found = found.map_err(|fault| of_setting(setting, path, &fault))?;
    if found.is_empty() {
        return Err(of_setting(setting, path, &"there is no certificate in the file"));
    }
    Ok(found)
}

/// Says which setting names the file that cannot be used.
fn of_setting(setting: &str, path: &str, fault: &dyn std::fmt::Display) -> io::Error {
    io::Error::other(format!("{setting}: {path}: {fault}"))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::store::Progress;

    pub(super) fn delivery(channel: Channel, address: &str) -> Delivery {
        Delivery {
            id: Uuid::nil(),
            recipient: "hub".to_owned(),
            channel,
            level: Sensitivity::Internal,
            address: address.to_owned(),
            file_name: "daily-desk.html".to_owned(),
            payload: b"the convoy".to_vec(),
            made_at: DateTime::UNIX_EPOCH,
            report: None,
            progress: Progress::beginning(DateTime::UNIX_EPOCH),
        }
    }

    #[test]
    fn a_delivery_shows_neither_its_address_nor_what_is_in_it() {
        let shown = format!("{:?}", delivery(Channel::Email, "desk@example.org"));
        assert!(shown.contains("channel: Email"), "{shown}");
        for withheld in ["desk", "convoy", "99, 111"] {
            assert!(!shown.contains(withheld), "{withheld} in {shown}");
        }
    }

    #[tokio::test]
    async fn a_letter_waits_until_a_mail_server_is_set() {
        let settings = Settings::layered("test", "", std::iter::empty()).unwrap();
        let data = tempfile::tempdir().unwrap();
        let deliverers = Deliverers::of(&settings, data.path()).unwrap();
        let refused = deliverers.check(Channel::Email, "desk@example.org").unwrap_err();
        assert!(refused.contains("mail.server"), "{refused}");
        let letter = delivery(Channel::Email, "desk@example.org");
        let outcome = deliverers.deliver(&letter, DateTime::UNIX_EPOCH).await;
        assert_eq!(outcome, Outcome::Again(refused));
        let wrong = Delivery { address: "desk@example.org\r\n".to_owned(), ..letter };
        let outcome = deliverers.deliver(&wrong, DateTime::UNIX_EPOCH).await;
        assert!(
            matches!(&outcome, Outcome::Never(said) if !said.contains("desk@example.org\r")),
            "{outcome:?}"
        );
    }
}
