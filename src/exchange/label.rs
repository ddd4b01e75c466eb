//! What a column is called in a header: our own name, that name as words, and in Arabic. What we hand out we read back.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::sheet::{Column, Holds};
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

/// Is this what a column is called, in any of its names?
pub(super) fn is_called(column: &Column, name: &str) -> bool {
    let name = folded(name);
    folded(&column.name) == name || folded(&label(column, Language::Ar)) == name
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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::sheet::Sheet;
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
    }
}
