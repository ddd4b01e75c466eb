//! Lists that are no records: as JSON or as a file, a page or the whole.

use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{Wanted, at, form, forms};
use crate::api::auth::{Reader, known_by};
use crate::api::error::ApiError;
use crate::api::params::Params;
use crate::api::{State, body};
use crate::domain::{Problem, Problems};
use crate::exchange::extract::Form;
use crate::exchange::extract::readme::Part;
use crate::exchange::extract::table;
use crate::store::Cut;

/// So many rows a file has at most: they are held while it is written.
const MOST_ROWS: usize = 100_000;

/// What asks for a part that is not the first.
const GOES_ON: [&str; 2] = ["after", "cursor"];

/// A part of a list, or the whole of it.
pub(in crate::api) struct Page {
    /// What was and what was known when it was read.
    pub(in crate::api) cut: Cut,
    /// What is answered as JSON; its rows are its `data`.
    pub(in crate::api) answer: Value,
    /// The parameter that asks for what follows, and its value.
    pub(in crate::api) next: Option<(&'static str, String)>,
    /// How many rows there are in all, where that is known.
    pub(in crate::api) total: Option<u64>,
}

impl Page {
    /// Of what holds now.
    pub(in crate::api) fn of_now(
        state: &State,
        answer: Value,
        next: Option<(&'static str, String)>,
        total: Option<u64>,
    ) -> Self {
        Self { cut: Cut { as_of: None, known_at: known_by(state) }, answer, next, total }
    }

    /// All there is about one thing, as it was known then.
    pub(in crate::api) fn of_one(known_at: DateTime<Utc>, answer: Value, rows: usize) -> Self {
        let cut = Cut { as_of: None, known_at };
        Self { cut, answer, next: None, total: Some(rows as u64) }
    }
}

impl Wanted {
    /// What the request asks for of a list: it has no sentences, so a language is that of a workbook's first sheet.
    pub(in crate::api) fn of_list(
        request: &HttpRequest,
        params: &mut Params,
        reader: &Reader,
        of: &'static table::Answer,
    ) -> Result<Self, ApiError> {
        let form = form(request, &forms(of));
        Self::read(form, form == Some(Form::Xlsx), params, reader, of)
    }

    /// How many rows of a list are read: of the whole, one more than a file may have.
    pub(in crate::api) fn rows(&self, params: &mut Params) -> usize {
        self.limit(params).min(MOST_ROWS + 1)
    }

    /// Gives a list; a file that is not the whole says so, and where it goes on (RFC 8288).
    pub(in crate::api) async fn give_page(
        self,
        request: &HttpRequest,
        state: &State,
        reader: &Reader,
        page: Page,
    ) -> Result<HttpResponse, ApiError> {
        let Page { cut, mut answer, next, total } = page;
        let Some(form) = self.form else {
            return super::in_json(request, &answer);
        };
        let rows = answer["data"].as_array().map_or(0, Vec::len);
        if rows > MOST_ROWS {
            let detail = format!(
                "a file has at most {MOST_ROWS} rows, and there are more: ask for them in parts"
            );
            let problem = Problem { pointer: "limit".to_owned(), detail };
            return Err(ApiError::Invalid(Problems(vec![problem])));
        }
        let situation = at(state, reader, cut).await?;
        (answer["as_of"], answer["known_at"]) = (json!(situation.as_of), json!(situation.known_at));
        let mut about = super::about(state, reader, self.of.name);
        let goes_on =
            super::asked(request).iter().any(|(name, _)| GOES_ON.contains(&name.as_str()));
        let from = (!goes_on).then_some(1);
        about.part = total.map(|total| Part { from, records: rows as u64, total });
        if total.is_none() && next.is_some() {
            about.notes.push(MORE.to_owned());
        }
        let mut file = self.file(form, request, (state, reader), &situation, about, answer).await?;
        if let Some((name, value)) = next {
            file = file.with("Link", link(request, name, &value));
        }
        if let Some(total) = total {
            file = file.with("X-Total-Count", total.to_string());
        }
        Ok(body::given(request, file))
    }
}

/// What is said of a part where nobody counted the whole.
const MORE: &str = "More follow after the last row.";

/// Where the next page is, also for forms that have no place to say it (RFC 8288).
pub(in crate::api) fn link(request: &HttpRequest, name: &str, value: &str) -> String {
    let is_other = |part: &&str| part.split('=').next() != Some(name) && !part.is_empty();
    let others = request.query_string().split('&').filter(is_other);
    let question: String = others.flat_map(|part| [part, "&"]).collect();
    format!("<{}?{question}{name}={value}>; rel=\"next\"", request.uri().path())
}
