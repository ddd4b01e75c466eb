//! What happened, moved or was learned since the last report, as text.

use super::Page;
use crate::report::change::words::{self, Line};

impl Page<'_> {
    pub(super) fn since(&mut self) {
        let groups = words::groups(self.t, self.report);
        for group in &groups {
            let heading = self.t.word(group.heading);
            self.line(&heading.to_uppercase());
            let lines: Vec<String> =
                group.lines.iter().map(|line| self.changed_line(line)).collect();
            self.list(&lines, "since-more");
        }
        for note in words::marks(self.t, self.report) {
            self.paragraph("", 0, &note);
        }
        if !groups.is_empty() {
            self.line(&self.t.word("since-rest").to_uppercase());
        }
    }

    fn changed_line(&self, line: &Line) -> String {
        let text = format!("{}{}", line.text, self.cite(&line.sources));
        match words::mark(self.t, line.novelty) {
            Some(mark) => format!("({mark}) {text}"),
            None => text,
        }
    }
}
