//! The part of the page that tells what happened, moved or was learned since the last report.

use askama::Template;

use super::Page;
use crate::report::change::words::{self as since, Group, Line};
use crate::tongue::Tongue;

/// Lines of one sort, at most; the data and the workbook have all of them.
const MOST_LINES: usize = 12;

/// What happened, moved or was learned.
#[derive(Template)]
#[template(path = "since.html")]
struct SincePart<'r> {
    page: &'r Page<'r>,
    t: Tongue<'r>,
    groups: Vec<Group>,
}

impl SincePart<'_> {
    fn shown<'g>(&self, group: &'g Group) -> &'g [Line] {
        &group.lines[..group.lines.len() - self.left(group)]
    }

    /// How many lines are left out.
    fn left(&self, group: &Group) -> usize {
        group.lines.len().saturating_sub(self.page.rows.min(MOST_LINES))
    }
}

impl Page<'_> {
    /// What happened since; nothing where nothing did, and in reports made before it was told.
    pub(super) fn since(&self) -> Result<String, askama::Error> {
        SincePart { page: self, t: self.t, groups: since::groups(self.t, self.report) }.render()
    }
}
