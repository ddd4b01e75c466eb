//! Query parameters: read once, all problems said at once, unknown ones refused with the known ones.

use std::collections::BTreeMap;
use std::str::FromStr;

use actix_web::HttpRequest;
use chrono::{DateTime, Utc};

use super::error::ApiError;
use crate::domain::{Moment, Place, Problem, Problems};
use crate::store::Near;

/// The parameters of a request on their way to being understood.
pub(super) struct Params {
    given: BTreeMap<String, String>,
    known: Vec<&'static str>,
    problems: Problems,
}

impl Params {
    pub(super) fn of(request: &HttpRequest) -> Result<Self, ApiError> {
        type Pairs = actix_web::web::Query<Vec<(String, String)>>;
        let pairs = Pairs::from_query(request.query_string())
            .map_err(|fault| ApiError::Unreadable(format!("the query cannot be read: {fault}")))?
            .into_inner();
        let mut problems = Problems::default();
        let mut given = BTreeMap::new();
        for (name, value) in pairs {
            if given.insert(name.clone(), value).is_some() {
                let detail =
                    "is given twice; write several values with commas between them".to_owned();
                problems.0.push(Problem { pointer: name, detail });
            }
        }
        Ok(Self { given, known: Vec::new(), problems })
    }

    /// Is a parameter given, and not empty? Asked before it is read.
    pub(super) fn has(&self, name: &str) -> bool {
        self.given.get(name).is_some_and(|value| !value.is_empty())
    }

    /// The text of a parameter, if it is given and not empty.
    pub(super) fn text(&mut self, name: &'static str) -> Option<String> {
        self.known.push(name);
        self.given.remove(name).filter(|value| !value.is_empty())
    }

    /// Several values with commas between them.
    pub(super) fn list(&mut self, name: &'static str) -> Vec<String> {
        let text = self.text(name).unwrap_or_default();
        text.split(',').filter(|item| !item.is_empty()).map(str::to_owned).collect()
    }

    /// Is a parameter this word? Then it is taken; else it can be read as something else.
    pub(super) fn is(&mut self, name: &'static str, word: &str) -> bool {
        let is = self.given.get(name).is_some_and(|given| given == word);
        if is {
            self.text(name);
        }
        is
    }

    /// A value that knows how to read itself.
    pub(super) fn parsed<T: FromStr<Err: ToString>>(&mut self, name: &'static str) -> Option<T> {
        let text = self.text(name)?;
        text.parse().map_err(|fault: T::Err| self.wrong(name, &fault.to_string())).ok()
    }

    /// A moment; a date means its end where `end`, else its beginning.
    pub(super) fn moment(&mut self, name: &'static str, end: bool) -> Option<DateTime<Utc>> {
        let moment: Moment = self.parsed(name)?;
        Some(if end { moment.end() } else { moment.start() })
    }

    /// A whole number within bounds.
    pub(super) fn whole<T>(
        &mut self,
        name: &'static str,
        bounds: std::ops::RangeInclusive<T>,
    ) -> Option<T>
    where
        T: FromStr + PartialOrd + std::fmt::Display,
    {
        let text = self.text(name)?;
        let number = text.parse().ok().filter(|number| bounds.contains(number));
        if number.is_none() {
            let (low, high) = (bounds.start(), bounds.end());
            self.wrong(
                name,
                &format!("must be a whole number between {low} and {high}, got {text}"),
            );
        }
        number
    }

    /// `limit`: how many rows at most, 1 to 1,000, usually 100.
    pub(super) fn limit(&mut self) -> usize {
        self.whole("limit", 1..=1_000).unwrap_or(100)
    }

    /// `after`: the place from which something is read in order.
    pub(super) fn after(&mut self) -> i64 {
        self.whole("after", i64::MIN..=i64::MAX).unwrap_or(0)
    }

    /// A number within bounds.
    pub(super) fn number(&mut self, name: &'static str, low: f64, high: f64) -> Option<f64> {
        let text = self.text(name)?;
        let number = text.parse().ok().filter(|number| (low..=high).contains(number));
        if number.is_none() {
            self.wrong(name, &format!("must be a number between {low} and {high}, got {text}"));
        }
        number
    }

    /// `west,south,east,north`, degrees.
    pub(super) fn bbox(&mut self) -> Option<[f64; 4]> {
        let text = self.text("bbox")?;
        let numbers: Vec<f64> = text.split(',').filter_map(|n| n.trim().parse().ok()).collect();
        if let [west, south, east, north] = numbers[..]
            && text.split(',').count() == 4
            && Place::new(west, south).is_ok()
            && Place::new(east, north).is_ok()
            && south <= north
        {
            return Some([west, south, east, north]);
        }
        self.wrong(
            "bbox",
            &format!("must be west,south,east,north in degrees, south not above north, got {text}"),
        );
        None
    }

    /// `lon,lat,km`.
    pub(super) fn near(&mut self) -> Option<Near> {
        const FARTHEST_KM: f64 = 20_100.0;
        let text = self.text("near")?;
        let numbers: Vec<f64> = text.split(',').filter_map(|n| n.trim().parse().ok()).collect();
        if let [lon, lat, km] = numbers[..]
            && text.split(',').count() == 3
            && (0.0..=FARTHEST_KM).contains(&km)
            && let Ok(place) = Place::new(lon, lat)
        {
            return Some(Near { place, km });
        }
        self.wrong("near", &format!("must be lon,lat,km, got {text}"));
        None
    }

    /// Notes what is wrong with a parameter.
    pub(super) fn wrong(&mut self, name: &str, detail: &str) {
        self.problems.0.push(Problem { pointer: name.to_owned(), detail: detail.to_owned() });
    }

    /// Refuses parameters that nobody asked for, and says all that is wrong.
    pub(super) fn finish(mut self) -> Result<(), ApiError> {
        let known = self.known.join(", ");
        for name in std::mem::take(&mut self.given).into_keys() {
            self.wrong(&name, &format!("unknown parameter; known are {known}"));
        }
        if self.problems.is_empty() { Ok(()) } else { Err(ApiError::Invalid(self.problems)) }
    }
}
