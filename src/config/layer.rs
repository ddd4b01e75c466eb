//! A file of settings on its way over the defaults: each setting is tried by itself, so that one that is wrong hides
//! none of the others.

use toml::{Table, Value};

use super::read;

/// A file over the defaults.
pub(super) struct Layer<'a> {
    pub defaults: &'a Table,
    /// The file as it is written, to say on which line something stands.
    pub file: &'a str,
}

impl Layer<'_> {
    /// What of the file can be laid over the defaults; what is wrong is noted, with its line, and left out.
    pub(super) fn readable(&self, over: Table, faults: &mut Vec<String>) -> Table {
        let mut readable = Table::new();
        for (section, settings) in over {
            let Some(known) = self.defaults.get(&section) else {
                let sections: Vec<&String> = self.defaults.keys().collect();
                let line = self.line_of(&section, "");
                faults.push(format!("{line}unknown section {section}; known are {sections:?}"));
                continue;
            };
            let fits = match (known, settings) {
                // A crisis may have any name, and names of kinds and fields in it are checked with their levels.
                (Value::Table(known), Value::Table(settings)) if section != "crisis" => {
                    Some(self.of_table(&section, known, settings, faults))
                }
                (Value::Array(_), Value::Array(items)) => {
                    let mut fits = items;
                    fits.retain(|item| {
                        let alone = Value::Array(vec![item.clone()]);
                        self.is_readable(&section, "", alone, faults)
                    });
                    Some(Value::Array(fits))
                }
                (_, settings) => {
                    self.is_readable(&section, "", settings.clone(), faults).then_some(settings)
                }
            };
            readable.extend(fits.map(|fits| (section, fits)));
        }
        readable
    }

    fn of_table(
        &self,
        section: &str,
        known: &Table,
        mut settings: Table,
        faults: &mut Vec<String>,
    ) -> Value {
        settings.retain(|key, value| {
            if !known.contains_key(key) {
                let (line, names) = (self.line_of(section, key), known.keys().collect::<Vec<_>>());
                faults.push(format!("{line}unknown setting {section}.{key}; known are {names:?}"));
                return false;
            }
            let mut alone = known.clone();
            alone.insert(key.to_owned(), value.clone());
            self.is_readable(section, key, Value::Table(alone), faults)
        });
        Value::Table(settings)
    }

    /// Can the settings be read with this section in the place of its own?
    fn is_readable(
        &self,
        section: &str,
        key: &str,
        settings: Value,
        faults: &mut Vec<String>,
    ) -> bool {
        let mut tried = self.defaults.clone();
        tried.insert(section.to_owned(), settings);
        let Err(detail) = read(&tried) else { return true };
        let (line, detail) = (self.line_of(section, key), detail.trim_end());
        // Some faults name their setting themselves.
        faults.push(if detail.starts_with(&format!("{section}.")) {
            format!("{line}{detail}")
        } else if key.is_empty() {
            format!("{line}{section}: {detail}")
        } else {
            format!("{line}{section}.{key}: {detail}")
        });
        false
    }

    /// On which line a setting of a section stands, or else the section, as far as that can be found.
    fn line_of(&self, section: &str, key: &str) -> String {
        let begins =
            |line: &str, word: &str| line.trim_start().trim_start_matches('[').starts_with(word);
        let mut lines = self.file.lines().enumerate();
        let head =
            lines.find(|(_, line)| line.trim_start().starts_with('[') && begins(line, section));
        let own = lines.find(|(_, line)| !key.is_empty() && begins(line, key));
        let found = own.or(head);
        found.map_or_else(String::new, |(line, _)| format!("line {}: ", line + 1))
    }
}

/// Lays one table over another.
pub(super) fn merge(base: &mut Table, over: Table) {
    for (name, value) in over {
        match (base.get_mut(&name), value) {
            (Some(Value::Table(base)), Value::Table(over)) => merge(base, over),
            (_, value) => {
                base.insert(name, value);
            }
        }
    }
}
