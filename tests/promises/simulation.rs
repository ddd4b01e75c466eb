//! G9: alerts, schedules and the outbox in a simulated world, by the same decisions as in the program.
//!
//! Clock, store and network are drawn from a seed: the clock jumps, commits fail, the process dies before or after them
//! or in the midst of sending, receivers are away, lose their answers, refuse, are withdrawn, move, may know less. Then
//! the world calms down, and laws must hold. The same seed replays exactly.
#![cfg(test)]

mod jobs;
mod laws;
mod rules;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use rand::{RngExt, SeedableRng, rngs::StdRng};

use self::rules::Mistake;
use self::world::World;
use crate::rounds::{Rounds, alone};

/// Seeds of one round.
const SEEDS: u64 = 500;

/// How often something happens before the world calms down.
const STEPS: usize = 60;

#[test]
fn in_a_world_that_fails_at_every_turn_nothing_is_lost_and_nobody_is_told_twice() {
    let _turn = alone();
    let mut rounds = Rounds::new("G9", 2, 2_000);
    rounds.run(|round, tally| {
        let seeds = u64::from(round) * SEEDS..u64::from(round + 1) * SEEDS;
        let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let counted: Vec<Counts> = std::thread::scope(|scope| {
            let every = |worker| seeds.clone().skip(worker).step_by(workers);
            let running: Vec<_> =
                (0..workers).map(|worker| scope.spawn(move || live_all(every(worker)))).collect();
            running.into_iter().map(|lived| lived.join().unwrap()).collect()
        });
        for (what, times) in counted.into_iter().flatten() {
            tally.add(what, times);
        }
    });
    let tally = &rounds.tally;
    let told = format!(
        "{} seeds, {} of them lived twice and the same: {} messages and {} reports over {} crashes, {} failed commits, {} lost answers and {} jumps of the clock; every message arrived or is listed as failed ({}), each copy the same; {} repeats; nobody told twice, every end told in order; no report doubled, none skipped unlisted ({} listed)",
        tally.count("seeds"),
        tally.count("replayed"),
        tally.count("messages"),
        tally.count("reports"),
        tally.count("crashes"),
        tally.count("failed commits"),
        tally.count("lost answers"),
        tally.count("jumps"),
        tally.count("failed"),
        tally.count("repeats"),
        tally.count("skipped"),
    );
    rounds.tell(&told, true);
}

type Counts = BTreeMap<&'static str, usize>;

/// Lives of many seeds, each by the laws; every tenth is lived again.
fn live_all(seeds: impl Iterator<Item = u64>) -> Counts {
    let mut counts = Counts::new();
    for seed in seeds {
        let world = live(seed, None);
        let wrong = laws::broken(&world);
        assert!(wrong.is_empty(), "seed {seed}: {wrong:#?}");
        count(&world, &mut counts);
        if seed.is_multiple_of(10) {
            let again = live(seed, None);
            assert_eq!(world.trace, again.trace, "seed {seed} replays exactly");
            *counts.entry("replayed").or_default() += 1;
        }
    }
    counts
}

/// A world from its beginning until it is calm.
fn live(seed: u64, mistake: Option<Mistake>) -> World {
    let mut world = World::new(StdRng::seed_from_u64(seed), mistake);
    for _ in 0..STEPS {
        world.happen();
        world.run();
    }
    world.calm_down();
    world
}

fn count(world: &World, counts: &mut Counts) {
    let own = [
        ("seeds", 1),
        ("messages", world.kept.messages.len()),
        ("reports", world.kept.reports.len()),
        ("failed", laws::failed(world)),
        ("repeats", world.repeats),
        ("skipped", laws::skipped_of_all(world).len()),
    ];
    let faults = world.faults.iter().map(|(what, times)| (*what, *times));
    for (what, times) in own.into_iter().chain(faults) {
        *counts.entry(what).or_default() += times;
    }
}

/// A law that no mistake breaks would be none: each of these mistakes is found within a few seeds.
#[test]
fn each_planted_mistake_breaks_a_law() {
    for (mistake, law) in Mistake::ALL {
        let found = (0..300).find_map(|seed| {
            let wrong = laws::broken(&live(seed, Some(mistake)));
            wrong.into_iter().find(|wrong| wrong.starts_with(law))
        });
        assert!(found.is_some(), "{mistake:?} breaks no law that begins with {law:?}");
    }
}

#[test]
fn two_seeds_live_two_lives() {
    let mut draw = StdRng::seed_from_u64(7);
    let traces: BTreeSet<u64> = (0..20).map(|_| live(draw.random(), None).trace).collect();
    assert_eq!(traces.len(), 20);
}
