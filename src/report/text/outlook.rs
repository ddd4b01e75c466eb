//! How long food lasts, what is missing and what the next pause can do, as text.

use super::Page;
use crate::report::gap::GapRow;
use crate::report::outlook::{FoodRow, words};
use crate::report::words::{range, short_date};

impl Page<'_> {
    pub(super) fn ends_first(&mut self) {
        let Some(first) = &self.report.headline.ends_first else { return };
        let text = format!("{}{}", first.text, self.cite(&first.sources));
        self.line("");
        self.paragraph("!! ", 3, &text);
    }

    pub(super) fn outlook(&mut self) {
        let Some(outlook) = &self.report.outlook else { return };
        self.heading("How long food lasts");
        if outlook.areas.is_empty() {
            let text =
                "No area was known to be besieged or hard to reach, and no stock to be counted.";
            self.paragraph("", 0, text);
            return;
        }
        let told: Vec<&FoodRow> = outlook.areas.iter().filter(|row| row.is_told()).collect();
        let notes = words::notes(&told);
        if !told.is_empty() {
            self.paragraph("", 0, &format!("{} {}", words::BAND, words::HOLDS_IF));
        }
        let lines: Vec<String> = told
            .iter()
            .map(|row| {
                let marks = words::marks(&notes, row);
                let marks = if marks.is_empty() { marks } else { format!(" ({marks})") };
                format!("{}{marks}", self.food(row))
            })
            .collect();
        self.list_of(&lines, self.limits.lines.saturating_mul(2), "area");
        for note in &notes {
            let mark = note.mark.map_or_else(String::new, |mark| format!("({mark}) "));
            self.paragraph("  ", 2, &format!("{mark}{}", note.text));
        }
        for sentence in words::without_a_day(&outlook.areas) {
            self.paragraph("- ", 2, &sentence);
        }
        self.gap();
        self.next_pause();
    }

    fn food(&self, row: &FoodRow) -> String {
        let unlisted = if row.is_listed { "" } else { " (nobody calls it cut off)" };
        let dates = words::dates(row).map(|dates| format!(": {dates}")).unwrap_or_default();
        let counts: Vec<String> = row
            .counts
            .iter()
            .map(|count| format!("{}{}", words::counted(count), self.cite(&count.sources)))
            .collect();
        let mut rests: Vec<String> = counts.into_iter().chain(words::since(row)).collect();
        if row.counts.is_empty() {
            rests.insert(0, "stock not counted, known deliveries alone".to_owned());
        }
        format!(
            "{}{unlisted}. Days left: {}{dates}. Urgency: {}. People: {}. Rests on: {}.",
            row.name,
            words::lasts(row),
            words::urgency(row),
            range(row.people),
            rests.join("; ")
        )
    }

    fn gap(&mut self) {
        let Some(outlook) = &self.report.outlook else { return };
        let gap = &outlook.gap;
        self.heading("The gap of the next 30 days");
        let lines: Vec<String> = gap.areas.iter().map(gap_line).collect();
        if lines.is_empty() {
            self.paragraph("", 0, "Not known: nobody is known to have counted the people.");
            return;
        }
        let period = format!(
            "{} to {}, and what it takes.",
            short_date(gap.from.date_naive()),
            short_date(gap.to.date_naive())
        );
        self.paragraph("", 0, &format!("People without food, {period} {}", gap.assumes()));
        self.list_of(&lines, self.limits.lines.saturating_mul(2), "area");
        if let Some(total) = &gap.total {
            let areas = gap.areas_in_total;
            let text = format!("All {areas} areas together, least to most: {}.", total.told());
            self.paragraph("= ", 2, &text);
        }
    }

    fn next_pause(&mut self) {
        let Some(outlook) = &self.report.outlook else { return };
        let next = &outlook.next_pause;
        self.heading("The best use of the next pause");
        self.paragraph("", 0, &format!("{}{}", next.text, self.cite(&next.sources)));
        for note in &next.notes {
            self.paragraph("- ", 2, note);
        }
    }
}

fn gap_line(row: &GapRow) -> String {
    let unknown = if row.stock_is_counted { "" } else { " (stock not counted)" };
    format!("{}{unknown}: {}.", row.name, row.missing.told())
}
