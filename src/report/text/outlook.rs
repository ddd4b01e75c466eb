//! How long food lasts, what is missing and what the next pause can do, as text.

use super::Page;
use crate::report::gap::GapRow;
use crate::report::outlook::{FoodRow, words};
use crate::report::phrase;
use crate::tongue::{Tongue, say};

impl Page<'_> {
    pub(super) fn ends_first(&mut self) {
        let Some(first) = &self.report.headline.ends_first else { return };
        let text = format!("{}{}", phrase::ends_first(self.t, first), self.cite(&first.sources));
        self.line("");
        self.paragraph("!! ", 3, &text);
    }

    pub(super) fn outlook(&mut self) {
        let Some(outlook) = &self.report.outlook else { return };
        self.heading("lasts-heading");
        if outlook.areas.is_empty() {
            self.sentence("", "lasts-nothing");
            return;
        }
        let told: Vec<&FoodRow> = outlook.areas.iter().filter(|row| row.is_told()).collect();
        let notes = words::notes(self.t, &told);
        if !told.is_empty() {
            self.paragraph("", 0, &words::lead(self.t));
        }
        let lines: Vec<String> = told
            .iter()
            .map(|row| {
                let marks = words::marks(self.t, &notes, row);
                let marks = if marks.is_empty() { marks } else { format!(" ({marks})") };
                format!("{}{marks}", self.food(row))
            })
            .collect();
        self.list_of(&lines, self.limits.lines.saturating_mul(2), "left-out-area");
        for note in &notes {
            let mark = note.mark.map_or_else(String::new, |mark| format!("({mark}) "));
            self.paragraph("  ", 2, &format!("{mark}{}", note.text));
        }
        for sentence in words::without_a_day(self.t, &outlook.areas) {
            self.paragraph("- ", 2, &sentence);
        }
        self.gap();
        self.next_pause();
    }

    fn food(&self, row: &FoodRow) -> String {
        let t = self.t;
        let unlisted = if row.is_listed {
            String::new()
        } else {
            format!(" ({})", t.word("not-called-cut-off"))
        };
        let left = words::lasts(t, row);
        let left = match words::dates(t, row) {
            Some(dates) => say!(t, "food-dates", left = left, dates = dates),
            None => left,
        };
        let counts: Vec<String> = row
            .counts
            .iter()
            .map(|count| format!("{}{}", words::counted(t, count), self.cite(&count.sources)))
            .collect();
        let mut rests: Vec<String> = counts.into_iter().chain(words::since(t, row)).collect();
        if row.counts.is_empty() {
            rests.insert(0, t.word("deliveries-alone-text"));
        }
        say!(
            t,
            "food-line",
            area = format!("{}{unlisted}", t.name(&row.name)),
            left = left,
            urgency = words::urgency(t, row),
            people = t.range(row.people),
            rests = t.parts(&rests)
        )
    }

    fn gap(&mut self) {
        let Some(outlook) = &self.report.outlook else { return };
        let (t, gap) = (self.t, &outlook.gap);
        self.heading("gap-heading");
        let lines: Vec<String> = gap.areas.iter().map(|row| gap_line(t, row)).collect();
        if lines.is_empty() {
            self.sentence("", "gap-not-known");
            return;
        }
        let lead = say!(
            t,
            "gap-lead",
            from = t.short_date(gap.from.date_naive()),
            to = t.short_date(gap.to.date_naive())
        );
        self.paragraph("", 0, &format!("{lead} {}", gap.assumes(t)));
        self.list_of(&lines, self.limits.lines.saturating_mul(2), "left-out-area");
        if let Some(total) = &gap.total {
            let (areas, missing) = (gap.areas_in_total, total.told(t));
            self.paragraph("= ", 2, &say!(t, "gap-all-text", areas = areas, missing = missing));
        }
    }

    fn next_pause(&mut self) {
        let Some(outlook) = &self.report.outlook else { return };
        let next = &outlook.next_pause;
        self.heading("pause-heading");
        self.paragraph("", 0, &format!("{}{}", next.told(self.t), self.cite(&next.sources)));
        for note in next.notes(self.t) {
            self.paragraph("- ", 2, &note);
        }
    }
}

fn gap_line(t: Tongue<'_>, row: &GapRow) -> String {
    let unknown = if row.stock_is_counted {
        String::new()
    } else {
        format!(" ({})", t.word("gap-stock-not-counted"))
    };
    let area = format!("{}{unknown}", t.name(&row.name));
    say!(t, "gap-line", area = area, missing = row.missing.told(t))
}
