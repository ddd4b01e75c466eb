//! What became of requests: the answer by a day, the hours it took, how long the open ones wait, whether published
//! counts add up.

use chrono::{DateTime, TimeDelta, Utc};

use super::estimate::median;
use crate::domain::access_request::AccessAnswer;
use crate::domain::{AccessRequest, DatePrecision, Figure, Moment};

/// What had been answered by a day. Before the answer came, or was told, the request was pending.
///
/// # Example
///
/// ```
/// use passage::assess::scorecard::answer_by;
/// use passage::domain::access_request::AccessAnswer;
/// use passage::domain::{Kind, draft, typed};
/// let body = serde_json::json!({ "requested_on": "2016-07-01", "answered_on": "2016-07-03", "answer": "denied" });
/// let request = typed(&draft(Kind::AccessRequest, &body).unwrap().body).unwrap();
/// let by = |day: &str| answer_by(&request, day.parse().unwrap());
/// assert_eq!(by("2016-07-02T23:59:59Z"), Some(AccessAnswer::Pending));
/// assert_eq!(by("2016-07-03T23:59:59Z"), Some(AccessAnswer::Denied));
/// ```
///
/// # Source
///
/// DESIGN §2, two clocks; project decision.
#[must_use]
pub fn answer_by(request: &AccessRequest, as_of: DateTime<Utc>) -> Option<AccessAnswer> {
    let told = request.answered_on.or(request.reported_on);
    if told.is_some_and(|told| told.start() > as_of) {
        return Some(AccessAnswer::Pending);
    }
    request.answer
}

/// Is nothing answered: still waiting, or never answered?
#[must_use]
pub const fn is_open(answer: AccessAnswer) -> bool {
    matches!(answer, AccessAnswer::NoAnswer | AccessAnswer::Pending)
}

/// Is it a published count of requests, rather than one request?
#[must_use]
pub fn is_published_count(request: &AccessRequest) -> bool {
    counts(request).iter().any(|count| !count.is_unknown())
}

/// What a published count says: asked, granted, denied, unanswered.
#[must_use]
pub const fn counts(request: &AccessRequest) -> [Figure; 4] {
    [request.asked, request.granted, request.denied, request.unanswered]
}

/// The hours from asking to the answer.
///
/// A day has no hour, so days leave a range without a best; dates that are known less well than to the day say nothing.
///
/// # Units
///
/// Hours.
///
/// # Example
///
/// ```
/// use passage::assess::scorecard::hours_to_answer;
/// use passage::domain::{DatePrecision, Figure};
/// let (asked, answered) = ("2016-07-01".parse().unwrap(), "2016-07-03T12:00:00Z".parse().unwrap());
/// let hours = hours_to_answer(asked, answered, DatePrecision::Day);
/// assert_eq!(hours, Some(Figure::computed(Some(36.0), None, Some(60.0))));
/// assert_eq!(hours_to_answer(asked, answered, DatePrecision::Month), None);
/// ```
///
/// # Source
///
/// Project decision.
#[must_use]
pub fn hours_to_answer(
    asked: Moment,
    answered: Moment,
    precision: DatePrecision,
) -> Option<Figure> {
    if precision != DatePrecision::Day {
        return None;
    }
    let low = hours_between(past(asked), answered.start()).max(0.0);
    let high = hours_between(asked.start(), past(answered)).max(0.0);
    let is_exact = !asked.is_day() && !answered.is_day();
    Some(Figure::computed(Some(low), is_exact.then_some(low), Some(high)))
}

/// The first instant after a day; an instant itself.
fn past(moment: Moment) -> DateTime<Utc> {
    if moment.is_day() { moment.start() + TimeDelta::days(1) } else { moment.start() }
}

fn hours_between(from: DateTime<Utc>, to: DateTime<Utc>) -> f64 {
    const MILLISECONDS_PER_HOUR: f64 = 3_600_000.0;
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of centuries stay below 2^53")]
    let milliseconds = (to - from).num_milliseconds() as f64;
    milliseconds / MILLISECONDS_PER_HOUR
}

/// How long a request has been waiting by a day: days by the calendar since it was asked. Where only the day is known
/// on which somebody spoke of it, it waits at least since then.
///
/// # Units
///
/// Days.
///
/// # Example
///
/// ```
/// use passage::assess::scorecard::days_open;
/// use passage::domain::{Figure, Kind, draft, typed};
/// let body = serde_json::json!({ "reported_on": "2016-03-17", "answer": "pending" });
/// let request = typed(&draft(Kind::AccessRequest, &body).unwrap().body).unwrap();
/// let days = days_open(&request, "2016-03-27T23:59:59Z".parse().unwrap());
/// assert_eq!(days, Some(Figure::computed(Some(10.0), None, None)));
/// ```
///
/// # Source
///
/// Project decision.
#[must_use]
pub fn days_open(request: &AccessRequest, as_of: DateTime<Utc>) -> Option<Figure> {
    let days = |moment: Moment| {
        #[expect(clippy::cast_precision_loss, reason = "days of centuries stay below 2^53")]
        let days = (as_of.date_naive() - moment.date()).num_days().max(0) as f64;
        days
    };
    let precision = request.date_precision.unwrap_or(DatePrecision::Day);
    match (request.requested_on, request.reported_on) {
        (Some(asked), _) if precision == DatePrecision::Day => Some(Figure::exactly(days(asked))),
        (Some(asked), _) => {
            let latest = Moment::day(precision.latest(asked).date_naive());
            let (low, high) = (days(latest), days(asked));
            Some(Figure::computed(
                Some(low),
                None,
                (precision != DatePrecision::Approx).then_some(high),
            ))
        }
        (None, Some(told)) => Some(Figure::computed(Some(days(told)), None, None)),
        (None, None) => None,
    }
}

/// The median of each end: of the lows, of the middles, of the highs; an end that one of them lacks is unknown.
///
/// # Units
///
/// Those of the figures.
///
/// # Example
///
/// ```
/// use passage::assess::scorecard::median_figure;
/// use passage::domain::Figure;
/// let hours = [Figure::exactly(10.0), Figure::computed(Some(24.0), None, Some(72.0))];
/// assert_eq!(median_figure(&hours), Figure::computed(Some(17.0), Some(29.0), Some(41.0)));
/// assert!(median_figure(&[]).is_unknown());
/// ```
///
/// # Source
///
/// SPEC §3, quantiles of type 7; project decision.
#[must_use]
pub fn median_figure(figures: &[Figure]) -> Figure {
    let of = |end: fn(Figure) -> Option<f64>| {
        let numbers: Option<Vec<f64>> = figures.iter().map(|figure| end(*figure)).collect();
        numbers.and_then(median)
    };
    Figure::computed(of(Figure::floor), of(Figure::middle), of(Figure::ceiling))
}

/// By how much a sum misses what is stated, where no doubt of either explains it: above zero, the parts are more.
///
/// # Units
///
/// Those of the figures.
///
/// # Example
///
/// Gaza, August 2024: 91 movements facilitated in the north and 176 in the south, 250 in all.
///
/// ```
/// use passage::assess::scorecard::difference;
/// use passage::domain::Figure;
/// let parts = Figure::sum(&[Figure::exactly(91.0), Figure::exactly(176.0)]);
/// assert_eq!(difference(parts, Figure::exactly(250.0)), Some(17.0));
/// assert_eq!(difference(parts, Figure::computed(Some(250.0), None, Some(270.0))), None);
/// ```
///
/// # Source
///
/// Project decision; the movements: reliefweb, access snapshot of August 2024.
#[must_use]
pub fn difference(sum: Figure, stated: Figure) -> Option<f64> {
    let beyond = |more: Option<f64>, less: Option<f64>| {
        let (more, less) = more.zip(less)?;
        (more > less).then_some(more - less)
    };
    let too_many = beyond(sum.floor(), stated.ceiling());
    too_many.or_else(|| beyond(stated.floor(), sum.ceiling()).map(|missing| 0.0 - missing))
}

/// By how much granted, denied and unanswered miss what was asked.
///
/// A part that nobody told may be anything, so then only parts above the whole are a difference.
///
/// # Units
///
/// What the count counts.
///
/// # Example
///
/// ```
/// use passage::assess::scorecard::does_not_add_up;
/// use passage::domain::Figure;
/// let [asked, granted, unanswered] = [102.0, 30.0, 72.0].map(Figure::exactly);
/// assert_eq!(does_not_add_up(asked, [granted, Figure::UNKNOWN, unanswered]), None);
/// let too_many = [granted, Figure::exactly(5.0), unanswered];
/// assert_eq!(does_not_add_up(asked, too_many), Some(5.0));
/// ```
///
/// # Source
///
/// Project decision.
#[must_use]
pub fn does_not_add_up(asked: Figure, parts: [Figure; 3]) -> Option<f64> {
    difference(sum_of_known(parts)?, asked)
}

/// What was asked for and no part of a published count tells of; `None` where every part is told.
///
/// # Units
///
/// What the count counts.
///
/// # Example
///
/// OCHA, June 2016: of 17 requests 15 were approved.
///
/// ```
/// use passage::assess::scorecard::left_open;
/// use passage::domain::Figure;
/// let (asked, granted) = (Figure::exactly(17.0), Figure::exactly(15.0));
/// let open = left_open(asked, [granted, Figure::UNKNOWN, Figure::UNKNOWN]);
/// assert_eq!(open, Some(Figure::exactly(2.0)));
/// ```
///
/// # Source
///
/// Project decision.
#[must_use]
pub fn left_open(asked: Figure, parts: [Figure; 3]) -> Option<Figure> {
    if parts.iter().all(|part| !part.is_unknown()) || asked.is_unknown() {
        return None;
    }
    let told: Vec<Figure> = parts.into_iter().filter(|part| !part.is_unknown()).collect();
    // A range has no best, so neither has what it leaves.
    let best = told.iter().try_fold(0.0, |sum, part| part.best().map(|best| sum + best));
    let told = if told.is_empty() { Figure::exactly(0.0) } else { Figure::sum(&told) };
    let rest = |whole: Option<f64>, told: Option<f64>| {
        whole.zip(told).map(|(whole, told)| (whole - told).max(0.0))
    };
    let open = Figure::computed(
        rest(asked.floor(), told.ceiling()),
        rest(asked.best(), best),
        rest(asked.ceiling(), told.floor()),
    );
    Some(open)
}

/// The sum of parts some of which may be unknown: what is known is a floor then.
fn sum_of_known(parts: [Figure; 3]) -> Option<Figure> {
    let known: Vec<Figure> = parts.into_iter().filter(|part| !part.is_unknown()).collect();
    if known.is_empty() {
        return None;
    }
    let sum = Figure::sum(&known);
    Some(if known.len() == parts.len() { sum } else { Figure::computed(sum.floor(), None, None) })
}

/// People approved of people asked for, end by end.
///
/// # Units
///
/// Heads, both; returns a share, which is above 1 where more were approved than asked for.
///
/// # Example
///
/// ```
/// use passage::assess::scorecard::approved_share;
/// use passage::domain::Figure;
/// let asked = Figure::computed(Some(80_000.0), None, Some(100_000.0));
/// let share = approved_share(Figure::exactly(40_000.0), asked);
/// assert_eq!((share.low(), share.high()), (Some(0.4), Some(0.5)));
/// assert!(approved_share(Figure::exactly(1.0), Figure::exactly(0.0)).is_unknown());
/// ```
///
/// # Source
///
/// Project decision.
#[must_use]
pub fn approved_share(approved: Figure, requested: Figure) -> Figure {
    let share = |approved: Option<f64>, requested: Option<f64>| {
        let (approved, requested) = approved.zip(requested)?;
        (requested > 0.0).then(|| approved / requested)
    };
    Figure::computed(
        share(approved.floor(), requested.ceiling()),
        share(approved.middle(), requested.middle()),
        share(approved.ceiling(), requested.floor()),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn figure() -> impl Strategy<Value = Figure> {
        let numbers = proptest::array::uniform3(proptest::option::of(0..1_000_u32));
        numbers.prop_filter_map("in order", |n| {
            let [low, best, high] = n.map(|n| n.map(f64::from));
            Figure::new(low, best, high).ok()
        })
    }

    #[test]
    fn an_answer_of_the_same_day_took_between_nothing_and_a_day() {
        let day: Moment = "2016-07-26".parse().unwrap();
        let hours = hours_to_answer(day, day, DatePrecision::Day).unwrap();
        assert_eq!((hours.low(), hours.best(), hours.high()), (Some(0.0), None, Some(24.0)));
        assert_eq!(hours_to_answer(day, day, DatePrecision::Approx), None);
    }

    #[test]
    fn at_least_so_many_can_be_any_more() {
        let at_least = Figure::computed(Some(100.0), None, None);
        assert_eq!(difference(Figure::exactly(120.0), at_least), None);
        assert_eq!(difference(Figure::exactly(80.0), at_least), Some(-20.0));
    }

    proptest! {
        #[test]
        fn a_sum_never_differs_from_itself(a in figure()) {
            prop_assert_eq!(difference(a, a), None);
        }

        #[test]
        fn what_is_left_open_makes_the_count_add_up(asked in 0..500_u32, granted in 0..500_u32) {
            let (asked, granted) = (Figure::exactly(asked.into()), Figure::exactly(granted.into()));
            let parts = [granted, Figure::UNKNOWN, Figure::UNKNOWN];
            let open = left_open(asked, parts).unwrap();
            let said = does_not_add_up(asked, parts).unwrap_or(0.0);
            let sum = granted.best().unwrap() + open.best().unwrap() - said;
            prop_assert!((sum - asked.best().unwrap()).abs() < 1e-9);
        }

        #[test]
        fn a_median_lies_among_its_figures_and_keeps_their_order(figures in proptest::collection::vec(figure(), 1..8)) {
            let median = median_figure(&figures);
            prop_assert!(Figure::new(median.low(), median.best(), median.high()).is_ok());
            if let Some(low) = median.low() {
                prop_assert!(figures.iter().any(|f| f.floor() <= Some(low)));
                prop_assert!(figures.iter().any(|f| f.floor() >= Some(low)));
            }
        }
    }
}
