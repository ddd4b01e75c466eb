//! The pen that all pictures are drawn with: escaped text, short numbers, hatches, and a mirror for right to left.

use std::fmt::Write as _;

/// The colours, dark to light; they can be told apart in grey too.
pub(super) const INK: &str = "#1a1a1a";
pub(super) const SOFT: &str = "#585858";
pub(super) const RULE: &str = "#c9c9c9";
pub(super) const PAPER: &str = "#fff";

/// Fonts of common systems, those with Arabic letters too.
const FONTS: &str =
    "Noto Sans, DejaVu Sans, Segoe UI, Arial, Noto Sans Arabic, Noto Naskh Arabic, sans-serif";

/// A picture that is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What it is, in one word: the name of its file without the ending, and the beginning of its ids.
    pub name: &'static str,
    /// The drawing, whole: it stands in a page or in a file of its own.
    pub svg: String,
    /// What it is, in a line.
    pub title: String,
    /// What it shows, in words, for who cannot see it.
    pub described: String,
}

/// What every picture says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// What it is, in a line.
    pub title: String,
    /// What it shows, in words.
    pub described: String,
    /// Are its words written from right to left? Then it is mirrored, all but the map itself.
    pub right_to_left: bool,
}

/// At which side of its point a text stands, as it is read: mirrored where it is read from right to left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ink {
    pub size: f64,
    pub colour: &'static str,
    pub is_bold: bool,
    pub anchor: Anchor,
    /// Does it stand on other things, so that it needs paper around its letters?
    pub has_halo: bool,
}

impl Ink {
    pub(super) const fn of(size: f64) -> Self {
        Self { size, colour: INK, is_bold: false, anchor: Anchor::Start, has_halo: false }
    }

    pub(super) const fn bold(self) -> Self {
        Self { is_bold: true, ..self }
    }

    pub(super) const fn soft(self) -> Self {
        Self { colour: SOFT, ..self }
    }

    pub(super) const fn at(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    pub(super) const fn haloed(self) -> Self {
        Self { has_halo: true, ..self }
    }
}

/// A drawing that is being made.
pub(super) struct Pen {
    name: &'static str,
    width: f64,
    said: Said,
    /// Are places mirrored now?
    is_mirrored: bool,
    body: String,
}

impl Pen {
    pub(super) fn new(name: &'static str, width: f64, said: &Said) -> Self {
        let is_mirrored = said.right_to_left;
        Self { name, width, said: said.clone(), is_mirrored, body: String::new() }
    }

    /// Draws without the mirror: what lies where it lies, whatever the words.
    pub(super) fn unmirrored(&mut self, draw: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.is_mirrored, false);
        draw(self);
        self.is_mirrored = before;
    }

    fn x(&self, x: f64) -> f64 {
        if self.is_mirrored { self.width - x } else { x }
    }

    /// A box; `looks` are attributes of our own, never words of a record.
    pub(super) fn rect(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), looks: &str) {
        let left = if self.is_mirrored { self.width - x - width } else { x };
        let (left, y) = (short(left), short(y));
        let (width, height) = (short(width.max(0.0)), short(height.max(0.0)));
        let _ = write!(
            self.body,
            r#"<rect x="{left}" y="{y}" width="{width}" height="{height}" {looks}/>"#
        );
        self.body.push('\n');
    }

    /// A hatched box: a wide dashed line in a frame, for a pattern would have to be named by an address.
    pub(super) fn hatched(&mut self, (x, y): (f64, f64), (width, height): (f64, f64)) {
        self.rect((x, y), (width, height), &format!(r#"fill="{PAPER}""#));
        let middle = y + height / 2.0;
        let wide = short(height);
        self.line(
            &[(x, middle), (x + width, middle)],
            &format!(r##"stroke="#666" stroke-width="{wide}" stroke-dasharray="1.3 2.2""##),
        );
        let edge = format!(r#"fill="none" stroke="{INK}" stroke-width=".8""#);
        self.rect((x, y), (width, height), &edge);
    }

    /// A line through points.
    pub(super) fn line(&mut self, points: &[(f64, f64)], looks: &str) {
        let mut path = String::new();
        for (place, (x, y)) in points.iter().enumerate() {
            let word = if place == 0 { 'M' } else { 'L' };
            let _ = write!(path, "{word}{} {}", short(self.x(*x)), short(*y));
        }
        self.path(&path, &format!(r#"fill="none" {looks}"#));
    }

    /// A path as it stands; it is not mirrored.
    pub(super) fn path(&mut self, path: &str, looks: &str) {
        let _ = writeln!(self.body, r#"<path d="{path}" {looks}/>"#);
    }

    /// A shape around a point; its own path is around 0, 0.
    pub(super) fn shape(&mut self, (x, y): (f64, f64), path: &str, looks: &str) {
        let (x, y) = (short(self.x(x)), short(y));
        let _ = writeln!(self.body, r#"<path transform="translate({x} {y})" d="{path}" {looks}/>"#);
    }

    /// Words.
    pub(super) fn text(&mut self, (x, y): (f64, f64), ink: Ink, words: &str) {
        let anchor = match (ink.anchor, self.is_mirrored) {
            (Anchor::Middle, _) => r#" text-anchor="middle""#,
            (Anchor::Start, false) | (Anchor::End, true) => "",
            (Anchor::End, false) | (Anchor::Start, true) => r#" text-anchor="end""#,
        };
        let weight = if ink.is_bold { r#" font-weight="600""# } else { "" };
        let halo = if ink.has_halo {
            r##" stroke="#fff" stroke-width="3" stroke-linejoin="round" paint-order="stroke""##
        } else {
            ""
        };
        let (x, y, size, colour) = (short(self.x(x)), short(y), short(ink.size), ink.colour);
        let words = escaped(&self.directed(words));
        let _ = writeln!(
            self.body,
            r#"<text x="{x}" y="{y}" font-size="{size}" fill="{colour}"{anchor}{weight}{halo}>{words}</text>"#
        );
    }

    /// Words that are read from right to left are marked so: else their numbers and stops stand at the wrong end,
    /// since renderers take the drawing to be read from left to right.
    fn directed(&self, words: &str) -> String {
        let (begin, end) = ('\u{2067}', '\u{2069}');
        if self.said.right_to_left { format!("{begin}{words}{end}") } else { words.to_owned() }
    }

    /// Words over several lines, each at most so wide; gives back where the next line would stand.
    pub(super) fn wrapped(&mut self, at: (f64, f64), width: f64, ink: Ink, words: &str) -> f64 {
        let (x, mut y) = at;
        for line in lines(words, width, ink.size) {
            self.text((x, y), ink, &line);
            y += ink.size * 1.35;
        }
        y
    }

    /// The whole drawing.
    pub(super) fn finished(self, height: f64) -> Picture {
        let Self { name, width, said, body, .. } = self;
        let (wide, high) = (short(width), short(height.ceil()));
        let (title, described) = (escaped(&said.title), escaped(&said.described));
        let mut svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-title {name}-desc" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" font-family="{FONTS}" direction="ltr">"#
        );
        let _ = write!(
            svg,
            "\n<title id=\"{name}-title\">{title}</title>\n<desc id=\"{name}-desc\">{described}</desc>\n"
        );
        let _ = writeln!(svg, r#"<rect width="{wide}" height="{high}" fill="{PAPER}"/>"#);
        svg.push_str(&body);
        svg.push_str("</svg>\n");
        Picture { name, svg, title: said.title, described: said.described }
    }
}

/// A number with at most one decimal: a tenth of a pixel is finer than anybody sees.
pub(super) fn short(number: f64) -> String {
    let text = format!("{number:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Text that can stand between tags and in quotes; what XML has no letter for is left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&#38;"),
            '<' => out.push_str("&#60;"),
            '>' => out.push_str("&#62;"),
            '"' => out.push_str("&#34;"),
            '\'' => out.push_str("&#39;"),
            // No letters of XML; and what would turn the reading around beyond the name it stands in.
            '\u{fffe}' | '\u{ffff}' | '\u{202a}'..='\u{202e}' => {}
            _ if letter.is_control() => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}

/// About how wide the words are: no font is at hand where a drawing is made, so letters count by their kind.
pub(super) fn width_of(words: &str, size: f64) -> f64 {
    let wide = |letter: char| match letter {
        'i' | 'l' | 'j' | 't' | 'f' | 'r' | 'I' | '.' | ',' | ':' | '\'' | ' ' | '(' | ')' => 0.34,
        'm' | 'w' | 'M' | 'W' | '—' | '%' => 0.9,
        'A'..='Z' => 0.68,
        '\u{064b}'..='\u{065f}' | '\u{200b}'..='\u{200f}' | '\u{2066}'..='\u{2069}' => 0.0,
        '\u{0600}'..='\u{06ff}' => 0.55,
        '\u{1100}'..='\u{ffef}' => 1.0,
        _ => 0.58,
    };
    words.chars().map(wide).sum::<f64>() * size
}

/// Cut where it is wider than that.
pub(super) fn clipped(words: &str, width: f64, size: f64) -> String {
    if width_of(words, size) <= width {
        return words.to_owned();
    }
    let mut kept = String::new();
    for letter in words.chars() {
        if width_of(&kept, size) + 1.6 * size > width {
            break;
        }
        kept.push(letter);
    }
    format!("{}…", kept.trim_end())
}

fn lines(words: &str, width: f64, size: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if line.is_empty() || width_of(&longer, size) <= width {
            *line = longer;
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(right_to_left: bool) -> String {
        let said = Said {
            title: "<b>&\"".to_owned(),
            described: "x\u{0}\u{202e}y".to_owned(),
            right_to_left,
        };
        let mut pen = Pen::new("test", 100.0, &said);
        pen.rect((10.0, 0.0), (20.0, 5.0), r#"fill="red""#);
        pen.text((10.0, 20.0), Ink::of(12.0), "</text><script>");
        pen.finished(30.0).svg
    }

    #[test]
    fn no_word_breaks_out_of_a_drawing() {
        let svg = drawn(false);
        assert!(!svg.contains("<script") && !svg.contains("<b>"), "{svg}");
        assert!(!svg.contains(['\u{0}', '\u{202e}']), "{svg}");
        assert!(svg.contains("&#60;script&#62;"), "{svg}");
    }

    #[test]
    fn what_is_read_from_right_to_left_is_mirrored() {
        let (plain, mirrored) = (drawn(false), drawn(true));
        assert!(plain.contains(r#"<rect x="10""#) && mirrored.contains(r#"<rect x="70""#));
        assert!(!plain.contains("text-anchor") && mirrored.contains(r#"x="90" y="20""#));
        assert!(mirrored.contains(r#"text-anchor="end""#), "{mirrored}");
    }

    #[test]
    fn long_words_are_cut_and_long_sentences_wrapped() {
        assert_eq!(clipped("short", 100.0, 10.0), "short");
        let cut = clipped("a name far too long for its place", 60.0, 10.0);
        assert!(cut.ends_with('…') && width_of(&cut, 10.0) <= 70.0, "{cut}");
        assert!(lines("one two three four five six", 60.0, 10.0).len() > 1);
    }

    #[test]
    fn numbers_are_short_and_zero_has_no_sign() {
        assert_eq!(["1", "1.5", "0"].map(str::to_owned), [1.04, 1.46, -0.04].map(short));
    }
}
