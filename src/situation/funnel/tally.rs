//! What a row of the funnel has counted so far, and how it is shown.

use std::collections::{BTreeSet, HashSet};

use serde::Serialize;

use super::lines::{Lines, LinesShown};
use crate::assess::delivery::{ConvoyFacts, DropFacts};
use crate::assess::funnel::heads::HeadsShown;
use crate::assess::funnel::{FunnelFlag, Heads, Passed, Progress};
use crate::domain::{Figure, Kind};
use crate::situation::table::Known;

/// How many records are named in a row; the others are only counted.
const NAMED: usize = 20;

/// Where to read a record.
pub(super) fn href(kind: Kind, code: &str) -> String {
    format!("/api/v1/{}/{code}", kind.plural())
}

/// The records behind a row: the first of them by name, all of them by number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Behind {
    /// How many there are.
    pub total: usize,
    /// The first of them, by code.
    pub named: Vec<Reference>,
}

/// A record and where to read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// Its code.
    pub code: String,
    /// Where to read it.
    pub href: String,
}

impl Behind {
    /// Of these codes, which are sorted.
    pub(in crate::situation) fn of(kind: Kind, codes: &[&str]) -> Self {
        let reference =
            |code: &&str| Reference { code: (*code).to_owned(), href: href(kind, code) };
        Self { total: codes.len(), named: codes.iter().take(NAMED).map(reference).collect() }
    }
}

/// The convoys of a row and the sources that speak of them. Convoys come one after the other, by code.
#[derive(Default)]
pub(super) struct Witnesses<'w> {
    convoys: Vec<&'w str>,
    sources: HashSet<&'w str>,
}

impl<'w> Witnesses<'w> {
    /// Notes a convoy; `false` where it is noted already.
    pub(super) fn note(&mut self, row: &'w Known<ConvoyFacts>) -> bool {
        if self.convoys.last().is_some_and(|last| std::ptr::eq(*last, &raw const *row.code)) {
            return false;
        }
        self.convoys.push(&row.code);
        self.sources.extend(row.record.sources.iter().map(|source| &**source));
        true
    }

    /// Notes those of another, whose convoys come after.
    pub(super) fn merge(&mut self, other: Self) {
        self.convoys.extend(other.convoys);
        self.sources.extend(other.sources);
    }

    pub(super) fn shown(self) -> (Behind, Behind) {
        let mut sources: Vec<&str> = self.sources.into_iter().collect();
        sources.sort_unstable();
        (Behind::of(Kind::Convoy, &self.convoys), Behind::of(Kind::Source, &sources))
    }
}

/// Convoys by how far they came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct ConvoyCounts {
    /// All.
    pub planned: usize,
    /// That somebody was asked for.
    pub requested: usize,
    /// That somebody let go.
    pub approved: usize,
    /// That were loaded or set out.
    pub loaded: usize,
    /// That were denied or sent back, also where they went later.
    pub refused: usize,
    /// That set out and are not there yet.
    pub on_the_road: usize,
    /// That set out and were attacked, looted, sent back or given up.
    pub stopped: usize,
    /// That arrived.
    pub arrived: usize,
}

impl ConvoyCounts {
    const fn add(&mut self, other: &Self) {
        self.planned += other.planned;
        self.requested += other.requested;
        self.approved += other.approved;
        self.loaded += other.loaded;
        self.refused += other.refused;
        self.on_the_road += other.on_the_road;
        self.stopped += other.stopped;
        self.arrived += other.arrived;
    }
}

/// Trucks or people by how far their convoys came.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Stages {
    requested: Heads,
    approved: Heads,
    loaded: Heads,
    on_the_road: Heads,
    arrived: Heads,
}

impl Stages {
    fn add(&mut self, figure: Figure, passed: Passed) {
        for (heads, is_there) in [
            (&mut self.requested, passed.requested),
            (&mut self.approved, passed.approved),
            (&mut self.loaded, passed.progress.set_out()),
            (&mut self.on_the_road, passed.progress == Progress::OnTheRoad),
            (&mut self.arrived, passed.progress == Progress::Arrived),
        ] {
            if is_there {
                heads.add(figure);
            }
        }
    }

    fn merge(&mut self, other: &Self) {
        self.requested.merge(&other.requested);
        self.approved.merge(&other.approved);
        self.loaded.merge(&other.loaded);
        self.on_the_road.merge(&other.on_the_road);
        self.arrived.merge(&other.arrived);
    }

    const fn shown(&self) -> StagesShown {
        StagesShown {
            requested: self.requested.shown(),
            approved: self.approved.shown(),
            loaded: self.loaded.shown(),
            on_the_road: self.on_the_road.shown(),
            arrived: self.arrived.shown(),
        }
    }
}

/// Trucks or people by how far their convoys came. A drop's trucks and people are taken to be the same at each stage,
/// since sources give one number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct StagesShown {
    /// Of convoys that somebody was asked for.
    pub requested: HeadsShown,
    /// Of convoys that somebody let go.
    pub approved: HeadsShown,
    /// Of convoys that set out.
    pub loaded: HeadsShown,
    /// Of convoys that are on the road.
    pub on_the_road: HeadsShown,
    /// Of convoys that arrived.
    pub arrived: HeadsShown,
}

/// What has been counted so far.
#[derive(Default)]
pub(super) struct Tally<'w> {
    witnesses: Witnesses<'w>,
    counts: ConvoyCounts,
    trucks: Stages,
    targeted: Stages,
    reached: Heads,
    drops: usize,
    drops_without_list: usize,
    /// What the lines hold.
    pub(super) lines: Lines<'w>,
}

impl<'w> Tally<'w> {
    /// Counts a convoy, once.
    pub(super) fn convoy(&mut self, row: &'w Known<ConvoyFacts>, passed: Passed) {
        if !self.witnesses.note(row) {
            return;
        }
        self.counts.add(&ConvoyCounts {
            planned: 1,
            requested: usize::from(passed.requested),
            approved: usize::from(passed.approved),
            loaded: usize::from(passed.progress.set_out()),
            refused: usize::from(passed.refused),
            on_the_road: usize::from(passed.progress == Progress::OnTheRoad),
            stopped: usize::from(passed.progress == Progress::Stopped),
            arrived: usize::from(passed.progress == Progress::Arrived),
        });
    }

    /// Counts the trucks and people of a drop.
    pub(super) fn add_drop(&mut self, drop: &DropFacts, passed: Passed) {
        self.drops += 1;
        self.drops_without_list += usize::from(drop.lines.is_empty());
        self.trucks.add(drop.trucks, passed);
        self.targeted.add(drop.people_targeted, passed);
        if passed.progress == Progress::Arrived {
            self.reached.add(drop.people_reached);
        }
    }

    /// Notes a convoy whose goods are counted, also where it is counted through another.
    pub(super) fn witness(&mut self, row: &'w Known<ConvoyFacts>) {
        self.witnesses.note(row);
    }

    /// Counts what another has counted, of convoys that come after.
    pub(super) fn merge(&mut self, other: Self) {
        self.witnesses.merge(other.witnesses);
        self.counts.add(&other.counts);
        self.trucks.merge(&other.trucks);
        self.targeted.merge(&other.targeted);
        self.reached.merge(&other.reached);
        self.drops += other.drops;
        self.drops_without_list += other.drops_without_list;
        self.lines.merge(&other.lines);
    }

    pub(super) fn shown(self) -> Funnel {
        let (convoys, sources) = self.witnesses.shown();
        let lines = self.lines.shown();
        Funnel {
            convoys_by_stage: Some(self.counts),
            trucks: Some(self.trucks.shown()),
            people_targeted: Some(self.targeted.shown()),
            people_reached: Some(self.reached.shown()),
            drops: Some(self.drops),
            drops_without_list: Some(self.drops_without_list),
            goods: lines,
            convoys,
            sources,
        }
    }
}

/// The flow of goods, trucks and people, and the records behind it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Funnel {
    /// Convoys.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub convoys_by_stage: Option<ConvoyCounts>,
    /// Trucks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trucks: Option<StagesShown>,
    /// People that drops are meant for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people_targeted: Option<StagesShown>,
    /// People reached by convoys that arrived: all rounds added up, so more than there are different people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people_reached: Option<HeadsShown>,
    /// Drops.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drops: Option<usize>,
    /// Drops without a list of goods.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drops_without_list: Option<usize>,
    /// Goods.
    #[serde(flatten)]
    pub goods: LinesShown,
    /// The convoys.
    pub convoys: Behind,
    /// The sources that speak of them.
    pub sources: Behind,
}

impl Funnel {
    /// Without trucks and people, which are not told by commodity.
    pub(super) fn of_goods_alone(self) -> Self {
        Self {
            convoys_by_stage: None,
            trucks: None,
            people_targeted: None,
            people_reached: None,
            drops: None,
            drops_without_list: None,
            ..self
        }
    }

    /// The flags of the whole answer.
    pub(super) fn flag_words(&self) -> BTreeSet<&'static str> {
        let without_list = self.drops_without_list.is_some_and(|drops| drops > 0);
        let words = self.goods.flags.iter().map(FunnelFlag::as_str);
        words.chain(without_list.then_some("drops_without_list")).collect()
    }
}
