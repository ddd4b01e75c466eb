//! Settings that contradict each other or make no sense stop the start.

use super::fault::{Fault, in_order, within};
use super::{Alert, KeyFrom, Login, Outlook, Sections, Standard, Store, Totals};

/// The longest of thresholds in days, ten years: no rule looks further.
const LONGEST_DAYS: f64 = 3_660.0;

/// The longest of thresholds in hours, a year.
const LONGEST_HOURS: f64 = 8_784.0;

/// The largest share where more than the whole makes sense, as twice what is needed.
const LARGEST_SHARE: f64 = 10.0;

impl Alert {
    /// Everything that is wrong, by key; `faults` has what is known to be wrong already.
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
        self.check_days(faults);
        self.check_hours(faults);
        self.check_shares(faults);
        // Nobody else says what the service could not do.
        let of_the_service = self.off.iter().filter(|rule| rule.is_of_the_service());
        faults.extend(of_the_service.map(|rule| {
            Fault::of(&["off"], format!("{rule} cannot be turned off: it tells what was not told"))
        }));
    }

    fn check_days(&self, faults: &mut Vec<Fault>) {
        let days = 0.0..=LONGEST_DAYS;
        faults.extend(within(&[
            ("no_delivery_days", self.no_delivery_days, days.clone()),
            ("no_delivery_critical_days", self.no_delivery_critical_days, days.clone()),
            ("runout_p50_days", self.runout_p50_days, days.clone()),
            ("runout_p50_high_days", self.runout_p50_high_days, days.clone()),
            ("runout_p50_critical_days", self.runout_p50_critical_days, days.clone()),
            ("runout_p10_days", self.runout_p10_days, days.clone()),
            ("runout_p10_high_days", self.runout_p10_high_days, days.clone()),
            ("runout_p10_critical_days", self.runout_p10_critical_days, days.clone()),
            ("runout_clear_factor", self.runout_clear_factor, 1.0..=100.0),
            ("stock_destroyed_days", self.stock_destroyed_days, days.clone()),
            ("stock_destroyed_critical_days", self.stock_destroyed_critical_days, days.clone()),
            ("stale_population_days", self.stale_population_days, days.clone()),
            ("stale_stock_days", self.stale_stock_days, days.clone()),
            ("event_days", self.event_days, days),
            // Each is a look at what was known then.
            ("hysteresis_days", self.hysteresis_days.into(), 0.0..=366.0),
        ]));
        in_order(
            &[
                [
                    ("no_delivery_days", self.no_delivery_days),
                    ("no_delivery_critical_days", self.no_delivery_critical_days),
                ],
                [
                    ("runout_p50_critical_days", self.runout_p50_critical_days),
                    ("runout_p50_high_days", self.runout_p50_high_days),
                ],
                [
                    ("runout_p50_high_days", self.runout_p50_high_days),
                    ("runout_p50_days", self.runout_p50_days),
                ],
                [
                    ("runout_p10_critical_days", self.runout_p10_critical_days),
                    ("runout_p10_high_days", self.runout_p10_high_days),
                ],
                [
                    ("runout_p10_high_days", self.runout_p10_high_days),
                    ("runout_p10_days", self.runout_p10_days),
                ],
            ],
            faults,
        );
    }

    fn check_hours(&self, faults: &mut Vec<Fault>) {
        let hours = 0.0..=LONGEST_HOURS;
        faults.extend(within(&[
            ("convoy_stalled_hours", self.convoy_stalled_hours, hours.clone()),
            ("convoy_stalled_pause_hours", self.convoy_stalled_pause_hours, hours.clone()),
            ("pause_ending_hours", self.pause_ending_hours, hours.clone()),
            ("convoy_overdue_hours", self.convoy_overdue_hours, hours.clone()),
            ("convoy_overdue_high_hours", self.convoy_overdue_high_hours, hours.clone()),
            ("pause_unanswered_hours", self.pause_unanswered_hours, hours.clone()),
            (
                "pause_unanswered_before_start_hours",
                self.pause_unanswered_before_start_hours,
                hours.clone(),
            ),
            ("future_dated_hours", self.future_dated_hours, hours),
        ]));
        in_order(
            &[[
                ("convoy_overdue_hours", self.convoy_overdue_hours),
                ("convoy_overdue_high_hours", self.convoy_overdue_high_hours),
            ]],
            faults,
        );
    }

    fn check_shares(&self, faults: &mut Vec<Fault>) {
        let (share, of_need) = (0.0..=1.0, 0.0..=LARGEST_SHARE);
        faults.extend(within(&[
            ("low_coverage", self.low_coverage, of_need.clone()),
            ("low_coverage_critical", self.low_coverage_critical, of_need.clone()),
            ("low_coverage_clear", self.low_coverage_clear, of_need.clone()),
            ("stock_destroyed_share", self.stock_destroyed_share, share.clone()),
            ("items_removed_share", self.items_removed_share, share.clone()),
            ("items_removed_high_share", self.items_removed_high_share, share),
            ("population_jump_share", self.population_jump_share, of_need),
        ]));
        in_order(
            &[
                [
                    ("low_coverage_critical", self.low_coverage_critical),
                    ("low_coverage", self.low_coverage),
                ],
                [
                    ("low_coverage", self.low_coverage),
                    ("low_coverage_clear", self.low_coverage_clear),
                ],
                [
                    ("items_removed_share", self.items_removed_share),
                    ("items_removed_high_share", self.items_removed_high_share),
                ],
            ],
            faults,
        );
    }
}

impl Login {
    pub(super) fn check(self) -> Result<(), String> {
        const LONGEST_HOURS: u32 = 8_784;
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
        if self.longest_hours > LONGEST_HOURS {
            return Err(format!(
                "login.longest_hours: must be at most {LONGEST_HOURS}, got {}",
                self.longest_hours
            ));
        }
        Ok(())
    }
}

impl Outlook {
    /// Everything that is wrong, by key; `faults` has what is known to be wrong already.
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
        const MOST_DRAWS: f64 = 2_000_000.0;
        let ration = 0.01..=LARGEST_SHARE;
        #[expect(clippy::cast_precision_loss, reason = "held against a limit far below 2^53")]
        let draws = self.draws as f64;
        faults.extend(within(&[
            ("ration_low", self.ration_low, ration.clone()),
            ("ration_best", self.ration_best, ration.clone()),
            ("ration_high", self.ration_high, ration),
            ("threshold_days", self.threshold_days, 0.0..=LONGEST_DAYS),
            ("horizon_days", self.horizon_days.into(), 1.0..=LONGEST_DAYS),
            ("look_back_days", self.look_back_days.into(), 0.0..=LONGEST_DAYS),
            ("counted_together_days", self.counted_together_days.into(), 0.0..=366.0),
            ("draws", draws, 1.0..=MOST_DRAWS),
        ]));
        in_order(
            &[
                [("ration_low", self.ration_low), ("ration_best", self.ration_best)],
                [("ration_best", self.ration_best), ("ration_high", self.ration_high)],
            ],
            faults,
        );
    }
}

impl Totals {
    pub(super) fn check(self, faults: &mut Vec<Fault>) {
        faults.extend(within(&[("spread_flag", self.spread_flag, 0.0..=LARGEST_SHARE)]));
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
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
        faults.extend(within(&[
            ("assumed_ration_kcal", self.assumed_ration_kcal, 1.0..=10_000.0),
            ("assumed_ration_days", self.assumed_ration_days, 0.1..=LONGEST_DAYS),
            ("handling_loss", self.handling_loss, 0.0..=0.99),
            ("diversion_low", self.diversion_low, 0.0..=1.0),
            ("diversion_high", self.diversion_high, 0.0..=1.0),
        ]));
        in_order(
            &[[("diversion_low", self.diversion_low), ("diversion_high", self.diversion_high)]],
            faults,
        );
    }
}

impl Sections {
    /// What each says of itself.
    pub(super) fn contradictions(&self) -> [Result<(), String>; 9] {
        [
            self.store.check(),
            self.server.check(),
            self.room.check(),
            self.upload.check(),
            self.login.check(),
            self.backup.check(),
            self.mail.check(),
            self.webhook.check(),
            self.folder.check(),
        ]
    }
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

    /// What is wrong with this file, line by line.
    fn said(file: &str) -> String {
        let fault = Settings::layered("f", file, std::iter::empty()).unwrap_err();
        fault.to_string()
    }

    #[test]
    fn every_threshold_has_a_limit_and_is_named_with_it() {
        let defaults: toml::Table = crate::config::DEFAULTS.parse().unwrap();
        for section in ["alert", "outlook", "standard", "totals"] {
            for (key, value) in defaults[section].as_table().unwrap() {
                // So long that a date that far away is none.
                let absurd = match value {
                    toml::Value::Integer(_) | toml::Value::Float(_) => ["4000000000", "-1", "nan"],
                    _ => continue,
                };
                for absurd in absurd {
                    let told = said(&format!("[{section}]\n{key} = {absurd}"));
                    assert!(told.contains(&format!("{section}.{key}: ")), "{key}: {told}");
                }
            }
        }
        let told = said("[alert]\nevent_days = 1000000000000000000");
        assert!(told.contains("alert.event_days: must be 0 to 3660, got"), "{told}");
        assert!(said("[telling]\nescalate_hours = 1e300").contains("telling.escalate_hours"));
        assert!(
            said("[server]\nrequest_timeout_seconds = 9000000000000000000")
                .contains("request_timeout")
        );
    }

    #[test]
    fn all_that_is_wrong_with_settings_is_said_at_once_and_nothing_that_follows_from_it() {
        let file = "
            [alert]
            event_days = 'many'
            low_coverage_critical = 9000.0
            no_such = 1
            no_delivery_days = 300
            [server]
            workers = 'all'
            requests_per_token = 0
            [telling]
            look_seconds = 0
            quiet_seconds = 'short'
            [outlok]
            draws = 1
            [[place]]
            area = 'A'
            alert = { event_days = -1, lo_coverage = 0.6 }
            [[place]]
            alert = { event_days = 3 }
            [[schedule]]
            name = 'x'
            cron = 'nonsense'
            time_zone = 'UTC'
            [[schedule]]
            cron = '0 7 * * *'
            time_zone = 'Nowhere'";
        let told = said(file);
        for named in [
            "alert.event_days: ",
            "alert.low_coverage_critical: must be 0 to 10",
            "alert.no_such",
            "alert.no_delivery_critical_days: must not be less than no_delivery_days",
            "server.workers: ",
            "server.requests_per_token: ",
            "telling.look_seconds: ",
            "telling.quiet_seconds: ",
            "section outlok",
            "place.0.alert.event_days: ",
            "place.0.alert.lo_coverage: ",
            "place.1: give either area or pcode",
            "schedule x: /cron",
            "schedule: name is required",
        ] {
            assert!(told.contains(named), "{named}: {told}");
        }
        assert!(
            !told.contains("low_coverage: must not"),
            "it is held against no wrong number: {told}"
        );
        assert!(!told.contains("less than quiet_seconds"), "{told}");
    }
}
