//! One workbook: a sheet for each kind and for each list in its records, and a sheet that says what it is.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::{Ask, Draft, ExportError, taken};
use crate::domain::{Kind, Language};
use crate::exchange::extract::readme::Cited;
use crate::exchange::extract::records::Sheets;
use crate::exchange::extract::xlsx::Book;

/// The name of the workbook in a folder.
const NAME: &str = "passage.xlsx";

/// Writes it: at `place` where that names a workbook, else into the folder.
pub(super) async fn write(ask: &Ask<'_>, place: &Path) -> Result<Vec<PathBuf>, ExportError> {
    let names_it = place.extension().is_some_and(|extension| extension == "xlsx");
    let place = if names_it { place.to_owned() } else { place.join(NAME) };
    let draft = Draft::begin(&place)?;
    let mut book = Book::begin(Language::En, true);
    for kind in &ask.kinds {
        let mut sheets = Sheets::begin(&mut book, *kind, ask.marks())?;
        ask.walk(*kind, "xlsx", |stored, body| sheets.record(&mut book, &taken(stored, body)))
            .await?;
    }
    let mut about = ask.about("Passage: records");
    about.sources = cited(ask, book.cited()).await?;
    book.finish(&about, draft.out()?)?;
    Ok(vec![draft.finish()?])
}

/// The sources that records name, as far as the reader may know them.
async fn cited(ask: &Ask<'_>, codes: Vec<String>) -> Result<Vec<Cited>, ExportError> {
    let wanted: BTreeSet<String> = codes.into_iter().collect();
    let mut found = HashMap::new();
    ask.look(Kind::Source, |stored, body| {
        if wanted.contains(&stored.code) {
            found.insert(stored.code.clone(), Cited::of(&stored.code, body));
        }
    })
    .await?;
    let unknown = |code: &String| Cited { code: code.clone(), ..Cited::default() };
    Ok(wanted.iter().map(|code| found.remove(code).unwrap_or_else(|| unknown(code))).collect())
}
