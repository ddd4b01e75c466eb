//! How often a promise is tried, and how far a long run has come: it can be stopped and goes on where it was.
#![cfg(test)]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use crate::result::{is_night, record, variable};

/// One promise at a time: each measures, and wants the machine for itself.
pub fn alone() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What was counted and measured so far.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Tally {
    done: u32,
    counts: BTreeMap<String, u64>,
    seconds: Vec<f64>,
}

impl Tally {
    pub fn add(&mut self, what: &str, count: usize) {
        *self.counts.entry(what.to_owned()).or_default() += count as u64;
    }

    pub fn count(&self, what: &str) -> u64 {
        self.counts.get(what).copied().unwrap_or(0)
    }

    pub fn took(&mut self, seconds: f64) {
        self.seconds.push(seconds);
    }

    /// The shortest time that is not shorter than this share of all.
    pub fn quantile(&self, share: f64) -> f64 {
        quantile(&self.seconds, share)
    }
}

/// The smallest value that is not less than this share of all; 0 without any.
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a rank among a few thousand"
    )]
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
}

/// The rounds of one promise.
pub struct Rounds {
    promise: &'static str,
    wanted: u32,
    state: Option<PathBuf>,
    pub tally: Tally,
    is_told: bool,
}

/// A round that failed is a result too.
impl Drop for Rounds {
    fn drop(&mut self) {
        if std::thread::panicking() && !self.is_told {
            let told = format!("round {} failed; the output of the test says how", self.tally.done);
            record(self.promise, &told, false);
        }
    }
}

impl Rounds {
    /// So many for each submission, so many before a release.
    pub fn new(promise: &'static str, each_submission: u32, before_a_release: u32) -> Self {
        let folder = is_night().then(|| variable("PROMISES_STATE")).flatten().map(PathBuf::from);
        let state = folder.map(|folder| folder.join(format!("{promise}.json")));
        let kept = state.as_ref().and_then(|state| fs::read_to_string(state).ok());
        let tally = kept.map_or_else(Tally::default, |kept| {
            serde_json::from_str(&kept)
                .expect("the kept state can be read; delete it to begin anew")
        });
        let wanted = if is_night() { before_a_release } else { each_submission };
        Self { promise, wanted, state, tally, is_told: false }
    }

    /// Does what is not done yet; what was done is kept after each round.
    pub fn run(&mut self, mut round: impl FnMut(u32, &mut Tally)) {
        while self.tally.done < self.wanted {
            round(self.tally.done, &mut self.tally);
            self.tally.done += 1;
            self.keep();
            if is_night() {
                println!("{}: {} of {}", self.promise, self.tally.done, self.wanted);
            }
        }
    }

    fn keep(&self) {
        let Some(state) = &self.state else { return };
        fs::create_dir_all(state.parent().unwrap()).unwrap();
        let beside = state.with_extension("part");
        fs::write(&beside, serde_json::to_string(&self.tally).unwrap()).unwrap();
        fs::rename(beside, state).unwrap();
    }

    /// Tells what was measured; the next run begins anew.
    pub fn tell(mut self, told: &str, passed: bool) {
        println!("{}: {told}", self.promise);
        record(self.promise, told, passed);
        self.is_told = true;
        if let Some(state) = self.state.take() {
            let _ = fs::remove_file(state);
        }
        assert!(passed, "{}: {told}", self.promise);
    }
}
