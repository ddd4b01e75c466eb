//! What no single feature shows: a code that stands there twice, a parent that is not there, releases of two days.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use geo::{Contains, CoordsIter, InteriorPoint, MultiPolygon};

use super::read::{self, Feature};
use super::unit::Properties;
use super::{FeatureProblem, Incoming, MOST_CORNERS, WrongFeatures};
use crate::atlas::shape;
use crate::domain::Boundary;
use crate::store::ListedBoundary;

/// How many notes are made of one thing.
const MOST_NOTES: usize = 5;

/// The units of the files, as far as they were read.
pub(super) struct Taken {
    valid_from: Option<NaiveDate>,
    /// With the file and the number of the feature.
    units: Vec<(Boundary, String, usize)>,
    corners: usize,
    wrong: WrongFeatures,
}

/// Units that passed.
pub(super) struct Checked {
    pub(super) boundaries: Vec<Boundary>,
    pub(super) notes: Vec<String>,
}

impl Taken {
    pub(super) fn new(valid_from: Option<NaiveDate>) -> Self {
        Self { valid_from, units: Vec::new(), corners: 0, wrong: WrongFeatures::default() }
    }

    /// Reads a file to its end, whatever is wrong in it; gives its digest.
    pub(super) fn take(&mut self, file: Incoming) -> [u8; 32] {
        let Incoming { name, mut content } = file;
        let mut seen = 0;
        let read = read::features(&mut content, &mut |feature| {
            seen = feature.number;
            self.take_feature(&name, feature);
        });
        match read {
            Ok(digest) if seen > 0 => digest,
            Ok(_) => {
                self.wrong.push(FeatureProblem::of_file(&name, "has no features"));
                [0; 32]
            }
            Err(reason) => {
                self.wrong.push(FeatureProblem::of_file(&name, reason));
                [0; 32]
            }
        }
    }

    fn take_feature(&mut self, file: &str, feature: Feature) {
        let Feature { number, properties, rings } = feature;
        let said = Properties::of(file, number, &properties).said(self.valid_from);
        let geometry = |reason: String| FeatureProblem::of(file, number, "geometry", reason);
        let outline = match rings {
            Ok(rings) => shape::outline(rings),
            Err(reason) => Err(vec![reason]),
        };
        match (said, outline) {
            (Ok(said), Ok(outline)) => {
                self.corners += outline.coords_count();
                if self.corners > MOST_CORNERS {
                    self.refuse_more(file, number);
                    return;
                }
                let boundary = Boundary {
                    pcode: said.pcode,
                    level: said.level,
                    names: said.names,
                    parent: said.parent,
                    country: said.country,
                    valid_from: said.valid_from,
                    valid_to: said.valid_to,
                    display: MultiPolygon(Vec::new()),
                    outline,
                };
                self.units.push((boundary, file.to_owned(), number));
            }
            (said, outline) => {
                self.wrong.extend(said.err().into_iter().flatten());
                let faults = outline.err().into_iter().flatten();
                self.wrong.extend(faults.map(geometry));
            }
        }
    }

    fn refuse_more(&mut self, file: &str, number: usize) {
        let is_said = self.wrong.listed.iter().any(|known| known.reason.contains("in all"));
        if !is_said {
            let reason = format!(
                "the files have more than {MOST_CORNERS} corners in all; import level by level, or simplify them first"
            );
            self.wrong.push(FeatureProblem::of(file, number, "geometry", reason));
        }
    }

    /// The units, if nothing is wrong with them together.
    pub(super) fn checked(mut self, listed: &[ListedBoundary]) -> Result<Checked, WrongFeatures> {
        self.check_codes();
        self.check_releases();
        self.check_parents(listed);
        if self.wrong.count() > 0 {
            return Err(self.wrong);
        }
        let mut boundaries: Vec<Boundary> =
            self.units.into_iter().map(|(unit, _, _)| unit).collect();
        boundaries.sort_by(|a, b| (a.level, &a.pcode).cmp(&(b.level, &b.pcode)));
        let notes = outside_their_parents(&boundaries);
        Ok(Checked { boundaries, notes })
    }

    fn check_codes(&mut self) {
        let mut first: HashMap<(String, NaiveDate), (&str, usize)> = HashMap::new();
        let mut twice = Vec::new();
        for (unit, file, number) in &self.units {
            let known = first.entry((unit.pcode.key(), unit.valid_from)).or_insert((file, *number));
            if *known != (file.as_str(), *number) {
                let field = format!("ADM{}_PCODE", unit.level);
                let reason = format!("stands in {}, feature {} already", known.0, known.1);
                twice.push(
                    FeatureProblem::of(file, *number, &field, reason).with(unit.pcode.as_str()),
                );
            }
        }
        self.wrong.extend(twice);
    }

    /// A release is the whole of a level of a country, so it has one day.
    fn check_releases(&mut self) {
        let mut days: BTreeMap<(String, u8), NaiveDate> = BTreeMap::new();
        let mut other = Vec::new();
        for (unit, file, number) in &self.units {
            let day = *days.entry((unit.country.key(), unit.level)).or_insert(unit.valid_from);
            if day != unit.valid_from {
                let reason = format!(
                    "must be {day}, as in the units before it: a release is the whole of a level of a country"
                );
                let found = unit.valid_from.to_string();
                other.push(FeatureProblem::of(file, *number, "validOn", reason).with(&found));
            }
        }
        self.wrong.extend(other);
    }

    fn check_parents(&mut self, listed: &[ListedBoundary]) {
        let here = self.units.iter().map(|(unit, _, _)| unit.pcode.key());
        let known: HashSet<String> =
            here.chain(listed.iter().map(|unit| unit.pcode.key())).collect();
        let mut missing = Vec::new();
        for (unit, file, number) in &self.units {
            let Some(parent) = unit.parent.as_ref().filter(|_| unit.level > 1) else { continue };
            // The country needs no outline of its own.
            if !known.contains(&parent.key()) && *parent != unit.country {
                let field = format!("ADM{}_PCODE", unit.level - 1);
                let reason = "is the P-code of no unit here; import its level first, or together with this file";
                missing
                    .push(FeatureProblem::of(file, *number, &field, reason).with(parent.as_str()));
            }
        }
        self.wrong.extend(missing);
    }
}

/// Units whose middle does not lie in their parent: the levels were drawn by different hands.
fn outside_their_parents(units: &[Boundary]) -> Vec<String> {
    let by_key: HashMap<String, &Boundary> =
        units.iter().map(|unit| (unit.pcode.key(), unit)).collect();
    let outside = units.iter().filter_map(|unit| {
        let parent = by_key.get(&unit.parent.as_ref()?.key())?;
        let middle = unit.outline.interior_point()?;
        let note =
            format!("the middle of {} does not lie in its parent {}", unit.pcode, parent.pcode);
        (!parent.outline.contains(&middle)).then_some(note)
    });
    outside.take(MOST_NOTES).collect()
}
