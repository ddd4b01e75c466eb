//! Schedules in the settings: the same fields, through the same door, as those that are posted.

use toml::{Table, Value};

use crate::domain::{Code, Kind, Schedule, draft, typed};

/// Reads every `[[schedule]]`: its name is its code. All that is wrong with all of them is noted.
pub(super) fn read(tables: &[Table], faults: &mut Vec<String>) -> Vec<(Code, Schedule)> {
    let mut read: Vec<(Code, Schedule)> = Vec::with_capacity(tables.len());
    for table in tables {
        match one(table) {
            Ok((code, _)) if read.iter().any(|(other, _)| *other == code) => {
                faults.push(format!("schedule {code}: is there twice"));
            }
            Ok(known) => read.push(known),
            Err(fault) => faults.push(fault),
        }
    }
    read
}

fn one(table: &Table) -> Result<(Code, Schedule), String> {
    let mut table = table.clone();
    let name = table.remove("name");
    let name = name.as_ref().and_then(Value::as_str).ok_or("schedule: name is required")?;
    let named = |detail: String| format!("schedule {name}: {detail}");
    let code: Code = name.parse().map_err(|fault| named(format!("name {fault}")))?;
    let body = serde_json::to_value(&table).map_err(|fault| named(fault.to_string()))?;
    let draft = draft(Kind::Schedule, &body).map_err(|problems| named(problems.to_string()))?;
    let schedule = typed(&draft.body).map_err(|problems| named(problems.to_string()))?;
    Ok((code, schedule))
}
