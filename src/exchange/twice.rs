//! Records of an import that may tell of what is known already: suggested where it is only tried, and never left out.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use super::current::each;
use crate::domain::{Clearance, Kind};
use crate::matching::duplicate::{Mark, Pair, most_alike};
use crate::store::{Filter, Store, StoreResult};

/// How many new records of a kind are compared, and with how many that are known; of more it is told up to there.
const MOST_COMPARED: usize = 100_000;

/// How many pairs are shown.
const MOST_SHOWN: usize = 1_000;

/// Two records that may be the same, at least one of them new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Twice {
    /// Their kind.
    pub kind: Kind,
    /// Which, and in what they are alike.
    #[serde(flatten)]
    pub pair: Pair,
}

/// The new records of an import, as far as they are compared.
#[derive(Debug, Clone, Default)]
pub(super) struct Marks(BTreeMap<Kind, Vec<Mark>>);

impl Marks {
    /// Notes a new record.
    pub(super) fn note(&mut self, kind: Kind, code: &str, body: &Value) {
        let marks = self.0.entry(kind).or_default();
        if marks.len() < MOST_COMPARED {
            marks.extend(Mark::of_body(kind, code, body));
        }
    }

    /// The pairs among them, and of them with what is known to this reader; the most alike first.
    pub(super) async fn told_twice(
        self,
        store: &dyn Store,
        clearance: &Clearance,
    ) -> StoreResult<Vec<Twice>> {
        let mut found = Vec::new();
        for (kind, mut marks) in self.0.into_iter().filter(|(_, marks)| !marks.is_empty()) {
            let blocks: HashSet<u64> = marks.iter().flat_map(Mark::blocks).collect();
            let new: HashSet<String> = marks.iter().map(|mark| mark.code().to_owned()).collect();
            let far = DateTime::<Utc>::MAX_UTC;
            each(store, kind, far, Filter::default(), clearance, |stored| {
                let body = serde_json::from_str(&stored.body).ok();
                let mark = body.and_then(|body| Mark::of_body(kind, &stored.code, &body));
                let is_near = |mark: &Mark| mark.blocks().iter().any(|own| blocks.contains(own));
                if marks.len() < 2 * MOST_COMPARED {
                    marks.extend(mark.filter(is_near));
                }
            })
            .await?;
            let is_new = |pair: &Pair| new.contains(&pair.one) || new.contains(&pair.other);
            let of_kind = most_alike(&marks, |mark| Some(mark.clone()), is_new, MOST_SHOWN);
            found.extend(of_kind.into_iter().map(|pair| Twice { kind, pair }));
        }
        found.sort_by_key(|twice| Reverse(twice.pair.score));
        found.truncate(MOST_SHOWN);
        Ok(found)
    }
}
