//! An alert as it is told outside: which messages went before, in which words, about which areas.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::domain::choice::choice;
use crate::domain::{Language, Sensitivity, Text};
use crate::situation::Situation;
use crate::situation::alert::Alert;
use crate::situation::alert::life::{Episode, Step};

/// An episode of an alert as it is told outside.
#[derive(Debug, Clone)]
pub struct Told<'a> {
    /// Its id, which every message of it begins with.
    pub id: Uuid,
    /// Who may see it.
    pub level: Sensitivity,
    /// The episode as it is now.
    pub episode: &'a Episode,
    /// Every message so far: when and what, the oldest first.
    pub messages: &'a [(DateTime<Utc>, Step)],
    /// With which words somebody said that they know; `None` where nobody did.
    pub acknowledged: Option<&'a str>,
    /// Where to read it.
    pub link: String,
}

choice! {
    /// Where an episode stands.
    Standing {
        /// It is open and nobody said that they know.
        Open = "open",
        /// It is open, and somebody knows.
        Acknowledged = "acknowledged",
        /// The rule finds it no longer.
        Resolved = "resolved",
    }
}

impl Told<'_> {
    /// The messages; an episode of which none is known was told once, when it was raised.
    #[must_use]
    pub fn all_messages(&self) -> Vec<(DateTime<Utc>, Step)> {
        if self.messages.is_empty() {
            vec![(self.episode.raised_at, Step::Raised)]
        } else {
            self.messages.to_vec()
        }
    }

    /// Where it stands.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        match (self.episode.resolved_at, self.acknowledged) {
            (Some(_), _) => Standing::Resolved,
            (None, Some(_)) => Standing::Acknowledged,
            (None, None) => Standing::Open,
        }
    }
}

/// An alert in the words of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What kind of thing it is: the rule in words.
    pub event: String,
    /// How grave it is.
    pub severity: String,
    /// That it is over.
    pub over: String,
    /// In one line.
    pub headline: String,
    /// All of it.
    pub description: String,
    /// Where.
    pub areas: Vec<Named>,
}

/// An area by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its name in the language, else whichever is known.
    pub name: String,
    /// Its P-code.
    pub pcode: Option<String>,
}

/// The areas of an alert in a language, as the reader of this situation may know them.
#[must_use]
pub fn areas(situation: &Situation, alert: &Alert, language: Language) -> Vec<Named> {
    let named = |code: &String| {
        let Some(area) = situation.world.areas.get(code) else {
            return Named { name: code.clone(), pcode: None };
        };
        let names = &area.record.names;
        let name = names.in_language(language.as_str()).unwrap_or_else(|| names.any());
        let pcode = area.record.pcode.as_ref().map(Text::to_string);
        Named { name: name.to_owned(), pcode }
    };
    alert.areas.iter().map(named).collect()
}

/// Who tells alerts, in which languages, and how.
pub struct Teller<'a> {
    /// A name that no other sender has, without spaces: an address of mail or a host.
    pub sender: &'a str,
    /// Its name for people.
    pub name: &'a str,
    /// The languages, the first one first.
    pub languages: &'a [Language],
    /// Says an alert in a language.
    pub say: &'a dyn Fn(&Alert, Language) -> Said,
}

impl Teller<'_> {
    /// The language of what is told in one only.
    #[must_use]
    pub fn first_language(&self) -> Language {
        self.languages.first().copied().unwrap_or(Language::En)
    }
}
