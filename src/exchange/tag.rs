//! HXL tags: which column of ours somebody's tag means. The order of attributes says nothing; some say nothing at all.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::sheet::{Column, Sheet};
use crate::domain::Kind;

/// A hashtag and its attributes, in small letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) hashtag: String,
    pub(super) attributes: BTreeSet<String>,
}

/// Attributes by which a number counts only some of the people, or no people at all.
const SOME_PEOPLE: [&str; 24] = [
    "f",
    "m",
    "x",
    "i",
    "hh",
    "households",
    "families",
    "women",
    "men",
    "girls",
    "boys",
    "children",
    "infants",
    "adolescents",
    "youth",
    "adults",
    "elderly",
    "disabled",
    "idps",
    "refugees",
    "returnees",
    "hosts",
    "host",
    "pregnant",
];

/// Every attribute that means something in a tag of ours.
static OUR_WORDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let sheets = Kind::ALL.iter().flat_map(|kind| Sheet::of(*kind).all());
    let tags = sheets.flat_map(|sheet| &sheet.columns).filter_map(|column| Tag::of(&column.tag));
    tags.flat_map(|tag| tag.attributes).collect()
});

impl Tag {
    /// The tag in a cell; `None` where it is none.
    pub(super) fn of(cell: &str) -> Option<Self> {
        let mut words =
            cell.trim().strip_prefix('#')?.split('+').map(|word| word.trim().to_lowercase());
        let is_word = |word: &String| {
            word.starts_with(|letter: char| letter.is_ascii_alphabetic())
                && word.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        };
        let hashtag = words.next().filter(is_word)?;
        let attributes: BTreeSet<String> = words.collect();
        attributes.iter().all(is_word).then_some(Self { hashtag, attributes })
    }

    /// Does it have this hashtag and all of these attributes?
    pub(super) fn has(&self, hashtag: &str, attributes: &[&str]) -> bool {
        self.hashtag == hashtag
            && attributes.iter().all(|attribute| self.attributes.contains(*attribute))
    }

    /// Does it count only some of the people, or households?
    pub(super) fn counts_some(&self) -> bool {
        self.attributes.iter().any(|attribute| {
            SOME_PEOPLE.contains(&attribute.as_str())
                || attribute.starts_with("age")
                || attribute.starts_with("children")
        })
    }
}

/// What a tag means in a sheet.
#[derive(Debug, Clone)]
pub(super) enum Meaning {
    /// These columns have it word for word; more than one only where the sheet has it twice.
    Exact(Vec<&'static Column>),
    /// No other column can be meant; the text says what is not word for word.
    Near(&'static Column, Option<String>),
    /// It fits several, or fits one with words that may mean something else.
    Unclear(Vec<&'static Column>),
    /// It counts only some of the people that a column of ours counts.
    Some(&'static Column),
    /// No column of ours.
    Nothing,
}

/// How far a tag is from that of a column.
struct Distance {
    /// Words that it has and the column has not, without those that say nothing.
    extra: Vec<String>,
    /// Words that it lacks, without those that say nothing.
    missing: Vec<String>,
}

fn says_nothing(word: &str) -> bool {
    word.starts_with("v_") || ["num", "text", "label"].contains(&word)
}

fn distance(tag: &Tag, own: &Tag) -> Distance {
    let extra = tag.attributes.difference(&own.attributes).filter(|word| {
        let is_language =
            word.starts_with("i_") && !own.attributes.iter().any(|own| own.starts_with("i_"));
        !says_nothing(word) && !is_language
    });
    let missing = own.attributes.difference(&tag.attributes).filter(|word| !says_nothing(word));
    Distance { extra: extra.cloned().collect(), missing: missing.cloned().collect() }
}

/// What a tag means in a sheet.
pub(super) fn meaning(sheet: &'static Sheet, tag: &Tag) -> Meaning {
    let own = |column: &&Column| Tag::of(&column.tag).filter(|own| own.hashtag == tag.hashtag);
    let exact: Vec<&Column> =
        sheet.columns.iter().filter(|column| own(column).as_ref() == Some(tag)).collect();
    if !exact.is_empty() {
        return Meaning::Exact(exact);
    }
    if let Some(code) = code_of_others(sheet, tag) {
        return Meaning::Near(code, None);
    }
    let near =
        sheet.columns.iter().filter_map(|column| Some((column, distance(tag, &own(&column)?))));
    let near: Vec<(&Column, Distance)> = near.collect();
    let only = |fits: &dyn Fn(&Distance) -> bool| {
        near.iter()
            .filter(|(_, distance)| fits(distance))
            .map(|(column, _)| *column)
            .collect::<Vec<_>>()
    };
    let same = only(&|distance| distance.extra.is_empty() && distance.missing.is_empty());
    match same[..] {
        [] => {}
        [one] => return Meaning::Near(one, None),
        _ => return Meaning::Unclear(same),
    }
    let within: Vec<&(&Column, Distance)> =
        near.iter().filter(|(_, distance)| distance.missing.is_empty()).collect();
    if let Some(least) = within.iter().map(|(_, distance)| distance.extra.len()).min() {
        let closest: Vec<_> =
            within.iter().filter(|(_, distance)| distance.extra.len() == least).collect();
        let columns: Vec<&Column> = closest.iter().map(|(column, _)| *column).collect();
        let [(column, distance)] = closest[..] else { return Meaning::Unclear(columns) };
        if tag.counts_some() {
            return Meaning::Some(column);
        }
        let is_known = distance.extra.iter().any(|word| OUR_WORDS.contains(word));
        let words = distance.extra.join("+");
        return if is_known {
            Meaning::Unclear(columns)
        } else {
            Meaning::Near(column, Some(format!("+{words}")))
        };
    }
    let beyond = only(&|distance| distance.extra.is_empty());
    match beyond[..] {
        [] => Meaning::Nothing,
        [one] => Meaning::Near(one, Some(String::new())),
        _ => Meaning::Unclear(beyond),
    }
}

/// The column of the record's own code, where it has the tag that others write for it.
fn code_of_others(sheet: &'static Sheet, tag: &Tag) -> Option<&'static Column> {
    let hashtag = match sheet.kind {
        Kind::Area => "loc",
        Kind::Convoy => "activity",
        _ => return None,
    };
    let is_code = sheet.depth == 0 && tag.hashtag == hashtag && tag.attributes.len() == 1;
    sheet.columns.first().filter(|_| is_code && tag.attributes.contains("code"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(kind: Kind, list: &str, tag: &str) -> String {
        let mut sheet = Sheet::of(kind);
        for list in list.split('.').filter(|list| !list.is_empty()) {
            sheet = sheet.child(list).unwrap();
        }
        let names = |columns: Vec<&Column>| {
            columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>().join(",")
        };
        match meaning(sheet, &Tag::of(tag).unwrap()) {
            Meaning::Exact(columns) => format!("= {}", names(columns)),
            Meaning::Near(column, words) => {
                format!("~ {} {}", column.name, words.unwrap_or_default()).trim().to_owned()
            }
            Meaning::Unclear(columns) => format!("? {}", names(columns)),
            Meaning::Some(column) => format!("< {}", column.name),
            Meaning::Nothing => "-".to_owned(),
        }
    }

    #[test]
    fn the_order_and_case_of_attributes_say_nothing() {
        assert_eq!(said(Kind::Area, "", "#LOC +i_AR+ name"), "= names_ar");
        assert_eq!(said(Kind::Convoy, "drops", "#output+trucks+num"), "= trucks");
        assert_eq!(said(Kind::Convoy, "drops", "#output+trucks"), "~ trucks");
        assert_eq!(said(Kind::Area, "", "#adm1+code"), "~ admin1_pcode");
        assert_eq!(said(Kind::Area, "", "#loc+code"), "~ code");
        assert_eq!(said(Kind::Convoy, "", "#activity+code"), "~ code");
    }

    #[test]
    fn words_that_are_ours_nowhere_are_tolerated_and_said() {
        assert_eq!(said(Kind::Convoy, "drops", "#reached+syria"), "~ people_reached +syria");
        assert_eq!(said(Kind::Convoy, "", "#date+start+planned"), "? date");
        assert_eq!(said(Kind::Source, "", "#meta+source+url"), "? name,url");
    }

    #[test]
    fn a_part_of_the_people_is_not_all_of_them() {
        assert_eq!(said(Kind::Convoy, "drops", "#reached+f+children"), "< people_reached");
        assert_eq!(said(Kind::Convoy, "drops", "#reached+hh"), "< people_reached");
        assert_eq!(said(Kind::Population, "", "#population+f+adults"), "= women");
    }

    #[test]
    fn what_fits_several_is_unclear_and_what_fits_none_is_nothing() {
        assert!(said(Kind::Convoy, "", "#date").starts_with("? date,date_end,"));
        assert!(said(Kind::Area, "", "#loc+name").starts_with("? names_en,names_ar,names_fr"));
        assert_eq!(said(Kind::Convoy, "", "#org+funder+name"), "-");
        assert_eq!(said(Kind::Convoy, "", "#sector"), "-");
    }

    #[test]
    fn only_a_tag_is_a_tag() {
        for cell in ["#REF!", "# 1", "#", "date", "#1", "#date start", "#date++start", "##date"] {
            assert_eq!(Tag::of(cell), None, "{cell}");
        }
        assert!(Tag::of(" #Date + Start ").unwrap().has("date", &["start"]));
    }
}
