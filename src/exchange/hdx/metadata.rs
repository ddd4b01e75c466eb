//! What HDX asks about a dataset, in the fields of its form (CKAN): `dataset.json`.

use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};

use super::{countries, source_names};
use crate::situation::Situation;

/// The file.
pub(super) const NAME: &str = "dataset.json";

/// How many sources are named; the rest are in `sources.csv`.
const NAMED_SOURCES: usize = 40;

/// What only people can tell of a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dataset {
    /// What it is called.
    pub title: String,
    /// The organisation that publishes it, by its name on HDX.
    pub organisation: Option<String>,
    /// Who answers questions about it, by their name on HDX.
    pub maintainer: Option<String>,
    /// Under which licence, by its id on HDX; left out, it is said that each source has its own.
    pub licence: Option<String>,
    /// How often it is brought up to date, as HDX counts: days, or -2 for as needed.
    pub update_frequency: i32,
    /// When it was made.
    pub made_at: DateTime<Utc>,
}

/// A file of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resource {
    pub(super) file: String,
    about: String,
}

impl Resource {
    pub(super) fn of(file: &Path, about: String) -> Self {
        let file = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self { file, about }
    }
}

const NOTES: &str = "Who is cut off, what got through and how long it lasts: records of besieged and hard-to-reach \
    areas, people, convoys, pauses and access requests as their sources tell them, and figures computed from these \
    records. Every figure has its source and its date; a range shows the doubt.";

const METHOD: &str = "Records are claims of the sources that they name; sources that differ are all kept. Figures are \
    computed from the records that were known at known_at, as of as_of. Food is counted in person-days of 2,100 kcal. \
    People reached are given as a range, because one person may be reached several times.";

const CAVEATS: &str = "An empty cell means not known, never 0. A figure has up to three columns: low (_low), best, high \
    (_high). Schemes (un, siege_watch, press, own) count by their own definitions: never add them to each other, nor \
    sectors. Records above public, exact positions and counts of few people are left out or coarser; the column \
    withheld says where. A dated run-out is a band, not a forecast.";

const OWN_LICENCES: &str = "The records are claims of the sources that they name (sources.csv, #meta+license). Each \
    source has its own licence; where none is given, ask the source before you publish its words again.";

/// HDX takes only tags of its own list.
const TAGS: [&str; 4] = ["conflict-violence", "food security", "humanitarian access", "hxl"];

impl Dataset {
    /// The text of the file.
    pub(super) fn text(
        &self,
        situation: &Situation,
        days: Option<(NaiveDate, NaiveDate)>,
        resources: &[Resource],
    ) -> String {
        // Records of what is announced lie after the day of the figures.
        let day = situation.as_of.date_naive();
        let (first, last) = days.unwrap_or((day, day));
        let (first, last) = (first.min(day), last.max(day));
        let groups = countries(situation).into_iter().map(|name| json!({ "name": name }));
        let mut dataset = json!({
            "title": self.title,
            "name": slug(&self.title),
            "notes": NOTES,
            "dataset_source": sources(situation),
            "methodology": "Other",
            "methodology_other": METHOD,
            "caveats": CAVEATS,
            "dataset_date": format!("[{first}T00:00:00 TO {last}T23:59:59]"),
            "data_update_frequency": self.update_frequency.to_string(),
            "groups": groups.collect::<Vec<_>>(),
            "tags": TAGS.map(|name| json!({ "name": name })),
            "owner_org": self.organisation,
            "maintainer": self.maintainer,
            "subnational": "1",
            // Whoever uploads it looks at it once more before everybody does.
            "private": true,
            "resources": resources.iter().map(resource).collect::<Vec<_>>(),
            "passage": { "as_of": situation.as_of, "known_at": situation.known_at, "made_at": self.made_at },
        });
        dataset["license_id"] = self.licence.as_deref().unwrap_or("hdx-other").into();
        if self.licence.is_none() {
            dataset["license_other"] = OWN_LICENCES.into();
        }
        format!("{dataset:#}\n")
    }
}

fn resource(of: &Resource) -> Value {
    json!({ "name": of.file, "description": of.about, "format": "csv", "url_type": "upload",
        "resource_type": "file.upload", "file": of.file })
}

fn sources(situation: &Situation) -> String {
    let names = source_names(situation);
    let more = names.len().saturating_sub(NAMED_SOURCES);
    let mut text = names.into_iter().take(NAMED_SOURCES).collect::<Vec<_>>().join(", ");
    if text.is_empty() {
        "Passage".clone_into(&mut text);
    }
    if more > 0 { format!("{text} and {more} more (sources.csv)") } else { text }
}

/// The title as a part of an address: small letters, digits and hyphens, 2 to 90 of them.
fn slug(title: &str) -> String {
    const LONGEST: usize = 90;
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let text = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    let text: String = text.chars().take(LONGEST).collect();
    let text = text.trim_matches('-');
    if text.len() < 2 { "passage".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_part_of_an_address() {
        assert_eq!(slug("Syria: besieged areas, July 2016"), "syria-besieged-areas-july-2016");
        assert_eq!(slug("الغوطة"), "passage", "HDX takes Latin letters only");
        assert!(slug(&"long words ".repeat(40)).len() <= 90);
    }
}
