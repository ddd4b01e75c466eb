//! What a column is called in a header: our own name, that name as words, and in Arabic. What we hand out we read back.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::sheet::{Column, Holds, Sheet};
use crate::domain::Language;

/// The names of fields in Arabic.
const ARABIC: &str = include_str!("../../data/column_names_ar.csv");

static ARABIC_NAMES: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| ARABIC.lines().skip(1).filter_map(|line| line.split_once(',')).collect());

/// What is added in Arabic for one of several columns of a field.
const KEYS: [(&str, &str); 8] = [
    ("low", "الحد الأدنى"),
    ("best", ""),
    ("high", "الحد الأعلى"),
    ("en", "بالإنجليزية"),
    ("ar", "بالعربية"),
    ("fr", "بالفرنسية"),
    ("lon", "خط الطول"),
    ("lat", "خط العرض"),
];

/// What a column is called in the header of a template.
pub(super) fn label(column: &Column, language: Language) -> String {
    if language == Language::En {
        let words = column.name.replace('_', " ");
        let mut letters = words.chars();
        return letters
            .next()
            .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    }
    let (name, key) = match column.holds {
        Holds::Field(field, key) => (field.name, key),
        _ => (column.name.as_str(), None),
    };
    let base = ARABIC_NAMES.get(name).copied().unwrap_or(name);
    let key =
        key.and_then(|key| KEYS.iter().find(|(own, _)| *own == key)).map_or("", |(_, words)| words);
    if key.is_empty() { base.to_owned() } else { format!("{base} ({key})") }
}

/// What everybody calls the columns of where something is.
const DEGREES: [(&str, &[&str]); 2] = [
    ("lon", &["lon", "longitude", "lng", "long", "خط الطول"]),
    ("lat", &["lat", "latitude", "خط العرض"]),
];

/// Is this what a column is called, in any of its names?
pub(super) fn is_called(column: &Column, name: &str) -> bool {
    let name = folded(name);
    folded(&column.name) == name
        || folded(&label(column, Language::Ar)) == name
        || degrees(column).iter().any(|known| folded(known) == name)
}

/// What else a column of degrees is called; a record has one position.
fn degrees(column: &Column) -> &'static [&'static str] {
    let Holds::Field(field, Some(key)) = column.holds else { return &[] };
    let known = DEGREES.iter().find(|(own, _)| field.name == "position" && *own == key);
    known.map_or(&[], |(_, names)| names)
}

/// A name without what people write one way or another: case, spaces, marks, the forms of Arabic letters.
pub(super) fn folded(name: &str) -> String {
    let letter = |letter: char| match letter {
        'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
        'ى' => Some('ي'),
        'ة' => Some('ه'),
        // Vowel marks, and the stroke that makes a word longer.
        '\u{64B}'..='\u{652}' | '\u{640}' => None,
        letter if letter.is_alphanumeric() => Some(letter),
        _ => None,
    };
    name.to_lowercase().chars().filter_map(letter).collect()
}

/// The column of ours whose name is most like this one, where one is.
pub(super) fn near(sheet: &'static Sheet, name: &str) -> Option<&'static Column> {
    const LIKE_ENOUGH: f64 = 0.7;
    let name = folded(name);
    let like = |column: &Column| {
        let called = [folded(&column.name), folded(&label(column, Language::Ar))];
        let like = called.map(|own| strsim::normalized_damerau_levenshtein(&own, &name));
        like.into_iter().fold(0.0, f64::max)
    };
    let all = sheet.columns.iter().map(|column| (like(column), column));
    let best = all.max_by(|one, other| one.0.total_cmp(&other.0));
    best.filter(|(like, _)| *like >= LIKE_ENOUGH).map(|(_, column)| column)
}

/// Is it one of ours with a slip of the hand: one letter too many, too few or wrong?
pub(super) fn is_slip(own: &str, name: &str) -> bool {
    let (own, name): (Vec<char>, Vec<char>) =
        (folded(own).chars().collect(), folded(name).chars().collect());
    if own.len() < 4 || own.len().abs_diff(name.len()) > 1 {
        return false;
    }
    let same = own.iter().zip(&name).take_while(|(a, b)| a == b).count();
    let rest =
        |letters: &[char], skip: usize| letters.get(same + skip..).unwrap_or_default().to_vec();
    rest(&own, 1) == rest(&name, 1)
        || rest(&own, 1) == rest(&name, 0)
        || rest(&own, 0) == rest(&name, 1)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::domain::Kind;

    #[test]
    fn every_column_has_a_name_of_its_own_in_each_language() {
        for sheet in Kind::ALL.iter().flat_map(|kind| Sheet::of(*kind).all()) {
            for language in [Language::En, Language::Ar] {
                let mut seen = HashSet::new();
                for column in &sheet.columns {
                    let label = label(column, language);
                    let of = format!("{}{} {}", sheet.kind, sheet.suffix, column.name);
                    assert!(seen.insert(folded(&label)), "{label} of {of} is there twice");
                    let is_arabic = label.chars().any(|letter| ('ا'..='ي').contains(&letter));
                    assert_eq!(is_arabic, language == Language::Ar, "{label} of {of}");
                    assert!(is_called(column, &label), "{label} of {of}");
                }
            }
        }
    }

    #[test]
    fn spelling_does_not_matter_where_it_says_nothing() {
        let areas = Sheet::of(Kind::Area);
        let name = areas.column("names", Some("en")).unwrap();
        for written in ["names_en", "Names EN", " names-en ", "الإسم (بالانجليزية)"]
        {
            assert!(is_called(name, written), "{written}");
        }
        assert!(!is_called(name, "names_ar"));
        let latitude = areas.column("position", Some("lat")).unwrap();
        for written in ["lat", "Latitude", "خط العرض"] {
            assert!(is_called(latitude, written), "{written}");
        }
        assert!(!is_called(latitude, "longitude"));
    }
}
