//! Where the store is read from and where its key comes from.

use serde::Deserialize;

use crate::domain::choice::choice;


