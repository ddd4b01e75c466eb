//! Settings: `config.toml` is the documentation and the default; a file and the environment override it.
//!
//! The only file that reads the environment.

mod check;
mod delivery;
mod fault;
mod gate;
mod keeping;
mod layer;
mod place;
mod room;
mod schedule;
mod server;
mod store;
mod telling;
mod thresholds;
mod upload;

use std::path::Path;

use serde::Deserialize;
use toml::{Table, Value};

pub use self::delivery::{Folder, Mail, MailTls, Webhook};
pub use self::fault::Fault;
pub use self::keeping::{Backup, Retention};
use self::layer::{Layer, merge};
pub use self::place::{Place, Places, Rules};
pub use self::room::Room;
pub use self::server::Server;
pub use self::store::{KeyFrom, Store};
pub use self::telling::{Inhibit, Telling};
pub use self::thresholds::{Alert, Outlook};
pub use self::upload::Upload;
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
    /// The situation room.
    pub room: Room,
    /// Files that are sent.
    pub upload: Upload,
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
    room: Room,
    upload: Upload,
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
        Self::load_over("", file)
    }

    /// The same, with other settings in the place of some built-in ones.
    ///
    /// # Errors
    ///
    /// As [`Settings::load`].
    pub fn load_over(usual: &str, file: Option<&Path>) -> Result<Self, ConfigError> {
        let text = match file {
            None => String::new(),
            Some(path) => std::fs::read_to_string(path).map_err(|source| {
                ConfigError::Unreadable { path: path.display().to_string(), source }
            })?,
        };
        let path = file.map_or_else(|| "settings".to_owned(), |path| path.display().to_string());
        let variables = std::env::vars().filter(|(name, _)| name.starts_with(PREFIX));
        Self::over(usual, (&path, &text), variables)
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
        Self::over("", (path, file), variables)
    }

    /// The same, with other settings in the place of some built-in ones.
    fn over(
        usual: &str,
        (path, file): (&str, &str),
        variables: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let wrong =
            |path: &str, detail: String| ConfigError::Wrong { path: path.to_owned(), detail };
        let mut table: Table =
            DEFAULTS.parse().map_err(|e: toml::de::Error| wrong("config.toml", e.to_string()))?;
        // Nowhere has rules of its own unless a file says so.
        table.entry("place").or_insert(Value::Array(Vec::new()));
        let usual = usual.parse().map_err(|e: toml::de::Error| wrong("usual", e.to_string()))?;
        merge(&mut table, usual);
        let over: Table = file.parse().map_err(|e: toml::de::Error| wrong(path, e.to_string()))?;
        let mut faults = Vec::new();
        let over = Layer { defaults: &table, file }.readable(over, &mut faults);
        merge(&mut table, over);
        for (name, value) in variables {
            let before = table.clone();
            let outcome = set(&mut table, &name, &value);
            let is_read = |()| read(&table).map_err(|detail| format!("{name}: {detail}"));
            if let Err(detail) = outcome.and_then(is_read) {
                faults.push(format!("environment: {detail}"));
                table = before;
            }
        }
        let settings = Self::of(&table, &mut faults);
        settings.filter(|_| faults.is_empty()).ok_or_else(|| wrong(path, faults.join("\n  ")))
    }

    /// The settings out of the whole table; what is wrong with them is noted.
    fn of(table: &Table, faults: &mut Vec<String>) -> Option<Self> {
        let sections = read(table).map_err(|detail| faults.push(detail)).ok()?;
        let mut of_places = Vec::new();
        let places = Places::resolved(table, &sections.place, &mut of_places);
        let mut note = |section: &str, found: &mut Vec<Fault>| {
            let told = found.drain(..).map(|fault| {
                if section.is_empty() { fault } else { fault.inside(&[section]) }.to_string()
            });
            faults.extend(told);
        };
        note("", &mut of_places);
        sections.standard.check(&mut of_places);
        note("standard", &mut of_places);
        sections.totals.check(&mut of_places);
        note("totals", &mut of_places);
        sections.telling.check(&mut of_places);
        note("telling", &mut of_places);
        let gate = sections.gate.rules(&sections.crisis);
        faults.extend(sections.contradictions().into_iter().filter_map(Result::err));
        faults.extend(gate.as_ref().err().cloned());
        let schedule = schedule::read(&sections.schedule, faults);
        Some(Self {
            server: sections.server,
            room: sections.room,
            upload: sections.upload,
            store: sections.store,
            login: sections.login,
            log: sections.log,
            standard: sections.standard,
            totals: sections.totals,
            places: places?,
            telling: sections.telling,
            inhibit: sections.inhibit,
            schedule,
            gate: gate.ok()?,
            backup: sections.backup,
            retention: sections.retention,
            mail: sections.mail,
            webhook: sections.webhook,
            folder: sections.folder,
        })
    }
}

fn read(table: &Table) -> Result<Sections, String> {
    table.clone().try_into().map_err(|fault: toml::de::Error| fault.message().to_owned())
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
