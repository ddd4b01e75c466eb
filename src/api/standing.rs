//! What a token or a person is given, as it is sent: role, clearance, organisation, expiry.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::State;
use super::auth::Reader;
use super::error::ApiError;
use crate::domain::{
    Door, Kind, Moment, OrganisationCode, Pointer, Problems, Role, Sensitivity, Standing, Text,
};
use crate::store::{Cut, Reference, Stored};

/// The fields of a body that is read by hand; every problem is noted.
pub(super) struct Fields<'v> {
    json: &'v Value,
    known: Vec<&'static str>,
    /// What is wrong so far.
    pub(super) problems: Problems,
}

impl<'v> Fields<'v> {
    pub(super) fn of(json: &'v Value) -> Self {
        Self { json, known: Vec::new(), problems: Problems::default() }
    }

    /// A field through its door.
    pub(super) fn take<T: Door>(&mut self, name: &'static str) -> Option<T> {
        self.known.push(name);
        let at = Pointer::Field(&Pointer::Root, name);
        T::enter(self.json.get(name), &at, &mut self.problems)
    }

    /// A text as it is, which may have spaces at its ends: a password.
    pub(super) fn secret(&mut self, name: &'static str) -> Option<String> {
        self.known.push(name);
        let text = self.json.get(name).and_then(Value::as_str).map(str::to_owned);
        if text.is_none() {
            self.problems.add_field(name, "is required, a text");
        }
        text
    }

    /// Name, role, clearance, organisation: those that are left out are the usual ones.
    pub(super) fn named_standing(&mut self) -> Option<(String, Standing)> {
        let name = self.take::<Text>("name");
        let role = self.take::<Role>("role");
        let level = self.take::<Option<Sensitivity>>("clearance");
        let organisation = self.take::<Option<OrganisationCode>>("organisation");
        let (name, role, level, organisation) = (name?, role?, level?, organisation?);
        if role == Role::Partner && organisation.is_none() {
            self.problems
                .add_field("organisation", "is required for a partner: whose records are its own");
        }
        let level = level.unwrap_or(role.usual_clearance());
        Some((name.as_str().to_owned(), Standing { role, level, organisation }))
    }

    /// A moment that is still to come and not after `latest`.
    pub(super) fn expiry(
        &mut self,
        now: DateTime<Utc>,
        latest: Option<DateTime<Utc>>,
    ) -> Option<DateTime<Utc>> {
        let end = self.take::<Option<Moment>>("expires_at")??.end();
        if end <= now {
            self.problems.add_field("expires_at", "must lie in the future, by the true time");
        } else if let Some(latest) = latest.filter(|latest| end > *latest) {
            let latest = latest.date_naive();
            self.problems.add_field("expires_at", format!("must not lie after {latest}"));
        }
        Some(end)
    }

    /// Refuses what is wrong, and fields that nobody asked for.
    pub(super) fn finish<T>(mut self, read: Option<T>) -> Result<T, ApiError> {
        let names = self.json.as_object().into_iter().flat_map(|fields| fields.keys());
        for name in names.filter(|name| !self.known.contains(&name.as_str())) {
            let known = self.known.join(", ");
            self.problems.add_field(name, format!("unknown field; known are {known}"));
        }
        read.filter(|_| self.problems.is_empty()).ok_or(ApiError::Invalid(self.problems))
    }
}

/// Refuses a standing that the reader may not give, or of an organisation that is not there.
pub(super) async fn allowed(
    state: &State,
    reader: &Reader,
    standing: &Standing,
) -> Result<(), ApiError> {
    reader.gives(standing)?;
    let Some(code) = &standing.organisation else { return Ok(()) };
    if organisation(state, reader, code).await?.is_none() {
        let detail = format!("there is no organisation {code}");
        return Err(ApiError::invalid("/organisation", detail));
    }
    Ok(())
}

async fn organisation(
    state: &State,
    reader: &Reader,
    code: &OrganisationCode,
) -> Result<Option<Stored>, ApiError> {
    let cut = Cut { as_of: None, known_at: super::auth::known_by(state) };
    let reference = Reference::parse(&code.to_string());
    let found = state.app.store.record(Kind::Organisation, &reference, cut, &reader.clearance);
    match found.await {
        Err(crate::store::StoreError::NotFound { .. }) => Ok(None),
        other => Ok(Some(other?)),
    }
}
