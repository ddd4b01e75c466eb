//! Several sources count the same people: a stated policy picks a figure, and the spread is shown beside it.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::estimate::{differ_by_more_than, merge_estimates, spread};
use crate::domain::Figure;
use crate::domain::choice::choice;
use crate::domain::source::Reliability;

choice! {
    /// How one figure is picked from several.
    Policy {
        /// The one for the latest day.
        Latest = "latest",
        /// The one of the most reliable source; among equals the latest.
        MostReliable = "most_reliable",
        /// The median of the best estimates, with the lowest low and the highest high.
        Median = "median",
        /// The largest.
        Max = "max",
    }
}

/// One source's figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Claim {
    /// The code of the record.
    pub record: String,
    /// The code of the source, where one is named.
    pub source: Option<String>,
    /// Who made the estimate.
    pub estimated_by: Option<String>,
    /// The day it is for.
    pub date: DateTime<Utc>,
    /// The figure, heads.
    pub people: Figure,
    /// How many places it covers, for the total of a list.
    pub places: Option<u64>,
    /// How reliable the source is; `None` where nobody judged.
    #[serde(skip)]
    pub reliability: Option<Reliability>,
}

/// The figure that the policy picks, and how far the sources are apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reconciled {
    /// The figure, heads.
    pub people: Figure,
    /// How many places it covers, for the total of a list.
    pub places: Option<u64>,
    /// The day it is for.
    pub date: Option<DateTime<Utc>>,
    /// The claims, the one that was picked first.
    pub claims: Vec<Claim>,
    /// (largest − smallest) / largest of the claims; `None` with fewer than two.
    pub spread: Option<f64>,
    /// Are the sources further apart than the limit?
    pub sources_differ: bool,
}

/// Picks by policy. Each estimator counts once, with its latest figure.
///
/// # Example
///
/// ```
/// use passage::assess::reconcile::{Claim, Policy, reconcile};
/// use passage::domain::Figure;
/// let claim = |by: &str, day: i64, people: f64| Claim {
///     record: by.into(), source: None, estimated_by: Some(by.into()), places: None, reliability: None,
///     date: chrono::DateTime::from_timestamp(day * 86_400, 0).unwrap(), people: Figure::exactly(people),
/// };
/// let two = vec![claim("WFP", 2, 4_000.0), claim("council", 1, 8_000.0)];
/// let picked = reconcile(two, Policy::Latest, 0.2).unwrap();
/// assert_eq!(picked.people.best(), Some(4_000.0));
/// assert!(picked.sources_differ);
/// ```
#[must_use]
pub fn reconcile(claims: Vec<Claim>, policy: Policy, limit: f64) -> Option<Reconciled> {
    let mut claims = latest_of_each(claims);
    let picked = pick(&claims, policy)?;
    claims.swap(0, picked);
    claims[1..].sort_by(newest_first);
    let figures: Vec<Figure> = claims.iter().map(|claim| claim.people).collect();
    let people = match policy {
        Policy::Median => merge_estimates(&figures),
        Policy::Latest | Policy::MostReliable | Policy::Max => claims[0].people,
    };
    Some(Reconciled {
        people,
        places: claims[0].places,
        date: Some(claims[0].date),
        spread: spread(&figures),
        sources_differ: differ_by_more_than(&figures, limit),
        claims,
    })
}

fn newest_first(a: &Claim, b: &Claim) -> std::cmp::Ordering {
    b.date.cmp(&a.date).then_with(|| a.record.cmp(&b.record))
}

/// The latest claim of each estimator, the newest first; whoever is not named counts by the source.
fn latest_of_each(mut claims: Vec<Claim>) -> Vec<Claim> {
    claims.sort_by(newest_first);
    let mut seen = std::collections::HashSet::new();
    claims.retain(|claim| {
        let who = claim.estimated_by.clone().or_else(|| claim.source.clone());
        who.is_none_or(|who| seen.insert(who))
    });
    claims
}

/// The place of the picked claim; the list is sorted, the newest first, so the first of equals is the newest.
fn pick(claims: &[Claim], policy: Policy) -> Option<usize> {
    let largest = |claim: &Claim| claim.people.central().unwrap_or(0.0);
    let by = |order: &dyn Fn(&Claim, &Claim) -> std::cmp::Ordering| {
        (0..claims.len()).reduce(|best, next| {
            if order(&claims[next], &claims[best]).is_lt() { next } else { best }
        })
    };
    match policy {
        Policy::Latest | Policy::Median => (!claims.is_empty()).then_some(0),
        Policy::MostReliable => {
            // Whom nobody judged comes after everybody who was judged.
            by(&|a, b| {
                (a.reliability.is_none(), a.reliability)
                    .cmp(&(b.reliability.is_none(), b.reliability))
            })
        }
        Policy::Max => by(&|a, b| largest(b).total_cmp(&largest(a))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(by: &str, day: i64, people: f64, reliability: Option<Reliability>) -> Claim {
        Claim {
            record: format!("{by}-{day}"),
            source: None,
            estimated_by: Some(by.to_owned()),
            date: DateTime::from_timestamp(day * 86_400, 0).unwrap(),
            people: Figure::exactly(people),
            places: None,
            reliability,
        }
    }

    #[test]
    fn an_estimator_that_corrects_itself_does_not_disagree_with_itself() {
        let picked = reconcile(
            vec![claim("UN", 1, 100.0, None), claim("UN", 2, 200.0, None)],
            Policy::Latest,
            0.2,
        );
        let picked = picked.unwrap();
        assert_eq!((picked.claims.len(), picked.sources_differ), (1, false));
    }

    #[test]
    fn the_most_reliable_beats_the_latest_and_the_unjudged() {
        let claims = vec![
            claim("a", 3, 1.0, None),
            claim("b", 2, 2.0, Some(Reliability::C)),
            claim("c", 1, 3.0, Some(Reliability::A)),
        ];
        assert_eq!(reconcile(claims, Policy::MostReliable, 0.2).unwrap().people.best(), Some(3.0));
    }

    #[test]
    fn without_claims_there_is_no_figure() {
        assert_eq!(reconcile(Vec::new(), Policy::Max, 0.2), None);
    }
}
