//! The second look at a package: the finished files are read again, and nothing in them may be above public.
//!
//! It knows nothing of how they were written: it asks the store what is hidden from the public, and looks for that.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;
use uuid::Uuid;

use crate::disclose::Rules;
use crate::domain::{Clearance, Kind, Sensitivity};
use crate::exchange::current::each;
use crate::exchange::export::{Ask, ExportError};
use crate::store::{Filter, Stored};

/// Something in a file that the public may not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    /// The file.
    pub file: String,
    /// The line in it, from 1.
    pub line: usize,
    /// What it is: never the thing itself.
    pub what: &'static str,
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} line {}: {}", self.file, self.line, self.what)
    }
}

/// What is hidden from the public.
#[derive(Default)]
struct Hidden {
    ids: HashSet<String>,
    /// Codes of records that nothing public is called by.
    codes: HashSet<String>,
    /// Exact positions of records that are shown with a coarser one: longitude and latitude as a file would have them.
    places: HashSet<[String; 2]>,
    /// The smallest count of people that is told.
    few_below: f64,
    /// The files whose counts of people are meant.
    few_in: Vec<&'static str>,
}

/// Everything in the files that is not public.
///
/// # Errors
///
/// When the store fails or a file cannot be read.
pub(super) async fn leaks(
    ask: &Ask<'_>,
    rules: &Rules,
    folder: &Path,
) -> Result<Vec<Leak>, ExportError> {
    let hidden = Hidden::from(ask, rules).await?;
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|file| Ok(file?.path())).collect::<io::Result<_>>()?;
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if file.extension().is_some_and(|extension| extension == "csv") {
            hidden.look_at_table(&file, &name, &mut found)?;
        } else {
            for (line, text) in (1..).zip(fs::read_to_string(&file)?.lines()) {
                hidden.look_at_text(text, &name, line, &mut found);
            }
        }
    }
    Ok(found)
}

impl Hidden {
    async fn from(ask: &Ask<'_>, rules: &Rules) -> Result<Self, ExportError> {
        let public = Clearance::of(Sensitivity::Public);
        let (mut hidden, mut told) = (Self::default(), HashSet::new());
        for kind in Kind::ALL {
            let shown = versions(ask, *kind, &public, false).await?;
            let all = versions(ask, *kind, &Clearance::ALL, true).await?;
            told.extend(shown.values().map(|(code, _)| code.clone()));
            for (id, (code, place)) in all {
                match shown.get(&id) {
                    None => {
                        hidden.ids.insert(id.to_string());
                        hidden.codes.insert(code);
                    }
                    Some((_, shown)) if *shown != place => hidden.places.extend(place),
                    Some(_) => {}
                }
            }
        }
        // A code is one record's in its kind; another kind may use it in public.
        hidden.codes.retain(|code| !told.contains(code));
        if rules.small_counts_from > Sensitivity::Public {
            hidden.few_below = f64::from(rules.small_count);
            hidden.few_in = rules.small_count_kinds.iter().map(|kind| kind.plural()).collect();
        }
        Ok(hidden)
    }

    /// Cell by cell, by what the tags say of the columns.
    fn look_at_table(&self, file: &Path, name: &str, found: &mut Vec<Leak>) -> io::Result<()> {
        let mut rows = csv::ReaderBuilder::new().has_headers(false).from_path(file)?;
        let mut tags: Vec<String> = Vec::new();
        let counts_few = self.few_in.iter().any(|kind| name.starts_with(&format!("{kind}.")));
        for (line, row) in (1..).zip(rows.records()) {
            let row = row?;
            if line == 2 {
                tags = row.iter().map(str::to_owned).collect();
            }
            if line <= 2 {
                continue;
            }
            let mut leak = |what| found.push(Leak { file: name.to_owned(), line, what });
            let mut at: BTreeMap<&str, &str> = BTreeMap::new();
            for (tag, cell) in tags.iter().zip(row.iter()).filter(|(_, cell)| !cell.is_empty()) {
                if is_code(tag) && items(cell).any(|item| self.codes.contains(item)) {
                    leak("the code of a record that is not public");
                }
                if self.is_named_in(cell) {
                    leak("a record that is not public is named");
                }
                let count = cell.parse::<f64>().ok().filter(|_| counts_few && is_people(tag));
                if count.is_some_and(|count| count > 0.0 && count < self.few_below) {
                    leak("a count of few people");
                }
                if let Some(axis) = ["lon", "lat"].into_iter().find(|axis| has(tag, "#geo", axis)) {
                    at.insert(axis, cell);
                }
            }
            let place = at.get("lon").zip(at.get("lat"));
            let place = place.map(|(lon, lat)| [(*lon).to_owned(), (*lat).to_owned()]);
            if place.is_some_and(|place| self.places.contains(&place)) {
                leak("an exact position that is not public");
            }
        }
        Ok(())
    }

    fn look_at_text(&self, text: &str, name: &str, line: usize, found: &mut Vec<Leak>) {
        if self.is_named_in(text) {
            let what = "a record that is not public is named";
            found.push(Leak { file: name.to_owned(), line, what });
        }
    }

    /// Does a text name a hidden record: by its id, or by a code that can be nothing but a code?
    fn is_named_in(&self, text: &str) -> bool {
        let is_of_code = |c: char| c.is_ascii_alphanumeric() || "-_.:".contains(c);
        let words = text.split(|c: char| !is_of_code(c)).map(|word| word.trim_matches(['.', ':']));
        words
            .filter(|word| word.len() >= SHORTEST_CODE)
            .any(|word| self.ids.contains(word) || is_telling(word) && self.codes.contains(word))
    }
}

/// A shorter word is as likely a word.
const SHORTEST_CODE: usize = 6;

/// Can a word be nothing but a code? It has a digit, or words joined as no language joins them.
fn is_telling(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit()) || word.contains(['-', '_']) && is_shouted(word)
}

fn is_shouted(word: &str) -> bool {
    !word.contains(|c: char| c.is_ascii_lowercase())
}

/// Does a column hold codes?
fn is_code(tag: &str) -> bool {
    let mut words = tag.split('+').skip(1);
    words.any(|word| word == "code") || ["#meta+id", "#meta+parent"].contains(&tag)
}

/// Does a column count people?
fn is_people(tag: &str) -> bool {
    const PEOPLE: [&str; 5] = ["#population", "#affected", "#inneed", "#targeted", "#reached"];
    PEOPLE.contains(&tag.split('+').next().unwrap_or_default())
}

fn has(tag: &str, hashtag: &str, word: &str) -> bool {
    let mut words = tag.split('+');
    words.next() == Some(hashtag) && words.any(|own| own == word)
}

fn items(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(|item| item.trim().trim_start_matches('\''))
}

/// The code and the position of every record of a kind that somebody may know of.
async fn versions(
    ask: &Ask<'_>,
    kind: Kind,
    clearance: &Clearance,
    withdrawn: bool,
) -> Result<BTreeMap<Uuid, (String, Option<[String; 2]>)>, ExportError> {
    let mut found = BTreeMap::new();
    let filter = Filter { withdrawn, ..Filter::default() };
    let see = |stored: Stored| {
        let body: Value = serde_json::from_str(&stored.body).unwrap_or_default();
        let at = |axis: &str| body["position"][axis].as_f64().map(|degrees| degrees.to_string());
        let place = at("lon").zip(at("lat")).map(<[String; 2]>::from);
        found.insert(stored.id, (stored.code, place));
    };
    each(ask.store, kind, ask.known_at, filter, clearance, see).await?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden() -> Hidden {
        Hidden {
            ids: ["0190d2c4-0000-7000-8000-000000000001".to_owned()].into(),
            codes: ["CV-2016-07-26-TAL", "UN", "SY-DARAYA"].map(str::to_owned).into(),
            places: [["36.1234".to_owned(), "33.5".to_owned()]].into(),
            few_below: 5.0,
            few_in: vec!["populations"],
        }
    }

    fn looked(name: &str, text: &str) -> Vec<&'static str> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        fs::write(&file, text).unwrap();
        let mut found = Vec::new();
        hidden().look_at_table(&file, name, &mut found).unwrap();
        found.into_iter().map(|leak| leak.what).collect()
    }

    #[test]
    fn a_hidden_code_is_found_among_codes_and_in_lists_and_not_where_it_is_a_word() {
        let code = "the code of a record that is not public";
        assert_eq!(looked("x.csv", "party\n#group+code\nUN\n"), [code]);
        assert_eq!(looked("x.csv", "areas\n#loc+code+list\nA; 'UN; B\n"), [code]);
        assert!(looked("x.csv", "by\n#meta+estimated_by\nUN\n").is_empty());
    }

    #[test]
    fn a_hidden_record_is_found_in_any_words() {
        let named = ["a record that is not public is named"];
        for text in [
            "see CV-2016-07-26-TAL.",
            "id 0190d2c4-0000-7000-8000-000000000001",
            "runout/SY-DARAYA",
        ] {
            assert_eq!(looked("x.csv", &format!("note\n#description\n{text}\n")), named, "{text}");
        }
        let mut found = Vec::new();
        hidden().look_at_text("\"CV-2016-07-26-TAL\"", "dataset.json", 3, &mut found);
        assert_eq!(found[0].to_string(), format!("dataset.json line 3: {}", named[0]));
    }

    #[test]
    fn exact_positions_and_counts_of_few_people_are_found() {
        let place = "lon,lat\n#geo+lon,#geo+lat\n36.1234,33.5\n36.1234,33.6\n";
        assert_eq!(looked("areas.csv", place), ["an exact position that is not public"]);
        let few = "people\n#population+min\n4\n5\n0\n\n";
        assert_eq!(looked("populations.csv", few), ["a count of few people"]);
        assert!(looked("gap.csv", few).is_empty(), "what is computed from what may be told");
    }
}
