//! Names of places by normalised spelling, Latin and Arabic: how alike two are, and what had to be passed over.
//!
//! A spelling is taken apart in steps, each of which passes over one thing more: marks, forms of letters, the article,
//! ways of writing Arabic in Latin letters. The first step at which two names are the same gives the score. Where they
//! never are, what is left is compared letter by letter: the mean of Jaro and Winkler's measure and of the share of
//! letters that need no change (Damerau and Levenshtein), nine tenths of it.

use std::collections::BTreeSet;

use super::Score;
use crate::domain::choice::choice;

choice! {
    /// What was passed over so that two names are the same.
    Step {
        /// Nothing.
        Same = "same",
        /// Case, spaces, dashes, apostrophes, accents, vowel marks, the stroke that makes a word longer.
        Marks = "marks",
        /// Forms of Arabic letters: hamza, ta marbuta, alef maqsura.
        Letters = "letters",
        /// The article: al-, ash-, ال.
        Article = "article",
        /// Ways of writing Arabic in Latin letters: ou and u, dh and d, double letters; the last vowel in Arabic.
        Transliteration = "transliteration",
        /// Some letters differ.
        Close = "close",
    }
}

/// The score of each step, in hundredths: another spelling is never quite the same.
const STEPS: [(Step, u8); 5] = [
    (Step::Same, 100),
    (Step::Marks, 99),
    (Step::Letters, 98),
    (Step::Article, 97),
    (Step::Transliteration, 95),
];

/// What is left of a score where letters differ.
const CLOSE_SHARE: f64 = 0.9;

/// The most that is said of two names of which one is north and the other not, or with other numbers.
const OTHER_PART: Score = Score::hundredths(60);

/// Below this two names are not worth showing.
pub const WORTH_SHOWING: Score = Score::hundredths(70);

/// How alike a name is to a longer one that begins with it: it may be the short form, or another place.
pub const A_BEGINNING: Score = Score::hundredths(60);

/// Words that tell one place from its neighbour, and what they mean, as [`letters`] leaves them.
const TELLING: [(&str, &str); 34] = [
    ("east", "east"),
    ("eastern", "east"),
    ("west", "west"),
    ("western", "west"),
    ("north", "north"),
    ("northern", "north"),
    ("south", "south"),
    ("southern", "south"),
    ("upper", "upper"),
    ("lower", "lower"),
    ("old", "old"),
    ("new", "new"),
    ("rural", "rural"),
    ("city", "city"),
    ("camp", "camp"),
    ("sharqi", "east"),
    ("sharqiya", "east"),
    ("gharbi", "west"),
    ("gharbiya", "west"),
    ("شرقي", "east"),
    ("شرقيه", "east"),
    ("شرق", "east"),
    ("غربي", "west"),
    ("غربيه", "west"),
    ("شمالي", "north"),
    ("شماليه", "north"),
    ("جنوبي", "south"),
    ("جنوبيه", "south"),
    ("ريف", "rural"),
    ("فوقا", "upper"),
    ("فوقاني", "upper"),
    ("تحتا", "lower"),
    ("تحتاني", "lower"),
    ("مخيم", "camp"),
];

/// A name, taken apart once so that it can be compared often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    /// The name after each step.
    forms: [String; 5],
    /// Its words as they sound.
    words: Vec<String>,
    /// What its telling words mean, and its numbers.
    tells: BTreeSet<String>,
    is_arabic: bool,
}

/// How alike two names are, and what had to be passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Likeness {
    /// How alike.
    pub score: Score,
    /// The first step at which they are the same.
    pub step: Step,
}

impl Spelling {
    /// Takes a name apart.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let is_arabic = name
            .chars()
            .any(|letter| ('\u{620}'..='\u{6FF}').contains(&letter) && letter.is_alphabetic());
        let marked = words(name);
        let lettered: Vec<String> = marked.iter().map(|word| letters(word)).collect();
        let bare = without_article(&lettered);
        let plain: Vec<String> = bare
            .iter()
            .map(|word| if is_arabic { plain_arabic(word) } else { plain_latin(word) })
            .collect();
        let tells = bare.iter().filter_map(|word| told(word)).chain(numbers(&marked)).collect();
        let forms = [
            name.trim().to_owned(),
            marked.concat(),
            lettered.concat(),
            bare.concat(),
            plain.concat(),
        ];
        Self { forms, words: plain, tells, is_arabic }
    }

    /// Is there nothing to compare?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.forms[1].is_empty()
    }

    /// The name as it sounds: two spellings of one name mostly share it.
    #[must_use]
    pub fn plain(&self) -> &str {
        &self.forms[4]
    }

    /// Does it begin with the other name, word for word, and go on?
    #[must_use]
    pub fn goes_on_from(&self, other: &Self) -> bool {
        !other.is_empty()
            && self.words.len() > other.words.len()
            && self.words.starts_with(&other.words)
    }

    /// How alike the names are. The order does not matter.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> Likeness {
        if !self.is_empty() && !other.is_empty() {
            for (at, (step, hundredths)) in STEPS.into_iter().enumerate() {
                if self.forms[at] == other.forms[at] && !self.forms[at].is_empty() {
                    return Likeness { score: Score::hundredths(hundredths), step };
                }
            }
        }
        let score = if self.is_arabic == other.is_arabic {
            Score::of(CLOSE_SHARE * alike(&self.forms[4], &other.forms[4]))
        } else {
            Score::hundredths(0)
        };
        let score = if self.tells == other.tells { score } else { score.min(OTHER_PART) };
        Likeness { score, step: Step::Close }
    }
}

/// The share of letters that two texts have in common, from 0 to 1.
fn alike(one: &str, other: &str) -> f64 {
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    // Jaro's measure looks for letters from the left: it may tell another share the other way round.
    let winkler = strsim::jaro_winkler(one, other).max(strsim::jaro_winkler(other, one));
    f64::midpoint(winkler, strsim::normalized_damerau_levenshtein(one, other))
}

/// The words of a name in small letters, without marks.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            // Vowel marks, the stroke that makes a word longer, accents that stand by themselves; what is written for
            // hamza and ayn.
            '\u{64B}'..='\u{65F}'
            | '\u{670}'
            | '\u{640}'
            | '\u{300}'..='\u{36F}'
            | '\''
            | '’'
            | '‘'
            | 'ʿ'
            | 'ʾ'
            | 'ʼ'
            | '`'
            | '´'
            | '\u{2032}' => {}
            letter if letter.is_alphanumeric() => {
                if let Some(word) = words.last_mut() {
                    bare_letter(letter, word);
                }
            }
            _ => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A letter without its accent, a digit of any script as ours.
fn bare_letter(letter: char, word: &mut String) {
    let plain = match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' => 'a',
        'è' | 'é' | 'ê' | 'ë' | 'ē' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ō' => 'o',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' => 'u',
        'ç' | 'č' => 'c',
        'ḍ' | 'ḏ' | 'đ' => 'd',
        'ġ' | 'ğ' => 'g',
        'ḥ' | 'ḫ' | 'ẖ' => 'h',
        'ñ' => 'n',
        'ṣ' | 'š' | 'ş' => 's',
        'ṭ' | 'ṯ' => 't',
        'ẓ' | 'ž' => 'z',
        'ǧ' => 'j',
        '٠'..='٩' | '۰'..='۹' => {
            let zero = if letter <= '٩' { '٠' } else { '۰' };
            word.extend(char::from_digit(u32::from(letter) - u32::from(zero), 10));
            return;
        }
        other => other,
    };
    word.push(plain);
}

/// A word with one form for each Arabic letter.
fn letters(word: &str) -> String {
    let letter = |letter: char| match letter {
        'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
        'ى' | 'ئ' | 'ی' => Some('ي'),
        'ؤ' => Some('و'),
        'ة' | 'ۀ' => Some('ه'),
        'ک' => Some('ك'),
        'ء' => None,
        other => Some(other),
    };
    word.chars().filter_map(letter).collect()
}

/// The words without their articles. A name that is nothing else keeps it.
fn without_article(words: &[String]) -> Vec<String> {
    let mut left = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1);
        if next.is_some_and(|next| is_article(word, next)) {
            continue;
        }
        let bare = word.strip_prefix("ال").filter(|rest| rest.chars().count() > 1);
        left.push(bare.unwrap_or(word).to_owned());
    }
    left
}

/// Is this the article of the next word? Before some letters the l is spoken, and written, as the letter.
fn is_article(word: &str, next: &str) -> bool {
    if ["al", "el", "ul", "il", "l"].contains(&word) {
        return true;
    }
    let consonant = word.strip_prefix(['a', 'e', 'u', 'i']).unwrap_or("");
    ["sh", "dh", "th", "s", "d", "t", "z", "n", "r"].contains(&consonant)
        && next.starts_with(consonant)
}

/// A word as it sounds, of what people write one way or another.
fn plain_latin(word: &str) -> String {
    const PAIRS: [(&str, &str); 17] = [
        ("kh", "h"),
        ("gh", "g"),
        ("dh", "d"),
        ("th", "t"),
        ("sh", "s"),
        ("ch", "s"),
        ("ph", "f"),
        ("dj", "j"),
        ("ck", "k"),
        ("ou", "u"),
        ("oo", "u"),
        ("aw", "au"),
        ("ee", "i"),
        ("ei", "ai"),
        ("ey", "ai"),
        ("ay", "ai"),
        ("ow", "u"),
    ];
    let (mut plain, mut rest) = (String::new(), word);
    while let Some(letter) = rest.chars().next() {
        if let Some((pair, sound)) = PAIRS.iter().find(|(pair, _)| rest.starts_with(pair)) {
            push_once(&mut plain, sound);
            rest = &rest[pair.len()..];
            continue;
        }
        rest = &rest[letter.len_utf8()..];
        let sound = match letter {
            'e' => 'a',
            'o' | 'w' => 'u',
            'y' => 'i',
            'q' | 'c' => 'k',
            'v' => 'f',
            'p' => 'b',
            other => other,
        };
        push_once(&mut plain, sound.encode_utf8(&mut [0; 4]));
    }
    // The h of ta marbuta is not spoken.
    let silent = plain.strip_suffix('h').filter(|before| before.ends_with(['a', 'i', 'u']));
    silent.map_or_else(|| plain.clone(), str::to_owned)
}

/// Adds letters, each once where it is doubled. Digits are numbers, and stay.
fn push_once(text: &mut String, more: &str) {
    for letter in more.chars() {
        if letter.is_numeric() || !text.ends_with(letter) {
            text.push(letter);
        }
    }
}

/// A word without the long vowel or the h that it ends in: حمورية, حموريا.
fn plain_arabic(word: &str) -> String {
    let short = word.strip_suffix(['ا', 'ه', 'ي']).filter(|before| before.chars().count() > 1);
    short.unwrap_or(word).to_owned()
}

fn told(word: &str) -> Option<String> {
    TELLING.iter().find(|(own, _)| *own == word).map(|(_, means)| (*means).to_owned())
}

/// The numbers in words.
fn numbers(words: &[String]) -> Vec<String> {
    let digits = |word: &String| {
        let found: Vec<String> = word
            .split(|letter: char| !letter.is_ascii_digit())
            .filter(|digits| !digits.is_empty())
            .map(str::to_owned)
            .collect();
        found
    };
    words.iter().flat_map(digits).collect()
}

/// How alike two names are.
///
/// # Example
///
/// ```
/// use passage::matching::name::{Step, likeness};
/// assert_eq!(likeness("Al-Fu'ah", "Foah").step, Step::Transliteration);
/// assert_eq!(likeness("الغوطة", "الغوطه").step, Step::Letters);
/// assert!(likeness("Duma", "Daraya").score < likeness("Duma", "Douma").score);
/// ```
#[must_use]
pub fn likeness(one: &str, other: &str) -> Likeness {
    Spelling::of(one).likeness(&Spelling::of(other))
}

#[cfg(test)]
mod tests;
