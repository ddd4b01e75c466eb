//! Letters by SMTP: over TLS unless the server is this machine, never over what happens to be offered.
//!
//! Step by step and not by the library's one call, since what a refusal means depends on what was refused: a recipient
//! that is not known never will be, a password that is wrong is mended tomorrow.

mod letter;

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::time::Duration;

use lettre::Address;
use lettre::message::Mailbox;
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;

pub use self::letter::{ComposeError, File, Letter, UNSIGNED, compose, readdressed, signed};
use super::{Outcome, authorities, of_setting};
use crate::config::{self, MailTls};
use crate::domain::{Sensitive, Sensitivity};
use crate::store::Delivery;

/// Why no letter goes out.
pub(super) const NO_SERVER: &str = "no mail server is set: name one in mail.server";

/// The slowest line that letters must get through, bytes per second: 32 kbit/s. A letter of 1 MB takes four minutes.
const SLOWEST_LINE: u64 = 4_000;

/// How long a server that has taken a letter is waited for to say goodbye.
const GOODBYE: Duration = Duration::from_secs(2);

/// The mail server, as it is spoken to.
pub struct Post {
    server: String,
    port: u16,
    how: MailTls,
    /// `None` where the line is in the clear.
    tls: Option<TlsParameters>,
    credentials: Option<Sensitive<Credentials>>,
    from: Mailbox,
    to_domains: Vec<String>,
    most: Sensitivity,
    /// For each answer.
    wait: Duration,
    /// For the answer to a whole letter.
    wait_at_end: Duration,
}

impl std::fmt::Debug for Post {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Post")
            .field("server", &self.server)
            .field("tls", &self.how)
            .finish_non_exhaustive()
    }
}

impl Post {
    /// As set; `None` where no mail server is.
    pub(super) fn of(settings: &config::Mail) -> io::Result<Option<Self>> {
        if settings.server.is_empty() {
            return Ok(None);
        }
        let from = settings.from.parse::<Mailbox>();
        let from = from.map_err(|fault| of_setting("mail.from", &settings.from, &fault))?;
        Ok(Some(Self {
            server: settings.server.clone(),
            port: settings.port,
            how: settings.tls,
            tls: tls(settings)?,
            credentials: credentials(settings)?,
            from,
            to_domains: settings.to_domains.clone(),
            most: settings.most,
            wait: Duration::from_secs(settings.timeout_seconds),
            wait_at_end: Duration::from_secs(settings.taken_seconds),
        }))
    }

    /// Refuses an address in a domain that no letters go to.
    pub(super) fn check(&self, address: &str) -> Result<(), String> {
        let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
        let is_it = |named: &String| named.eq_ignore_ascii_case(domain);
        if self.to_domains.is_empty() || self.to_domains.iter().any(is_it) {
            return Ok(());
        }
        let allowed = self.to_domains.join(", ");
        Err(format!("must be in one of the domains of mail.to_domains: {allowed}"))
    }

    /// Refuses to tell more than letters may.
    pub(super) fn check_level(&self, level: Sensitivity) -> Result<(), String> {
        if level <= self.most {
            return Ok(());
        }
        Err(format!(
            "must be at most {} by e-mail, which passes servers and lies in mailboxes that others keep; whoever runs the server can allow more in mail.most",
            self.most
        ))
    }

    /// Tries once.
    pub(super) async fn send(&self, delivery: &Delivery) -> Outcome {
        let Ok(to) = delivery.address.parse::<Address>() else {
            return Outcome::Never("the address of the recipient cannot be written to".to_owned());
        };
        if let Err(refused) = self.check(&delivery.address) {
            return Outcome::Never(format!("the address of the recipient {refused}"));
        }
        match self.hand_over(to, &signed(&delivery.payload, &self.from)).await {
            Ok(mut line) => {
                // It is taken; whether the server also says goodbye changes nothing.
                let _said = tokio::time::timeout(GOODBYE, line.abort()).await;
                Outcome::Delivered
            }
            Err(outcome) => outcome,
        }
    }

    /// Step by step, and each step has its own time: a server that looks through a letter for minutes before it says that
    /// it has it would otherwise get it again and again.
    async fn hand_over(&self, to: Address, letter: &[u8]) -> Result<AsyncSmtpConnection, Outcome> {
        let mut line = self.connect().await?;
        let from = Mail::new(Some(self.from.email.clone()), Vec::new());
        self.in_time(line.command(from)).await?.map_err(|fault| ours("mail.from", &fault))?;
        let to = Rcpt::new(to, Vec::new());
        self.in_time(line.command(to)).await?.map_err(|fault| theirs("the recipient", &fault))?;
        self.in_time(line.command(Data)).await?.map_err(|fault| theirs("the letter", &fault))?;
        let on_its_way = Duration::from_secs(letter.len() as u64 / SLOWEST_LINE);
        let taken = within(on_its_way + self.wait_at_end, line.message(letter)).await?;
        taken.map_err(|fault| theirs("the letter", &fault))?;
        Ok(line)
    }

    /// A line to the server that is as safe as it must be, and logged in.
    async fn connect(&self) -> Result<AsyncSmtpConnection, Outcome> {
        let server = (self.server.as_str(), self.port);
        let hello = ClientId::Domain(self.from.email.domain().to_owned());
        let at_once = self.tls.clone().filter(|_| self.how == MailTls::Tls);
        let line =
            AsyncSmtpConnection::connect_tokio1(server, Some(self.wait), &hello, at_once, None);
        let mut line = self.in_time(line).await?.map_err(|fault| not_reached(&fault))?;
        if let Some(tls) = self.tls.clone().filter(|_| self.how == MailTls::Starttls) {
            let secured = self.in_time(line.starttls(tls, &hello)).await?;
            secured.map_err(|fault| not_reached(&fault))?;
        }
        if let Some(credentials) = &self.credentials {
            let known = self.in_time(line.auth(DEFAULT_MECHANISMS, credentials.expose())).await?;
            known.map_err(|fault| ours("mail.user and its password", &fault))?;
        }
        Ok(line)
    }

    async fn in_time<T>(&self, answer: impl Future<Output = T>) -> Result<T, Outcome> {
        within(self.wait, answer).await
    }
}

async fn within<T>(wait: Duration, answer: impl Future<Output = T>) -> Result<T, Outcome> {
    let late = |_elapsed| Outcome::Again("the mail server did not answer in time".to_owned());
    tokio::time::timeout(wait, answer).await.map_err(late)
}

fn tls(settings: &config::Mail) -> io::Result<Option<TlsParameters>> {
    if settings.tls == MailTls::None {
        return Ok(None);
    }
    let wrong = |fault: smtp::Error| of_setting("mail.server", &settings.server, &fault);
    let mut builder = TlsParameters::builder(settings.server.clone());
    for own in authorities("mail.tls_ca", &settings.tls_ca)? {
        let own = Certificate::from_der(own.to_vec()).map_err(wrong)?;
        builder = builder.add_root_certificate(own);
    }
    builder.build().map(Some).map_err(wrong)
}

/// The name and the password, which stands in a file that nobody else can read.
fn credentials(settings: &config::Mail) -> io::Result<Option<Sensitive<Credentials>>> {
    let path = &settings.password_file;
    if path.is_empty() {
        return Ok(None);
    }
    let wrong = |fault: &dyn std::fmt::Display| of_setting("mail.password_file", path, fault);
    let mode = fs::metadata(path).map_err(|fault| wrong(&fault))?.mode();
    if mode & 0o077 != 0 {
        return Err(wrong(&format!("must be readable by its owner alone: chmod 600 {path}")));
    }
    let password = fs::read_to_string(path).map_err(|fault| wrong(&fault))?;
    let password = password.trim_end_matches(['\r', '\n']).to_owned();
    Ok(Some(Sensitive::new(Credentials::new(settings.user.clone(), password))))
}

/// Nothing of a recipient has been said yet, so the library's words can be told.
fn not_reached(fault: &smtp::Error) -> Outcome {
    Outcome::Again(match fault.status() {
        Some(code) => format!("the mail server greeted with {code}"),
        None => format!("the mail server cannot be reached: {fault}"),
    })
}

/// What is wrong with us may be mended by whoever runs the server.
fn ours(what: &str, fault: &smtp::Error) -> Outcome {
    Outcome::Again(match fault.status() {
        Some(code) => format!("the mail server answered {code} to {what}"),
        None => broke_off(fault),
    })
}

/// What is wrong with a recipient or a letter stays so, if the server says that it does. It may say so in words that
/// repeat the address, so only its number is told.
fn theirs(what: &str, fault: &smtp::Error) -> Outcome {
    let Some(code) = fault.status() else { return Outcome::Again(broke_off(fault)) };
    let said = format!("the mail server answered {code} to {what}");
    // The second digit 5 is about the mail itself; 530 and the like are about how we speak and log in.
    match u16::from(code) {
        550..=559 => Outcome::Never(said),
        _ => Outcome::Again(said),
    }
}

fn broke_off(fault: &smtp::Error) -> String {
    let causes = std::iter::successors(std::error::Error::source(fault), |cause| (*cause).source());
    let kind =
        causes.filter_map(|cause| cause.downcast_ref::<io::Error>()).last().map(io::Error::kind);
    kind.map_or_else(
        || "the mail server did not speak as one does".to_owned(),
        |kind| format!("the line to the mail server broke off: {kind}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    fn mail(more: &str) -> config::Mail {
        let set =
            format!("[mail]\nserver = 'mail.example.org'\nfrom = 'passage@example.org'\n{more}");
        Settings::layered("test", &set, std::iter::empty()).unwrap().mail
    }

    #[test]
    fn a_password_that_others_can_read_is_not_used_and_none_is_shown() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("password");
        fs::write(&path, "Kanari7q\n").unwrap();
        let settings = mail(&format!("user = 'passage'\npassword_file = '{}'", path.display()));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let refused = Post::of(&settings).unwrap_err().to_string();
        assert!(refused.contains("owner alone") && !refused.contains("Kanari7q"), "{refused}");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        let shown = format!("{:?}", Post::of(&settings).unwrap());
        assert!(shown.contains("mail.example.org") && !shown.contains("Kanari7q"), "{shown}");
    }

    #[test]
    fn a_file_of_authorities_that_holds_none_stops_the_start_and_is_named() {
        for wrong in ["/nowhere/ca.pem", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")] {
            let fault = Post::of(&mail(&format!("tls_ca = '{wrong}'")));
            let said = fault.unwrap_err().to_string();
            assert!(said.contains("mail.tls_ca") && said.contains(wrong), "{said}");
        }
    }
}
