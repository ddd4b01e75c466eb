//! Settings of the ways by which people are told things.

use std::net::IpAddr;

use serde::Deserialize;

use crate::domain::Sensitivity;
use crate::domain::channel::{Channel, check_address, check_file_name};
use crate::domain::choice::choice;

/// The longest that an attempt may take, seconds: longer, and the next ones would wait for it.
const LONGEST_SECONDS: u64 = 600;

/// The longest that a mail server is given to say that it has a letter, seconds.
const LONGEST_AT_END_SECONDS: u64 = 3_600;

choice! {
    /// How the line to the mail server is secured.
    MailTls {
        /// TLS from the first byte.
        Tls = "tls",
        /// TLS after a greeting in the clear; without it nothing is sent.
        Starttls = "starttls",
        /// Not at all.
        None = "none",
    }
}

/// The mail server.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config.toml says what each is, with its unit")]
pub struct Mail {
    pub server: String,
    pub port: u16,
    #[serde(deserialize_with = "super::word")]
    pub tls: MailTls,
    pub tls_ca: String,
    pub user: String,
    pub password_file: String,
    pub from: String,
    pub to_domains: Vec<String>,
    #[serde(deserialize_with = "super::word")]
    pub most: Sensitivity,
    pub timeout_seconds: u64,
    pub taken_seconds: u64,
}

impl Mail {
    pub(super) fn check(&self) -> Result<(), String> {
        check_seconds("mail", self.timeout_seconds)?;
        if !(1..=LONGEST_AT_END_SECONDS).contains(&self.taken_seconds) {
            let got = self.taken_seconds;
            return Err(format!(
                "mail.taken_seconds: must be 1 to {LONGEST_AT_END_SECONDS}, got {got}"
            ));
        }
        if self.most == Sensitivity::StrictlyConfidential {
            return Err("mail.most: must be public, internal or confidential".to_owned());
        }
        let is_none =
            |domain: &&String| check_address(Channel::Email, &format!("desk@{domain}")).is_err();
        if let Some(wrong) = self.to_domains.iter().find(is_none) {
            return Err(format!(
                "mail.to_domains: must be domains as they stand behind the @, got {wrong:?}"
            ));
        }
        if self.user.is_empty() != self.password_file.is_empty() {
            return Err("mail: set user and password_file, or neither".to_owned());
        }
        if self.server.is_empty() {
            return Ok(());
        }
        if self.port == 0 {
            return Err("mail.port: must be 1 or more, got 0".to_owned());
        }
        if self.tls == MailTls::None && !is_loopback(&self.server) {
            return Err(format!(
                "mail.tls: none is for a mail server on this machine alone, and server is {:?}; set tls or starttls",
                self.server
            ));
        }
        let from = self.from.parse::<lettre::message::Mailbox>();
        let is_plain =
            from.is_ok_and(|from| check_address(Channel::Email, from.email.as_ref()).is_ok());
        if is_plain {
            return Ok(());
        }
        Err(format!(
            "mail.from: must be a mail address, as \"Passage <passage@example.org>\", got {:?}",
            self.from
        ))
    }
}

fn is_loopback(server: &str) -> bool {
    server == "localhost" || server.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// How webhooks are called.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config.toml says what each is, with its unit")]
pub struct Webhook {
    pub allow_private: Vec<String>,
    pub ports: Vec<u16>,
    pub tls_ca: String,
    pub timeout_seconds: u64,
}

impl Webhook {
    pub(super) fn check(&self) -> Result<(), String> {
        check_seconds("webhook", self.timeout_seconds)?;
        if self.ports.is_empty() || self.ports.contains(&0) {
            return Err("webhook.ports: must be one or more numbers from 1 to 65535".to_owned());
        }
        let is_host = |host: &str| {
            let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            host.parse::<IpAddr>().is_ok() || (!host.is_empty() && host.chars().all(is_name))
        };
        let wrong = self.allow_private.iter().find(|host| !is_host(host));
        wrong.map_or(Ok(()), |host| {
            Err(format!(
                "webhook.allow_private: must be names of hosts or addresses, without scheme, port or *, got {host:?}"
            ))
        })
    }
}

/// Where files are delivered.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config.toml says what each is")]
pub struct Folder {
    pub root: String,
}

impl Folder {
    pub(super) fn check(&self) -> Result<(), String> {
        check_file_name(&self.root)
            .map_err(|detail| format!("folder.root: {detail}, got {:?}", self.root))
    }
}

fn check_seconds(section: &str, seconds: u64) -> Result<(), String> {
    if (1..=LONGEST_SECONDS).contains(&seconds) {
        return Ok(());
    }
    Err(format!("{section}.timeout_seconds: must be 1 to {LONGEST_SECONDS}, got {seconds}"))
}

#[cfg(test)]
mod tests {
    use crate::config::Settings;

    fn said(file: &str) -> Option<String> {
        Settings::layered("f", file, std::iter::empty()).err().map(|fault| fault.to_string())
    }

    #[test]
    fn what_cannot_be_delivered_by_stops_the_start() {
        let mail = "[mail]\nserver = 'mail.example.org'\nfrom = 'Passage <passage@example.org>'";
        for (set, named) in [
            (
                format!("{mail}\ntls = 'none'"),
                "mail.tls: none is for a mail server on this machine",
            ),
            (format!("{mail}\ntls = 'maybe'"), "must be one of tls, starttls, none"),
            (format!("{mail}\nport = 0"), "mail.port"),
            (format!("{mail}\nuser = 'passage'"), "password_file"),
            (format!("{mail}\nretries = 3"), "unknown setting mail.retries"),
            ("[mail]\nserver = 'mail.example.org'".to_owned(), "mail.from"),
            ("[mail]\nserver = 'mail.example.org'\nfrom = 'a@b, c@d'".to_owned(), "mail.from"),
            ("[mail]\ntimeout_seconds = 0".to_owned(), "mail.timeout_seconds"),
            ("[mail]\ntaken_seconds = 3601".to_owned(), "mail.taken_seconds"),
            ("[mail]\nmost = 'strictly_confidential'".to_owned(), "mail.most"),
            ("[mail]\nto_domains = ['@example.org']".to_owned(), "mail.to_domains"),
            ("[webhook]\nports = []".to_owned(), "webhook.ports"),
            ("[webhook]\ntimeout_seconds = 601".to_owned(), "webhook.timeout_seconds"),
            ("[webhook]\nallow_private = ['https://bridge.lan']".to_owned(), "allow_private"),
            ("[webhook]\nallow_private = ['*.lan']".to_owned(), "allow_private"),
            ("[folder]\nroot = '../elsewhere'".to_owned(), "folder.root"),
            ("[folder]\nroot = '/srv'".to_owned(), "folder.root"),
        ] {
            let said = said(&set).unwrap_or_default();
            assert!(said.contains(named), "{set}: {said}");
        }
    }

    #[test]
    fn a_mail_server_on_this_machine_needs_no_tls() {
        for server in ["localhost", "127.0.0.1", "::1"] {
            let set =
                format!("[mail]\nserver = '{server}'\ntls = 'none'\nfrom = 'passage@example.org'");
            assert_eq!(said(&set), None);
        }
        let near = "[mail]\nserver = 'localhost.example.org'\ntls = 'none'\nfrom = 'a@example.org'";
        assert!(said(near).is_some(), "a name that only begins so is elsewhere");
    }
}
