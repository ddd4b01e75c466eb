//! How many people there are, and how many are in need: each estimate of each source is a row.

use super::convoys;
use super::place::Place;
use super::{
    Column, Holds, Param, RESOURCE, Resource, Row, Rows, Test, column, param, set, set_period,
};
use crate::domain::population::Metric;
use crate::domain::{DatePrecision, Figure, Population};
use crate::situation::{Known, Situation, World};

/// HAPI's words for women and girls, men and boys, everybody; Passage counts no others.
const GENDERS: &[&str] = &["f", "m", "x", "u", "o", "all"];
/// In need, affected, targeted, reached.
const STATUSES: &[&str] = &["AFF", "INN", "TGT", "REA", "all"];
/// Below and from the age at which the Convention on the Rights of the Child ends childhood.
const CHILDREN: (&str, u8, Option<u8>) = ("0-17", 0, Some(17));
const ADULTS: (&str, u8, Option<u8>) = ("18+", 18, None);

pub(super) const BASELINE_POPULATION: Resource = Resource {
    path: "/api/v2/geography-infrastructure/baseline-population",
    about: "How many people live in a place: each estimate of each source is a row.",
    columns: &[
        RESOURCE,
        column("gender", Holds::Word(GENDERS), "f, m or all."),
        column("age_range", Holds::Text, "0-17, 18+ or all."),
        column("min_age", Holds::Whole, "Years; null for all."),
        column("max_age", Holds::Whole, "Years; null for all, and where there is no upper end."),
        POPULATION,
    ],
    more: DOUBT,
    params: &[
        param("gender", Test::Word(GENDERS)),
        param("age_range", Test::Code),
        AT_LEAST,
        AT_MOST,
    ],
    is_placed: true,
    is_dated: true,
    rows: baseline_population,
};

pub(super) const HUMANITARIAN_NEEDS: Resource = Resource {
    path: "/api/v2/affected-people/humanitarian-needs",
    about: "How many people are cut off, in need, meant to be reached and reached: each claim is a row.",
    columns: &[
        RESOURCE,
        column("sector_code", Holds::Text, "Code of the sector."),
        column("sector_name", Holds::Text, "Name of the sector."),
        column("category", Holds::Text, "Whom the claim counts: besieged, hard_to_reach, convoy …"),
        column("population_status", Holds::Word(STATUSES), "AFF, INN, TGT or REA."),
        POPULATION,
    ],
    more: DOUBT,
    params: &[
        param("category", Test::Code),
        param("sector_code", Test::Code),
        param("sector_name", Test::Name),
        param("population_status", Test::Word(STATUSES)),
        AT_LEAST,
        AT_MOST,
    ],
    is_placed: true,
    is_dated: true,
    rows: humanitarian_needs,
};

const POPULATION: Column = column(
    "population",
    Holds::Whole,
    "People, the best estimate; null where there is only a range.",
);
const AT_LEAST: Param = Param { name: "population_min", column: "population", test: Test::AtLeast };
const AT_MOST: Param = Param { name: "population_max", column: "population", test: Test::AtMost };

const DOUBT: &[Column] = &[
    column("population_low", Holds::Whole, "At least so many people."),
    column("population_high", Holds::Whole, "At most so many people."),
    column("source_name", Holds::Text, "Name of the source."),
    column("reliability", Holds::Text, "How reliable the source is, A to F."),
    column("method", Holds::Text, "How the estimate was made."),
    column("record", Holds::Text, "Code of our record."),
];

/// A row with the estimate and its doubt in it.
pub(super) fn counted(place: &Place<'_>, record: &str, people: Figure) -> Row {
    let mut row = place.row();
    set(&mut row, "population", whole(people.best()));
    set(&mut row, "population_low", whole(people.low()));
    set(&mut row, "population_high", whole(people.high()));
    set(&mut row, "record", Some(record));
    row
}

/// Says who says so.
pub(super) fn set_source(row: &mut Row, world: &World, source: Option<&str>) {
    set(row, RESOURCE.name, source);
    if let Some(source) = source.and_then(|code| world.sources.get(code)) {
        set(row, "source_name", Some(source.record.name.as_str()));
        set(
            row,
            "reliability",
            source.record.reliability.map(crate::domain::source::Reliability::as_str),
        );
    }
}

/// Heads are whole, as HAPI writes them.
pub(super) fn whole(number: Option<f64>) -> Option<u64> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "zero to 1e11")]
    number.map(|number| number.round() as u64)
}

fn place_of<'w>(world: &'w World, claim: &Population) -> Option<Place<'w>> {
    match (&claim.area, &claim.area_group) {
        (Some(area), _) => Place::of_areas(world, std::slice::from_ref(area)),
        (None, Some(group)) => Place::of_group(world, group),
        (None, None) => None,
    }
}

/// The row of an estimate, without what it counts; `None` where it names no country.
fn estimate(situation: &Situation, claim: &Known<Population>) -> Option<Row> {
    let (world, record) = (&situation.world, &claim.record);
    let mut row = counted(&place_of(world, record)?, &claim.code, record.people);
    set_source(&mut row, world, record.source.as_ref().map(crate::domain::SourceCode::as_str));
    set(&mut row, "method", record.method.as_ref().map(crate::domain::Text::as_str));
    let end = record.date_precision.unwrap_or(DatePrecision::Day).latest(record.date);
    set_period(&mut row, Some(record.date.start()), Some(end));
    Some(row)
}

/// The rows of every estimate of these metrics that was made by the day of the situation.
fn estimates(
    situation: &Situation,
    counts: impl Fn(Metric) -> bool,
    rows_of: impl Fn(&Known<Population>, Row) -> Vec<Row>,
) -> Rows {
    let mut found = Rows::default();
    let claims = situation.world.populations.iter();
    let by_then = claims.filter(|claim| claim.record.date.start() <= situation.as_of);
    for claim in by_then.filter(|claim| counts(claim.record.metric)) {
        match estimate(situation, claim) {
            Some(row) => found.rows.extend(rows_of(claim, row)),
            None => found.left_out += 1,
        }
    }
    found
}

fn baseline_population(situation: &Situation) -> Rows {
    estimates(situation, |metric| metric == Metric::Residents, by_gender_and_age)
}

/// Everybody, and women, men, girls and boys where the source counts them.
fn by_gender_and_age(claim: &Known<Population>, mut all: Row) -> Vec<Row> {
    let record = &claim.record;
    let parts = [
        ("f", CHILDREN, record.girls),
        ("f", ADULTS, record.women),
        ("m", CHILDREN, record.boys),
        ("m", ADULTS, record.men),
    ];
    set(&mut all, "gender", Some("all"));
    set(&mut all, "age_range", Some("all"));
    let of_everybody = all.clone();
    let parts = parts.into_iter().filter_map(|(gender, (ages, from, to), people)| {
        let mut part = of_everybody.clone();
        for doubt in ["population", "population_low", "population_high"] {
            part.remove(doubt);
        }
        set(&mut part, "population", Some(people?));
        set(&mut part, "gender", Some(gender));
        set(&mut part, "age_range", Some(ages));
        set(&mut part, "min_age", Some(from));
        set(&mut part, "max_age", to);
        Some(part)
    });
    std::iter::once(all).chain(parts).collect()
}

/// What HAPI calls those whom a metric counts; `None` for everybody who lives there, which is no need.
const fn status_of(metric: Metric) -> Option<&'static str> {
    match metric {
        Metric::Residents => None,
        Metric::InNeed => Some("INN"),
        Metric::Assisted => Some("REA"),
        Metric::Besieged
        | Metric::HardToReach
        | Metric::BesiegedAndHardToReach
        | Metric::Watchlist
        | Metric::Trapped => Some("AFF"),
    }
}

fn humanitarian_needs(situation: &Situation) -> Rows {
    let named = |claim: &Known<Population>, mut row: Row| {
        let metric = claim.record.metric;
        set(&mut row, "category", Some(metric.as_str()));
        set(&mut row, "population_status", status_of(metric));
        convoys::set_sector(&mut row, "Intersectoral");
        vec![row]
    };
    let mut found = estimates(situation, |metric| status_of(metric).is_some(), named);
    let of_convoys = convoys::people(situation);
    found.rows.extend(of_convoys.rows);
    found.left_out += of_convoys.left_out;
    found
}
