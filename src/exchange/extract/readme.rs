//! The first sheet of a workbook: what it is, of when, for whom, from which sources, what its columns mean.

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::meaning::told;
use super::xlsx::Filled;
use crate::domain::Language;

/// What is said of an extract beside its rows.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// What it is called.
    pub title: String,
    /// How was it then.
    pub as_of: Option<DateTime<Utc>>,
    /// What did we know by then.
    pub known_at: Option<DateTime<Utc>>,
    /// The period that its figures are for: the first instant and the last.
    pub period: (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
    /// What was asked, parameter by parameter.
    pub asked: Vec<(String, String)>,
    /// Which of the records that were asked for are in it; `None` where it is no list of records.
    pub part: Option<Part>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Who may see what is in it: the word for the level.
    pub clearance: String,
    /// What was left out or masked for this reader, in words.
    pub withheld: Vec<String>,
    /// What to mind.
    pub notes: Vec<String>,
    /// Where the ledger stood: its last entry, and the hash there.
    pub ledger: Option<(i64, String)>,
    /// The sources that its rows name.
    pub sources: Vec<Cited>,
}

/// How much of a list is in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The first record, from 1; `None` where it is not known which that is.
    pub from: Option<u64>,
    /// How many records.
    pub records: u64,
    /// How many there are in all.
    pub total: u64,
}

impl Part {
    /// That it is not the whole, in a sentence; `None` where it is.
    fn told(self, language: Language) -> Option<String> {
        let Self { from, records, total } = self;
        if records >= total {
            return None;
        }
        let told = match from {
            Some(from) => word("part_from", language)
                .replace("{from}", &from.to_string())
                .replace("{to}", &(from + records).saturating_sub(1).to_string()),
            None => word("part_of", language).replace("{records}", &records.to_string()),
        };
        Some(told.replace("{total}", &total.to_string()))
    }
}

/// A source that rows name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cited {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Who publishes it.
    pub publisher: String,
    /// When it was published.
    pub date: String,
    /// Under which licence it may be used; empty where nobody told.
    pub licence: String,
    /// Where it can be read.
    pub url: String,
}

impl Cited {
    /// Of the body of its record.
    #[must_use]
    pub fn of(code: &str, body: &serde_json::Value) -> Self {
        let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        Self {
            code: code.to_owned(),
            name: text("name"),
            publisher: text("publisher"),
            date: text("date"),
            licence: text("licence"),
            url: text("url"),
        }
    }
}

impl About {
    /// Each parameter as it was asked.
    fn questions(&self) -> impl Iterator<Item = String> {
        self.asked.iter().map(|(name, value)| format!("{name}={value}"))
    }

    /// The same for forms that keep notes by name.
    #[must_use]
    pub fn named(&self) -> Vec<(&'static str, String)> {
        let time = |at: Option<DateTime<Utc>>| at.map(|at| at.to_rfc3339()).unwrap_or_default();
        let number =
            |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
        vec![
            ("passage.title", self.title.clone()),
            ("passage.as_of", time(self.as_of)),
            ("passage.known_at", time(self.known_at)),
            ("passage.from", time(self.period.0)),
            ("passage.to", time(self.period.1)),
            ("passage.asked", self.questions().collect::<Vec<_>>().join(" ")),
            ("passage.total", number(self.part.map(|part| part.total))),
            ("passage.records", number(self.part.map(|part| part.records))),
            ("passage.clearance", self.clearance.clone()),
            ("passage.withheld", self.withheld.join(" ")),
            ("passage.notes", self.notes.join(" ")),
        ]
    }
}

/// Writes it onto the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    about: &About,
    tables: &[Filled],
    language: Language,
) -> Result<(), XlsxError> {
    sheet.set_name(word("sheet", language))?;
    sheet.set_right_to_left(language.is_right_to_left());
    for (column, width) in [(0, 26.0), (1, 34.0), (2, 34.0), (3, 16.0), (4, 60.0), (5, 40.0)] {
        sheet.set_column_width(column, width)?;
    }
    let mut page = Page::of(sheet, language);
    page.facts(about)?;
    page.tables(tables)?;
    page.columns(tables)?;
    page.sources(about)
}

/// The sheet, and the row that comes next.
struct Page<'s> {
    sheet: &'s mut Worksheet,
    language: Language,
    row: u32,
    bold: Format,
    head: Format,
    plain: Format,
    instant: Format,
}

impl<'s> Page<'s> {
    fn of(sheet: &'s mut Worksheet, language: Language) -> Self {
        let plain = Format::new().set_align(FormatAlign::Top);
        let bold = plain.clone().set_bold();
        Self {
            sheet,
            language,
            row: 0,
            head: bold.clone().set_border_bottom(FormatBorder::Medium),
            bold,
            instant: plain.clone().set_num_format("yyyy-mm-dd hh:mm:ss"),
            plain,
        }
    }

    fn word(&self, key: &str) -> &'static str {
        word(key, self.language)
    }

    fn fact(&mut self, key: &str, text: &str) -> Result<(), XlsxError> {
        if !text.is_empty() {
            let key = self.word(key);
            self.sheet.write_string_with_format(self.row, 0, key, &self.bold)?;
            self.sheet.write_string_with_format(self.row, 1, text, &self.plain)?;
            self.row += 1;
        }
        Ok(())
    }

    fn time(&mut self, key: &str, at: Option<DateTime<Utc>>) -> Result<(), XlsxError> {
        if let Some(at) = at {
            let key = self.word(key);
            self.sheet.write_string_with_format(self.row, 0, key, &self.bold)?;
            let utc = at.naive_utc();
            self.sheet.write_datetime_with_format(self.row, 1, utc, &self.instant)?;
            self.row += 1;
        }
        Ok(())
    }

    fn facts(&mut self, about: &About) -> Result<(), XlsxError> {
        self.fact("title", &title(about, self.language))?;
        self.time("as_of", about.as_of)?;
        self.time("known_at", about.known_at)?;
        self.time("from", about.period.0)?;
        self.time("to", about.period.1)?;
        for question in about.questions() {
            self.fact("asked", &question)?;
        }
        let part = about.part.and_then(|part| part.told(self.language));
        self.fact("part", &part.unwrap_or_default())?;
        self.time("made_at", Some(about.made_at))?;
        self.fact("clearance", &told(&about.clearance, self.language))?;
        for text in &about.withheld {
            self.fact("withheld", &told(text, self.language))?;
        }
        for key in ["note_empty", "note_range", "note_tags", "note_times", "note_sums"] {
            let text = self.word(key);
            self.fact("note", text)?;
        }
        for text in &about.notes {
            self.fact("note", &told(text, self.language))?;
        }
        let ledger = about.ledger.as_ref().map(|(entry, head)| format!("{entry}, {head}"));
        self.fact("ledger", &ledger.unwrap_or_default())
    }

    /// A line of headings after an empty one.
    fn headings(&mut self, keys: &[&str]) -> Result<(), XlsxError> {
        self.row += 1;
        for (column, key) in (0_u16..).zip(keys) {
            let key = self.word(key);
            self.sheet.write_string_with_format(self.row, column, key, &self.head)?;
        }
        self.row += 1;
        Ok(())
    }

    fn line(&mut self, cells: &[&str]) -> Result<(), XlsxError> {
        for (column, text) in (0_u16..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            self.sheet.write_string_with_format(self.row, column, *text, &self.plain)?;
        }
        self.row += 1;
        Ok(())
    }

    fn tables(&mut self, tables: &[Filled]) -> Result<(), XlsxError> {
        self.headings(&["table", "about", "rows"])?;
        for table in tables {
            self.sheet.write_number_with_format(self.row, 2, table.rows, &self.plain)?;
            self.line(&[&table.name, &told(&table.about, self.language)])?;
        }
        Ok(())
    }

    fn columns(&mut self, tables: &[Filled]) -> Result<(), XlsxError> {
        self.headings(&["table", "column", "tag", "unit", "meaning"])?;
        for table in tables {
            for column in &table.columns {
                let (name, tag, unit) = (&column.name, &column.tag, column.unit);
                let unit = told(unit, self.language);
                let about = told(&column.about, self.language);
                self.line(&[&table.name, name, tag, &unit, &about])?;
            }
        }
        Ok(())
    }

    fn sources(&mut self, about: &About) -> Result<(), XlsxError> {
        if about.sources.is_empty() {
            return Ok(());
        }
        self.headings(&["source", "name", "publisher", "date", "licence", "url"])?;
        let unknown = self.word("licence_unknown");
        for source in &about.sources {
            let Cited { code, name, publisher, date, licence, url } = source;
            let licence = if licence.is_empty() { unknown } else { licence };
            self.line(&[code, name, publisher, date, licence, url])?;
        }
        Ok(())
    }
}

/// The title in a language.
pub(super) fn title(about: &About, language: Language) -> String {
    match about.title.split_once(": ") {
        Some((before, what)) => format!("{before}: {}", told(what, language)),
        None => about.title.clone(),
    }
}

/// The words for a key in a language.
fn word(key: &str, language: Language) -> &'static str {
    let words = WORDS.iter().find(|(own, _)| *own == key).map_or(&["", "", ""], |(_, words)| words);
    match language {
        Language::En => words[0],
        Language::Ar => words[1],
        Language::Fr => words[2],
    }
}

/// Each key with its words: English, Arabic, French.
const WORDS: &[(&str, [&str; 3])] = &[
    ("sheet", ["Read me", "اقرأني", "À lire"]),
    ("title", ["Title", "العنوان", "Titre"]),
    ("as_of", ["Shows (UTC)", "يبيّن الوضع في (ت ع م)", "Situation au (UTC)"]),
    ("known_at", ["Known by (UTC)", "المعلوم حتى (ت ع م)", "Connu au (UTC)"]),
    ("from", ["Period from (UTC)", "الفترة من (ت ع م)", "Période du (UTC)"]),
    ("to", ["Period to (UTC)", "الفترة إلى (ت ع م)", "Période au (UTC)"]),
    ("asked", ["Asked", "المطلوب", "Demandé"]),
    ("part", ["Part of a list", "جزء من قائمة", "Partie d’une liste"]),
    (
        "part_from",
        [
            "Records {from} to {to} of {total}; add limit=all for all.",
            "السجلات من {from} إلى {to} من أصل {total}؛ أضف limit=all للحصول عليها كلها.",
            "Enregistrements {from} à {to} sur {total} ; ajouter limit=all pour tous les avoir.",
        ],
    ),
    (
        "part_of",
        [
            "A later page: {records} of {total} records; add limit=all for all.",
            "صفحة لاحقة: {records} من أصل {total} من السجلات؛ أضف limit=all للحصول عليها كلها.",
            "Page suivante : {records} enregistrements sur {total} ; ajouter limit=all pour tous les avoir.",
        ],
    ),
    ("made_at", ["Made at (UTC)", "أُعدّ في (ت ع م)", "Établi le (UTC)"]),
    ("clearance", ["For readers of", "للقراء بمستوى", "Pour lecteurs de niveau"]),
    ("withheld", ["Withheld", "محجوب", "Non communiqué"]),
    ("note", ["Note", "ملاحظة", "Note"]),
    ("ledger", ["Ledger: entry, head", "السجل: القيد، الرأس", "Registre : entrée, tête"]),
    ("table", ["Sheet", "الورقة", "Feuille"]),
    ("about", ["What it holds", "المحتوى", "Contenu"]),
    ("rows", ["Rows", "عدد الصفوف", "Lignes"]),
    ("column", ["Column", "العمود", "Colonne"]),
    ("tag", ["HXL tag", "وسم HXL", "Balise HXL"]),
    ("unit", ["Unit", "الوحدة", "Unité"]),
    ("meaning", ["Meaning", "المعنى", "Définition"]),
    ("source", ["Source (code)", "المصدر (الرمز)", "Source (code)"]),
    ("name", ["Name", "الاسم", "Nom"]),
    ("publisher", ["Publisher", "الناشر", "Éditeur"]),
    ("date", ["Date", "التاريخ", "Date"]),
    ("licence", ["Licence", "الترخيص", "Licence"]),
    ("url", ["Address", "العنوان الإلكتروني", "Adresse"]),
    ("licence_unknown", ["not told", "غير مذكور", "non précisée"]),
    (
        "note_empty",
        [
            "An empty cell means not known, or nothing to say; never 0.",
            "الخلية الفارغة تعني غير معروف أو لا شيء يُذكر، ولا تعني صفراً أبداً.",
            "Une cellule vide signifie inconnu ou sans objet ; jamais 0.",
        ],
    ),
    (
        "note_range",
        [
            "A figure has up to three columns: low (_low), best, high (_high). One number alone is a source's one figure, given without a range.",
            "لكل رقم ثلاثة أعمدة على الأكثر: أدنى (‎_low) وأفضل تقدير وأعلى (‎_high). القيمة الوحيدة هي رقم المصدر دون مجال.",
            "Un chiffre compte jusqu’à trois colonnes : minimum (_low), meilleure estimation, maximum (_high). Un nombre seul est celui de la source, donné sans fourchette.",
        ],
    ),
    (
        "note_tags",
        [
            "The second row of each sheet holds HXL tags (hxlstandard.org), by which programs know the columns.",
            "يحتوي الصف الثاني من كل ورقة على وسوم HXL (hxlstandard.org) التي تتعرف بها البرامج على الأعمدة.",
            "La deuxième ligne de chaque feuille porte les balises HXL (hxlstandard.org), par lesquelles les programmes reconnaissent les colonnes.",
        ],
    ),
    (
        "note_times",
        [
            "Days and times are UTC. Words of closed lists are written as programs read them.",
            "الأيام والأوقات بالتوقيت العالمي. تُكتب كلمات القوائم المغلقة كما تقرؤها البرامج.",
            "Jours et heures en UTC. Les mots de listes fermées sont écrits comme les programmes les lisent.",
        ],
    ),
    (
        "note_sums",
        [
            "Schemes, sectors and sources count by their own definitions: do not add them to each other.",
            "تُحسب التصنيفات والقطاعات والمصادر وفق تعريفاتها الخاصة: لا تجمعها معاً.",
            "Les listes, secteurs et sources comptent selon leurs propres définitions : ne pas les additionner.",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_there_in_every_language() {
        for (key, _) in WORDS {
            for language in Language::ALL {
                assert!(!word(key, *language).is_empty(), "{key} {language}");
            }
        }
    }
}
