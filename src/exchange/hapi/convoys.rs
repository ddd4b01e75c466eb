//! What convoys say to HAPI: whom they were for and whom they reached, and which organisation brought what where.

use std::collections::{BTreeMap, BTreeSet};

use super::metadata::{self, sector_name};
use super::people::{counted, set_source};
use super::place::Place;
use super::{Holds, RESOURCE, Resource, Row, Rows, Test, Time, column, param, set, set_period};
use crate::assess::delivery::{ConvoyFacts, DropFacts};
use crate::domain::{AreaCode, Figure, Moment};
use crate::situation::{Known, Situation, World};

pub(super) const OPERATIONAL_PRESENCE: Resource = Resource {
    path: "/api/v2/coordination-context/operational-presence",
    about: "Which organisations brought aid of which sector to which place, from the first arrival to the last.",
    columns: &[
        RESOURCE,
        column("org_acronym", Holds::Text, "Acronym of the organisation."),
        column("org_name", Holds::Text, "Name of the organisation."),
        column("org_type_code", Holds::Text, "Code of its type."),
        column("org_type_description", Holds::Text, "What that type is."),
        column("sector_code", Holds::Text, "Code of the sector."),
        column("sector_name", Holds::Text, "Name of the sector."),
    ],
    more: &[column("arrivals", Holds::Whole, "How many convoys arrived.")],
    params: &[
        param("sector_code", Test::Code),
        param("sector_name", Test::Name),
        param("org_acronym", Test::Code),
        param("org_name", Test::Name),
    ],
    is_placed: true,
    is_dated: true,
    rows: operational_presence,
};

/// Sets the sector of a row, with its name.
pub(super) fn set_sector(row: &mut Row, code: &'static str) {
    set(row, "sector_code", Some(code));
    set(row, "sector_name", sector_name(code));
}

/// The sector that goods count for, by the word of the table of commodities.
const SECTORS: [(&str, &str); 11] = [
    ("food", "FSC"),
    ("health", "HEA"),
    ("nutrition", "NUT"),
    ("nfi", "SHL"),
    ("shelter", "SHL"),
    ("wash", "WSH"),
    ("water", "WSH"),
    ("fuel", "LOG"),
    ("logistics", "LOG"),
    ("education", "EDU"),
    ("protection", "PRO"),
];

/// The sectors that a drop is counted for: those that were said, else those of its goods; none where that is not known.
fn sectors(drop: &DropFacts) -> BTreeSet<&'static str> {
    if !drop.sectors.is_empty() {
        return drop.sectors.iter().map(|sector| sector.as_str()).collect();
    }
    let listed = drop.lines.iter().filter_map(|line| line.goods.listed);
    let code = |word: &str| SECTORS.iter().find(|(of, _)| *of == word).map(|(_, code)| *code);
    let food = drop.cargo.food_person_days.map(|_| "FSC");
    listed.filter_map(|goods| code(&goods.sector)).chain(food).collect()
}

/// The sector of people who are counted once for all that a drop carries.
fn one_sector(drop: &DropFacts) -> &'static str {
    let sectors = sectors(drop);
    match (sectors.first(), sectors.len()) {
        (None, _) => "Hum",
        (Some(only), 1) => only,
        _ => "Multi",
    }
}

/// The convoys that carry goods and happened by then; of a whole and its parts only the parts, which say where.
fn convoys(situation: &Situation) -> impl Iterator<Item = &Known<ConvoyFacts>> {
    let world = &situation.world;
    let parts = world.parts.iter().filter_map(|part| world.convoys.get(&part.code));
    let wholes: BTreeSet<&str> = parts
        .flat_map(|part| part.record.part_of.iter())
        .map(crate::domain::code::ConvoyCode::as_str)
        .collect();
    let as_of = situation.as_of;
    let all = world.convoys.iter().map(|row| &**row);
    all.filter(move |row| {
        let happened = row.record.happened().is_some_and(|at| at.start() <= as_of);
        row.record.carries_goods && happened && !wholes.contains(&*row.code)
    })
}

/// When a drop came off the trucks, if it had by then.
fn arrival(situation: &Situation, convoy: &ConvoyFacts, drop: &DropFacts) -> Option<Moment> {
    let arrived = convoy.arrived_by(situation.as_of)?;
    Some(drop.arrived_at.unwrap_or(arrived)).filter(|at| at.start() <= situation.as_of)
}

/// The people whom convoys were for and whom they reached: a row for each figure of each drop.
pub(super) fn people(situation: &Situation) -> Rows {
    let mut found = Rows::default();
    for row in convoys(situation) {
        let convoy = &row.record;
        for drop in &convoy.drops {
            let arrived = arrival(situation, convoy, drop);
            let reached = arrived.map_or(Figure::UNKNOWN, |_| drop.people_reached);
            for (status, people, at) in
                [("TGT", drop.people_targeted, convoy.happened()), ("REA", reached, arrived)]
            {
                let (false, Some(at)) = (people.is_unknown(), at) else { continue };
                let Some(place) = Place::of_areas(&situation.world, &drop.areas) else {
                    found.left_out += 1;
                    continue;
                };
                let mut one = counted(&place, &row.code, people);
                set_source(&mut one, &situation.world, only_source(convoy));
                set(&mut one, "category", Some("convoy"));
                set(&mut one, "population_status", Some(status));
                set_sector(&mut one, one_sector(drop));
                set_period(&mut one, Some(at.start()), Some(convoy.date_precision.latest(at)));
                found.rows.push(one);
            }
        }
    }
    found
}

fn only_source(convoy: &ConvoyFacts) -> Option<&str> {
    match &*convoy.sources {
        [only] => Some(only),
        _ => None,
    }
}

/// What one organisation brought of one sector to the areas of a drop.
type Presence<'w> = (&'w str, &'static str, &'w [AreaCode]);

/// The first arrival, the end of the last one, and how many there were.
type Span = (Time, Time, usize);

fn operational_presence(situation: &Situation) -> Rows {
    let world = &situation.world;
    let mut spans: BTreeMap<Presence<'_>, Span> = BTreeMap::new();
    for convoy in convoys(situation).map(|row| &row.record) {
        for drop in &convoy.drops {
            let Some(at) = arrival(situation, convoy, drop) else { continue };
            let (start, end) = (at.start(), convoy.date_precision.latest(at));
            let mut brought = sectors(drop);
            if brought.is_empty() {
                brought.insert("Hum");
            }
            for organisation in &convoy.organisations {
                for sector in &brought {
                    let key = (organisation.as_str(), *sector, &*drop.areas);
                    let span = spans.entry(key).or_insert((start, end, 0));
                    *span = (span.0.min(start), span.1.max(end), span.2 + 1);
                }
            }
        }
    }
    let mut found = Rows::default();
    for (presence, span) in spans {
        match present(world, presence, span) {
            Some(row) => found.rows.push(row),
            None => found.left_out += 1,
        }
    }
    found
}

fn present(world: &World, presence: Presence<'_>, span: Span) -> Option<Row> {
    let (organisation, sector, areas) = presence;
    let mut row = Place::of_areas(world, areas)?.row();
    match world.organisations.get(organisation) {
        Some(known) => metadata::set_org(&mut row, &known.record),
        // Only its code is known, or may be.
        None => set(&mut row, "org_name", Some(organisation)),
    }
    set_sector(&mut row, sector);
    let (start, end, arrivals) = span;
    set_period(&mut row, Some(start), Some(end));
    set(&mut row, "arrivals", Some(arrivals));
    Some(row)
}
