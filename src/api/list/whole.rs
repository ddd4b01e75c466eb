//! A whole list in one go, for analysts: written page by page while it is sent, so that memory stays flat.
//!
//! Where something fails on the way the connection is broken off: nobody takes half a list for the whole. A workbook is
//! made whole before anything of it is sent, so that a full temporary folder is told in a sentence.

use std::io;

use actix_web::web::Bytes;
use actix_web::{HttpResponse, web};
use futures_util::stream::poll_fn;
use tokio::sync::mpsc;

use super::super::auth::Reader;
use super::super::error::ApiError;
use super::super::extract::unwritten;
use super::super::{State, computed, export, stop};
use super::file::{Given, Writing};
use crate::config::KeyFrom;
use crate::domain::{Kind, Problem, Problems};
use crate::exchange::extract::Form;
use crate::exchange::extract::readme::Part;
use crate::exchange::extract::room::Whole;
use crate::exchange::extract::xlsx;
use crate::store::{Page, Query};

/// How many records are read at a time.
const STEP: usize = 1_000;
/// How many pieces may wait until the reader has taken them.
const WAITING: usize = 4;
/// The size of the pieces of a workbook, bytes.
const PIECE: usize = 64 * 1024;
/// Up to how many records a workbook is made in memory.
const IN_MEMORY: u64 = 20_000;

type Piece = Result<Bytes, io::Error>;

/// Answers with the whole list.
pub(super) async fn answer(
    mut given: Given,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let query = Query { limit: STEP, ..given.asked.query.clone() };
    let first = state.app.store.records(query.clone(), &reader.clearance).await?;
    given.is_large = first.total > IN_MEMORY;
    if given.form == Form::Xlsx {
        has_room(&state, first.total)?;
    }
    let (form, kind, name) = (given.form, query.kind, given.asked.of.name());
    let (is_large, total) = (given.is_large, first.total);
    given.about.part = Some(Part { from: Some(1), records: total, total });
    let writing = Writing::begin(given)?;
    let (send, mut pieces) = mpsc::channel::<Piece>(WAITING);
    let run = Run { state, reader, kind, form, send: send.clone() };
    let ready = match form {
        Form::Xlsx => Ready::Book(run.book(writing, query, first, is_large).await?),
        _ => Ready::Rows(Box::new((writing, query, first))),
    };
    actix_web::rt::spawn(async move {
        if let Err(fault) = run.send(ready).await {
            tracing::warn!(kind = %kind, code = fault.code(), "A list could not be sent whole");
            // An error as the last piece breaks the connection off.
            let _ = send.send(Err(io::Error::other("the list broke off"))).await;
        }
    });
    Ok(HttpResponse::Ok()
        .content_type(form.media_type())
        .insert_header(("Vary", "Accept"))
        .insert_header(("X-Total-Count", total.to_string()))
        .insert_header(("Content-Disposition", format!("attachment; filename=\"{name}.{form}\"")))
        .streaming(poll_fn(move |context| pieces.poll_recv(context))))
}

/// Refuses a workbook that has no room for so many records, or would lie in the clear beside an encrypted store.
fn has_room(state: &State, total: u64) -> Result<(), ApiError> {
    let most = xlsx::MOST_ROWS;
    let is_encrypted = state.app.settings.store.key_from != KeyFrom::None;
    let detail = if total > most {
        format!(
            "these are {total} records, and a sheet of XLSX has room for {most}; take .csv or .parquet, or filter"
        )
    } else if is_encrypted && total > IN_MEMORY {
        format!(
            "these are {total} records; above {IN_MEMORY} a workbook is made in files of the temporary folder, and the store is encrypted; take .csv or .parquet, or filter"
        )
    } else {
        return Ok(());
    };
    Err(ApiError::Invalid(Problems(vec![Problem { pointer: "limit".to_owned(), detail }])))
}

/// A list that is being sent.
struct Run {
    state: web::Data<State>,
    reader: Reader,
    kind: Kind,
    form: Form,
    send: mpsc::Sender<Piece>,
}

/// What is there when the answer begins.
enum Ready {
    /// A workbook, whole.
    Book(Box<dyn io::Read + Send>),
    /// The rest is written while it is sent.
    Rows(Box<(Writing, Query, Page)>),
}

impl Run {
    async fn send(self, ready: Ready) -> Result<(), ApiError> {
        let mut out = Pieces { held: Vec::new(), send: self.send.clone() };
        match ready {
            Ready::Book(mut book) => {
                computed(move || io::copy(&mut book, &mut out).and_then(|_| out.end()))
                    .await?
                    .map_err(unwritten)
            }
            Ready::Rows(rows) => {
                let (writing, query, first) = *rows;
                let total = [("total", serde_json::Value::from(first.total))];
                let Some(writing) = self.rows(writing, query, first).await? else { return Ok(()) };
                computed(move || {
                    writing.finish(&total, &mut out).and_then(|()| out.end().map_err(unwritten))
                })
                .await?
            }
        }
    }

    /// Makes a workbook whole: a large one in a file, beside those of its sheets.
    async fn book(
        &self,
        writing: Writing,
        query: Query,
        first: Page,
        is_large: bool,
    ) -> Result<Box<dyn io::Read + Send>, ApiError> {
        let gone = || unwritten(io::Error::other("nobody takes the list any more"));
        let writing = self.rows(writing, query, first).await?.ok_or_else(gone)?;
        computed(move || -> Result<Box<dyn io::Read + Send>, ApiError> {
            if is_large {
                let mut whole = Whole::begin()?;
                let written = writing.finish(&[], &mut whole);
                let file = whole.read()?;
                written.map(|()| Box::new(file) as Box<dyn io::Read + Send>)
            } else {
                let mut bytes = Vec::new();
                writing.finish(&[], &mut bytes)?;
                Ok(Box::new(io::Cursor::new(bytes)))
            }
        })
        .await?
    }

    /// Writes all rows; `None` where nobody takes them any more.
    async fn rows(
        &self,
        mut writing: Writing,
        mut query: Query,
        first: Page,
    ) -> Result<Option<Writing>, ApiError> {
        query.count = false;
        let mut page = first;
        loop {
            query.after = page.next.clone();
            export::note(&self.state, &self.reader, self.kind, self.form.as_str(), &page.rows)
                .await?;
            let (back, of_areas, piece) = computed(move || {
                let of_areas = writing.page(&page);
                let piece = writing.take();
                (writing, of_areas, piece)
            })
            .await?;
            writing = back;
            let form = self.form.as_str();
            export::note_of(&self.state, &self.reader, Kind::Area, form, of_areas?).await?;
            if !self.give(piece).await {
                return Ok(None);
            }
            if query.after.is_none() {
                return Ok(Some(writing));
            }
            if stop::is_told(&self.state) {
                return Err(unwritten(io::Error::other("the server stops")));
            }
            page = self.state.app.store.records(query.clone(), &self.reader.clearance).await?;
        }
    }

    /// Hands a piece on; `false` where nobody takes it any more.
    async fn give(&self, piece: Vec<u8>) -> bool {
        piece.is_empty() || self.send.send(Ok(Bytes::from(piece))).await.is_ok()
    }
}

/// The end of a file, handed on in pieces from a thread that may wait.
struct Pieces {
    held: Vec<u8>,
    send: mpsc::Sender<Piece>,
}

impl Pieces {
    fn end(&mut self) -> io::Result<()> {
        let piece = std::mem::take(&mut self.held);
        if piece.is_empty() {
            return Ok(());
        }
        let gone = |_| io::Error::other("nobody takes the list any more");
        self.send.blocking_send(Ok(Bytes::from(piece))).map_err(gone)
    }
}

impl io::Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        if self.held.len() >= PIECE {
            self.end()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
