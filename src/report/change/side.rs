//! One of the two situations that a report compares, with what is told of it.

use crate::report::area::AreaRow;
use crate::report::headline::Headline;
use crate::report::{Period, area, headline, outlook};
use crate::situation::Situation;
use crate::situation::alert::{Alert, alerts};
use crate::situation::outlook::AreaOutlook;
use crate::situation::standards::Standards;

/// A situation and what a report tells of it.
pub(in crate::report) struct Side<'s> {
    pub situation: &'s Situation,
    pub period: Period,
    pub alerts: Vec<Alert>,
    pub areas: Vec<AreaRow>,
    pub outlooks: Vec<AreaOutlook>,
    pub headline: Headline,
}

impl<'s> Side<'s> {
    pub(in crate::report) fn of(
        situation: &'s Situation,
        period_days: u32,
        standards: &Standards,
    ) -> Self {
        let period = Period::ending(situation.as_of, period_days);
        let alerts = alerts(situation, standards);
        let areas = area::rows(situation, period, standards);
        let outlooks = outlook::found(situation, &areas, standards);
        let headline = headline::of(situation, period, &areas, &alerts, standards);
        Self { situation, period, alerts, areas, outlooks, headline }
    }

    /// Is a convoy withheld from the readers, so that nothing can be said of it?
    pub(super) fn withholds(&self, convoy: &str) -> bool {
        self.situation.world.embargoed.contains_key(convoy)
    }
}
