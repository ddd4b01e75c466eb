//! Settings of what keeps the data safe: backups and retention.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::Kind;

/// When backups are made, and where.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config.toml says what each is, with its unit")]
pub struct Backup {
    pub every_hours: u32,
    pub folder: String,
    pub keep: usize,
    pub recipient: String,
}

impl Backup {
    pub(super) fn check(&self) -> Result<(), String> {
        if self.keep == 0 || self.folder.is_empty() {
            return Err("backup: keep must be at least 1, and folder name a folder".to_owned());
        }
        if !self.recipient.is_empty() && !self.recipient.starts_with("age1") {
            let got = &self.recipient;
            return Err(format!(
                "backup.recipient: must be a public key of age, as age1…, got {got:?}"
            ));
        }
        Ok(())
    }
}

/// The longest that a limit can be, some hundred years.
const MOST_DAYS: u32 = 36_600;

/// After how many days records of a kind are destroyed; 0 keeps them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "BTreeMap<String, u32>")]
pub struct Retention(BTreeMap<Kind, u32>);

impl Retention {
    /// The kinds that are not kept for ever, each with its days.
    pub fn limits(&self) -> impl Iterator<Item = (Kind, u32)> + '_ {
        self.0.iter().map(|(kind, days)| (*kind, *days)).filter(|(_, days)| *days > 0)
    }
}

impl TryFrom<BTreeMap<String, u32>> for Retention {
    type Error = String;

    fn try_from(days: BTreeMap<String, u32>) -> Result<Self, String> {
        let read = |(kind, days): (String, u32)| {
            let kind =
                kind.parse::<Kind>().map_err(|fault| format!("retention.{kind}: {fault}"))?;
            if days > MOST_DAYS {
                return Err(format!("retention.{kind}: must be 0 to {MOST_DAYS} days, got {days}"));
            }
            Ok((kind, days))
        };
        days.into_iter().map(read).collect::<Result<_, _>>().map(Self)
    }
}
