//! When the tasks that run by themselves last ran: who watches the service sees that one stands still.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};

use crate::domain::choice::choice;

choice! {
    /// A task that runs by itself.
    Task {
        /// Making reports that are due.
        Schedule = "schedule",
        /// Looking for alerts.
        Look = "look",
        /// Sending what waits.
        Deliver = "deliver",
    }
}

/// When each task last ran since the program was started.
#[derive(Debug, Default)]
pub struct Pulse(Mutex<BTreeMap<Task, DateTime<Utc>>>);

impl Pulse {
    /// Notes that a task ran.
    pub fn note(&self, task: Task, at: DateTime<Utc>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(task, at);
    }

    /// When a task last ran; `None` where it has not run yet.
    #[must_use]
    pub fn last(&self, task: Task) -> Option<DateTime<Utc>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&task).copied()
    }
}
