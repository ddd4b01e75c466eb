//! An estimate of people, for an area or for a group that a list counts as one.

use super::choice::choice;
use super::record::record;
use super::{AreaCode, AreaGroupCode, DatePrecision, Figure, Moment, Problems, Scheme, Text};

choice! {
    /// Whom the figure counts.
    Metric {
        /// Everybody who lives there.
        Residents = "residents",
        /// People under siege.
        Besieged = "besieged",
        /// People in hard-to-reach places.
        HardToReach = "hard_to_reach",
        /// People in besieged and hard-to-reach places together.
        BesiegedAndHardToReach = "besieged_and_hard_to_reach",
        /// People in places in danger of siege.
        Watchlist = "watchlist",
        /// People cut off or trapped, whether or not the word siege is used.
        Trapped = "trapped",
        /// People in need.
        InNeed = "in_need",
        /// People who get aid.
        Assisted = "assisted",
    }
}

impl Metric {
    /// Does it count everybody in a place? Those who get aid or are in need are a part of them, and a list of
    /// besieged and hard-to-reach places is of no one place.
    #[must_use]
    pub const fn counts_everybody(self) -> bool {
        !matches!(self, Self::Assisted | Self::InNeed | Self::BesiegedAndHardToReach)
    }
}

record! {
    /// An estimate of how many people there are, on a date, by a source.
    Population "population" {
        area: Option<AreaCode>, "#loc+code", "The area.";
        area_group: Option<AreaGroupCode>, "#loc+group+code", "Or the group of areas; such a figure is never split.";
        date: Moment, "#date+reported", "The day it is for.";
        date_precision: Option<DatePrecision>, "#meta+date+precision", "How exactly that day is known.";
        people: Figure, "#population", "How many, heads.";
        metric: Metric, "#meta+population+metric", "Whom the figure counts.";
        metric_text: Option<Text>, "#meta+population+metric+description", "Whom it counts, in the source's words.";
        scheme: Option<Scheme>, "#meta+population+scheme", "By whose list, where it is the total of one.";
        places: Option<u64>, "#loc+num", "How many places a list total covers.";
        estimated_by: Option<Text>, "#org+estimating", "Who made the estimate.";
        method: Option<Text>, "#meta+method", "How.";
        women: Option<u64>, "#population+f+adults", "Women, heads.";
        men: Option<u64>, "#population+m+adults", "Men, heads.";
        girls: Option<u64>, "#population+f+children", "Girls, heads.";
        boys: Option<u64>, "#population+m+children", "Boys, heads.";
        with_disability: Option<u64>, "#population+disabled", "People with a disability, heads.";
    }

    const COLUMNS: &'static [&'static str] = &["metric", "scheme"];
    const SUMMARY: &'static [&'static str] = &["area", "area_group", "date", "people", "metric", "scheme"];

    fn check(&self, problems: &mut Problems) {
        if self.area.is_some() == self.area_group.is_some() {
            problems.add_field("area", "give either area or area_group");
        }
        if self.people.is_unknown() {
            problems.add_field("people", "is required: low, best or high");
        }
        let parts = [self.women, self.men, self.girls, self.boys];
        #[expect(clippy::cast_precision_loss, reason = "head counts stay far below 2^53")]
        let sum = parts.into_iter().flatten().sum::<u64>() as f64;
        if self.people.ceiling().is_some_and(|people| sum > people) {
            problems.add_field("people", format!("must not be less than its parts, which add up to {sum}"));
        }
    }

    fn happened(&self) -> Option<Moment> {
        Some(self.date)
    }
}
