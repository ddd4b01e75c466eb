//! What every figure is held against: rations, losses, thresholds, as the settings have them for each place.

use serde::Serialize;

use super::alert::quiet::units;
use super::table::Known;
use crate::assess::delivery::AssumedRation;
use crate::assess::evidence::{RunoutLine, RunoutLines};
use crate::config::{Alert, Places, Rules, Settings};
use crate::domain::{Area, Figure};

/// What food loses between truck and mouth, shares.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Losses {
    /// Lost in handling.
    pub handling_loss: f64,
    /// Diverted, at least.
    pub diversion_low: f64,
    /// Diverted, at most.
    pub diversion_high: f64,
}

impl Losses {
    /// What is left of an amount: least, most. Diversion is unknown, so there is no best.
    #[must_use]
    pub fn left_of(self, amount: f64) -> Figure {
        let left = |diverted: f64| amount * (1.0 - self.handling_loss) * (1.0 - diverted);
        Figure::computed(Some(left(self.diversion_high)), None, Some(left(self.diversion_low)))
    }

    /// What is left of an amount that is itself in doubt; the best guess is that half of the contested share is
    /// diverted.
    #[must_use]
    pub fn left_of_figure(self, amount: Figure) -> Figure {
        let best = |amount: f64| self.left_of(amount).middle();
        Figure::computed(
            amount.floor().and_then(|amount| self.left_of(amount).low()),
            amount.middle().and_then(best),
            amount.ceiling().and_then(|amount| self.left_of(amount).high()),
        )
    }
}

/// The settings that figures rest on.
#[derive(Debug, Clone, PartialEq)]
pub struct Standards {
    /// Thresholds where no place has its own.
    pub alert: Alert,
    /// Thresholds and rations of single places.
    pub places: Places,
    /// What food loses on the way.
    pub losses: Losses,
    /// The ration that is assumed where a source states none.
    pub ration: AssumedRation,
    /// Sources further apart than this share differ.
    pub spread_flag: f64,
}

impl Alert {
    /// The lines of the three severities of a run-out.
    #[must_use]
    pub const fn runout_lines(&self) -> RunoutLines {
        const fn line(p10_days: f64, p50_days: f64) -> RunoutLine {
            RunoutLine { p10_days, p50_days }
        }
        RunoutLines {
            critical: line(self.runout_p10_critical_days, self.runout_p50_critical_days),
            high: line(self.runout_p10_high_days, self.runout_p50_high_days),
            medium: line(self.runout_p10_days, self.runout_p50_days),
        }
    }
}

impl Standards {
    /// As the settings have them.
    #[must_use]
    pub fn of_settings(settings: &Settings) -> Self {
        let standard = settings.standard;
        Self {
            alert: settings.places.base().alert,
            places: settings.places.clone(),
            losses: Losses {
                handling_loss: standard.handling_loss,
                diversion_low: standard.diversion_low,
                diversion_high: standard.diversion_high,
            },
            ration: AssumedRation {
                kcal: standard.assumed_ration_kcal,
                days: standard.assumed_ration_days,
            },
            spread_flag: settings.totals.spread_flag,
        }
    }

    /// The rules of an area: its own, else those of its P-codes, else those that hold everywhere.
    #[must_use]
    pub fn of(&self, area: &Known<Area>) -> &Rules {
        self.places.of(&area.code, &units(&area.record))
    }
}
