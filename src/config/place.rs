//! Rules that differ from place to place: thresholds and rations of the settings, replaced for an area or a P-code.

use serde::Deserialize;
use toml::{Table, Value};

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
    /// A sentence: a threshold is unknown, of the wrong form, or contradicts another.
    pub fn changed(&self, alert: &Table, places: &[Place]) -> Result<Self, String> {
        let mut sections = self.sections.clone();
        let mut over = Table::new();
        over.insert("alert".to_owned(), Value::Table(alert.clone()));
        merge(&mut sections, over);
        let own = sections.get("place").and_then(Value::as_array).cloned().unwrap_or_default();
        let own = own.into_iter().map(Value::try_into::<Place>);
        let own: Vec<Place> =
            own.collect::<Result<_, _>>().map_err(|fault| fault.message().to_owned())?;
        // The closer comes first: what is asked for goes before what is set for the same place.
        let both: Vec<Place> = places.iter().chain(&own).cloned().collect();
        let changed = Self::resolved(&sections, &both)?;
        changed
            .all()
            .try_for_each(|rules| rules.alert.check().and_then(|()| rules.outlook.check()))?;
        Ok(changed)
    }

    /// Lays what the places replace over the rules that hold everywhere.
    pub(super) fn resolved(settings: &Table, places: &[Place]) -> Result<Self, String> {
        let mut resolved = Self::everywhere(rules(settings, None)?);
        let section = |name: &&str| Some(((*name).to_owned(), settings.get(*name)?.clone()));
        resolved.sections = ["alert", "outlook", "place"].iter().filter_map(section).collect();
        for place in places {
            let own = rules(settings, Some(place))?;
            match (&place.area, &place.pcode) {
                (Some(area), None) => resolved.areas.push((area.clone(), own)),
                (None, Some(pcode)) => resolved.pcodes.push((pcode.clone(), own)),
                _ => return Err("place: give either area or pcode".to_owned()),
            }
        }
        resolved.pcodes.sort_by_key(|(pcode, _)| std::cmp::Reverse(pcode.len()));
        Ok(resolved)
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

    /// The rules that hold where no place has its own.
    #[must_use]
    pub const fn base(&self) -> &Rules {
        &self.everywhere
    }

    /// Every set of rules, to be checked.
    pub(super) fn all(&self) -> impl Iterator<Item = &Rules> {
        let single = self.areas.iter().chain(&self.pcodes).map(|(_, rules)| rules);
        std::iter::once(&self.everywhere).chain(single)
    }
}

fn rules(settings: &Table, place: Option<&Place>) -> Result<Rules, String> {
    Ok(Rules {
        alert: section(settings, "alert", place.map(|place| &place.alert))?,
        outlook: section(settings, "outlook", place.map(|place| &place.outlook))?,
    })
}

fn section<T: serde::de::DeserializeOwned>(
    settings: &Table,
    name: &str,
    over: Option<&Table>,
) -> Result<T, String> {
    let mut table = settings.get(name).and_then(Value::as_table).cloned().unwrap_or_default();
    merge(&mut table, over.cloned().unwrap_or_default());
    table.try_into().map_err(|fault: toml::de::Error| format!("place.{name}: {}", fault.message()))
}

#[cfg(test)]
mod tests {
    use super::super::Settings;

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
    fn a_place_that_says_nothing_of_where_or_something_unknown_is_refused() {
        let fault = settings("[[place]]\nalert = { low_coverage = 0.6 }").unwrap_err();
        assert!(fault.contains("area or pcode"), "{fault}");
        let fault = settings("[[place]]\narea = 'A'\nalert = { lo_coverage = 0.6 }").unwrap_err();
        assert!(fault.contains("lo_coverage"), "{fault}");
        let fault = settings("[[place]]\narea = 'A'\nalert = { low_coverage = 0.1 }").unwrap_err();
        assert!(fault.contains("low_coverage"), "{fault}");
    }
}
