//! Single requests: answers, people, hours, and how long the open ones wait.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::assess::funnel::Heads;
use crate::assess::funnel::heads::HeadsShown;
use crate::assess::scorecard::{
    answer_by, approved_share, days_open, hours_to_answer, is_open, median_figure,
};
use crate::domain::access_request::AccessAnswer;
use crate::domain::{AccessRequest, DatePrecision, Figure};

/// Something for each answer, and for requests of which nobody tells the answer.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct ByAnswer<T> {
    /// Yes.
    pub approved: T,
    /// Yes, for fewer people or on conditions.
    pub approved_with_conditions: T,
    /// Yes to some.
    pub partly_approved: T,
    /// No.
    pub denied: T,
    /// Nothing came.
    pub no_answer: T,
    /// Still waiting.
    pub pending: T,
    /// Nobody tells.
    pub unknown: T,
}

impl<T> ByAnswer<T> {
    const fn of(&mut self, answer: Option<AccessAnswer>) -> &mut T {
        match answer {
            Some(AccessAnswer::Approved) => &mut self.approved,
            Some(AccessAnswer::ApprovedWithConditions) => &mut self.approved_with_conditions,
            Some(AccessAnswer::PartlyApproved) => &mut self.partly_approved,
            Some(AccessAnswer::Denied) => &mut self.denied,
            Some(AccessAnswer::NoAnswer) => &mut self.no_answer,
            Some(AccessAnswer::Pending) => &mut self.pending,
            None => &mut self.unknown,
        }
    }
}

/// What has been counted so far.
#[derive(Default)]
pub(super) struct Tally {
    asked: usize,
    answers: ByAnswer<usize>,
    people_by_answer: ByAnswer<Heads>,
    people_requested: Heads,
    /// Of requests of which both are known.
    requested: Heads,
    approved: Heads,
    both: usize,
    hours: Vec<Figure>,
    answered: usize,
    open: usize,
    days_open: Vec<Figure>,
}

impl Tally {
    pub(super) fn add(&mut self, request: &AccessRequest, as_of: DateTime<Utc>) {
        let answer = answer_by(request, as_of);
        self.asked += 1;
        *self.answers.of(answer) += 1;
        self.people_requested.add(request.people_requested);
        self.people_by_answer.of(answer).add(request.people_requested);
        if answer.is_some_and(is_open) {
            self.open += 1;
            self.days_open.extend(days_open(request, as_of));
        } else if answer.is_some() {
            self.answered += 1;
            self.hours.extend(hours(request));
            self.add_people(request);
        }
    }

    fn add_people(&mut self, request: &AccessRequest) {
        if !request.people_requested.is_unknown() && !request.people_approved.is_unknown() {
            self.both += 1;
            self.requested.add(request.people_requested);
            self.approved.add(request.people_approved);
        }
    }

    pub(super) fn shown(self) -> Requests {
        let (requested, approved) = (self.requested.figure(), self.approved.figure());
        let heads = |heads: Heads| heads.shown();
        let by = self.people_by_answer;
        let oldest = |end: fn(Figure) -> Option<f64>| {
            self.days_open.iter().filter_map(|days| end(*days)).reduce(f64::max)
        };
        Requests {
            asked: self.asked,
            answers: self.answers,
            people: People {
                asked_for: self.people_requested.shown(),
                asked_for_by_answer: ByAnswer {
                    approved: heads(by.approved),
                    approved_with_conditions: heads(by.approved_with_conditions),
                    partly_approved: heads(by.partly_approved),
                    denied: heads(by.denied),
                    no_answer: heads(by.no_answer),
                    pending: heads(by.pending),
                    unknown: heads(by.unknown),
                },
                both_known: BothKnown {
                    requests: self.both,
                    people_requested: requested,
                    people_approved: approved,
                    approved_share: approved_share(approved, requested),
                },
                answered_and_not_both_known: self.answered - self.both,
            },
            answer_hours: AnswerHours {
                median: median_figure(&self.hours),
                requests: self.hours.len(),
                answered_and_hours_unknown: self.answered - self.hours.len(),
            },
            open: Open {
                requests: self.open,
                median_days: median_figure(&self.days_open),
                oldest_days_at_least: oldest(Figure::floor),
                age_unknown: self.open - self.days_open.len(),
            },
        }
    }
}

fn hours(request: &AccessRequest) -> Option<Figure> {
    let (asked, answered) = request.requested_on.zip(request.answered_on)?;
    hours_to_answer(asked, answered, request.date_precision.unwrap_or(DatePrecision::Day))
}

/// Single requests together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Requests {
    /// How many were made.
    pub asked: usize,
    /// How many got which answer.
    pub answers: ByAnswer<usize>,
    /// People asked for and approved.
    pub people: People,
    /// Hours from asking to the answer.
    pub answer_hours: AnswerHours,
    /// Requests without an answer, and how long they wait.
    pub open: Open,
}

impl Requests {
    pub(super) fn flags(&self) -> BTreeSet<&'static str> {
        let more = self.people.both_known.approved_share.floor().is_some_and(|share| share > 1.0);
        [
            ("answer_unknown", self.answers.unknown > 0),
            ("answer_hours_unknown", self.answer_hours.answered_and_hours_unknown > 0),
            ("more_people_approved_than_asked_for", more),
        ]
        .into_iter()
        .filter_map(|(flag, raised)| raised.then_some(flag))
        .collect()
    }
}

/// People asked for against people approved.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct People {
    /// Asked for, by all requests: rounds for the same people are added up.
    pub asked_for: HeadsShown,
    /// The same, by what was answered.
    pub asked_for_by_answer: ByAnswer<HeadsShown>,
    /// The comparison.
    pub both_known: BothKnown,
    /// Requests that were answered, of which one of the two numbers is not known: left out of the comparison.
    pub answered_and_not_both_known: usize,
}

/// Requests that were answered and of which both numbers of people are known.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BothKnown {
    /// How many.
    pub requests: usize,
    /// People asked for.
    pub people_requested: Figure,
    /// People approved.
    pub people_approved: Figure,
    /// Approved of asked for.
    pub approved_share: Figure,
}

/// Hours from asking to the answer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct AnswerHours {
    /// The median; a range where only days are known.
    pub median: Figure,
    /// How many requests it rests on.
    pub requests: usize,
    /// Requests that were answered in nobody knows how many hours.
    pub answered_and_hours_unknown: usize,
}

/// Requests without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Open {
    /// How many.
    pub requests: usize,
    /// The median of the days they wait; a floor where only the day is known on which somebody spoke of them.
    pub median_days: Figure,
    /// The one that waits longest, days.
    pub oldest_days_at_least: Option<f64>,
    /// Requests of which nobody tells since when.
    pub age_unknown: usize,
}
