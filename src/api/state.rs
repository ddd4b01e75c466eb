//! What every handler gets.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{Answers, Limits, Metrics, Ways, alert, paths};
use crate::app::App;
use crate::disclose::policy::POLICY;
use crate::jobs::deliver::Deliverers;
use crate::jobs::import::Imports;
use crate::people::Passwords;

/// What every handler gets.
pub struct State {
    /// The program.
    pub app: Arc<App>,
    /// May everybody read, as in the demo?
    pub open_reading: bool,
    /// Every route, for the guard before the router.
    pub ways: Ways,
    /// The threads that hash passwords.
    pub passwords: Passwords,
    /// The lists that were given and still hold.
    pub answers: Answers,
    /// What is counted.
    pub metrics: Metrics,
    /// Who has asked how often.
    pub limits: Limits,
    /// The ways out, which say whether an address can be delivered to.
    pub deliverers: Deliverers,
    /// The imports that run.
    pub imports: Arc<Imports>,
    /// The turns at previews of alerts, which take long.
    pub previews: Arc<tokio::sync::Semaphore>,
    /// Was the server told to stop?
    pub stopping: AtomicBool,
}

impl State {
    /// That of a program.
    ///
    /// # Errors
    ///
    /// When the policy does not say who may use one of the routes, or a way out cannot be opened.
    pub fn of(app: &Arc<App>, open_reading: bool) -> std::io::Result<Self> {
        Ok(Self {
            app: Arc::clone(app),
            open_reading,
            ways: Ways::of(&paths(), POLICY).map_err(std::io::Error::other)?,
            passwords: Passwords::start().map_err(std::io::Error::other)?,
            answers: Answers::default(),
            metrics: Metrics::default(),
            limits: Limits::of_settings(&app.settings.server),
            deliverers: Deliverers::of(&app.settings, &app.data)?,
            imports: Arc::default(),
            previews: alert::turns(),
            stopping: AtomicBool::new(false),
        })
    }
}
