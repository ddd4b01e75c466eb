//! The report as one HTML file: no script, nothing loaded from elsewhere, made to be printed on A4.
//!
//! The sentences of the page stand in `templates/report.html`; this file gives it numbers and dates in words.

mod pictures;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use super::chart::Chart;
use super::headline::ListTotal;
use super::outlook::words as food;
use super::outlook::{FoodOutlook, FoodRow, Urgency};
use super::{Finding, Report, chart, phrase, words};
use crate::domain::Scheme;
use crate::situation::alert::Severity;
use askama::Template;

/// Bytes in a page, fewer than.
pub const LIMIT_BYTES: usize = 300_000;

/// How many rows of each list are shown, the most generous first.
const ROWS: [usize; 10] = [usize::MAX, 400, 200, 100, 60, 40, 25, 15, 8, 3];

/// The report as an HTML page, under [`LIMIT_BYTES`]: lists that are too long for that are cut and say so.
///
/// # Errors
///
/// Never for a report that was built; the template engine cannot promise it.
pub fn page(report: &Report) -> Result<String, askama::Error> {
    let mut page = String::new();
    for rows in ROWS {
        page = Page::new(report, rows).render()?;
        if page.len() < LIMIT_BYTES {
            break;
        }
    }
    Ok(page)
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'r> {
    report: &'r Report,
    places: HashMap<&'r str, usize>,
    /// The gravest first.
    severities: Vec<Severity>,
    /// How many rows of each list are shown.
    rows: usize,
    /// The sources that the page cites so far.
    cited: RefCell<BTreeSet<usize>>,
}

/// How long food lasts, the gap, the next pause.
#[derive(Template)]
#[template(path = "outlook.html")]
struct OutlookPart<'r> {
    page: &'r Page<'r>,
    outlook: &'r FoodOutlook,
    chart: Option<Chart>,
    /// The rows of the table.
    told: Vec<&'r FoodRow>,
    notes: Vec<food::Note>,
}

impl<'r> Page<'r> {
    fn new(report: &'r Report, rows: usize) -> Self {
        let sources = report.sources.iter().enumerate();
        let places = sources.map(|(place, source)| (source.code.as_str(), place + 1)).collect();
        let severities = Severity::ALL.iter().rev().copied().collect();
        Self { report, places, severities, rows, cited: RefCell::default() }
    }
}

impl Page<'_> {
    /// The rows of a list that are shown.
    fn first<'l, T>(&self, list: &'l [T]) -> &'l [T] {
        list.get(..self.rows.min(list.len())).unwrap_or(list)
    }

    /// How many rows are left out.
    const fn left_out<T>(&self, list: &[T]) -> usize {
        list.len().saturating_sub(self.rows)
    }

    /// May lists be cut?
    const fn is_cut(&self) -> bool {
        self.rows < usize::MAX
    }

    /// Is the source with this number listed? On a page that is cut only those that it cites are.
    fn is_listed(&self, number: usize) -> bool {
        !self.is_cut() || self.cited.borrow().contains(&number)
    }

    /// The part about food; nothing in reports made before it was told.
    fn outlook(&self) -> Result<String, askama::Error> {
        let Some(outlook) = &self.report.outlook else { return Ok(String::new()) };
        let told: Vec<&FoodRow> = outlook.areas.iter().filter(|row| row.is_told()).collect();
        let notes = food::notes(&told);
        let chart = chart::of(outlook, self.report.as_of);
        OutlookPart { page: self, outlook, chart, told, notes }.render()
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

    /// What others than the United Nations count.
    fn other_counts(&self) -> Vec<&ListTotal> {
        let counts = self.report.headline.besieged.counts.iter();
        counts.filter(|count| count.scheme != Scheme::Un).collect()
    }

    /// The name of an area by its code.
    fn name_of(&self, code: &str) -> String {
        let area = self.report.areas.iter().find(|area| area.code == code);
        area.map_or_else(|| code.to_owned(), |area| area.name.clone())
    }
}
