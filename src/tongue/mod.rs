//! How people are told things in their language: sentences, numbers and days in English, Arabic and French.
//!
//! Every sentence stands in the catalogue of each language (`en/`, `ar/`, `fr/`, in the form of Project Fluent) under
//! the same name. Which words are chosen and why is in `docs/LANGUAGES.md`. This room computes nothing.

mod day;
mod number;
mod told;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::domain::{Called, Language, Saying, in_one_line};

/// Says a sentence of the catalogue: `say!(tongue, "area-at-day", area = name, day = day)`.
macro_rules! say {
    ($tongue:expr, $name:expr $(, $about:ident = $value:expr)+ $(,)?) => {{
        let mut about = fluent_bundle::FluentArgs::new();
        $(about.set(stringify!($about), $value);)+
        $tongue.say($name, &about)
    }};
}
pub(crate) use say;

/// The files of a catalogue, by the same names in each language.
macro_rules! files {
    ($language:literal) => {
        [
            include_str!(concat!($language, "/number.ftl")),
            include_str!(concat!($language, "/day.ftl")),
            include_str!(concat!($language, "/word.ftl")),
            include_str!(concat!($language, "/alert.ftl")),
            include_str!(concat!($language, "/notice.ftl")),
            include_str!(concat!($language, "/picture.ftl")),
            include_str!(concat!($language, "/report.ftl")),
            include_str!(concat!($language, "/since.ftl")),
            include_str!(concat!($language, "/table.ftl")),
            include_str!(concat!($language, "/outlook.ftl")),
            include_str!(concat!($language, "/note.ftl")),
            include_str!(concat!($language, "/pause.ftl")),
            include_str!(concat!($language, "/window.ftl")),
            include_str!(concat!($language, "/throughput.ftl")),
            include_str!(concat!($language, "/term.ftl")),
            include_str!(concat!($language, "/book.ftl")),
        ]
    };
}

/// How many files a catalogue has.
const FILES: usize = 16;

type Bundle = FluentBundle<FluentResource>;

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::En));
static ARABIC: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::Ar));
static FRENCH: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::Fr));

/// The catalogue of a language.
const fn files(language: Language) -> [&'static str; FILES] {
    match language {
        Language::En => files!("en"),
        Language::Ar => files!("ar"),
        Language::Fr => files!("fr"),
    }
}

fn bundle(language: Language) -> Bundle {
    // The three names are well formed, which a test of plural forms shows.
    let name: LanguageIdentifier = language.as_str().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![name]);
    // Neither name is taken: English asks for numbers without marks between their thousands, Arabic for its plurals.
    let _ = bundle.add_builtins();
    let _ = bundle.add_function("PLURAL", |given, _| number::arabic_plural(given.first()));
    // What is of the other direction is isolated where it is put in, see `Tongue::text`; the rest needs no marks.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::En | Language::Ar => |value, _| number::written(value, Language::En),
        Language::Fr => |value, _| number::written(value, Language::Fr),
    }));
    for file in files(language) {
        // A fault in a file is found by a test; what can be read of it is said.
        let file = match FluentResource::try_new(spaced(file, language)) {
            Ok(file) | Err((file, _)) => file,
        };
        bundle.add_resource_overriding(file);
    }
    bundle
}

/// French does not break a line before its high signs, nor inside its quotes; the catalogue has plain spaces there.
fn spaced(file: &str, language: Language) -> String {
    match language {
        Language::En | Language::Ar => file.to_owned(),
        Language::Fr => [
            (" :", "\u{a0}:"),
            (" ;", "\u{202f};"),
            (" ?", "\u{202f}?"),
            (" !", "\u{202f}!"),
            (" %", "\u{202f}%"),
            ("« ", "«\u{a0}"),
            (" »", "\u{a0}»"),
        ]
        .iter()
        .fold(file.to_owned(), |file, (plain, firm)| file.replace(plain, firm)),
    }
}

/// What places, parties and organisations are called in other languages, by the name that is used for them.
pub type CalledBy = BTreeMap<String, Called>;

/// A language that people are told things in, with the names that it has for places and parties.
#[derive(Debug, Clone, Copy)]
pub struct Tongue<'n> {
    language: Language,
    names: Option<&'n CalledBy>,
}

impl<'n> Tongue<'n> {
    /// English.
    pub const ENGLISH: Self = Self::of(Language::En);

    /// A language without names of its own for places and parties.
    #[must_use]
    pub const fn of(language: Language) -> Self {
        Self { language, names: None }
    }

    /// A language, and what it calls places and parties.
    #[must_use]
    pub const fn with_names(language: Language, names: &'n CalledBy) -> Self {
        Self { language, names: Some(names) }
    }

    /// Which it is.
    #[must_use]
    pub const fn language(self) -> Language {
        self.language
    }

    fn bundle(self) -> &'static Bundle {
        match self.language {
            Language::En => &ENGLISH,
            Language::Ar => &ARABIC,
            Language::Fr => &FRENCH,
        }
    }

    /// A word or a sentence that is about nothing in particular.
    #[must_use]
    pub fn word(self, name: &str) -> String {
        self.say(name, &FluentArgs::new())
    }

    /// A sentence about something. [`say!`] is easier to read.
    #[must_use]
    pub(crate) fn say(self, name: &str, about: &FluentArgs<'_>) -> String {
        let bundle = self.bundle();
        let found = bundle.get_message(name).and_then(|message| message.value());
        debug_assert!(found.is_some(), "no sentence {name}");
        let Some(pattern) = found else { return name.to_owned() };
        let mut faults = Vec::new();
        let said = bundle.format_pattern(pattern, Some(about), &mut faults);
        debug_assert!(faults.is_empty(), "{name}: {faults:?}");
        said.into_owned()
    }

    /// Does the catalogue have it?
    #[must_use]
    pub fn knows(self, name: &str) -> bool {
        self.bundle().has_message(name)
    }

    /// A word of a closed list: its name in the catalogue is that of the list, a hyphen, the word.
    #[must_use]
    pub fn choice(self, list: &str, word: &str) -> String {
        self.word(&format!("{list}-{word}"))
    }

    /// The same as a sentence begins with it.
    #[must_use]
    pub fn capital(self, list: &str, word: &str) -> String {
        capitalised(&self.choice(list, word))
    }

    /// What a place or a party is called, where this language has a name for it.
    #[must_use]
    pub fn name(self, name: &str) -> String {
        match self.names.and_then(|names| names.get(name)) {
            Some(called) => self.called(called),
            None => self.known_unit(name).unwrap_or_else(|| self.text(&shown(name, LONGEST_NAME))),
        }
    }

    /// What a first-level unit of a country is called, where the catalogue knows it: records have one name of it alone.
    fn known_unit(self, name: &str) -> Option<String> {
        if self.language == Language::En {
            return None;
        }
        let letters = name.chars().filter(char::is_ascii_alphabetic);
        let key = format!("unit-{}", letters.collect::<String>().to_ascii_lowercase());
        self.knows(&key).then(|| self.word(&key))
    }

    /// The same without marks of direction, for a place where nothing else stands.
    #[must_use]
    pub fn plain_name(self, name: &str) -> String {
        let called = self.names.and_then(|names| names.get(name));
        shown(called.and_then(|called| self.own(called)).unwrap_or(name), LONGEST_NAME)
    }

    /// A name as it is, cut for reading where it is too long.
    #[must_use]
    pub fn shown(self, name: &str) -> String {
        shown(name, LONGEST_NAME)
    }

    /// The same, however long it is.
    #[must_use]
    pub fn whole_name(self, name: &str) -> String {
        let called = self.names.and_then(|names| names.get(name));
        let own = called.and_then(|called| self.own(called)).map(ToOwned::to_owned);
        own.or_else(|| self.known_unit(name)).unwrap_or_else(|| name.to_owned())
    }

    /// A text that stands by itself in a drawing, which has a direction of its own.
    #[must_use]
    pub fn run(self, text: &str) -> String {
        let text = &in_one_line(text);
        if self.language.is_right_to_left() {
            format!("\u{2067}{text}\u{2069}")
        } else {
            text.to_owned()
        }
    }

    /// Several names in a row.
    #[must_use]
    pub fn names<'a>(self, names: impl IntoIterator<Item = &'a String>) -> String {
        let names: Vec<String> = names.into_iter().map(|name| self.name(name)).collect();
        self.row(&names)
    }

    /// The parts of a list in a sentence.
    #[must_use]
    pub fn row(self, parts: &[String]) -> String {
        parts.join(match self.language {
            Language::En | Language::Fr => ", ",
            Language::Ar => "، ",
        })
    }

    /// The parts of a list that all count.
    #[must_use]
    pub fn together(self, parts: &[String]) -> String {
        parts.join(match self.language {
            Language::En => " and ",
            Language::Fr => " et ",
            Language::Ar => " و",
        })
    }

    /// The parts of a list as a sentence has them: commas, and "and" before the last.
    #[must_use]
    pub fn listed(self, parts: &[String]) -> String {
        match parts {
            [others @ .., last] if others.len() > 1 => {
                self.together(&[self.row(others), last.clone()])
            }
            few => self.together(few),
        }
    }

    /// The parts of a list that have commas in them.
    #[must_use]
    pub fn parts(self, parts: &[String]) -> String {
        parts.join(self.apart())
    }

    /// What stands between the parts of a list that have commas in them.
    #[must_use]
    pub const fn apart(self) -> &'static str {
        match self.language {
            Language::En => "; ",
            Language::Fr => "\u{202f}; ",
            Language::Ar => "؛ ",
        }
    }

    fn called(self, called: &Called) -> String {
        let known = || self.own(self.names?.get(&called.any)?);
        let own = self.own(called).or_else(known);
        let short = |name: &str| shown(name, LONGEST_NAME);
        own.map_or_else(|| self.text(&short(&called.any)), short)
    }

    /// The name that is of this language.
    fn own(self, called: &Called) -> Option<&str> {
        match self.language {
            Language::En => None,
            Language::Ar => called.ar.as_deref(),
            Language::Fr => called.fr.as_deref(),
        }
    }

    /// What a source wrote, or a code: kept together where it runs against the direction of the sentence.
    #[must_use]
    pub fn text(self, text: &str) -> String {
        let text = &in_one_line(text);
        let runs_against = match self.language {
            Language::En => false,
            Language::Fr => text.chars().any(is_arabic),
            Language::Ar => {
                // A date of digits alone would be turned round part by part.
                let is_dated = text.contains('-') && !text.chars().any(is_arabic);
                is_dated || text.chars().any(|letter| letter.is_alphabetic() && !is_arabic(letter))
            }
        };
        if runs_against { format!("\u{2068}{text}\u{2069}") } else { text.to_owned() }
    }

    /// Sentences one after the other.
    #[must_use]
    pub fn tell(self, sayings: &[Saying]) -> String {
        let said: Vec<String> = sayings.iter().map(|saying| self.told(saying)).collect();
        said.join(" ")
    }
}

/// Letters of a name that are shown, at most: the data and the workbook have all of it.
const LONGEST_NAME: usize = 120;

/// A text in one line, cut for reading where it is too long.
fn shown(text: &str, most: usize) -> String {
    let line = in_one_line(text);
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}

/// Is it a letter that is written from right to left?
const fn is_arabic(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

/// The first letter as a sentence begins with it.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// An argument of a sentence.
type Value = FluentValue<'static>;
