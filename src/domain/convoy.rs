//! People and goods that set out for one or more areas.

use serde_json::{Map, Value};

use super::choice::choice;
use super::door::part;
use super::record::record;
use super::sector::Sector;
use super::{
    Account, AreaCode, ConvoyCode, DatePrecision, FacilityCode, Figure, Moment, OrganisationCode,
    PartyCode, Pointer, Problems, Record, SourceCode, Stage, Text,
};

choice! {
    /// How it travels.
    Mode {
        /// By road across a front line.
        CrossLine = "cross_line",
        /// By road across a border.
        CrossBorder = "cross_border",
        /// Dropped from the air.
        Airdrop = "airdrop",
        /// Flown in.
        Airlift = "airlift",
        /// Handed out on the spot.
        LocalDistribution = "local_distribution",
    }
}

choice! {
    /// What it is for.
    ConvoyType {
        /// It carries goods.
        Aid = "aid",
        /// It carries no goods: an assessment, an evacuation.
        Mission = "mission",
    }
}

part! {
    /// Goods taken off a line: where, by whom, why.
    Removal "removal" {
        quantity: Option<f64>, "#output+num+removed", "How much, in the unit of the line.";
        place: Option<Text>, "#loc+description", "Where.";
        authority: Option<PartyCode>, "#group+code", "By which party.";
        reason: Option<Text>, "#cause+type", "Why, as given.";
    }
}

part! {
    /// One commodity in one drop: a flow in which nothing may vanish.
    ///
    /// `loaded = removed + intercepted + lost + damaged + returned + delivered + in_transit`.
    Line "line" {
        commodity: Text, "#item+code", "Code of the commodity (data/commodities.csv); an unknown one is kept and flagged.";
        description: Option<Text>, "#item+name", "What it is, in the source's words.";
        unit: Option<Text>, "#item+unit", "Unit of the quantities; left out, that of the commodity.";
        kg_per_unit: Option<f64>, "#item+weight+kg", "Weight of one unit, kg.";
        kcal_per_100g: Option<f64>, "#item+energy+kcal", "Energy, where it differs from the commodity's.";
        persons: Option<f64>, "#item+persons", "For how many people one parcel or kit is meant.";
        days: Option<f64>, "#item+days", "For how many days one parcel or kit is meant.";
        kcal_per_person_day: Option<f64>, "#item+ration+kcal", "Energy of the ration in a parcel.";
        requested: Option<f64>, "#output+num+requested", "Asked for.";
        approved: Option<f64>, "#output+num+approved", "Approved.";
        loaded: Option<f64>, "#output+num+loaded", "Loaded.";
        removed: Option<f64>, "#output+num+removed", "Taken off by an authority.";
        intercepted: Option<f64>, "#output+num+intercepted", "Taken on the way by people or armed actors.";
        lost: Option<f64>, "#output+num+lost", "Lost.";
        damaged: Option<f64>, "#output+num+damaged", "Damaged.";
        returned: Option<f64>, "#output+num+returned", "Brought back.";
        delivered: Option<f64>, "#output+num+delivered", "Delivered.";
        in_transit: Option<f64>, "#output+num+transit", "Still on the road.";
        removals: Vec<Removal>, "#output+removals", "What was taken off, where, by whom, why.";
    }
}

part! {
    /// What a convoy brings to one area, or to several where the source gives one figure for all.
    Drop "drop" {
        areas: Vec<AreaCode>, "#loc+dest+code", "The areas; several where the source gives one figure for all.";
        place: Option<Text>, "#loc+dest+name", "The destination in the source's words.";
        trucks: Figure, "#output+num+trucks", "Trucks.";
        people_targeted: Figure, "#targeted", "People it is for.";
        people_reached: Figure, "#reached", "People it reached.";
        ration_days: Option<f64>, "#item+days", "For how many days the food is meant.";
        ration_kcal: Option<f64>, "#item+ration+kcal", "Energy of the ration per person and day.";
        carries_food: Option<bool>, "#item+food", "Does it carry food; left out where not known.";
        cargo: Option<Text>, "#item+description", "What it carries, in the source's words.";
        sectors: Vec<Sector>, "#sector+code", "The sectors that whoever brings it counts it for, by the codes of HDX HAPI.";
        arrived_at: Option<Moment>, "#date+arrived", "When the goods came off the trucks there, where it differs from the convoy.";
        lines: Vec<Line>, "#item+lines", "The goods, line by line.";
    }
}

choice! {
    /// What an event is, where it is not a move to another stage.
    EventType {
        /// The convoy moves to another stage.
        Move = "move",
        /// It waits.
        Delay = "delay",
        /// It takes another route.
        Reroute = "reroute",
        /// Anything else.
        Note = "note",
    }
}

part! {
    /// Something that happened to a convoy: a move to a stage, a delay, another route.
    Event "event" {
        event_type: Option<EventType>, "#event+type", "What it is; left out, a move.";
        stage: Option<Stage>, "#status+code", "The stage it moves to.";
        at: Moment, "#date+event", "When.";
        date_precision: Option<DatePrecision>, "#meta+date+event+precision", "How exactly that is known.";
        place: Option<Text>, "#loc+description", "Where.";
        by: Option<Text>, "#contact+name", "Who reports it, or who stopped it.";
        hours: Option<f64>, "#meta+date+duration+hours", "How long a delay lasted, hours.";
        source: Option<SourceCode>, "#meta+source+code", "The source.";
        note: Option<Text>, "#meta+note", "More about it.";
    }
}

part! {
    /// A vehicle of a convoy.
    Vehicle "vehicle" {
        plate: Option<Text>, "#item+vehicle+plate", "Its number plate.";
        vehicle_type: Option<Text>, "#item+vehicle+type", "What it is: truck, lorry with trailer, ambulance.";
        driver: Option<Text>, "#contact+driver+name", "Who drives it.";
        phone: Option<Text>, "#contact+driver+phone", "How the driver is reached.";
        payload_kg: Option<f64>, "#item+vehicle+payload+kg", "What it can carry, kg.";
    }
}

record! {
    /// People and goods that set out for one or more areas.
    Convoy "convoy" {
        title: Option<Text>, "#activity+name", "A short name.";
        mode: Mode, "#modality", "How it travels.";
        convoy_type: Option<ConvoyType>, "#activity+type", "What it is for; left out, aid.";
        organisations: Vec<OrganisationCode>, "#org+impl+code", "Who takes part.";
        part_of: Vec<ConvoyCode>, "#activity+parent", "The operations it is a part of; parts and whole are never added together.";
        date: Option<Moment>, "#date+start", "The day the sources give for it.";
        date_end: Option<Moment>, "#date+end", "The last day, where it took several.";
        date_precision: Option<DatePrecision>, "#meta+date+precision", "How exactly these days are known.";
        planned_departure: Option<Moment>, "#date+departure+planned", "When it is meant to set out.";
        eta: Option<Moment>, "#date+arrival+planned", "When it is meant to arrive.";
        route: Option<Text>, "#loc+route", "Its route.";
        checkpoints: Vec<FacilityCode>, "#loc+checkpoint", "The checkpoints it passes.";
        vehicles: Vec<Vehicle>, "#item+vehicles", "Its vehicles and who drives them.";
        drops: Vec<Drop>, "#activity+drops", "What it brings, area by area.";
        events: Vec<Event>, "#event+list", "What happened to it, in order.";
        accounts: Vec<Account>, "#meta+accounts", "What each source says of it.";
    }

    const COLUMNS: &'static [&'static str] = &["stage", "mode", "convoy_type"];
    const SUMMARY: &'static [&'static str] = &["stage", "mode", "date", "areas", "trucks", "people_targeted", "people_reached"];
    const DATES: &'static [&'static str] = &["date", "events", "planned_departure", "eta"];

    fn check(&self, problems: &mut Problems) {
        self.check_dates(problems);
        self.check_moves(problems);
        self.check_lines(problems);
    }

    fn happened(&self) -> Option<Moment> {
        let first = self.events.iter().map(|event| event.at).min();
        self.date.into_iter().chain(first).min().or(self.planned_departure).or(self.eta)
    }

    fn derived(&self) -> Map<String, Value> {
        let sum = |part: fn(&Drop) -> Figure| {
            let figures: Vec<Figure> = self.drops.iter().map(part).collect();
            let sum = together(&figures);
            if sum.is_unknown() { Value::Null } else { serde_json::json!(sum) }
        };
        let mut seen = std::collections::HashSet::new();
        let areas = self.areas().filter(|area| seen.insert(area.as_str()));
        let areas = areas.map(|area| Value::from(area.as_str())).collect();
        [
            ("stage", self.stage().as_str().into()),
            ("convoy_type", self.convoy_type.unwrap_or(ConvoyType::Aid).as_str().into()),
            ("areas", areas),
            ("trucks", sum(|drop| drop.trucks)),
            ("people_targeted", sum(|drop| drop.people_targeted)),
            ("people_reached", sum(|drop| drop.people_reached)),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
    }
}

/// What several drops come to, end by end: an end that one of them does not have is unknown, and a best that nobody gave
/// is not made of a range.
fn together(figures: &[Figure]) -> Figure {
    if let [only] = figures {
        return *only;
    }
    let is_range = |figure: &Figure| figure.low().is_some() || figure.high().is_some();
    let add = |end: fn(Figure) -> Option<f64>| {
        let ends: Option<Vec<f64>> = figures.iter().map(|figure| end(*figure)).collect();
        ends.filter(|ends| !ends.is_empty()).map(|ends| ends.iter().sum())
    };
    let has_range = figures.iter().any(is_range);
    let end = |of| if has_range { add(of) } else { None };
    Figure::computed(end(Figure::floor), add(Figure::best), end(Figure::ceiling))
}

impl Convoy {
    /// The stage of its last move; before any move it is planned.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.moves().last().map_or(Stage::Planned, |(stage, _)| stage)
    }

    /// The stage it had reached by then.
    #[must_use]
    pub fn stage_at(&self, as_of: chrono::DateTime<chrono::Utc>) -> Stage {
        let moves = self.moves().take_while(|(_, at)| at.start() <= as_of);
        moves.last().map_or(Stage::Planned, |(stage, _)| stage)
    }

    /// Its moves from stage to stage, in order.
    pub fn moves(&self) -> impl Iterator<Item = (Stage, Moment)> {
        self.events.iter().filter_map(|event| event.stage.map(|stage| (stage, event.at)))
    }

    /// The areas it goes to, each once for every drop.
    pub fn areas(&self) -> impl Iterator<Item = &AreaCode> {
        self.drops.iter().flat_map(|drop| &drop.areas)
    }

    fn check_dates(&self, problems: &mut Problems) {
        if self.happened().is_none() {
            problems.add_field("date", "give date, planned_departure, eta or an event: when is it");
        }
        if let (Some(from), Some(to)) = (self.date, self.date_end)
            && to.end() < from.start()
        {
            problems.add_field("date_end", format!("must not lie before date, {from}"));
        }
    }

    /// The first event may be any stage: a source may know only how it ended. From then on the moves must be possible.
    fn check_moves(&self, problems: &mut Problems) {
        let mut stage: Option<Stage> = None;
        let mut last: Option<Moment> = None;
        for (index, event) in self.events.iter().enumerate() {
            let at = Pointer::Field(&Pointer::Root, "events");
            let at = Pointer::Item(&at, index);
            if event.stage.is_none() && event.event_type.is_none_or(|t| t == EventType::Move) {
                problems.add(
                    &at,
                    "a move needs a stage; a delay, reroute or note says so in event_type",
                );
            }
            if event.stage.is_some() && event.event_type.is_some_and(|t| t != EventType::Move) {
                problems.add(
                    &Pointer::Field(&at, "stage"),
                    "only a move leads to a stage; leave it out, or post the move by itself",
                );
            }
            if last.is_some_and(|last| event.at.end() < last.start()) {
                problems.add(
                    &Pointer::Field(&at, "at"),
                    "events must be in the order in which they happened",
                );
            }
            last = Some(event.at);
            if let Some(next) = event.stage {
                if let Some(before) = stage.filter(|before| !before.next().contains(&next)) {
                    problems.add(&Pointer::Field(&at, "stage"), impossible_move(before, next));
                }
                stage = Some(next);
            }
        }
    }

    fn check_lines(&self, problems: &mut Problems) {
        for (d, drop) in self.drops.iter().enumerate() {
            for (l, line) in drop.lines.iter().enumerate() {
                let drops = Pointer::Field(&Pointer::Root, "drops");
                let drop = Pointer::Item(&drops, d);
                let lines = Pointer::Field(&drop, "lines");
                if let Err(detail) = line.conserved(self.is_a_sources_claim()) {
                    problems.add(&Pointer::Item(&lines, l), detail);
                }
            }
        }
    }

    /// What a source says is kept as it says it, also when it does not add up; what we enter ourselves must.
    fn is_a_sources_claim(&self) -> bool {
        self.source.is_some()
    }
}

/// Why a convoy cannot move so, and what it can do instead.
#[must_use]
pub fn impossible_move(from: Stage, to: Stage) -> String {
    let possible: Vec<&str> = from.next().iter().map(|stage| stage.as_str()).collect();
    let possible =
        if possible.is_empty() { "nothing: it is over".to_owned() } else { possible.join(", ") };
    format!("a convoy cannot go from {from} to {to}; after {from} may come {possible}")
}

impl Line {
    /// What was taken off: as stated, else what the single removals add up to; unknown where one of them is.
    #[must_use]
    pub fn taken_off(&self) -> Option<f64> {
        let several = || {
            let quantities = self.removals.iter().map(|removal| removal.quantity);
            let sum = quantities.sum::<Option<f64>>();
            sum.filter(|_| !self.removals.is_empty())
        };
        self.removed.or_else(several)
    }

    /// The buckets that `loaded` goes into.
    fn outflows(&self) -> [Option<f64>; 7] {
        [
            self.taken_off(),
            self.intercepted,
            self.lost,
            self.damaged,
            self.returned,
            self.delivered,
            self.in_transit,
        ]
    }

    /// By how much more left the line than was loaded on it; `None` where it adds up or `loaded` is unknown.
    #[must_use]
    pub fn excess(&self) -> Option<f64> {
        const ROUNDING: f64 = 1e-6;
        let out: f64 = self.outflows().into_iter().flatten().sum();
        self.loaded.map(|loaded| out - loaded).filter(|excess| *excess > ROUNDING)
    }

    fn conserved(&self, claimed: bool) -> Result<(), String> {
        match self.excess() {
            Some(excess) if !claimed => Err(format!(
                "more left the line than was loaded, by {excess}; correct it, or name the source that says so"
            )),
            _ => Ok(()),
        }
    }
}
