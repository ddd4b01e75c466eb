//! Free text and names: never empty, never with control characters, never endless.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use serde_json::Value;

use super::door::{self, Door};
use super::invalid::{InvalidValue, Pointer, Problems};
use super::schema::Shape;

/// A text that says something: trimmed, 1 to 8,000 characters, line breaks allowed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Text(String);

impl Text {
    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Text {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        const LONGEST: usize = 8_000;
        // Forms and spreadsheets on Windows send both.
        let text = text.trim().replace("\r\n", "\n");
        let length = text.chars().count();
        if length == 0 || length > LONGEST {
            return Err(InvalidValue::new(format!("must have 1 to {LONGEST} characters"), length));
        }
        if let Some(found) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
            return Err(InvalidValue::new("must have no control characters", found.escape_debug()));
        }
        Ok(Self(text))
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Door for Text {
    const SHAPE: Shape = Shape::Text;
    fn open(value: &Value, at: &Pointer<'_>, problems: &mut Problems) -> Option<Self> {
        door::noted(door::text(value, at, problems)?.parse(), at, problems)
    }
}

/// A name in one or more languages (ISO 639-1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Names {
    #[serde(skip_serializing_if = "Option::is_none")]
    en: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ar: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fr: Option<Text>,
}

impl Names {
    /// The languages a name can be given in.
    pub const LANGUAGES: [&'static str; 3] = ["en", "ar", "fr"];

    /// The English name, else whichever there is.
    #[must_use]
    pub fn any(&self) -> &str {
        self.en.as_ref().or(self.fr.as_ref()).or(self.ar.as_ref()).map_or("", Text::as_str)
    }

    /// The name in this language, if it is known.
    #[must_use]
    pub fn in_language(&self, language: &str) -> Option<&str> {
        match language {
            "en" => self.en.as_ref(),
            "ar" => self.ar.as_ref(),
            "fr" => self.fr.as_ref(),
            _ => None,
        }
        .map(Text::as_str)
    }
}

impl Door for Names {
    const SHAPE: Shape = Shape::Names;

    /// Takes `{"en": …, "ar": …}`, or a bare text as the English name.
    fn open(value: &Value, at: &Pointer<'_>, problems: &mut Problems) -> Option<Self> {
        let Value::Object(names) = value else {
            let en = Text::open(value, at, problems)?;
            return Some(Self { en: Some(en), ar: None, fr: None });
        };
        for language in names.keys().filter(|l| !Self::LANGUAGES.contains(&l.as_str())) {
            problems.add(&Pointer::Field(at, language), "unknown language; known are en, ar, fr");
        }
        let mut name = |language| {
            Option::<Text>::enter(names.get(language), &Pointer::Field(at, language), problems)
        };
        let (en, ar, fr) = (name("en"), name("ar"), name("fr"));
        let read = Self { en: en?, ar: ar?, fr: fr? };
        if read.any().is_empty() {
            problems.add(at, "must have a name in at least one of en, ar, fr");
            return None;
        }
        Some(read)
    }
}

/// A text that somebody gave, in one line: its breaks would make lines of their own, which look like ours. Blanks that
/// keep two words together stay.
#[must_use]
pub fn in_one_line(text: &str) -> String {
    let parts = |letter: char| {
        letter.is_control() || (letter.is_whitespace() && !matches!(letter, '\u{a0}' | '\u{202f}'))
    };
    text.split(parts).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
