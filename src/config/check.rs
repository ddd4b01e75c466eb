//! Settings that contradict each other or make no sense stop the start.

use super::{Alert, KeyFrom, Login, Outlook, Standard, Store};

impl Alert {
    pub(super) fn check(&self) -> Result<(), String> {
        in_order(&[
            ("no_delivery_critical_days", self.no_delivery_days, self.no_delivery_critical_days),
            ("low_coverage", self.low_coverage_critical, self.low_coverage),
            ("low_coverage_clear", self.low_coverage, self.low_coverage_clear),
            ("runout_p50_high_days", self.runout_p50_critical_days, self.runout_p50_high_days),
            ("runout_p50_days", self.runout_p50_high_days, self.runout_p50_days),
            ("runout_p10_high_days", self.runout_p10_critical_days, self.runout_p10_high_days),
            ("runout_p10_days", self.runout_p10_high_days, self.runout_p10_days),
            ("runout_clear_factor", 1.0, self.runout_clear_factor),
            (
                "convoy_overdue_high_hours",
                self.convoy_overdue_hours,
                self.convoy_overdue_high_hours,
            ),
            ("items_removed_high_share", self.items_removed_share, self.items_removed_high_share),
        ])
        .map_err(|detail| format!("alert.{detail}"))
    }
}

impl Login {
    pub(super) fn check(self) -> Result<(), String> {
        let numbers = [
            self.wrong_for_name,
            self.wrong_from_address,
            self.first_lock_seconds,
            self.longest_lock_seconds,
            self.idle_hours,
            self.longest_hours,
        ];
        if numbers.contains(&0) {
            return Err("login: every number must be more than 0".to_owned());
        }
        if self.first_lock_seconds > self.longest_lock_seconds {
            return Err(
                "login.longest_lock_seconds: must not be less than first_lock_seconds".to_owned()
            );
        }
        if self.idle_hours > self.longest_hours {
            return Err("login.longest_hours: must not be less than idle_hours".to_owned());
        }
        Ok(())
    }
}

/// The most days that an outlook looks ahead or back, some ten years: a calendar has an end.
const MOST_DAYS: u32 = 3_660;

impl Outlook {
    pub(super) fn check(&self) -> Result<(), String> {
        in_order(&[
            ("ration_best", self.ration_low, self.ration_best),
            ("ration_high", self.ration_best, self.ration_high),
        ])
        .map_err(|detail| format!("outlook.{detail}"))?;
        if self.ration_low <= 0.0 || self.horizon_days == 0 || self.draws == 0 {
            return Err(
                "outlook: ration_low, horizon_days and draws must be more than 0".to_owned()
            );
        }
        for (name, days) in [
            ("horizon_days", self.horizon_days),
            ("look_back_days", self.look_back_days),
            ("counted_together_days", self.counted_together_days),
        ] {
            if days > MOST_DAYS {
                return Err(format!(
                    "outlook.{name}: must be at most {MOST_DAYS} days, got {days}"
                ));
            }
        }
        Ok(())
    }
}

impl Store {
    pub(super) fn check(&self) -> Result<(), String> {
        let is_named = !self.key_file.is_empty();
        match (self.key_from, is_named) {
            (KeyFrom::File, false) => {
                Err("store.key_file: name the file of the key, or set key_from to none".to_owned())
            }
            (KeyFrom::File, true) | (_, false) => Ok(()),
            (other, true) => {
                Err(format!("store.key_file: is read with key_from = \"file\" alone, got {other}"))
            }
        }
    }
}

impl Standard {
    pub(super) fn check(&self) -> Result<(), String> {
        in_order(&[("diversion_high", self.diversion_low, self.diversion_high)])
            .map_err(|detail| format!("standard.{detail}"))?;
        if !(0.0..1.0).contains(&self.handling_loss) || self.diversion_high > 1.0 {
            return Err(
                "standard: handling_loss and diversion are shares between 0 and 1".to_owned()
            );
        }
        if self.assumed_ration_kcal <= 0.0 || self.assumed_ration_days <= 0.0 {
            return Err("standard: the assumed ration must be more than 0".to_owned());
        }
        Ok(())
    }
}

/// Of each pair the second must not be less than the first.
fn in_order(pairs: &[(&str, f64, f64)]) -> Result<(), String> {
    let wrong = pairs.iter().find(|(_, low, high)| !(0.0 <= *low && low <= high));
    wrong.map_or(Ok(()), |(name, low, high)| {
        Err(format!("{name}: must not be less than its twin, got {low} and {high}"))
    })
}

#[cfg(test)]
mod tests {
    use crate::config::Settings;

    #[test]
    fn days_and_seconds_that_make_no_sense_stop_the_start() {
        let schedule = "[[schedule]]\nname='x'\ncron='0 7 * * *'\ntime_zone='UTC'\nperiod_days";
        for (set, named) in [
            (format!("{schedule}=0"), "period_days"),
            (format!("{schedule}=3661"), "period_days"),
            ("[retention]\nconvoy=4000000000".to_owned(), "retention.convoy"),
            ("[outlook]\nhorizon_days=4294967295".to_owned(), "outlook.horizon_days"),
            ("[outlook]\nlook_back_days=4294967295".to_owned(), "outlook.look_back_days"),
            ("[outlook]\ncounted_together_days=3661".to_owned(), "outlook.counted_together_days"),
            ("[server]\nrequest_timeout_seconds=0".to_owned(), "request_timeout_seconds"),
        ] {
            let fault = Settings::layered("f", &set, std::iter::empty()).unwrap_err();
            assert!(fault.to_string().contains(named), "{set}: {fault}");
        }
        for set in [format!("{schedule}=3660"), "[retention]\nconvoy=36600".to_owned()] {
            assert!(Settings::layered("f", &set, std::iter::empty()).is_ok(), "{set}");
        }
    }
}
