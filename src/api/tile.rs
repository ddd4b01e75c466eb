//! Vector tiles: areas as the reader may know them, and boundaries.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::TimeDelta;
use geozero::error::GeozeroError;
use uuid::Uuid;

use super::answers::Answer;
use super::auth::{self, Reader};
use super::error::ApiError;
use super::figure::situation;
use super::params::Params;
use super::{State, body, computed, export, within};
use crate::assess::holding::Sector;
use crate::atlas::Atlas;
use crate::atlas::tile::{Address, DEEPEST_ZOOM, Layer, Tag, Tags, encoded};
use crate::domain::{Area, Kind};
use crate::situation::outlook::{OutlookQuestion, outlooks};
use crate::situation::standards::Standards;
use crate::situation::supply::SupplyQuestion;
use crate::situation::{Known, Situation, claims};

/// What a tile is called among media types.
pub(super) const MEDIA_TYPE: &str = "application/vnd.mapbox-vector-tile";

/// From this zoom on boundaries are drawn as published.
const EXACT_FROM: u8 = 10;

/// Of so many areas at most it is worked out how long they last: at low zooms a tile has too many.
const MOST_OUTLOOKS: usize = 100;

/// How long a tile of now is given again without being drawn anew.
const HOLDS: TimeDelta = TimeDelta::seconds(60);

/// `GET /api/v1/tiles/areas/{z}/{x}/{y}.mvt`.
pub(super) async fn areas(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let address = address(&mut params, &path);
    let situation = situation(&mut params, &state, &reader).await?;
    params.finish()?;
    let Some(address) = address else { return Err(ApiError::NoPath(request.path().to_owned())) };
    let imports = state.app.atlases.imports().await?;
    let named = format!("{:?} {} {imports}", reader.clearance, request.uri());
    let (sequence, now) = (situation.world.sequence, auth::now(&state));
    if let Some(answer) = state.answers.get(&named, sequence, now) {
        return Ok(body::given(&request, answer));
    }
    let drawn_by = within::drawn_by(&state, situation.known_at);
    let atlas = state.app.atlases.atlas(situation.as_of.date_naive(), drawn_by).await?;
    let standards = state.app.standards();
    let drawn = computed(move || draw(&situation, &atlas, &standards, address)).await?;
    let Drawn { bytes, exact } = drawn.map_err(|fault| ApiError::BrokeOff(Box::new(fault)))?;
    let answer = Answer::of(MEDIA_TYPE, bytes);
    if exact.is_empty() {
        state.answers.keep(named, sequence, &answer, Some(now + HOLDS));
    }
    export::note_of(&state, &reader, Kind::Area, "mvt", exact).await?;
    Ok(body::given(&request, answer))
}

/// Reads the three numbers of the path.
fn address(params: &mut Params, path: &(String, String, String)) -> Option<Address> {
    let mut number = |name: &str, text: &str, most: u32| {
        let read = text.parse::<u32>().ok().filter(|number| *number <= most);
        if read.is_none() {
            params.wrong(
                name,
                &format!("must be a whole number between 0 and {most}, got {text:.20}"),
            );
        }
        read
    };
    let z = number("z", &path.0, u32::from(DEEPEST_ZOOM))?;
    let most = (1_u32 << z) - 1;
    let (x, y) = (number("x", &path.1, most), number("y", &path.2, most));
    Address::new(u8::try_from(z).ok()?, x?, y?)
}

/// A tile, and the areas whose exact positions in it fewer may see.
struct Drawn {
    bytes: Vec<u8>,
    exact: Vec<Uuid>,
}

fn draw(
    situation: &Situation,
    atlas: &Atlas,
    standards: &Standards,
    address: Address,
) -> Result<Drawn, GeozeroError> {
    let mut boundaries = Layer::new("boundaries", address);
    for unit in atlas.touching(address.bounds()) {
        let own = unit.boundary();
        if own.level > deepest_level(address.zoom()) {
            continue;
        }
        let outline = if address.zoom() < EXACT_FROM { &own.display } else { &own.outline };
        let mut tags: Tags = vec![
            ("pcode", Tag::Text(own.pcode.to_string())),
            ("level", Tag::Whole(own.level.into())),
            ("name", Tag::Text(own.names.any().to_owned())),
        ];
        tags.extend(names(&own.names));
        boundaries.add_outline(outline, tags)?;
    }
    let (areas, exact) = area_layer(situation, standards, address)?;
    Ok(Drawn { bytes: encoded([boundaries, areas]), exact })
}

/// Units that would be smaller than a finger are left out.
const fn deepest_level(zoom: u8) -> u8 {
    match zoom {
        0..=3 => 0,
        4..=5 => 1,
        6..=8 => 2,
        9..=10 => 3,
        _ => 4,
    }
}

fn area_layer(
    situation: &Situation,
    standards: &Standards,
    address: Address,
) -> Result<(Layer, Vec<Uuid>), GeozeroError> {
    let world = &situation.world;
    let shown: Vec<&Arc<Known<Area>>> =
        world.areas.iter().filter(|area| touches(&area.record, address)).collect();
    let tags = AreaTags::of(situation, standards, &shown);
    let mut layer = Layer::new("areas", address);
    let mut exact = Vec::new();
    for area in shown {
        let record = &area.record;
        let mut is_drawn = false;
        if let Some(outline) = &record.outline {
            is_drawn |= layer.add_outline(outline.polygons(), tags.of_area(area))?;
        }
        let middle = || record.outline.as_ref().and_then(crate::domain::Outline::centre);
        if let Some(place) = record.position.or_else(middle) {
            is_drawn |= layer.add_point(place, tags.of_area(area))?;
        }
        if is_drawn && world.exact.contains(&area.code) {
            exact.push(area.id);
        }
    }
    Ok((layer, exact))
}

/// May anything of the area be in the tile?
fn touches(area: &Area, address: Address) -> bool {
    let [west, south, east, north] = address.bounds();
    let own = area.outline.as_ref().and_then(crate::domain::Outline::bounds);
    let has_outline =
        own.is_some_and(|[w, s, e, n]| w <= east && e >= west && s <= north && n >= south);
    let has_point = area.position.is_some_and(|place| {
        // The poles and the 180th meridian are looked at again where the point is put in.
        let lat = place.lat().clamp(-85.0, 85.0);
        let is_last = place.lon() >= 180.0;
        (is_last || (west..=east).contains(&place.lon())) && (south..=north).contains(&lat)
    });
    has_outline || has_point
}

/// What is told of areas beside where they are.
struct AreaTags<'s> {
    situation: &'s Situation,
    /// The claims that hold, by area.
    claims: HashMap<&'s str, Tags>,
    days_left: BTreeMap<String, f64>,
}

impl<'s> AreaTags<'s> {
    fn of(situation: &'s Situation, standards: &Standards, shown: &[&Arc<Known<Area>>]) -> Self {
        let mut claims: HashMap<&str, Tags> = HashMap::new();
        for ((scheme, area), claim) in claims::holding(situation) {
            let tags = claims.entry(area).or_default();
            tags.push((scheme.as_str(), Tag::Text(claim.record.status.as_str().to_owned())));
            tags.extend(claim.record.tier.map(|tier| ("tier", Tag::Whole(tier))));
        }
        let told = shown.iter().filter(|area| claims.contains_key(&*area.code));
        let areas: Vec<String> = told.map(|area| area.code.to_string()).collect();
        let days_left = days_left(situation, standards, areas);
        Self { situation, claims, days_left }
    }

    fn of_area(&self, area: &Known<Area>) -> Tags {
        let mut tags: Tags = vec![
            ("code", Tag::Text(area.code.to_string())),
            ("name", Tag::Text(area.record.names.any().to_owned())),
        ];
        tags.extend(names(&area.record.names));
        tags.extend(self.claims.get(&*area.code).cloned().unwrap_or_default());
        tags.extend(self.days_left.get(&*area.code).map(|days| ("days_left", Tag::Number(*days))));
        if self.situation.world.masked.contains(&area.code) {
            tags.push(("masked", Tag::Flag(true)));
        }
        tags
    }
}

/// The middle day on which food runs out, in days from now, of the areas for which it can be told.
fn days_left(
    situation: &Situation,
    standards: &Standards,
    areas: Vec<String>,
) -> BTreeMap<String, f64> {
    if areas.is_empty() || areas.len() > MOST_OUTLOOKS {
        return BTreeMap::new();
    }
    let supply =
        SupplyQuestion { sector: Sector::Food, policy: None, include_planned: false, standards };
    let question =
        OutlookQuestion { supply, horizon_days: None, areas, admin1: None, with_inputs: false };
    let found = outlooks(situation, &question).into_iter();
    found.filter_map(|outlook| Some((outlook.area, outlook.days_left.p50?))).collect()
}

fn names(names: &crate::domain::Names) -> impl Iterator<Item = (&'static str, Tag)> {
    [("name_en", "en"), ("name_ar", "ar"), ("name_fr", "fr")].into_iter().filter_map(
        |(tag, language)| Some((tag, Tag::Text(names.in_language(language)?.to_owned()))),
    )
}
