//! How the text is laid out: headings, lists, paragraphs that are never wider than the page; how a figure is cited.

use super::Page;
use crate::report::headline::ListTotal;
use crate::report::phrase;
use crate::report::stated::Stated;
use crate::tongue::say;

/// Characters in a line, at most.
const COLUMNS: usize = 76;

/// Characters of a paragraph, at most: a name or a text of a source can be very long.
const LONGEST: usize = 900;

/// Says of a line that it is read from right to left, also where it begins with a name in Latin letters.
const RIGHT_TO_LEFT: char = '\u{200f}';

/// The marks around what runs in another direction than its line.
const BEGIN: &str = "\u{2068}";
const END: &str = "\u{2069}";

impl Page<'_> {
    pub(super) fn heading(&mut self, name: &str) {
        let text = self.t.word(name);
        self.line("");
        self.line(&text.to_uppercase());
        self.line(&"-".repeat(width(&text)));
    }

    /// A paragraph of one sentence of the catalogue.
    pub(super) fn sentence(&mut self, first: &str, name: &str) {
        let text = self.t.word(name);
        self.paragraph(first, first.len(), &text);
    }

    pub(super) fn list(&mut self, lines: &[String], what: &str) {
        self.list_of(lines, self.limits.lines, what);
    }

    /// A list that is cut where it is too long; `what` is the sentence that says how many are left out.
    pub(super) fn list_of(&mut self, lines: &[String], kept: usize, what: &str) {
        for line in lines.iter().take(kept) {
            self.paragraph("- ", 2, &clipped(line, self.limits.letters));
        }
        self.left_out(lines.len().saturating_sub(kept), what);
    }

    pub(super) fn left_out(&mut self, left: usize, what: &str) {
        if left > 0 {
            self.paragraph("  ", 2, &self.t.several(left, what));
        }
    }

    pub(super) fn line(&mut self, text: &str) {
        if self.t.language().is_right_to_left() && !text.is_empty() {
            self.out.push(RIGHT_TO_LEFT);
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Writes a text that begins with `first` and goes on under it, never wider than the page.
    pub(super) fn paragraph(&mut self, first: &str, hang: usize, text: &str) {
        let mut line = first.to_owned();
        let mut is_begun = false;
        for word in clipped(text, LONGEST).split(may_break).filter(|word| !word.is_empty()) {
            if is_begun && width(&line) + 1 + width(word) > COLUMNS {
                line = self.broken(&line, hang);
                is_begun = false;
            }
            if is_begun {
                line.push(' ');
            }
            is_begun = true;
            for letter in word.chars() {
                // Only a word wider than the page, such as a long address, is broken.
                if width(&line) == COLUMNS && is_wide(letter) {
                    line = self.broken(&line, hang);
                }
                line.push(letter);
            }
        }
        self.line(line.trim_end());
    }

    /// Writes a full line and begins the next one; what runs in another direction goes on there.
    fn broken(&mut self, line: &str, hang: usize) -> String {
        let open = open(line);
        self.line(&format!("{}{}", line.trim_end(), END.repeat(open)));
        format!("{}{}", " ".repeat(hang), BEGIN.repeat(open))
    }

    /// A published total with its places, its author and its source.
    pub(super) fn total(&self, count: &ListTotal) -> String {
        say!(
            self.t,
            "total",
            people = self.t.for_reading(count.people.figure),
            places = phrase::places(self.t, count),
            by = phrase::counted_by(self.t, count),
            cite = self.cite(&count.people.sources)
        )
    }

    /// `by …, 21 Jul 2016 [3]`.
    pub(super) fn by(&self, stated: &Stated) -> String {
        say!(
            self.t,
            "by-author",
            by = self.t.author(stated.by.as_ref()),
            day = self.t.some_day(stated.day.as_ref()),
            cite = self.cite(&stated.sources)
        )
    }

    pub(super) fn cite(&self, codes: &[String]) -> String {
        let mut places: Vec<usize> =
            codes.iter().filter_map(|code| self.places.get(code.as_str()).copied()).collect();
        places.sort_unstable();
        let places: Vec<String> = places.iter().map(ToString::to_string).collect();
        if places.is_empty() { String::new() } else { format!(" [{}]", self.t.row(&places)) }
    }
}

/// Between two words, unless they must not be parted.
fn may_break(letter: char) -> bool {
    letter.is_whitespace() && !matches!(letter, '\u{a0}' | '\u{202f}')
}

/// Does it take a column? Marks of direction do not.
fn is_wide(letter: char) -> bool {
    !matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}')
}

/// How many columns a text takes.
fn width(text: &str) -> usize {
    text.chars().filter(|letter| is_wide(*letter)).count()
}

/// How many runs in another direction are begun and not ended.
fn open(text: &str) -> usize {
    text.matches(BEGIN).count().saturating_sub(text.matches(END).count())
}

/// The text, cut where it is too long, and marked so.
pub(super) fn clipped(text: &str, letters: usize) -> String {
    match text.char_indices().nth(letters) {
        None => text.to_owned(),
        Some((end, _)) => {
            let cut = text.get(..end).unwrap_or_default().trim_end();
            format!("{cut}{} (…)", END.repeat(open(cut)))
        }
    }
}
