//! Settings: `config.toml` is the documentation and the default; a file and the environment override it.
//!
//! The only file that reads the environment.

mod check;
mod delivery;
mod gate;
mod keeping;
mod place;
mod schedule;
mod server;
mod store;
mod telling;
mod thresholds;

use std::path::Path;

use serde::Deserialize;
use toml::{Table, Value};

pub use self::delivery::{Folder, Mail, MailTls, Webhook};
pub use self::keeping::{Backup, Retention};
pub use self::place::{Place, Places, Rules};
pub use self::server::Server;
pub use self::store::{KeyFrom, Store};
pub use self::telling::{Inhibit, Telling};
pub use self::thresholds::{Alert, Outlook};
use crate::disclose;
use crate::domain::{Code, Schedule};

/// The annotated defaults. What the reader sees is what the program runs with.
pub const DEFAULTS: &str = include_str!("../config.toml");

/// What every variable of ours begins with.
const PREFIX: &str = "PASSAGE_";

/// A setting that the program cannot run with.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// Which file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A file is not TOML, or has an unknown or wrong setting.
    #[error("{path}: {detail}")]
    Wrong {
        /// Which file, or the environment.
        path: String,
        /// What is wrong, with its line.
        detail: String,
    },
}

/// All settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The HTTP server.
    pub server: Server,
    /// The store.
    pub store: Store,
    /// How people log in.
    pub login: Login,
    /// The log.
    pub log: Log,
    /// Standards that a cluster may replace.
    pub standard: Standard,
    /// Totals.
    pub totals: Totals,
    /// Thresholds of the alert rules and how outlooks are computed, everywhere and in single places.
    pub places: Places,
    /// How alerts are followed and told.
    pub telling: Telling,
    /// Alerts that mute others.
    pub inhibit: Vec<Inhibit>,
    /// When reports are made, by code.
    pub schedule: Vec<(Code, Schedule)>,
    /// The rules of the gate, for the crisis that is set.
    pub gate: disclose::Rules,
    /// When backups are made, and where.
    pub backup: Backup,
    /// After how many days what is destroyed.
    pub retention: Retention,
    /// The mail server.
    pub mail: Mail,
    /// How webhooks are called.
    pub webhook: Webhook,
    /// Where files are delivered.
    pub folder: Folder,
}

/// The sections as they stand in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sections {
    server: Server,
    store: Store,
    login: Login,
    log: Log,
    standard: Standard,
    totals: Totals,
    #[expect(dead_code, reason = "read with the places, to be laid under them")]
    alert: Alert,
    #[expect(dead_code, reason = "read with the places, to be laid under them")]
    outlook: Outlook,
    #[serde(default)]
    place: Vec<Place>,
    telling: Telling,
    #[serde(default)]
    inhibit: Vec<Inhibit>,
    #[serde(default)]
    schedule: Vec<Table>,
    gate: gate::Gate,
    crisis: gate::Crises,
    backup: Backup,
    retention: Retention,
    mail: Mail,
    webhook: Webhook,
    folder: Folder,
}

/// How people log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config.toml says what each is, with its unit")]
pub struct Login {
    pub wrong_for_name: u32,
    pub wrong_from_address: u32,
    pub first_lock_seconds: u32,
    pub longest_lock_seconds: u32,
    pub idle_hours: u32,
    pub longest_hours: u32,
}

/// The log.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config.toml says what each is, with its unit")]
pub struct Log {
    pub filter: String,
    pub json: bool,
}

/// Standards that a cluster may replace.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config.toml says what each is, with its unit and source")]
pub struct Standard {
    pub assumed_ration_kcal: f64,
    pub assumed_ration_days: f64,
    pub handling_loss: f64,
    pub diversion_low: f64,
    pub diversion_high: f64,
}

/// Totals.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config.toml says what each is, with its unit")]
pub struct Totals {
    pub spread_flag: f64,
}

impl Settings {
    /// The built-in settings, then the file, then the environment of this process.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or a setting is unknown, of the wrong form or contradicts another.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        let text = match file {
            None => String::new(),
            Some(path) => std::fs::read_to_string(path).map_err(|source| {
                ConfigError::Unreadable { path: path.display().to_string(), source }
            })?,
        };
        let path = file.map_or_else(|| "settings".to_owned(), |path| path.display().to_string());
        Self::layered(&path, &text, std::env::vars().filter(|(name, _)| name.starts_with(PREFIX)))
    }

    /// The built-in settings under those of `file`, under those of `variables`.
    ///
    /// # Errors
    ///
    /// As [`Settings::load`].
    pub fn layered(
        path: &str,
        file: &str,
        variables: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let wrong =
            |path: &str, detail: String| ConfigError::Wrong { path: path.to_owned(), detail };
        let mut table: Table =
            DEFAULTS.parse().map_err(|e: toml::de::Error| wrong("config.toml", e.to_string()))?;
        // Nowhere has rules of its own unless a file says so.
        table.entry("place").or_insert(Value::Array(Vec::new()));
        let over: Table = file.parse().map_err(|e: toml::de::Error| wrong(path, e.to_string()))?;
        let defaults = table.clone();
        for (section, settings) in &over {
            refuse_unknown(&defaults, section, settings, file)
                .map_err(|detail| wrong(path, detail))?;
        }
        merge(&mut table, over);
        for (name, value) in variables {
            set(&mut table, &name, &value).map_err(|detail| wrong("environment", detail))?;
        }
        let settings = Self::of(&table).map_err(|detail| wrong(path, detail))?;
        settings.check().map_err(|detail| wrong(path, detail))?;
        Ok(settings)
    }

    /// The settings out of the whole table.
    fn of(table: &Table) -> Result<Self, String> {
        let sections: Sections =
            table.clone().try_into().map_err(|fault: toml::de::Error| fault.to_string())?;
        let Sections {
            server,
            store,
            login,
            log,
            standard,
            totals,
            place,
            telling,
            inhibit,
            schedule,
            gate,
            crisis,
            backup,
            retention,
            mail,
            webhook,
            folder,
            ..
        } = sections;
        let places = Places::resolved(table, &place)?;
        let gate = gate.rules(&crisis)?;
        Ok(Self {
            server,
            store,
            login,
            log,
            standard,
            totals,
            places,
            telling,
            inhibit,
            schedule: schedule::read(&schedule)?,
            gate,
            backup,
            retention,
            mail,
            webhook,
            folder,
        })
    }

    /// Contradictions stop the start.
    fn check(&self) -> Result<(), String> {
        for rules in self.places.all() {
            rules.alert.check()?;
            rules.outlook.check()?;
        }
        self.store.check()?;
        self.server.check()?;
        self.login.check()?;
        self.standard.check()?;
        self.backup.check()?;
        self.mail.check()?;
        self.webhook.check()?;
        self.folder.check()?;
        self.telling.check()
    }
}

/// The folder in which the service manager lays credentials, if it does.
#[must_use]
pub fn credentials_folder() -> Option<std::path::PathBuf> {
    std::env::var_os("CREDENTIALS_DIRECTORY").map(Into::into)
}

/// A word of a closed list.
fn word<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    let word = String::deserialize(from)?;
    word.parse().map_err(serde::de::Error::custom)
}

/// Says on which line of the file an unknown section or setting stands.
fn refuse_unknown(
    defaults: &Table,
    section: &str,
    settings: &Value,
    file: &str,
) -> Result<(), String> {
    let line_of = |word: &str| {
        let line =
            file.lines().position(|line| line.trim_start_matches(['[', ' ']).starts_with(word));
        line.map_or_else(String::new, |line| format!("line {}: ", line + 1))
    };
    let Some(known) = defaults.get(section) else {
        let sections: Vec<&String> = defaults.keys().collect();
        return Err(format!(
            "{}unknown section {section}; known are {sections:?}",
            line_of(section)
        ));
    };
    // A crisis may have any name, and names of kinds and fields in it are checked with their levels.
    if section == "crisis" {
        return Ok(());
    }
    let (Value::Table(known), Value::Table(settings)) = (known, settings) else { return Ok(()) };
    let Some(name) = settings.keys().find(|name| !known.contains_key(*name)) else { return Ok(()) };
    let names: Vec<&String> = known.keys().collect();
    Err(format!("{}unknown setting {section}.{name}; known are {names:?}", line_of(name)))
}

fn merge(base: &mut Table, over: Table) {
    for (name, value) in over {
        match (base.get_mut(&name), value) {
            (Some(Value::Table(base)), Value::Table(over)) => merge(base, over),
            (_, value) => {
                base.insert(name, value);
            }
        }
    }
}

/// Sets `PASSAGE_SECTION__NAME`, in the form of the default.
fn set(table: &mut Table, variable: &str, text: &str) -> Result<(), String> {
    let path = variable.trim_start_matches(PREFIX).to_lowercase();
    let (section, name) =
        path.split_once("__").ok_or_else(|| format!("{variable}: write {PREFIX}SECTION__NAME"))?;
    let known = table.get_mut(section).and_then(Value::as_table_mut).and_then(|s| s.get_mut(name));
    let known = known.ok_or_else(|| format!("{variable}: unknown setting {section}.{name}"))?;
    let wrong = || format!("{variable}: must be {}, got {text:?}", known.type_str());
    *known = match known {
        Value::Integer(_) => Value::Integer(text.parse().map_err(|_unread| wrong())?),
        Value::Float(_) => Value::Float(text.parse().map_err(|_unread| wrong())?),
        Value::Boolean(_) => Value::Boolean(text.parse().map_err(|_unread| wrong())?),
        Value::Array(_) => {
            let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
            Value::Array(words.map(|word| Value::String(word.to_owned())).collect())
        }
        _ => Value::String(text.to_owned()),
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> impl Iterator<Item = (String, String)> {
        pairs
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect::<Vec<_>>()
            .into_iter()
    }

    #[test]
    fn the_environment_beats_the_file_and_the_file_beats_the_defaults() {
        let file = "[server]\nlisten = '0.0.0.0:1'\nworkers = 7";
        let settings =
            Settings::layered("f", file, env(&[("PASSAGE_SERVER__LISTEN", "127.0.0.1:2")]))
                .unwrap();
        assert_eq!((settings.server.listen.as_str(), settings.server.workers), ("127.0.0.1:2", 7));
        assert_eq!(settings.store.readers, 4);
    }

    #[test]
    fn an_unknown_setting_is_refused_with_its_line() {
        let fault =
            Settings::layered("f", "[server]\nlisten = 'x'\nlisen = 'y'", env(&[])).unwrap_err();
        assert!(
            fault.to_string().contains("line 3") && fault.to_string().contains("lisen"),
            "{fault}"
        );
    }

    #[test]
    fn contradictions_stop_the_start() {
        for key in ["key_from = 'file'", "key_file = '/key'"] {
            let fault = Settings::layered("f", &format!("[store]\n{key}"), env(&[])).unwrap_err();
            assert!(fault.to_string().contains("key_file"), "{fault}");
        }
        let fault = Settings::layered("f", "[alert]\nlow_coverage = 0.1", env(&[])).unwrap_err();
        assert!(fault.to_string().contains("low_coverage"), "{fault}");
        assert!(
            Settings::layered(
                "f",
                "[[schedule]]\nname='x'\ncron='nonsense'\ntime_zone='UTC'\nperiod_days=1",
                env(&[])
            )
            .is_err()
        );
    }
}
