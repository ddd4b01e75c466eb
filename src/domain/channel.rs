//! The ways on which people and programs are told.

use super::choice::choice;

choice! {
    /// A way on which somebody is told.
    Channel {
        /// A letter by SMTP.
        Email = "email",
        /// A signed request to a program.
        Webhook = "webhook",
        /// A file in a folder.
        Folder = "folder",
    }
}
