//! Where the store is read from and where its key comes from.

use serde::Deserialize;

use crate::domain::choice::choice;

/// The store.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config.toml says what each is, with its unit")]
pub struct Store {
    pub readers: usize,
    #[serde(deserialize_with = "super::word")]
    pub key_from: KeyFrom,
    pub key_file: String,
}

choice! {
    /// Where the key of an encrypted store comes from.
    KeyFrom {
        /// The store is not encrypted.
        None = "none",
        /// A file.
        File = "file",
        /// The folder of credentials that the service manager names.
        Credential = "credential",
        /// A passphrase, asked for on the terminal.
        Prompt = "prompt",
    }
}
