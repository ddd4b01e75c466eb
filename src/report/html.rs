//! The report as one HTML file: no script, nothing loaded from elsewhere, made to be printed on A4.
//!
//! The order of the page stands in `templates/report.html`, its sentences in the catalogue of the language; what is
//! marked up inside a sentence is in `html/marked.rs`.

mod marked;

mod pictures;
mod since;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use super::chart::Chart;
use super::headline::ListTotal;
use super::outlook::words as food;
use super::outlook::{FoodOutlook, FoodRow, Urgency};
use super::picture::Room;
use super::{Finding, Report, chart, phrase, words};
use crate::domain::{Language, Scheme};
use crate::situation::alert::Severity;
use crate::tongue::{Tongue, say};
use askama::Template;

/// Bytes in a page, fewer than.
pub const LIMIT_BYTES: usize = 300_000;

/// How many rows of each list are shown, the most generous first.
const ROWS: [usize; 10] = [usize::MAX, 400, 200, 100, 60, 40, 25, 15, 8, 3];

/// The report as an HTML page in a language, under [`LIMIT_BYTES`]: lists that are too long for that are cut and say so.
///
/// # Errors
///
/// Never for a report that was built; the template engine cannot promise it.
pub fn page(report: &Report, language: Language) -> Result<String, askama::Error> {
    page_for(report, language, false)
}

fn page_for(report: &Report, language: Language, is_letter: bool) -> Result<String, askama::Error> {
    let mut page = String::new();
    for rows in ROWS {
        page = Page { is_letter, ..Page::new(report, language, rows) }.render()?;
        if page.len() < LIMIT_BYTES {
            break;
        }
    }
    Ok(page)
}

/// What a report is called, in a line.
#[must_use]
pub fn title(report: &Report, language: Language) -> String {
    words::title(report.tongue(language), report.as_of)
}

/// The page of a letter, with its pictures beside it.
#[derive(Debug, Clone)]
pub struct LetterPage {
    /// The page; its pictures are named as `cid:NAME`.
    pub html: String,
    /// Each picture with its name, as PNG.
    pub pictures: Vec<(String, Vec<u8>)>,
}

/// The report as the page of a letter: most programs for mail show no drawings, so pictures are files beside it, drawn so
/// that they can be read on a telephone. Where this machine has no font to draw with, the drawings stay.
///
/// # Errors
///
/// As [`page`].
pub fn letter(report: &Report, language: Language) -> Result<LetterPage, askama::Error> {
    const WIDTH_PX: u32 = 1_020;
    let (mut html, mut pictures) = (page_for(report, language, true)?, Vec::new());
    for picture in super::picture::drawn_for(report, language, Room::Narrow) {
        let Some(drawn) = super::png::png(&picture.svg, WIDTH_PX) else { continue };
        let name = format!("{}.png", picture.name.trim_end_matches("-narrow"));
        let image = Image { name: &name, picture: &picture }.render()?;
        let place = if picture.name == "lasts" {
            chart_in(&html)
        } else {
            html.find(&picture.svg).map(|at| at..at + picture.svg.len())
        };
        if let Some(place) = place {
            html.replace_range(place, &image);
            pictures.push((name, drawn));
        }
    }
    Ok(LetterPage { html, pictures })
}

/// Where the drawing of the days left stands: it fits every width, and the one for letters does not.
fn chart_in(html: &str) -> Option<std::ops::Range<usize>> {
    const END: &str = "</svg>";
    let figure = html.find("<figure class=\"chart\">")?;
    let begin = figure + html[figure..].find("<svg")?;
    let end = begin + html[begin..].find(END)? + END.len();
    Some(begin..end)
}

/// A picture beside a letter.
#[derive(Template)]
#[template(
    source = r#"<img src="cid:{{ name }}" alt="{{ picture.title }}. {{ picture.described }}" style="width:100%;max-width:480px;height:auto">"#,
    ext = "html"
)]
struct Image<'a> {
    name: &'a str,
    picture: &'a super::picture::Picture,
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'r> {
    report: &'r Report,
    t: Tongue<'r>,
    /// The direction of our own sentences.
    own: &'static str,
    /// Marks what a source wrote: in which language is not known.
    foreign: &'static str,
    /// Marks an address, which is written from left to right everywhere.
    address: &'static str,
    places: HashMap<&'r str, usize>,
    /// The gravest first.
    severities: Vec<Severity>,
    /// How many rows of each list are shown.
    rows: usize,
    /// Is it for a letter? Programs for mail know less, and may turn what is light dark.
    is_letter: bool,
    /// The sources that the page cites so far.
    cited: RefCell<BTreeSet<usize>>,
}

/// How long food lasts, the gap, the next pause.
#[derive(Template)]
#[template(path = "outlook.html")]
struct OutlookPart<'r> {
    page: &'r Page<'r>,
    t: Tongue<'r>,
    outlook: &'r FoodOutlook,
    chart: Option<Chart>,
    /// The rows of the table.
    told: Vec<&'r FoodRow>,
    notes: Vec<food::Note>,
}

impl OutlookPart<'_> {
    /// What the marks of the chart mean.
    fn caption(&self, chart: &Chart) -> String {
        let begin = self.t.instant(self.page.report.as_of);
        say!(self.t, "chart-caption", days = chart.axis_days, begin = begin)
    }

    /// The days of the gap.
    fn days_of_gap(&self) -> String {
        let (t, gap) = (self.t, &self.outlook.gap);
        let (from, to) = (gap.from.date_naive(), gap.to.date_naive());
        say!(t, "period", from = t.short_date(from), to = t.short_date(to))
    }

    /// All areas of the gap.
    fn all_together(&self) -> String {
        say!(self.t, "gap-all", areas = self.outlook.gap.areas_in_total)
    }
}

impl<'r> Page<'r> {
    fn new(report: &'r Report, language: Language, rows: usize) -> Self {
        let sources = report.sources.iter().enumerate();
        let places = sources.map(|(place, source)| (source.code.as_str(), place + 1)).collect();
        let severities = Severity::ALL.iter().rev().copied().collect();
        let (own, foreign, address) = match language {
            Language::En => ("auto", "", ""),
            Language::Ar => ("rtl", " lang=\"\"", " dir=\"ltr\""),
            Language::Fr => ("ltr", " lang=\"\"", ""),
        };
        let (t, cited) = (report.tongue(language), RefCell::default());
        Self { report, t, own, foreign, address, places, severities, rows, is_letter: false, cited }
    }

    /// Has the report this part?
    fn has(&self, section: &str) -> bool {
        section.parse().is_ok_and(|section| self.report.has(section))
    }

    /// The rows of a list that are shown.
    fn first<'l, T>(&self, list: &'l [T]) -> &'l [T] {
        list.get(..self.rows.min(list.len())).unwrap_or(list)
    }

    /// How many rows are left out.
    const fn left_out<T>(&self, list: &[T]) -> usize {
        list.len().saturating_sub(self.rows)
    }

    /// Is something of the report left out?
    const fn is_cut(&self) -> bool {
        self.rows < usize::MAX || !self.report.sections.is_empty()
    }

    /// Is the source with this number listed? On a page that is cut only those that it cites are.
    fn is_listed(&self, number: usize) -> bool {
        !self.is_cut() || self.cited.borrow().contains(&number)
    }

    /// The part about food; nothing in reports made before it was told.
    fn outlook(&self) -> Result<String, askama::Error> {
        let (Some(outlook), t) = (&self.report.outlook, self.t) else { return Ok(String::new()) };
        let told: Vec<&FoodRow> = outlook.areas.iter().filter(|row| row.is_told()).collect();
        let notes = food::notes(t, &told);
        let chart = chart::of(t, outlook, self.report.as_of);
        OutlookPart { page: self, t, outlook, chart, told, notes }.render()
    }

    /// What it is, in a line.
    fn title(&self) -> String {
        words::title(self.t, self.report.as_of)
    }

    /// The numbers of sources in the list at the end.
    fn cites(&self, codes: &[String]) -> Vec<usize> {
        let mut places: Vec<usize> =
            codes.iter().filter_map(|code| self.places.get(code.as_str()).copied()).collect();
        places.sort_unstable();
        self.cited.borrow_mut().extend(&places);
        places
    }

    /// The number of one source, if there is one.
    fn cite(&self, code: Option<&String>) -> Vec<usize> {
        code.map_or_else(Vec::new, |code| self.cites(std::slice::from_ref(code)))
    }

    /// The alerts of one severity.
    fn alerts(&self, severity: Severity) -> Vec<&Finding> {
        self.report.alerts.iter().filter(|alert| alert.severity == severity).collect()
    }

    /// The same, rule by rule.
    fn by_rule(&self, severity: Severity) -> Vec<Vec<&Finding>> {
        let alerts = self.alerts(severity);
        alerts.chunk_by(|a, b| a.rule == b.rule).map(<[_]>::to_vec).collect()
    }

    /// How many alerts a rule has, and the thresholds they were held against.
    fn size(&self, group: &[&Finding]) -> String {
        let limits = group.first().map(|first| phrase::thresholds(self.t, first));
        let limits = limits.filter(|limits| !limits.is_empty());
        let parts: Vec<String> = std::iter::once(group.len().to_string()).chain(limits).collect();
        self.t.parts(&parts)
    }

    /// New alerts that somebody should act on.
    fn new_to_act_on(&self) -> Vec<&Finding> {
        let alerts = self.report.alerts.iter();
        alerts.filter(|alert| alert.is_new && alert.severity >= Severity::High).collect()
    }

    /// How many new alerts are milder.
    fn new_milder(&self) -> usize {
        let new = self.report.alerts.iter().filter(|alert| alert.is_new);
        new.filter(|alert| alert.severity < Severity::High).count()
    }

    /// Alerts that got graver, with how grave they were.
    fn graver(&self) -> Vec<(&Finding, Severity)> {
        let graver = self.report.changes.graver.iter();
        graver
            .filter_map(|change| {
                let alert = self.report.alerts.iter().find(|alert| alert.key == change.key)?;
                Some((alert, change.was))
            })
            .collect()
    }

    /// How grave an alert is that is new or got graver.
    fn tagged(&self, name: &str, severity: Severity) -> String {
        say!(self.t, name, severity = self.t.severity(severity))
    }

    /// How grave it was.
    fn was(&self, was: Severity) -> String {
        say!(self.t, "graver-was", was = self.t.severity(was))
    }

    /// What others than the United Nations count.
    fn other_counts(&self) -> Vec<&ListTotal> {
        let counts = self.report.headline.besieged.counts.iter();
        counts.filter(|count| count.scheme != Scheme::Un).collect()
    }

    /// How far the published totals are apart.
    fn spread(&self, spread: f64) -> String {
        say!(self.t, "spread-page", share = self.t.percent(spread))
    }

    /// What the third number counts.
    fn waiting(&self) -> String {
        say!(self.t, "waiting", days = self.report.headline.without_arrival.threshold_days)
    }

    /// Of how many areas the third number speaks.
    fn of_listed(&self) -> String {
        say!(self.t, "of-listed", listed = self.report.headline.without_arrival.areas_listed)
    }

    /// The name that stands beside the one of the language: Arabic beside Latin letters, and these beside Arabic.
    fn beside<'a>(&self, name: &'a String, arabic: Option<&'a String>) -> Option<&'a String> {
        match self.t.language() {
            Language::En | Language::Fr => arabic,
            Language::Ar => arabic.map(|_| name).filter(|name| self.t.name(name) != **name),
        }
    }

    /// In which language that name is.
    fn beside_language(&self) -> Language {
        match self.t.language() {
            Language::En | Language::Fr => Language::Ar,
            Language::Ar => Language::En,
        }
    }
}
