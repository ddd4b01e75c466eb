//! Lines of an iCalendar text: escaped, folded at 75 octets, ended by CR LF (RFC 5545 §3.1, §3.3.11).

/// The longest line, octets.
const LONGEST: usize = 75;

/// A text that grows line by line.
#[derive(Debug, Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A line whose value has the form that its type asks for.
    pub(super) fn line(&mut self, name: &str, value: &str) {
        self.folded(&format!("{name}:{value}"));
    }

    /// A line of free text.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.line(name, &escaped(text));
    }

    /// A line with several texts, if there are any.
    pub(super) fn texts<'t>(&mut self, name: &str, texts: impl IntoIterator<Item = &'t str>) {
        let texts: Vec<String> = texts.into_iter().map(escaped).collect();
        if !texts.is_empty() {
            self.line(name, &texts.join(","));
        }
    }

    /// The whole text.
    pub(super) fn done(self) -> String {
        self.0
    }

    /// A line that is too long goes on after a space; no letter is cut in two.
    fn folded(&mut self, line: &str) {
        let mut octets = 0;
        for letter in line.chars() {
            if octets + letter.len_utf8() > LONGEST {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(letter);
            octets += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// Free text in a value. What would end a line is written as such, and other control characters, which no value may
/// have, are shown as lost.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' | '\r' => escaped.push_str("\\n"),
            '\t' => escaped.push('\t'),
            other if other.is_control() => escaped.push(char::REPLACEMENT_CHARACTER),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(text: &str) -> String {
        let mut lines = Lines::default();
        lines.text("SUMMARY", text);
        lines.done()
    }

    /// What a reader makes of it.
    fn read(line: &str) -> String {
        let line = line.strip_suffix("\r\n").expect("it ends").replace("\r\n ", "");
        let mut letters = line.strip_prefix("SUMMARY:").expect("its name").chars();
        let mut read = String::new();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => read.push(match letters.next().expect("something is escaped") {
                    'n' => '\n',
                    other => other,
                }),
                other => read.push(other),
            }
        }
        read
    }

    #[test]
    fn what_would_end_a_line_or_a_value_is_escaped() {
        assert_eq!(text("a,b;c\\d\r\ne\nf\rg"), "SUMMARY:a\\,b\\;c\\\\d\\ne\\nf\\ng\r\n");
        assert_eq!(text("\u{0}\u{7f}\u{85}"), "SUMMARY:\u{fffd}\u{fffd}\u{fffd}\r\n");
        let forged = "x\r\nEND:VEVENT\r\nBEGIN:VALARM";
        assert_eq!(text(forged).matches("\r\n").count(), 1, "no line of its own");
    }

    #[test]
    fn a_line_of_exactly_75_octets_is_not_folded_and_one_more_is() {
        let fits = "x".repeat(75 - "SUMMARY:".len());
        assert_eq!(text(&fits).lines().count(), 1);
        assert_eq!(text(&format!("{fits}x")).lines().collect::<Vec<_>>()[1], " x");
    }

    proptest! {
        #[test]
        fn every_text_comes_back_and_no_line_is_too_long(given in "[\\PC\n\t]{0,400}|[دوما,;\\\\ ]{0,200}") {
            let written = text(&given);
            prop_assert!(written.split("\r\n").all(|line| line.len() <= LONGEST));
            prop_assert_eq!(read(&written), given);
        }
    }
}
