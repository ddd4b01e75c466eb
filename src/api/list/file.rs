//! A page of a list as a file: CSV, a workbook, Parquet or a map.

use std::io::BufWriter;
use std::sync::Arc;

use actix_web::HttpRequest;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::admin::{self, Admin};
use super::super::answers::Answer;
use super::super::auth::Reader;
use super::super::error::ApiError;
use super::super::extract::{about, cited, file, place_of, unwritten};
use super::super::{State, body};
use super::{Asked, question, write_cursor};
use crate::domain::Clearance;
use crate::exchange::extract::Form;
use crate::exchange::extract::geojson::{Features, geometry};
use crate::exchange::extract::pipe::Pipe;
use crate::exchange::extract::readme::{About, Part};
use crate::exchange::extract::records::{Sheets, Table, Taken};
use crate::exchange::extract::xlsx::Book;
use crate::situation::World;
use crate::store::{Page, Stored};

/// A list on its way out as a file: rows go in, bytes come out.
pub(super) struct Writing {
    asked: Arc<Asked>,
    world: Option<Arc<World>>,
    admin: Option<Admin>,
    about: About,
    pipe: Pipe,
    into: Into,
}

enum Into {
    Table(Table),
    Map(Features<Pipe>),
    Book(Box<Book>, Sheets),
}

/// What a list is written with.
pub(super) struct Given {
    pub(super) asked: Arc<Asked>,
    pub(super) form: Form,
    pub(super) about: About,
    /// Where areas are, for maps; what sources are, for workbooks.
    pub(super) world: Option<Arc<World>>,
    /// What the codes of units are computed with, for maps; a file that is imported again has none.
    pub(super) admin: Option<Admin>,
    /// With a column that says of which records something is withheld?
    pub(super) marks: bool,
    /// Too many rows to hold in memory?
    pub(super) is_large: bool,
}

impl Writing {
    pub(super) fn begin(given: Given) -> Result<Self, ApiError> {
        let Given { asked, form, about, world, admin, marks, is_large } = given;
        let pipe = Pipe::default();
        let of = asked.of;
        let into = match form {
            Form::Csv => Table::csv(of, marks, pipe.clone()).map(Into::Table),
            Form::Parquet => {
                Table::parquet(of, marks, &about, BufWriter::new(pipe.clone())).map(Into::Table)
            }
            Form::GeoJson => Features::begin(pipe.clone()).map(Into::Map),
            Form::Xlsx => {
                let mut book = Box::new(Book::begin(asked.language, is_large));
                Sheets::begin(&mut book, asked.query.kind, marks)
                    .map(|sheets| Into::Book(book, sheets))
            }
        };
        Ok(Self { asked, world, admin, about, pipe, into: into.map_err(unwritten)? })
    }

    /// Adds a page; gives the areas whose exact positions stand for records that have none.
    pub(super) fn page(&mut self, page: &Page) -> Result<Vec<Uuid>, ApiError> {
        let mut of_areas = Vec::new();
        for stored in &page.rows {
            self.record(stored, &mut of_areas)?;
        }
        Ok(of_areas)
    }

    fn record(&mut self, stored: &Stored, of_areas: &mut Vec<Uuid>) -> Result<(), ApiError> {
        if let Into::Map(features) = &mut self.into {
            let as_of = self.asked.query.cut.as_of;
            let properties = admin::record(stored, as_of, self.admin.as_ref())?;
            let world = self.world.as_deref();
            let geometry = geometry(&properties, |code| place_of(world?, code, of_areas));
            return features.feature(&json!(stored.id), &geometry, &properties).map_err(unwritten);
        }
        let body = body::parsed(stored)?;
        let (code, is_part) = (stored.code.as_str(), stored.seen.is_part);
        let taken = Taken { code, id: stored.id, body: &body, is_part };
        let written = match &mut self.into {
            Into::Table(table) => table.record(&taken),
            Into::Book(book, sheets) => sheets.record(book, &taken),
            Into::Map(_) => Ok(()),
        };
        written.map_err(unwritten)
    }

    /// What was written since.
    pub(super) fn take(&self) -> Vec<u8> {
        self.pipe.take()
    }

    /// Writes what is left; `beside` are further members of a map.
    pub(super) fn finish(
        self,
        beside: &[(&str, Value)],
        out: impl std::io::Write + Send,
    ) -> Result<(), ApiError> {
        let Self { world, mut about, pipe, into, .. } = self;
        let mut out = out;
        let written = match into {
            Into::Table(mut table) => table.finish(),
            Into::Map(mut features) => features.finish(beside),
            Into::Book(book, _) => {
                about.sources = world.map(|world| cited(&world, &book.cited())).unwrap_or_default();
                return book.finish(&about, out).map_err(unwritten);
            }
        };
        written.and_then(|()| out.write_all(&pipe.take())).map_err(unwritten)
    }
}

/// Is it marked of which records something is withheld, whatever is on the page? Whoever sees all needs no mark.
pub(super) fn may_lack(reader: &Reader) -> bool {
    reader.clearance.level < Clearance::ALL.level
}

/// What a file says of itself.
pub(super) fn said(state: &State, reader: &Reader, asked: &Asked) -> About {
    let mut about = about(state, reader, &asked.of.name());
    // Where no day is asked for, what holds is listed: as it is known by then.
    about.as_of = Some(asked.query.cut.as_of.unwrap_or(asked.query.cut.known_at));
    about.known_at = Some(asked.query.cut.known_at);
    if may_lack(reader) {
        let mark = "Where something of a record is withheld from you, its last column says so.";
        about.withheld.push(mark.to_owned());
    }
    about
}

/// A page as a file, and the areas whose exact positions stand in it for records that have none.
pub(super) fn page(
    request: &HttpRequest,
    mut given: Given,
    page: &Page,
) -> Result<(Answer, Vec<Uuid>), ApiError> {
    let (form, asked) = (given.form, Arc::clone(&given.asked));
    given.marks = page.rows.iter().any(|stored| stored.seen.is_part);
    // What a page begins with is known of the first alone.
    let from = asked.query.after.is_none().then_some(1);
    given.about.part = Some(Part { from, records: page.rows.len() as u64, total: page.total });
    let mut writing = Writing::begin(given)?;
    let of_areas = writing.page(page)?;
    let next =
        page.next.as_ref().map(|after| write_cursor(after, &asked.query, &question(request)));
    let mut bytes = Vec::new();
    writing.finish(&[("next", json!(next)), ("total", page.total.into())], &mut bytes)?;
    let answer = file(form, &asked.of.name(), bytes);
    Ok((answer.with("X-Total-Count", page.total.to_string()), of_areas))
}
