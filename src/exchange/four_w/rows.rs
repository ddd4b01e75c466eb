//! One row of a 4W as the cells of our tables.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::intake::{Digest, digest};
use super::super::label::folded;
use super::super::meant::Findings;
use super::super::number::bare;
use super::super::problem::{Place, RowProblem};
use super::super::row::{Form, Row, refusal};
use super::columns::Columns;
use super::known::{Known, Offer, short};
use crate::domain::code::Code;
use crate::domain::{Stage, convoy::Mode, sector::Sector};

/// What stands in a cell.
pub(super) type Written = (String, Form);
/// The cells of one table of ours, by our column.
type ByColumn = BTreeMap<&'static str, Written>;
/// The cells of a row, by our table.
pub(super) type Cells = BTreeMap<&'static str, ByColumn>;

/// The words of a status, and the stage that they mean.
const STATUSES: [(Stage, &[&str]); 5] = [
    (Stage::Planned, &["planned", "pipeline", "مخطط", "مخططه"]),
    (
        Stage::Offloaded,
        &["ongoing", "in progress", "started", "جاري", "جاريه", "قيد التنفيذ", "مستمر"],
    ),
    (
        Stage::Completed,
        &["completed", "complete", "done", "finished", "ended", "منجز", "مكتمل", "منتهي"],
    ),
    (Stage::Postponed, &["suspended", "on hold", "postponed", "معلق", "مؤجل"]),
    (Stage::Cancelled, &["cancelled", "canceled", "ملغي", "ملغى"]),
];

/// What was made so far.
pub(super) struct Made<'m> {
    pub(super) columns: &'m Columns,
    pub(super) known: &'m Known,
    pub(super) makes: bool,
    /// What is found of names that are not known, and the table they stand in.
    pub(super) findings: &'m mut Findings,
    pub(super) place: &'m Place,
    pub(super) offers: Vec<Offer>,
    pub(super) codes: BTreeSet<String>,
    /// The row in which each code came first.
    seen: HashMap<Digest, u64>,
    /// Names that were taken for records, each said once.
    pub(super) taken: BTreeMap<String, (u64, usize, String)>,
    /// Words for a sector that are not known, and where each came first.
    sectors: BTreeMap<String, (u64, usize)>,
}

impl<'m> Made<'m> {
    pub(super) fn new(
        columns: &'m Columns,
        known: &'m Known,
        makes: bool,
        (findings, place): (&'m mut Findings, &'m Place),
    ) -> Self {
        Self {
            columns,
            known,
            makes,
            findings,
            place,
            offers: Vec::new(),
            codes: BTreeSet::new(),
            seen: HashMap::new(),
            taken: BTreeMap::new(),
            sectors: BTreeMap::new(),
        }
    }

    pub(super) fn offers(&self) -> Vec<Offer> {
        self.offers.clone()
    }

    /// What was understood though it is not word for word.
    pub(super) fn notes(&self, place: &Place) -> Vec<RowProblem> {
        let table = RowProblem::of_file(
            place,
            "is read as a 4W: each row becomes a convoy of the mode local_distribution, unless its modality is one of ours",
        );
        let ignored = self.columns.ignored.iter().copied().map(|(at, reason)| {
            RowProblem::of_row(place, self.columns.last_row, reason)
                .at(at)
                .in_column(&self.columns.shown(at))
        });
        let unknown = self.sectors.iter().map(|(text, (row, at))| {
            let reason = format!("{text:?} is no sector that is known here, and is kept in the title alone; known are {}", Sector::WORDS.join(", "));
            RowProblem::of_row(place, *row, reason).at(*at).in_column(&self.columns.shown(*at))
        });
        let taken = self.taken.values().map(|(row, at, reason)| {
            RowProblem::of_row(place, *row, reason.clone())
                .at(*at)
                .in_column(&self.columns.shown(*at))
        });
        std::iter::once(table).chain(ignored).chain(unknown).chain(taken).collect()
    }

    /// The cells of a row.
    pub(super) fn cells(&mut self, row: &Row) -> Cells {
        let of = Asked { columns: self.columns, row };
        let (code, stage) = (self.code(row), self.stage(row));
        if let Some(at) =
            self.columns.sector.or(self.columns.sector_code).filter(|_| of.sector().is_none())
        {
            let text = row.cell(at).trim();
            if !text.is_empty() {
                self.sectors.entry(text.to_owned()).or_insert((row.number, at));
            }
        }
        let mut cells = Cells::new();
        cells.insert("", of.convoy(code.clone(), self.organisation(row)));
        cells.insert(".drops", of.drop(code.clone(), self.area(row)));
        if !of.item().is_empty() {
            let is_planned =
                stage.as_ref().is_some_and(|(stage, _)| stage == Stage::Planned.as_str());
            cells.insert(".drops.lines", of.line(code.clone(), is_planned));
        }
        cells.extend(stage.map(|stage| (".events", of.event(code, stage))));
        cells
    }

    /// The code: the id of the row, else one that follows from who, what, where and when.
    fn code(&mut self, row: &Row) -> (String, Form) {
        let columns = self.columns;
        let id = columns.id.map_or("", |at| row.cell(at).trim());
        let code = if id.parse::<Code>().is_ok() {
            id.to_owned()
        } else if id.is_empty() {
            let what = [
                columns.sector,
                columns.activity,
                columns.modality,
                columns.item_code,
                columns.item_name,
                columns.start,
                columns.end,
            ];
            let all =
                columns.who.iter().chain(&columns.place).copied().chain(what.into_iter().flatten());
            let said: Vec<String> = all.map(|at| folded(&bare(row.cell(at)))).collect();
            format!("4W-{}", short(&said.join("\u{1f}")))
        } else {
            return (id.to_owned(), Form::Text);
        };
        let first = *self.seen.entry(digest(&code)).or_insert(row.number);
        if first == row.number {
            return (code, Form::Text);
        }
        let reason = if id.is_empty() {
            format!(
                "row {first} says the same of who, what, where and when; give each row an id of its own, in a column with the tag #activity+id"
            )
        } else {
            format!("row {first} has the same id {id}")
        };
        (refusal(id, &reason), Form::Refused)
    }

    fn stage(&self, row: &Row) -> Option<(String, Form)> {
        let word = self.columns.status.map_or("", |at| row.cell(at).trim());
        if word.is_empty() {
            // Who was reached was reached by something that arrived.
            let reached = self.columns.reached.map_or("", |at| row.cell(at).trim());
            let is_some = bare(reached).bytes().any(|byte| (b'1'..=b'9').contains(&byte));
            return is_some.then(|| (Stage::Completed.as_str().to_owned(), Form::Text));
        }
        let is_meant =
            |(_, words): &&(Stage, &[&str])| words.iter().any(|own| folded(own) == folded(word));
        let stage = STATUSES
            .iter()
            .find(is_meant)
            .map(|(stage, _)| *stage)
            .or_else(|| word.parse::<Stage>().ok());
        Some(stage.map_or_else(|| unknown_status(word), |stage| said(stage.as_str())))
    }
}

/// A row that is asked for the cells of our tables.
#[derive(Clone, Copy)]
struct Asked<'a> {
    columns: &'a Columns,
    row: &'a Row,
}

impl Asked<'_> {
    fn text(self, at: Option<usize>) -> String {
        at.map_or("", |at| self.row.cell(at).trim()).to_owned()
    }

    fn cell(self, at: Option<usize>) -> Written {
        at.map_or((String::new(), Form::Text), |at| (self.text(Some(at)), self.row.at(at).form))
    }

    /// When it began; where only the end is said, then.
    fn start(self) -> Written {
        let start = self.columns.start.filter(|at| !self.row.cell(*at).trim().is_empty());
        self.cell(start.or(self.columns.end))
    }

    fn item(self) -> String {
        self.text(self.columns.item_code.or(self.columns.item_name))
    }

    fn convoy(self, code: Written, organisation: Written) -> ByColumn {
        let columns = self.columns;
        let sector = self.text(columns.sector.or(columns.sector_code));
        let title = [sector, self.text(columns.activity)];
        let title: Vec<String> = title.into_iter().filter(|text| !text.is_empty()).collect();
        BTreeMap::from([
            ("code", code),
            ("title", said(title.join(": "))),
            ("mode", said(mode(&self.text(columns.modality)))),
            ("organisations", organisation),
            ("date", self.start()),
            ("date_end", self.cell(columns.end)),
            ("source", self.cell(columns.source)),
            ("note", said(note(columns, self.row))),
        ])
    }

    fn drop(self, code: Written, area: Written) -> ByColumn {
        let columns = self.columns;
        let place =
            columns.place.iter().map(|at| self.text(Some(*at))).find(|text| !text.is_empty());
        BTreeMap::from([
            ("convoy", code),
            ("index", said("1")),
            ("areas", area),
            ("place", said(place.unwrap_or_default())),
            ("people_targeted", self.cell(columns.targeted)),
            ("people_reached", self.cell(columns.reached)),
            ("cargo", self.cell(columns.item_name)),
            ("sectors", said(self.sector().map_or("", Sector::as_str))),
        ])
    }

    /// The sector that the row names, by its code or by one of its names.
    fn sector(self) -> Option<Sector> {
        let written = [self.columns.sector_code, self.columns.sector];
        written.into_iter().find_map(|at| sector_called(&self.text(at)))
    }

    fn line(self, code: Written, is_planned: bool) -> ByColumn {
        BTreeMap::from([
            ("convoy", code),
            ("drop", said("1")),
            ("index", said("1")),
            ("commodity", said(self.item())),
            ("description", self.cell(self.columns.item_name)),
            ("unit", self.cell(self.columns.unit)),
            (if is_planned { "requested" } else { "delivered" }, self.cell(self.columns.quantity)),
        ])
    }

    fn event(self, code: Written, stage: Written) -> ByColumn {
        let end = self.cell(self.columns.end);
        let is_over = stage.0 == Stage::Completed.as_str() && !end.0.is_empty();
        let at = if is_over { end } else { self.start() };
        BTreeMap::from([("convoy", code), ("index", said("1")), ("stage", stage), ("at", at)])
    }
}

/// What sectors are called beside their codes and the names that HAPI gives them.
const SECTORS: [(Sector, &[&str]); 15] = [
    (Sector::Camps, &["Camp Coordination and Camp Management", "CCCM", "تنسيق المخيمات وإدارتها"]),
    (Sector::Education, &["Education", "التعليم"]),
    (
        Sector::EarlyRecovery,
        &["Early Recovery", "Early Recovery and Livelihoods", "ERL", "التعافي المبكر"],
    ),
    (
        Sector::Food,
        &[
            "Food Security",
            "Food",
            "FSA",
            "FSL",
            "Food Security and Agriculture",
            "Food Security and Livelihoods",
            "الأمن الغذائي",
            "الغذاء",
        ],
    ),
    (Sector::Health, &["Health", "الصحة"]),
    (Sector::Logistics, &["Logistics", "اللوجستيات"]),
    (Sector::Nutrition, &["Nutrition", "التغذية"]),
    (Sector::Protection, &["Protection", "General Protection", "الحماية"]),
    (Sector::ChildProtection, &["Child Protection", "CP", "حماية الطفل"]),
    (
        Sector::GenderBasedViolence,
        &["Gender-Based Violence", "GBV", "العنف القائم على النوع الاجتماعي"],
    ),
    (Sector::Housing, &["Housing, Land and Property", "HLP"]),
    (Sector::MineAction, &["Mine Action", "الأعمال المتعلقة بالألغام"]),
    (
        Sector::Shelter,
        &[
            "Emergency Shelter and NFI",
            "Shelter and NFI",
            "Shelter",
            "NFI",
            "NFIs",
            "S/NFI",
            "SNFI",
            "المأوى",
            "المأوى والمواد غير الغذائية",
        ],
    ),
    (Sector::Telecommunications, &["Emergency Telecommunications", "ETC"]),
    (
        Sector::Water,
        &[
            "Water, Sanitation and Hygiene",
            "WASH",
            "المياه والصرف الصحي والنظافة",
            "المياه والإصحاح",
        ],
    ),
];

/// The sector of a code or a name.
fn sector_called(text: &str) -> Option<Sector> {
    let text = folded(text);
    let is_own = |sector: &Sector| folded(sector.as_str()) == text;
    let own = Sector::ALL.iter().copied().find(is_own);
    let is_named = |(_, names): &&(Sector, &[&str])| names.iter().any(|name| folded(name) == text);
    own.or_else(|| SECTORS.iter().find(is_named).map(|(sector, _)| *sector))
}

/// A cell that was not in the table.
fn said(text: impl Into<String>) -> Written {
    (text.into(), Form::Text)
}

fn unknown_status(word: &str) -> Written {
    let known = STATUSES.iter().filter_map(|(_, words)| words.first().copied());
    let known = known.collect::<Vec<_>>().join(", ");
    let reason =
        format!("{word:?} is not known as a status; known are {known} and the stages of a convoy");
    (refusal(word, &reason), Form::Refused)
}

/// How it travels: handed out on the spot, unless the row says one of our words.
fn mode(modality: &str) -> &'static str {
    let own = Mode::ALL.iter().find(|mode| folded(mode.as_str()) == folded(modality));
    own.map_or(Mode::LocalDistribution.as_str(), |mode| mode.as_str())
}

/// What has no column of its own with us.
fn note(columns: &Columns, row: &Row) -> String {
    let said = [("", columns.note), ("modality: ", columns.modality), ("status: ", columns.status)];
    let said = said.into_iter().filter_map(|(word, at)| {
        let text = row.cell(at?).trim();
        (!text.is_empty()).then(|| format!("{word}{text}"))
    });
    said.collect::<Vec<_>>().join("; ")
}
