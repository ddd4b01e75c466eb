//! What tables, columns and units mean, in every language: English sentences with their Arabic and French.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::Language;

const MEANINGS: &str = include_str!("../../../data/meanings.csv");

/// English, and the same in Arabic and in French.
static TOLD: LazyLock<HashMap<String, [String; 2]>> = LazyLock::new(|| {
    let mut rows = csv::ReaderBuilder::new().from_reader(MEANINGS.as_bytes());
    let rows = rows.deserialize::<(String, String, String)>().flatten();
    rows.map(|(english, arabic, french)| (english, [arabic, french])).collect()
});

/// What stands behind the meaning of the columns of a figure.
const ENDS: [&str; 3] = [" (at least)", " (best estimate)", " (at most)"];

/// A text in a language; in English where nobody put it into the other.
pub(super) fn told(text: &str, language: Language) -> Cow<'_, str> {
    let place = match language {
        Language::En => return text.into(),
        Language::Ar => 0,
        Language::Fr => 1,
    };
    let known = |text: &str| TOLD.get(text).map(|told| told[place].as_str());
    if let Some(known) = known(text) {
        return known.to_owned().into();
    }
    let of_figure = ENDS.iter().find_map(|end| {
        let about = text.strip_suffix(end)?;
        let about = known(&format!("{about}.")).or_else(|| known(about))?;
        Some(format!(
            "{} ({})",
            about.trim_end_matches('.'),
            known(end.trim_matches([' ', '(', ')']))?
        ))
    });
    of_figure.map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::super::records::Of;
    use super::super::{figures, service};
    use super::*;
    use crate::domain::{Kind, Sensitivity};

    /// Everything that is said of lists of records and of who may read them.
    fn said_of_lists() -> Vec<String> {
        let kinds = Kind::ALL.iter().flat_map(|kind| {
            let tables = Of::kind(*kind).all().into_iter().flat_map(|of| {
                let columns = of.columns(true).into_iter();
                columns
                    .map(|column| column.about.into_owned())
                    .chain([of.about()])
                    .collect::<Vec<_>>()
            });
            tables.chain([kind.plural().replace('_', " ")]).collect::<Vec<_>>()
        });
        kinds.chain(Sensitivity::ALL.iter().map(ToString::to_string)).collect()
    }

    /// Everything that is said of computed tables, and of lists that are no records.
    fn said() -> Vec<String> {
        let all = || figures::ALL.iter().chain(&service::ALL).chain(&service::OF_ONE);
        let tables = all().flat_map(|answer| answer.tables);
        let names = all().map(|answer| answer.name.replace('_', " "));
        let of_table = tables.flat_map(|table| {
            let columns = table.columns().into_iter();
            let columns =
                columns.flat_map(|column| [column.about.into_owned(), column.unit.to_owned()]);
            columns.chain([table.about.to_owned()]).collect::<Vec<_>>()
        });
        names.chain(of_table).filter(|text| !text.is_empty()).collect()
    }

    #[test]
    fn everything_that_is_said_of_tables_is_said_in_every_language() {
        for language in [Language::Ar, Language::Fr] {
            let all = said().into_iter().chain(said_of_lists());
            let mut left: Vec<String> =
                all.filter(|text| told(text, language) == text.as_str()).collect();
            left.sort();
            left.dedup();
            // Some words are the same in French.
            left.retain(|text| TOLD.get(text).is_none());
            assert!(left.is_empty(), "{language}: {left:#?}");
        }
    }

    #[test]
    fn no_line_of_the_table_is_left_out_or_empty() {
        assert_eq!(TOLD.len() + 1, csv_lines());
        for (english, others) in TOLD.iter() {
            assert!(others.iter().all(|told| !told.trim().is_empty()), "{english}");
            let is_sentence = |text: &str| text.ends_with('.');
            let all = others.iter().map(|told| is_sentence(told));
            assert!(all.into_iter().all(|own| own == is_sentence(english)), "{english}");
        }
    }

    fn csv_lines() -> usize {
        MEANINGS.lines().filter(|line| !line.is_empty()).count()
    }

    #[test]
    fn the_ends_of_a_figure_are_told_with_it() {
        assert_eq!(
            told("The people there (at least)", Language::Fr),
            "Les personnes présentes (au moins)"
        );
        assert_eq!(told("What nobody knows", Language::Ar), "What nobody knows");
    }
}
