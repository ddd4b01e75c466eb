//! The files of one kind in a folder: one for its records, one for each list in them that is not empty.

use std::fs;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use super::file::Draft;
use crate::domain::Kind;
use crate::exchange::extract::Form;
use crate::exchange::extract::readme::About;
use crate::exchange::extract::records::{Of, Table, Taken};

/// Writes the files of one kind, a record at a time.
#[derive(Debug)]
pub struct KindWriter {
    folder: PathBuf,
    form: Form,
    of: Of,
    marks: bool,
    about: About,
    files: Vec<(String, Draft, Table)>,
}

impl KindWriter {
    /// Begins the files of a kind in a folder, which is made if it is not there. `marks`: with a column that says of
    /// which records something is withheld.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written.
    pub fn create(
        folder: &Path,
        kind: Kind,
        form: Form,
        marks: bool,
        about: About,
    ) -> io::Result<Self> {
        let (folder, of) = (folder.to_owned(), Of::kind(kind));
        let mut made = Self { folder, form, of, marks, about, files: Vec::new() };
        made.table(of)?;
        Ok(made)
    }

    /// Adds a record; they are expected in the order of their codes.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written.
    pub fn write(&mut self, taken: &Taken<'_>) -> io::Result<()> {
        let (of, marks) = (self.of, self.marks);
        of.all_rows(taken, marks, &mut |of, cells| self.table(of)?.row(cells))
    }

    /// Puts the files in their places and takes away those of lists that are empty now.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written; then the old files are still there.
    pub fn finish(mut self) -> io::Result<Vec<PathBuf>> {
        let mut written = Vec::new();
        for (_, draft, mut table) in std::mem::take(&mut self.files) {
            table.finish()?;
            drop(table);
            written.push(draft.finish()?);
        }
        for of in self.of.all() {
            let place = self.place(of);
            if !written.contains(&place) && place.exists() {
                fs::remove_file(place)?;
            }
        }
        Ok(written)
    }

    fn place(&self, of: Of) -> PathBuf {
        self.folder.join(format!("{}.{}", of.name(), self.form))
    }

    /// The open file of a table, begun when its first row comes.
    fn table(&mut self, of: Of) -> io::Result<&mut Table> {
        let name = of.name();
        let known = self.files.iter().position(|(known, ..)| *known == name);
        if let Some(at) = known {
            return Ok(&mut self.files[at].2);
        }
        let draft = Draft::begin(&self.place(of))?;
        let out = BufWriter::new(draft.out()?);
        let table = match self.form {
            Form::Parquet => Table::parquet(of, self.marks, &self.about, out)?,
            _ => Table::csv(of, self.marks, out)?,
        };
        let at = self.files.len();
        self.files.push((name, draft, table));
        Ok(&mut self.files[at].2)
    }
}
