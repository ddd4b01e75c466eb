//! `within=`: a P-code, or the code of an area, that lists are asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use actix_web::HttpRequest;
use chrono::{DateTime, NaiveDate, Utc};

use super::State;
use super::auth::{self, Reader};
use super::error::ApiError;
use super::params::Params;
use crate::atlas::near::{Suggestion, meant, suggestions};
use crate::atlas::{Atlas, Unit};
use crate::domain::boundary::key;
use crate::domain::{Area, Kind, Outline, country};
use crate::situation::{Known, World};
use crate::store::{Cut, Inside, StoreResult, Within};

/// What `within=` can name: units, and areas as the reader knows them.
pub(super) struct Places {
    atlas: Arc<Atlas>,
    world: Arc<World>,
}

/// The boundaries in force on the day of a cut.
pub(super) async fn atlas(state: &State, cut: Cut) -> StoreResult<Arc<Atlas>> {
    state.app.atlases.atlas(day(cut), drawn_by(state, cut.known_at)).await
}

/// Up to when boundaries are known. Whoever asks for no past has all that there are, also where the clock stands still
/// in a past in which nobody had imported them: they are reference data, and hold whenever.
pub(super) fn drawn_by(state: &State, known_at: DateTime<Utc>) -> DateTime<Utc> {
    if known_at >= auth::known_by(state) { DateTime::<Utc>::MAX_UTC } else { known_at }
}

fn day(cut: Cut) -> NaiveDate {
    cut.as_of.unwrap_or(cut.known_at).date_naive()
}

/// Does the question ask for this parameter?
pub(super) fn asks_for(request: &HttpRequest, name: &str) -> bool {
    let mut parts = request.query_string().split('&');
    parts.any(|part| part.strip_prefix(name).is_some_and(|rest| rest.starts_with('=')))
}

impl Places {
    /// What can be named by this request; `None` where it names nothing.
    pub(super) async fn of(
        request: &HttpRequest,
        state: &State,
        reader: &Reader,
    ) -> Result<Option<Self>, ApiError> {
        if !asks_for(request, "within") {
            return Ok(None);
        }
        // What else is wrong is said by who reads all parameters.
        let mut params = Params::of(request)?;
        let (as_of, known_at) =
            (params.moment("as_of", true), super::list::known_at(&mut params, state));
        let cut = Cut { as_of, known_at: known_at.unwrap_or_else(|| auth::known_by(state)) };
        let on = as_of.unwrap_or(cut.known_at);
        let situation = state.app.situations.situation(on, known_at, &reader.clearance).await?;
        Ok(Some(Self { atlas: atlas(state, cut).await?, world: situation.world }))
    }

    /// Reads `within=`.
    pub(super) fn read(&self, params: &mut Params) -> Option<Within> {
        let text = params.text("within")?;
        let text = text.trim();
        let found = self
            .unit(text)
            .or_else(|| self.country(text))
            .or_else(|| self.area(text))
            .or_else(|| self.recorded(text));
        if found.is_none() {
            params.wrong("within", &unknown(text, self.suggestions()));
        }
        found
    }

    fn unit(&self, text: &str) -> Option<Within> {
        let unit = self.atlas.unit(text)?;
        let below = self.atlas.below(unit);
        let pcodes = below.iter().flat_map(|unit| spellings(unit.boundary().pcode.as_str()));
        let above = self.atlas.above(unit);
        let inside = Arc::clone(unit);
        Some(Within {
            areas: Vec::new(),
            pcodes: pcodes.collect(),
            prefixes: prefixes(unit.boundary().pcode.as_str()),
            level: Some(unit.boundary().level),
            above: above.iter().flat_map(|pcode| spellings(pcode.as_str())).collect(),
            inside: Some(Inside::of(move |place| inside.contains(place))),
        })
    }

    /// A country that has units and no outline of its own: what lies in one of them lies in it.
    fn country(&self, text: &str) -> Option<Within> {
        let own = key(text);
        let lies_in = |unit: &&Arc<Unit>| unit.boundary().country.key() == own;
        let units: Vec<Arc<Unit>> = self.atlas.units().iter().filter(lies_in).cloned().collect();
        let top = units.iter().map(|unit| unit.boundary().level).min()?;
        let pcodes = units.iter().flat_map(|unit| spellings(unit.boundary().pcode.as_str()));
        let pcodes = pcodes.chain(spellings(text)).collect();
        let units: Vec<_> =
            units.iter().filter(|unit| unit.boundary().level == top).cloned().collect();
        let inside = Inside::of(move |place| units.iter().any(|unit| unit.contains(place)));
        Some(Within {
            pcodes,
            prefixes: prefixes(text),
            level: Some(0),
            inside: Some(inside),
            ..Within::default()
        })
    }

    /// An area, with all that is recorded as a part of it, and what lies inside its outline.
    fn area(&self, code: &str) -> Option<Within> {
        let code = self.world.stands_for(Kind::Area, code);
        let area = self.world.areas.get(code)?;
        let mut codes = BTreeSet::from([code.to_owned()]);
        let mut new = vec![code.to_owned()];
        while let Some(whole) = new.pop() {
            for part in self.world.areas.iter().filter(|part| is_part(part, &whole)) {
                if codes.insert(part.code.to_string()) {
                    new.push(part.code.to_string());
                }
            }
        }
        let outline = area.record.outline.clone();
        let inside =
            outline.map(|outline| Inside::of(move |place| outline_contains(&outline, place)));
        Some(Within { areas: codes.into_iter().collect(), inside, ..Within::default() })
    }

    /// A P-code that areas carry, though no outline of it is known.
    fn recorded(&self, text: &str) -> Option<Within> {
        let own = key(text);
        let is_known = self.recorded_units().any(|(pcode, _)| key(pcode) == own);
        is_known.then(|| Within {
            pcodes: spellings(text).collect(),
            prefixes: prefixes(text),
            ..Within::default()
        })
    }

    /// The P-codes that areas carry, with the names that they give them.
    fn recorded_units(&self) -> impl Iterator<Item = (&str, &str)> {
        self.world.areas.iter().flat_map(|area| {
            let area: &Area = &area.record;
            [
                (&area.admin1_pcode, area.admin1_name.as_ref()),
                (&area.admin2_pcode, area.admin2_name.as_ref()),
                (&area.admin3_pcode, None),
                (&area.pcode, None),
            ]
            .into_iter()
            .filter_map(|(pcode, name)| {
                Some((pcode.as_ref()?.as_str(), name.map_or("", |name| name.as_str())))
            })
        })
    }

    fn suggestions(&self) -> impl Iterator<Item = Suggestion> {
        let recorded: BTreeMap<&str, &str> = self.recorded_units().collect();
        let recorded = recorded.into_iter().map(|(code, name)| (code.to_owned(), name.to_owned()));
        let areas = self.world.areas.iter();
        let areas = areas.map(|area| (area.code.to_string(), area.record.names.any().to_owned()));
        suggestions(&self.atlas).chain(recorded).chain(areas)
    }
}

/// What is said of a code that nothing here has.
pub(super) fn unknown(text: &str, known: impl Iterator<Item = Suggestion>) -> String {
    let mut near: Vec<(String, String)> = meant(text, known);
    near.dedup_by(|a, b| key(&a.0) == key(&b.0));
    let near: Vec<String> =
        near.into_iter().map(|(code, name)| format!("{code} {name}").trim().to_owned()).collect();
    let near = if near.is_empty() {
        "give a P-code of an imported boundary or of an area, or the code of an area".to_owned()
    } else {
        format!("near: {}", near.join(", "))
    };
    format!("there is no unit and no area {text:.40}; {near}")
}

fn is_part(area: &Known<Area>, whole: &str) -> bool {
    area.record.part_of.as_ref().is_some_and(|code| code.as_str() == whole)
}

fn outline_contains(outline: &Outline, place: crate::domain::Place) -> bool {
    use geo::Intersects;
    outline.polygons().intersects(&place.point())
}

/// How a P-code may be written: with two and with three letters for its country.
fn spellings(pcode: &str) -> impl Iterator<Item = String> {
    let own = key(pcode);
    let letters = own.chars().take_while(char::is_ascii_alphabetic).count();
    let longer = country::of_pcode(&own)
        .filter(|_| letters == 2)
        .and_then(|iso3| Some(format!("{iso3}{}", own.get(2..)?)));
    std::iter::once(own).chain(longer)
}

/// What longer P-codes of the unit begin with; a code without letters says nothing about longer ones.
fn prefixes(pcode: &str) -> Vec<String> {
    let has_letters = key(pcode).starts_with(|first: char| first.is_ascii_alphabetic());
    if has_letters { spellings(pcode).collect() } else { Vec::new() }
}
