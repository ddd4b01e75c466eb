//! In which form an answer leaves: JSON, or a file to take away, as the end of the address or `Accept` says.

mod liked;
mod page;

use std::io;

use actix_web::http::header::{HeaderValue, VARY};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

pub(super) use self::liked::form;
pub(super) use self::page::{Page, link};
use super::answers::Answer;
use super::auth::Reader;
use super::error::ApiError;
use super::params::Params;
use super::{State, body, computed, export};
use crate::disclose::policy::Operation;
use crate::domain::{Kind, Language, Place};
use crate::exchange::extract::Form;
use crate::exchange::extract::geojson::{Features, points};
use crate::exchange::extract::readme::{About, Cited};
use crate::exchange::extract::room::NoRoom;
use crate::exchange::extract::table::{self, Table};
use crate::exchange::extract::xlsx::Book;
use crate::report::names;
use crate::situation::{Situation, World};
use crate::store::Cut;
use crate::tongue::Tongue;

/// In which form a computed answer is asked for.
pub(super) struct Wanted {
    form: Option<Form>,
    table: &'static Table,
    of: &'static table::Answer,
    /// Is the table named, or the usual one?
    is_named: bool,
    language: Language,
}

impl Wanted {
    /// What the request asks for; forms other than JSON need the right to take things away.
    pub(super) fn of(
        request: &HttpRequest,
        params: &mut Params,
        reader: &Reader,
        of: &'static table::Answer,
    ) -> Result<Self, ApiError> {
        let form = form(request, &forms(of));
        Self::read(form, true, params, reader, of)
    }

    /// The same in a form; `has_words` where a language makes a difference.
    fn read(
        form: Option<Form>,
        has_words: bool,
        params: &mut Params,
        reader: &Reader,
        of: &'static table::Answer,
    ) -> Result<Self, ApiError> {
        let table = of.tables.first().ok_or_else(|| ApiError::NoPath(of.name.to_owned()))?;
        let language = if has_words { params.parsed("language") } else { None };
        let language = language.unwrap_or(Language::En);
        let mut wanted = Self { form, table, of, is_named: false, language };
        if form.is_none() {
            return Ok(wanted);
        }
        reader.needs(Operation::ExportRead)?;
        let name = params.text("table");
        wanted.is_named = name.is_some();
        if let Some(table) = of.table(name.as_deref()) {
            wanted.table = table;
        } else {
            let names: Vec<&str> = of.tables.iter().map(|table| table.name).collect();
            params.wrong("table", &format!("must be one of {}", names.join(", ")));
        }
        if wanted.form == Some(Form::GeoJson) && wanted.table.place.is_none() {
            params.wrong("table", "has rows without a place; take another table, or another form");
        }
        Ok(wanted)
    }

    /// Takes this table where none was named.
    pub(super) fn unless_named(mut self, name: &str) -> Self {
        if let Some(table) = self.of.table(Some(name)).filter(|_| !self.is_named) {
            self.table = table;
        }
        self
    }

    /// Is it a file to take away, not JSON?
    pub(super) const fn is_file(&self) -> bool {
        self.form.is_some()
    }

    /// The name of the form of a file; of what is told as JSON, another.
    pub(super) fn form_or(&self, other: &'static str) -> &'static str {
        self.form.map_or(other, |form| form.as_str())
    }

    /// How many rows at most: a file has all of them, unless a part is asked for.
    pub(super) fn limit(&self, params: &mut Params) -> usize {
        if self.is_file() && (params.is("limit", "all") || !params.has("limit")) {
            // An empty one is none.
            params.text("limit");
            return usize::MAX;
        }
        params.limit()
    }

    /// The language of its sentences.
    pub(super) const fn language(&self) -> Language {
        self.language
    }

    /// Gives the answer in that form, its sentences in the language that is asked for.
    pub(super) async fn give(
        self,
        request: &HttpRequest,
        state: &State,
        reader: &Reader,
        situation: &Situation,
        mut answer: Value,
    ) -> Result<HttpResponse, ApiError> {
        let (names, language) = (names::in_language(situation, self.language), self.language);
        let withheld = situation.withheld();
        // A list of all areas has tens of thousands of sentences.
        let (answer, withheld) = computed(move || {
            let tongue = Tongue::with_names(language, &names);
            tongue.word_all(&mut answer);
            (answer, withheld.map(|said| tongue.told(&said)))
        })
        .await?;
        let Some(form) = self.form else {
            return in_json(request, &answer);
        };
        let mut about = about(state, reader, self.of.name);
        about.period = (instant(&answer["from"]), instant(&answer["to"]));
        about.notes = strings(&answer["notes"]);
        if form == Form::Xlsx {
            // Told once.
            about.notes.retain(|note| Some(note) != withheld.as_ref());
            about.withheld.extend(withheld);
        }
        let file = self.file(form, request, (state, reader), situation, about, answer).await?;
        Ok(body::given(request, file))
    }

    /// The file of an answer of this situation.
    async fn file(
        self,
        form: Form,
        request: &HttpRequest,
        (state, reader): (&State, &Reader),
        situation: &Situation,
        mut about: About,
        answer: Value,
    ) -> Result<Answer, ApiError> {
        (about.as_of, about.known_at) = (Some(situation.as_of), Some(situation.known_at));
        about.asked = asked(request);
        if form == Form::Xlsx {
            about.ledger = Some(ledger(state).await?);
        }
        let world = std::sync::Arc::clone(&situation.world);
        let name =
            if form == Form::Xlsx { self.of.name.to_owned() } else { self.of.file(self.table) };
        let (bytes, exact) = computed(move || self.bytes(form, &answer, about, &world)).await??;
        export::note_of(state, reader, Kind::Area, form.as_str(), exact).await?;
        Ok(file(form, &name, bytes))
    }

    /// The same of an answer that rests on one record: what else is known is looked up only where a file names it.
    pub(super) async fn give_one(
        self,
        request: &HttpRequest,
        state: &State,
        reader: &Reader,
        cut: Cut,
        answer: &impl Serialize,
    ) -> Result<HttpResponse, ApiError> {
        if !self.is_file() {
            return in_json(request, answer);
        }
        let situation = at(state, reader, cut).await?;
        self.give(request, state, reader, &situation, json(answer)?).await
    }

    /// The file, and the areas whose exact positions are in it.
    fn bytes(
        &self,
        form: Form,
        answer: &Value,
        mut about: About,
        world: &World,
    ) -> Result<(Vec<u8>, Vec<Uuid>), ApiError> {
        let (mut out, mut exact) = (Vec::new(), Vec::new());
        let written = match form {
            Form::Csv => self.table.csv(answer, &mut out),
            Form::Parquet => self.table.parquet(answer, &about, &mut out),
            Form::GeoJson => map(self.table, answer, world, &mut exact, &mut out),
            Form::Xlsx => {
                let mut book = Book::begin(self.language, false);
                self.of.sheets(&mut book, answer).and_then(|()| {
                    about.sources = cited(world, &book.cited());
                    book.finish(&about, &mut out)
                })
            }
        };
        written.map_err(unwritten)?;
        Ok((out, exact))
    }
}

/// The situation that a list of this cut is read with.
async fn at(state: &State, reader: &Reader, cut: Cut) -> Result<Situation, ApiError> {
    let as_of = cut.as_of.unwrap_or(cut.known_at);
    let situations = &state.app.situations;
    Ok(situations.situation(as_of, Some(cut.known_at), &reader.clearance).await?)
}

/// JSON, where a file could have been asked for at the same address.
fn in_json(request: &HttpRequest, answer: &impl Serialize) -> Result<HttpResponse, ApiError> {
    let mut response = body::answer(request, answer)?;
    response.headers_mut().append(VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

/// An answer as JSON.
pub(super) fn json(answer: &impl Serialize) -> Result<Value, ApiError> {
    serde_json::to_value(answer).map_err(ApiError::unwritable)
}

/// The forms that a computed answer has: a map only where rows have a place.
pub(super) fn forms(of: &table::Answer) -> Vec<Form> {
    let has_places = of.tables.iter().any(|table| table.place.is_some());
    let has = |form: &&Form| **form != Form::GeoJson || has_places;
    Form::ALL.iter().filter(has).copied().collect()
}

/// A file to take away.
pub(super) fn file(form: Form, name: &str, bytes: Vec<u8>) -> Answer {
    let answer = Answer::of(form.media_type(), bytes).with("Vary", "Accept".to_owned());
    if form == Form::GeoJson {
        return answer;
    }
    answer.with("Content-Disposition", format!("attachment; filename=\"{name}.{form}\""))
}

/// A file that could not be written: never because of who asked.
pub(super) fn unwritten(fault: io::Error) -> ApiError {
    match fault.downcast::<NoRoom>() {
        Ok(no_room) => ApiError::NoRoom(no_room),
        Err(fault) => ApiError::BrokeOff(Box::new(fault)),
    }
}

/// What is said of every file beside its rows.
pub(super) fn about(state: &State, reader: &Reader, title: &str) -> About {
    About {
        title: format!("Passage: {}", title.replace(['_', '.'], " ")),
        made_at: state.app.clock.now(),
        clearance: reader.clearance.level.to_string(),
        ..About::default()
    }
}

/// Where the ledger stands: its last entry, and the hash there.
pub(super) async fn ledger(state: &State) -> Result<(i64, String), ApiError> {
    let head = state.app.store.head().await?;
    Ok((head.sequence, head.hash))
}

/// What was asked, without how it is to be told.
pub(super) fn asked(request: &HttpRequest) -> Vec<(String, String)> {
    const FORM: [&str; 3] = ["language", "table", "part"];
    let asked = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
    let mut asked = asked.map(web::Query::into_inner).unwrap_or_default();
    asked.retain(|(name, _)| !FORM.contains(&name.as_str()));
    asked
}

fn instant(value: &Value) -> Option<DateTime<Utc>> {
    value.as_str()?.parse().ok()
}

/// The sources of these codes, as far as the reader may know them.
pub(super) fn cited(world: &World, codes: &[String]) -> Vec<Cited> {
    let of = |code: &String| match world.sources.get(code) {
        Some(known) => Cited::of(code, &json!(known.record)),
        None => Cited { code: code.clone(), ..Cited::default() },
    };
    codes.iter().map(of).collect()
}

fn strings(list: &Value) -> Vec<String> {
    let texts = list.as_array().into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

/// Rows as features at the places of the areas they name.
fn map(
    table: &Table,
    answer: &Value,
    world: &World,
    exact: &mut Vec<Uuid>,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let mut features = Features::begin(out)?;
    let rows = (table.rows)(answer);
    for row in &rows {
        let places = table.places(row).into_iter().filter_map(|code| place_of(world, code, exact));
        let geometry = points(&places.collect::<Vec<_>>());
        features.feature(&Value::Null, &geometry, &table.properties(row))?;
    }
    let clock = |name: &str| answer.get(name).cloned().unwrap_or_default();
    features.finish(&[
        ("as_of", clock("as_of")),
        ("known_at", clock("known_at")),
        ("total", rows.len().into()),
    ])
}

/// Where an area is, as the reader may know it; what only few may know so exactly is told.
pub(super) fn place_of(world: &World, code: &str, exact: &mut Vec<Uuid>) -> Option<Place> {
    let area = world.areas.get(code)?;
    let place = area.record.position?;
    exact.extend(world.exact.contains(&area.code).then_some(area.id));
    Some(place)
}

#[cfg(test)]
mod tests {
    use actix_web::ResponseError;

    use super::*;

    #[test]
    fn a_full_temporary_folder_is_507_and_one_that_is_not_there_503() {
        let refused = |kind: io::ErrorKind| {
            let fault = unwritten(NoRoom::from(io::Error::from(kind)).into());
            (fault.status_code().as_u16(), fault.code(), fault.to_string())
        };
        let (status, code, said) = refused(io::ErrorKind::StorageFull);
        assert_eq!((status, code), (507, "no_space"));
        assert!(
            said.starts_with("the temporary folder, in which a large workbook is made, is full")
        );
        for kind in [io::ErrorKind::NotFound, io::ErrorKind::PermissionDenied] {
            assert_eq!((refused(kind).0, refused(kind).1), (503, "no_temporary_folder"));
        }
    }
}
