//! Rules that differ from place to place: thresholds and rations of the settings, replaced for an area or a P-code.

use serde::Deserialize;
use toml::{Table, Value};

use super::fault::{Fault, fitting, number, table_of};
use super::{Alert, Outlook, merge};

/// What one `[[place]]` replaces, as it stands in the settings.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config.toml says what each is")]
pub struct Place {
    pub area: Option<String>,
    pub pcode: Option<String>,
    #[serde(default)]
    pub alert: Table,
    #[serde(default)]
    pub outlook: Table,
}

/// The rules of one place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules {
    /// Thresholds of the alert rules.
    pub alert: Alert,
    /// How outlooks are computed.
    pub outlook: Outlook,
}

/// The rules everywhere, and those of single places.
#[derive(Debug, Clone, PartialEq)]
pub struct Places {
    /// The sections that the rules were read from, to lay others over them.
    sections: Table,
    everywhere: Rules,
    areas: Vec<(String, Rules)>,
    /// The longest prefix first, so that the first that fits is the closest.
    pcodes: Vec<(String, Rules)>,
}

impl Places {
    /// The same rules everywhere.
    #[must_use]
    pub fn everywhere(rules: Rules) -> Self {
        let sections = Table::new();
        Self { sections, everywhere: rules, areas: Vec::new(), pcodes: Vec::new() }
    }

    /// The same with other thresholds: for everywhere, and for single places beside those that are set.
    ///
    /// # Errors
    ///
    /// All thresholds that are unknown, of the wrong form, beyond their limits, or contradict another; those of places
    /// under `place` and their number.
    pub fn changed(&self, alert: &Table, places: &[Place]) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut sections = self.sections.clone();
        let base = table_of(&sections, "alert");
        let fits = fitting::<Alert>(&base, alert, &mut faults);
        faults = faults.into_iter().map(|fault| fault.inside(&["alert"])).collect();
        let mut over = Table::new();
        over.insert("alert".to_owned(), Value::Table(fits));
        merge(&mut sections, over);
        let own = sections.get("place").and_then(Value::as_array).cloned().unwrap_or_default();
        // What is set passed the same door before.
        let own = own.into_iter().filter_map(|place| place.try_into::<Place>().ok());
        // The closer comes first: what is asked for goes before what is set for the same place.
        let both: Vec<Place> = places.iter().cloned().chain(own).collect();
        let changed = Self::resolved(&sections, &both, &mut faults);
        changed.filter(|_| faults.is_empty()).ok_or(faults)
    }

    /// Lays what the places replace over the rules that hold everywhere, and notes all that is wrong with either.
    pub(super) fn resolved(
        settings: &Table,
        places: &[Place],
        faults: &mut Vec<Fault>,
    ) -> Option<Self> {
        let mut resolved = Self::everywhere(rules(settings, None, &[], faults)?);
        let section = |name: &&str| Some(((*name).to_owned(), settings.get(*name)?.clone()));
        resolved.sections = ["alert", "outlook", "place"].iter().filter_map(section).collect();
        for (index, place) in places.iter().enumerate() {
            let at = ["place", &number(index)];
            let Some(own) = rules(settings, Some(place), &at, faults) else { continue };
            match (&place.area, &place.pcode) {
                (Some(area), None) => resolved.areas.push((area.clone(), own)),
                (None, Some(pcode)) => resolved.pcodes.push((pcode.clone(), own)),
                _ => faults.push(Fault::of(&at, "give either area or pcode")),
            }
        }
        resolved.pcodes.sort_by_key(|(pcode, _)| std::cmp::Reverse(pcode.len()));
        Some(resolved)
    }

    /// The rules for an area with this code and these P-codes, its own and those of the units it lies in: its own
    /// rules, else those of the longest P-code prefix that fits, else those that hold everywhere.
    ///
    /// # Example
    ///
    /// ```
    /// use passage::config::Settings;
    /// let file = "[[place]]\npcode = 'SY02'\nalert = { no_delivery_days = 14 }";
    /// let settings = Settings::layered("f", file, std::iter::empty()).unwrap();
    /// assert_eq!(settings.places.of("SY-EAST-ALEPPO", &["SY0200"]).alert.no_delivery_days, 14.0);
    /// assert_eq!(settings.places.of("SY-DARAYA", &["SY03"]).alert.no_delivery_days, 30.0);
    /// ```
    #[must_use]
    pub fn of(&self, area: &str, pcodes: &[&str]) -> &Rules {
        let by_area = self.areas.iter().find(|(code, _)| code == area);
        let fits = |prefix: &str| pcodes.iter().any(|p| p.starts_with(prefix));
        let by_pcode = || self.pcodes.iter().find(|(prefix, _)| fits(prefix));
        by_area.or_else(by_pcode).map_or(&self.everywhere, |(_, rules)| rules)
    }

    /// The places with rules of their own: each the code of an area or the beginning of P-codes, the areas first.
    pub fn single(&self) -> impl Iterator<Item = (&str, &Rules)> {
        self.areas.iter().chain(&self.pcodes).map(|(place, rules)| (place.as_str(), rules))
    }

    /// The rules that hold where no place has its own.
    #[must_use]
    pub const fn base(&self) -> &Rules {
        &self.everywhere
    }
}

/// The rules of a place, or those that hold everywhere; what is wrong with them is noted.
fn rules(
    settings: &Table,
    place: Option<&Place>,
    at: &[&str],
    faults: &mut Vec<Fault>,
) -> Option<Rules> {
    let mut found = Vec::new();
    let alert: Option<Alert> =
        section(settings, "alert", place.map(|place| &place.alert), &mut found);
    if let Some(alert) = &alert {
        alert.check(&mut found);
    }
    let of_alert = std::mem::take(&mut found);
    let outlook: Option<Outlook> =
        section(settings, "outlook", place.map(|place| &place.outlook), &mut found);
    if let Some(outlook) = &outlook {
        outlook.check(&mut found);
    }
    let of_alert = of_alert.into_iter().map(|fault| fault.inside(&["alert"]));
    let of_outlook = found.into_iter().map(|fault| fault.inside(&["outlook"]));
    // What holds everywhere and is wrong is said once.
    let found: Vec<Fault> =
        of_alert.chain(of_outlook).filter(|fault| !faults.contains(fault)).collect();
    faults.extend(found.into_iter().map(|fault| fault.inside(at)));
    Some(Rules { alert: alert?, outlook: outlook? })
}

fn section<T: serde::de::DeserializeOwned>(
    settings: &Table,
    name: &str,
    over: Option<&Table>,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    let mut table = table_of(settings, name);
    if let Some(over) = over {
        let fits = fitting::<T>(&table, over, faults);
        merge(&mut table, fits);
    }
    table
        .try_into()
        .map_err(|fault: toml::de::Error| faults.push(Fault::of(&[], fault.message())))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::super::Settings;
    use crate::domain::alert::{Rule, RuleSet};

    fn settings(file: &str) -> Result<Settings, String> {
        Settings::layered("f", file, std::iter::empty()).map_err(|fault| fault.to_string())
    }

    #[test]
    fn an_area_has_its_own_rules_before_those_of_the_longest_prefix() {
        let file = "
            [[place]]\npcode = 'SY'\nalert = { low_coverage = 0.52 }
            [[place]]\npcode = 'SY02'\nalert = { low_coverage = 0.54 }
            [[place]]\narea = 'A'\noutlook = { policy = 'constant' }";
        let places = settings(file).unwrap().places;
        let low = |area, pcode| places.of(area, &[pcode]).alert.low_coverage.to_string();
        assert_eq!(
            [low("B", "SY0200"), low("B", "SY03"), low("B", "LB1")],
            ["0.54", "0.52", "0.5"]
        );
        assert_eq!(low("A", "SY0200"), "0.5");
    }

    #[test]
    fn rules_are_off_or_on_again_for_single_places() {
        let file = "
            [alert]\noff = ['data_gap', 'stale_estimate']
            [[place]]\npcode = 'SY02'\nalert = { off = ['runout'] }
            [[place]]\narea = 'A'\nalert = { off = [] }";
        let places = settings(file).unwrap().places;
        let off =
            |area, pcode| -> Vec<Rule> { places.of(area, &[pcode]).alert.off.iter().collect() };
        assert_eq!(off("B", "SY03"), [Rule::StaleEstimate, Rule::DataGap]);
        assert_eq!(off("B", "SY0200"), [Rule::Runout]);
        assert_eq!(off("A", "SY0200"), []);
        let base = settings("").unwrap().places;
        assert_eq!(base.base().alert.off, RuleSet::default());
    }

    #[test]
    fn a_rule_that_is_unknown_or_speaks_of_the_service_itself_cannot_be_turned_off() {
        let fault = settings("[alert]\noff = ['report_skipped', 'runout']").unwrap_err();
        assert!(fault.contains("alert.off: report_skipped cannot be turned off"), "{fault}");
        let fault = settings("[[place]]\narea = 'A'\nalert = { off = ['delivery_failed'] }");
        assert!(fault.unwrap_err().contains("place.0.alert.off: delivery_failed cannot"));
        let fault = settings("[alert]\noff = ['runnout']").unwrap_err();
        assert!(fault.contains("alert.off: must be one of pause_ending, "), "{fault}");
        assert!(fault.contains("runnout"), "{fault}");
    }

    #[test]
    fn a_place_that_says_nothing_of_where_or_something_unknown_is_refused() {
        let fault = settings("[[place]]\nalert = { low_coverage = 0.6 }").unwrap_err();
        assert!(fault.contains("area or pcode"), "{fault}");
        let fault = settings("[[place]]\narea = 'A'\nalert = { lo_coverage = 0.6 }").unwrap_err();
        assert!(fault.contains("lo_coverage"), "{fault}");
        let fault = settings("[[place]]\narea = 'A'\nalert = { low_coverage = 0.1 }").unwrap_err();
        assert!(fault.contains("low_coverage"), "{fault}");
    }
}
