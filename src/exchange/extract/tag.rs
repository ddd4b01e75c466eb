//! What programs take a tag for: dates under `#date`, numbers under the tags of counts.

use super::{Column, Holds};

/// The tags under which the default schema of HXL wants numbers; those after `+` must be there too.
const NUMBERS: [&str; 8] = [
    "#population",
    "#affected",
    "#inneed",
    "#targeted",
    "#reached",
    "#indicator+num",
    "#output+num",
    "#value",
];

/// What is wrong with the tag of a column, by the default schema of HXL; `None` where nothing is.
pub fn mistake(column: &Column) -> Option<String> {
    let words: Vec<&str> = column.tag.split('+').collect();
    let is = |tag: &str| {
        let mut wanted = tag.split('+');
        wanted.next() == words.first().copied() && wanted.all(|word| words.contains(&word))
    };
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let hashtag = column.tag.strip_prefix('#').unwrap_or_default();
    if !hashtag.split('+').all(is_word) {
        return Some(format!("{} is not written as a tag", column.tag));
    }
    if is("#date") && !matches!(column.holds, Holds::Moment | Holds::Day) {
        return Some(format!("{} is for dates, and holds {:?}", column.tag, column.holds));
    }
    let is_number = matches!(column.holds, Holds::Number | Holds::Whole);
    if NUMBERS.into_iter().any(is) && !is_number {
        return Some(format!("{} is for numbers, and holds {:?}", column.tag, column.holds));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::records::Of;
    use super::*;
    use crate::domain::Kind;

    #[test]
    fn the_columns_of_every_kind_hold_what_their_tags_say() {
        let mut wrong = Vec::new();
        for kind in Kind::ALL {
            for of in Of::kind(*kind).all() {
                for column in of.columns(true) {
                    let mistake = mistake(&column);
                    wrong.extend(
                        mistake.map(|text| format!("{} {}: {text}", of.name(), column.name)),
                    );
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_word_under_a_tag_for_dates_or_counts_is_a_mistake() {
        let words = |tag| Column::words("x", tag, "Words.");
        assert!(mistake(&words("#date+precision")).is_some());
        assert!(mistake(&words("#population+metric")).is_some());
        assert!(mistake(&words("#indicator+days+num")).is_some());
        assert!(mistake(&words("#indicator+name")).is_none());
        assert!(mistake(&words("#Meta+x")).is_some());
    }
}
