//! Evidence against published thresholds. It says what is known; it never declares a famine or a phase.

use serde::Serialize;

/// Share of households with an extreme lack of food, from which the IPC threshold is met.
pub const FAMINE_FOOD_SHARE: f64 = 0.20;
/// Share of children acutely malnourished, from which the IPC threshold is met.
pub const FAMINE_MALNUTRITION_SHARE: f64 = 0.30;
/// Deaths per 10,000 people per day, from which the IPC threshold is met.
pub const FAMINE_DEATH_RATE: f64 = 2.0;

/// What the evidence amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceStatus {
    /// At least one threshold is known not to be met.
    Below,
    /// None is known to be missed, but at least one is unknown.
    InsufficientEvidence,
    /// All three are met.
    ThresholdsMet,
}

/// The evidence against each of the three IPC famine thresholds; `None` is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FamineEvidence {
    /// What the three amount to.
    pub status: EvidenceStatus,
    /// Is the threshold of households that lack food met?
    pub food: Option<bool>,
    /// Is the threshold of acute malnutrition met?
    pub gam: Option<bool>,
    /// Is the threshold of the death rate met?
    pub cdr: Option<bool>,
}

/// The evidence against the three IPC famine thresholds. A value on a threshold meets it.
///
/// # Units
///
/// - `food_share`: share of households with an extreme lack of food
/// - `gam`: share of children acutely malnourished (global acute malnutrition)
/// - `cdr`: deaths per 10,000 people per day (crude death rate)
///
/// # Example
///
/// ```
/// use passage::assess::evidence::{EvidenceStatus, famine_evidence};
/// let evidence = famine_evidence(Some(0.25), None, Some(2.5));
/// assert_eq!(evidence.status, EvidenceStatus::InsufficientEvidence);
/// assert_eq!(famine_evidence(Some(0.1), None, None).status, EvidenceStatus::Below);
/// ```
///
/// # Source
///
/// IPC Famine Factsheet, updated December 2020.
#[must_use]
pub fn famine_evidence(
    food_share: Option<f64>,
    gam: Option<f64>,
    cdr: Option<f64>,
) -> FamineEvidence {
    let food = food_share.map(|share| share >= FAMINE_FOOD_SHARE);
    let gam = gam.map(|share| share >= FAMINE_MALNUTRITION_SHARE);
    let cdr = cdr.map(|rate| rate >= FAMINE_DEATH_RATE);
    let all = [food, gam, cdr];
    let status = if all.contains(&Some(false)) {
        EvidenceStatus::Below
    } else if all.contains(&None) {
        EvidenceStatus::InsufficientEvidence
    } else {
        EvidenceStatus::ThresholdsMet
    };
    FamineEvidence { status, food, gam, cdr }
}

/// How urgent a run-out date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RunoutSeverity {
    /// Nothing can be said: not a good sign, but a missing count.
    DataGap,
    /// Later than every line.
    None,
    /// Past the outermost line.
    Medium,
    /// Past the middle line.
    High,
    /// Past the innermost line.
    Critical,
}

/// One line for the early (P10) and the middle (P50) run-out date. Either crossed is enough.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RunoutLine {
    /// Days to the early date, one chance in ten.
    pub p10_days: f64,
    /// Days to the middle date, one chance in two.
    pub p50_days: f64,
}

impl RunoutLine {
    fn is_crossed(self, p10: f64, p50: f64) -> bool {
        p10 <= self.p10_days || p50 <= self.p50_days
    }
}

/// The lines of the three severities, which a cluster may replace.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RunoutLines {
    /// The innermost.
    pub critical: RunoutLine,
    /// The middle.
    pub high: RunoutLine,
    /// The outermost.
    pub medium: RunoutLine,
}

impl Default for RunoutLines {
    /// Critical at 3 or 7 days, high at 7 or 14, medium at 14 or 30. Project decision (SPEC §7).
    fn default() -> Self {
        Self {
            critical: RunoutLine { p10_days: 3.0, p50_days: 7.0 },
            high: RunoutLine { p10_days: 7.0, p50_days: 14.0 },
            medium: RunoutLine { p10_days: 14.0, p50_days: 30.0 },
        }
    }
}

/// How urgent the run-out dates of an area are.
///
/// # Units
///
/// Days from now; infinite means never, `None` unknown.
///
/// # Example
///
/// ```
/// use passage::assess::evidence::{RunoutLines, RunoutSeverity, runout_severity};
/// let lines = RunoutLines::default();
/// assert_eq!(runout_severity(Some(5.0), Some(11.0), &lines), RunoutSeverity::High);
/// assert_eq!(runout_severity(Some(5.0), None, &lines), RunoutSeverity::DataGap);
/// ```
///
/// # Source
///
/// SPEC §7, rule `runout`.
#[must_use]
pub fn runout_severity(p10: Option<f64>, p50: Option<f64>, lines: &RunoutLines) -> RunoutSeverity {
    let Some((p10, p50)) = p10.zip(p50) else {
        return RunoutSeverity::DataGap;
    };
    if lines.critical.is_crossed(p10, p50) {
        RunoutSeverity::Critical
    } else if lines.high.is_crossed(p10, p50) {
        RunoutSeverity::High
    } else if lines.medium.is_crossed(p10, p50) {
        RunoutSeverity::Medium
    } else {
        RunoutSeverity::None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn severity(p10: f64, p50: f64) -> RunoutSeverity {
        runout_severity(Some(p10), Some(p50), &RunoutLines::default())
    }

    #[test]
    fn one_threshold_known_to_be_missed_outweighs_two_unknown_ones() {
        assert_eq!(famine_evidence(None, Some(0.29), None).status, EvidenceStatus::Below);
    }

    #[test]
    fn values_on_the_thresholds_meet_them() {
        let evidence = famine_evidence(Some(0.2), Some(0.3), Some(2.0));
        assert_eq!(evidence.status, EvidenceStatus::ThresholdsMet);
    }

    #[test]
    fn a_date_on_a_line_is_on_its_worse_side() {
        assert_eq!(severity(3.0, 99.0), RunoutSeverity::Critical);
        assert_eq!(severity(99.0, 14.0), RunoutSeverity::High);
        assert_eq!(severity(14.0, 99.0), RunoutSeverity::Medium);
        assert_eq!(severity(14.1, 30.1), RunoutSeverity::None);
    }

    #[test]
    fn a_stock_that_most_likely_never_runs_out_can_still_be_urgent() {
        assert_eq!(severity(6.0, f64::INFINITY), RunoutSeverity::High);
    }

    proptest! {
        #[test]
        fn a_later_date_is_never_more_urgent(
            p10 in 0.0..40.0_f64, p50 in 0.0..40.0_f64, later in 0.0..40.0_f64,
        ) {
            let urgency = |p10, p50| severity(p10, p50) as u8;
            prop_assert!(urgency(p10 + later, p50) <= urgency(p10, p50));
            prop_assert!(urgency(p10, p50 + later) <= urgency(p10, p50));
        }
    }
}
