//! How large files may be that are sent, and how long they are kept.

use serde::Deserialize;

/// The longest of times, a week in hours and a day in seconds: no clock is asked for any time ahead.
const LONGEST: [(&str, u64); 3] =
    [("timeout_seconds", 86_400), ("wait_seconds", 25), ("keep_hours", 168)];

/// The largest of attachments, bytes: each is held in memory, and the store copies it.
const LARGEST_ATTACHMENT: usize = 256 << 20;

/// Files that are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config.toml says what each is, with its unit")]
pub struct Upload {
    pub import_bytes: usize,
    pub attachment_bytes: usize,
    pub timeout_seconds: u64,
    pub wait_seconds: u64,
    pub keep_hours: u32,
}

impl Upload {
    pub(super) fn check(&self) -> Result<(), String> {
        let bytes =
            [("import_bytes", self.import_bytes), ("attachment_bytes", self.attachment_bytes)];
        if let Some((name, _)) = bytes.iter().find(|(_, bytes)| *bytes == 0) {
            return Err(format!("upload.{name}: must be 1 or more, got 0"));
        }
        if self.attachment_bytes > LARGEST_ATTACHMENT {
            let given = self.attachment_bytes;
            return Err(format!(
                "upload.attachment_bytes: must be at most {LARGEST_ATTACHMENT}, got {given}"
            ));
        }
        if self.timeout_seconds == 0 {
            return Err("upload.timeout_seconds: must be 1 or more, got 0".to_owned());
        }
        let given = [self.timeout_seconds, self.wait_seconds, self.keep_hours.into()];
        let mut limits = LONGEST.iter().zip(given);
        let wrong = limits.find(|((_, longest), given)| given > longest);
        wrong.map_or(Ok(()), |((name, longest), given)| {
            Err(format!("upload.{name}: must be at most {longest}, got {given}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Settings;

    #[test]
    fn a_limit_of_nothing_or_without_end_stops_the_start() {
        for (set, named) in [
            ("import_bytes = 0", "upload.import_bytes"),
            ("attachment_bytes = 0", "upload.attachment_bytes"),
            ("attachment_bytes = 1_000_000_000", "upload.attachment_bytes"),
            ("timeout_seconds = 0", "upload.timeout_seconds"),
            ("wait_seconds = 26", "upload.wait_seconds"),
            ("keep_hours = 1000", "upload.keep_hours"),
        ] {
            let fault = Settings::layered("f", &format!("[upload]\n{set}"), std::iter::empty());
            let said = fault.unwrap_err().to_string();
            assert!(said.contains(named), "{set}: {said}");
        }
    }
}
