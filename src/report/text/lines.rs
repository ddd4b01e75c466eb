//! How the text is laid out: headings, lists, paragraphs that are never wider than the page; how a figure is cited.

use super::Page;
use crate::report::headline::ListTotal;
use crate::report::phrase;
use crate::report::stated::Stated;
use crate::report::words::{range, several, some_day};

/// Characters in a line, at most.
const COLUMNS: usize = 76;

/// Characters of a paragraph, at most: a name or a text of a source can be very long.
const LONGEST: usize = 900;

impl Page<'_> {
    pub(super) fn heading(&mut self, text: &str) {
        self.line("");
        self.line(&text.to_uppercase());
        self.line(&"-".repeat(text.chars().count()));
    }

    pub(super) fn list(&mut self, lines: &[String], what: &str) {
        self.list_of(lines, self.limits.lines, what);
    }

    pub(super) fn list_of(&mut self, lines: &[String], kept: usize, what: &str) {
        for line in lines.iter().take(kept) {
            self.paragraph("- ", 2, &clipped(line, self.limits.letters));
        }
        self.left_out(lines.len().saturating_sub(kept), what);
    }

    pub(super) fn left_out(&mut self, left: usize, what: &str) {
        if left > 0 {
            self.paragraph(
                "  ",
                2,
                &format!(
                    "… and {}, in the HTML and JSON forms.",
                    several(left, &format!("more {what}"))
                ),
            );
        }
    }

    pub(super) fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Writes a text that begins with `first` and goes on under it, never wider than the page.
    pub(super) fn paragraph(&mut self, first: &str, hang: usize, text: &str) {
        let mut line = first.to_owned();
        let mut is_begun = false;
        for word in clipped(text, LONGEST).split_whitespace() {
            if is_begun && line.chars().count() + 1 + word.chars().count() > COLUMNS {
                self.line(line.trim_end());
                line = " ".repeat(hang);
                is_begun = false;
            }
            if is_begun {
                line.push(' ');
            }
            is_begun = true;
            for letter in word.chars() {
                // Only a word wider than the page, such as a long address, is broken.
                if line.chars().count() == COLUMNS {
                    self.line(&line);
                    line = " ".repeat(hang);
                }
                line.push(letter);
            }
        }
        self.line(line.trim_end());
    }

    /// A published total with its places, its author and its source.
    pub(super) fn total(&self, count: &ListTotal) -> String {
        let (places, by) = (phrase::places(count), phrase::counted_by(count));
        format!("{}{places}, {by}{}", range(count.people.figure), self.cite(&count.people.sources))
    }

    /// `by …, 21 Jul 2016 [3]`.
    pub(super) fn by(&self, stated: &Stated) -> String {
        let by = stated.by.as_deref().unwrap_or("an author not named");
        format!("by {by}, {}{}", some_day(stated.day.as_ref()), self.cite(&stated.sources))
    }

    pub(super) fn cite(&self, codes: &[String]) -> String {
        let mut places: Vec<usize> =
            codes.iter().filter_map(|code| self.places.get(code.as_str()).copied()).collect();
        places.sort_unstable();
        let places: Vec<String> = places.iter().map(ToString::to_string).collect();
        if places.is_empty() { String::new() } else { format!(" [{}]", places.join(", ")) }
    }
}

/// The text, cut where it is too long, and marked so.
pub(super) fn clipped(text: &str, letters: usize) -> String {
    match text.char_indices().nth(letters) {
        None => text.to_owned(),
        Some((end, _)) => format!("{} (…)", text.get(..end).unwrap_or_default().trim_end()),
    }
}
