//! What the files of a kind look like, told from its schema: file names, columns and HXL tags.

use std::sync::LazyLock;

use crate::domain::{Field, Kind, Names, Schema, Shape};

/// One file: the records of a kind, or the parts in one of its lists.
#[derive(Debug)]
pub(super) struct Sheet {
    /// The kind of the records.
    pub(super) kind: Kind,
    /// What comes after the name of the record's file, e.g. `.drops.lines`; empty for the records.
    pub(super) suffix: String,
    /// The field whose parts it holds; empty for the records.
    pub(super) list: &'static str,
    /// What one row is, in a sentence.
    pub(super) doc: &'static str,
    /// How many lists deep it lies; 0 for the records.
    pub(super) depth: usize,
    /// Its columns, those that say whose row it is first.
    pub(super) columns: Vec<Column>,
    /// The files of the lists inside it.
    pub(super) children: Vec<Sheet>,
}

/// A column.
#[derive(Debug)]
pub(super) struct Column {
    /// The name in the header.
    pub(super) name: String,
    /// The HXL tag below it.
    pub(super) tag: String,
    /// What its cells hold.
    pub(super) holds: Holds,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy)]
pub(super) enum Holds {
    /// The code of the record, or of the record that the part belongs to.
    Code,
    /// The id of the record.
    Id,
    /// The place of the part in its list, or, for those before the last, of a part that it lies in; from 1.
    Position(usize),
    /// A field, or the value under this key of it.
    Field(&'static Field, Option<&'static str>),
}

/// In the order of [`Kind::ALL`].
static SHEETS: LazyLock<Vec<Sheet>> =
    LazyLock::new(|| Kind::ALL.iter().map(|kind| sheet_of_kind(*kind)).collect());

impl Sheet {
    /// The file of the records of a kind.
    pub(super) fn of(kind: Kind) -> &'static Self {
        &SHEETS[kind as usize]
    }

    /// Its file name, where the records are in `stem.csv`.
    pub(super) fn file(&self, stem: &str) -> String {
        format!("{stem}{}.csv", self.suffix)
    }

    /// The file of this list inside it.
    pub(super) fn child(&self, list: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.list == list)
    }

    /// It and all files of the lists inside it, outer ones first.
    pub(super) fn all(&self) -> Vec<&Self> {
        let inner = self.children.iter().flat_map(Self::all);
        std::iter::once(self).chain(inner).collect()
    }

    /// Its name in a workbook, e.g. `convoys.drops`.
    pub(super) fn name(&self) -> String {
        format!("{}{}", self.kind.plural(), self.suffix)
    }

    /// The columns without which no row can be right.
    pub(super) fn needed(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| match column.holds {
            Holds::Code | Holds::Position(_) => true,
            Holds::Id => false,
            Holds::Field(field, _) => field.required,
        })
    }

    /// The column that shows a field, or what lies under a key of it.
    pub(super) fn column(&self, field: &str, key: Option<&str>) -> Option<&Column> {
        let of_field = |column: &&Column| match column.holds {
            Holds::Code => field == "code",
            Holds::Id => field == "id",
            Holds::Position(_) => false,
            Holds::Field(own, _) => own.name == field,
        };
        let under = |column: &&Column| matches!(column.holds, Holds::Field(_, own) if own == key);
        let columns = || self.columns.iter().filter(of_field);
        columns().find(under).or_else(|| columns().next())
    }
}

fn sheet_of_kind(kind: Kind) -> Sheet {
    let keys = vec![column("code", "#meta+code", Holds::Code), column("id", "#meta+id", Holds::Id)];
    sheet(kind, kind.schema(), keys, &[], String::new(), "")
}

/// `enclosing`: the words for the parts that it lies in, the outermost first.
fn sheet(
    kind: Kind,
    schema: &'static Schema,
    keys: Vec<Column>,
    enclosing: &[&'static str],
    suffix: String,
    list: &'static str,
) -> Sheet {
    let depth = if list.is_empty() { 0 } else { enclosing.len() + 1 };
    let mut columns = keys;
    let mut children = Vec::new();
    for field in schema.fields {
        let Shape::List(Shape::Part(part)) = field.shape else {
            columns.extend(columns_of(field));
            continue;
        };
        let own = (depth > 0).then_some(schema.name);
        let enclosing: Vec<&'static str> = enclosing.iter().copied().chain(own).collect();
        let keys = part_keys(kind, &enclosing);
        let suffix = format!("{suffix}.{}", field.name);
        children.push(sheet(kind, part, keys, &enclosing, suffix, field.name));
    }
    Sheet { kind, suffix, list, doc: schema.doc, depth, columns, children }
}

/// The columns that say where a part belongs.
fn part_keys(kind: Kind, enclosing: &[&'static str]) -> Vec<Column> {
    let parent = column(kind.as_str(), "#meta+parent", Holds::Code);
    let outer = enclosing
        .iter()
        .enumerate()
        .map(|(depth, word)| column(*word, format!("#meta+{word}"), Holds::Position(depth)));
    let own = column("index", "#meta+index", Holds::Position(enclosing.len()));
    std::iter::once(parent).chain(outer).chain([own]).collect()
}

fn column(name: impl Into<String>, tag: impl Into<String>, holds: Holds) -> Column {
    Column { name: name.into(), tag: tag.into(), holds }
}

/// The columns of one field: several where its value has several ends, languages or degrees.
fn columns_of(field: &'static Field) -> Vec<Column> {
    let under = |key: &'static str, name: &str, tag: &str| {
        column(
            format!("{}{name}", field.name),
            format!("{}{tag}", field.hxl),
            Holds::Field(field, Some(key)),
        )
    };
    match field.shape {
        Shape::Figure => {
            vec![
                under("low", "_low", "+min"),
                under("best", "", ""),
                under("high", "_high", "+max"),
            ]
        }
        Shape::Names => Names::LANGUAGES
            .iter()
            .map(|language| under(language, &format!("_{language}"), &format!("+i_{language}")))
            .collect(),
        Shape::Place => vec![under("lon", "_lon", "+lon"), under("lat", "_lat", "+lat")],
        _ => vec![column(field.name, field.hxl, Holds::Field(field, None))],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn names(sheet: &Sheet) -> Vec<&str> {
        sheet.columns.iter().map(|column| column.name.as_str()).collect()
    }

    #[test]
    fn the_goods_of_a_convoy_lie_three_files_below_it() {
        let convoys = Sheet::of(Kind::Convoy);
        let removals =
            convoys.child("drops").unwrap().child("lines").unwrap().child("removals").unwrap();
        assert_eq!(removals.file("convoys"), "convoys.drops.lines.removals.csv");
        assert_eq!(names(removals)[..5], ["convoy", "drop", "line", "index", "quantity"]);
        assert_eq!(removals.columns[2].tag, "#meta+line");
        assert_eq!(removals.depth, 3);
    }

    #[test]
    fn every_kind_finds_its_own_sheet() {
        assert!(Kind::ALL.iter().all(|kind| Sheet::of(*kind).kind == *kind));
    }

    #[test]
    fn estimates_names_and_places_take_several_columns() {
        let areas = names(Sheet::of(Kind::Area));
        assert!(
            areas.starts_with(&["code", "id", "names_en", "names_ar", "names_fr"]),
            "{areas:?}"
        );
        assert!(areas.contains(&"position_lon") && areas.contains(&"position_lat"), "{areas:?}");
        let populations = Sheet::of(Kind::Population);
        let tag = |key| populations.column("people", Some(key)).unwrap().tag.as_str();
        assert_eq!(
            [tag("low"), tag("best"), tag("high")],
            ["#population+min", "#population", "#population+max"]
        );
    }

    #[test]
    fn no_file_has_two_columns_of_one_name_and_every_field_has_a_column() {
        for sheet in Kind::ALL.iter().flat_map(|kind| Sheet::of(*kind).all()) {
            let distinct: HashSet<&str> = names(sheet).into_iter().collect();
            assert_eq!(distinct.len(), sheet.columns.len(), "{}{}", sheet.kind, sheet.suffix);
            for column in &sheet.columns {
                let Holds::Field(field, _) = column.holds else { continue };
                let flat = !matches!(
                    field.shape,
                    Shape::Part(_) | Shape::List(Shape::Figure | Shape::Place | Shape::Names)
                );
                assert!(flat, "{} of {}{} fits no column", field.name, sheet.kind, sheet.suffix);
            }
        }
    }
}
