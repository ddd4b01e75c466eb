//! Which kind a table holds: by its name, else by its tags.

use super::head::Head;
use super::header::only_list;
use super::row::Row;
use super::sheet::{Column, Holds, Sheet};
use super::tag::{self, Meaning as Meant, Tag};
use crate::domain::Kind;

/// What the name of a file or sheet says.
pub(super) enum Meaning {
    /// The records of a kind.
    Records(Kind),
    /// The parts in one of its lists.
    Parts(&'static Sheet),
    /// Nothing.
    Nothing,
}

/// What a name says, e.g. `convoys` or `convoys.drops`.
pub(super) fn meaning_of_name(name: &str) -> Meaning {
    let name = name.trim().to_lowercase().replace(' ', "_");
    let sheets = Kind::ALL.iter().flat_map(|kind| Sheet::of(*kind).all());
    match sheets.into_iter().find(|sheet| sheet.name() == name) {
        Some(sheet) if sheet.depth == 0 => Meaning::Records(sheet.kind),
        Some(sheet) => Meaning::Parts(sheet),
        None => Meaning::Nothing,
    }
}

/// What counts people or goods: a table that is taken for another must lose none of it.
const FIGURES: [&str; 10] = [
    "affected",
    "population",
    "inneed",
    "targeted",
    "reached",
    "beneficiary",
    "output",
    "capacity",
    "indicator",
    "value",
];

/// The sheets of ours that the tags of a table fit: all that a row needs is there, most of the tags are theirs, and none of
/// its figures would be lost. More than one only where they fit equally well.
pub(super) fn sheets_with_tags(rows: &[Row]) -> Vec<&'static Sheet> {
    let Some(tags) = Head::tagged(rows).and_then(|head| head.tags) else { return Vec::new() };
    let tags: Vec<Tag> = tags.cells().filter_map(Tag::of).collect();
    let sheets = Kind::ALL.iter().flat_map(|kind| Sheet::of(*kind).all());
    let mut best: (usize, Vec<&'static Sheet>) = (2, Vec::new());
    for sheet in sheets {
        let own: Vec<Tag> = columns(sheet).filter_map(|column| Tag::of(&column.tag)).collect();
        let fitting = tags.iter().filter(|tag| own.contains(tag)).count();
        if fitting < best.0 || !is_whole(sheet, &tags) || is_strange(sheet, &tags) {
            continue;
        }
        if fitting > best.0 {
            best = (fitting, Vec::new());
        }
        best.1.push(sheet);
    }
    best.1
}

/// The columns of a table, and those of the only part that a row of others has beside it.
fn columns(sheet: &'static Sheet) -> impl Iterator<Item = &'static Column> {
    [Some(sheet), only_list(sheet)].into_iter().flatten().flat_map(|sheet| &sheet.columns)
}

/// Is there all that a row needs?
fn is_whole(sheet: &'static Sheet, tags: &[Tag]) -> bool {
    let is_code = |tag: &Tag| matches!(tag::meaning(sheet, tag), Meant::Near(column, None) if matches!(column.holds, Holds::Code));
    sheet.needed().all(|column| {
        let of_others = matches!(column.holds, Holds::Code) && tags.iter().any(is_code);
        of_others || is_there(&column.tag, tags)
    })
}

/// Do most tags mean nothing in a table, or does one of them that counts people or goods?
fn is_strange(sheet: &'static Sheet, tags: &[Tag]) -> bool {
    let of = || only_list(sheet).into_iter().chain([sheet]);
    let is_nothing =
        |tag: &&Tag| of().all(|sheet| matches!(tag::meaning(sheet, tag), Meant::Nothing));
    let strange: Vec<&Tag> = tags.iter().filter(is_nothing).collect();
    strange.len() * 2 >= tags.len()
        || strange.iter().any(|tag| FIGURES.contains(&tag.hashtag.as_str()))
}

/// Is a tag there, or, of an estimate or a name in several languages, another of its columns?
fn is_there(tag: &str, tags: &[Tag]) -> bool {
    let Some(own) = Tag::of(tag) else { return false };
    let ends = |word: &str| word.starts_with("i_") || ["min", "max", "lon", "lat"].contains(&word);
    let base =
        |tag: &Tag| tag.attributes.iter().filter(|word| !ends(word)).cloned().collect::<Vec<_>>();
    tags.iter().any(|tag| tag.hashtag == own.hashtag && base(tag) == base(&own))
}
