//! How numbers, ranges and months are written in the languages of the pictures.

use chrono::{Datelike, NaiveDate};

use crate::domain::Figure;
use crate::domain::Language::{self, Ar, En, Fr};
use crate::tongue::Tongue;

/// The same in each language: English, Arabic, French.
pub(super) const fn say(language: Language, words: [&str; 3]) -> &str {
    match language {
        En => words[0],
        Ar => words[1],
        Fr => words[2],
    }
}

/// A whole number with its thousands apart.
pub(super) fn number(number: f64, language: Language) -> String {
    Tongue::of(language).number(number)
}

/// A count of things.
pub(super) fn count(count: usize, language: Language) -> String {
    #[expect(clippy::cast_precision_loss, reason = "counts of records stay far below 2^53")]
    let count = count as f64;
    number(count, language)
}

/// A figure in a few words: `250,000 to 275,000`, `at least 250,000`, `not known`.
pub(super) fn range(figure: Figure, language: Language) -> String {
    written(figure, language, number)
}

fn written(figure: Figure, language: Language, number: fn(f64, Language) -> String) -> String {
    let write = |end: f64| number(end, language);
    let with = |words: [&str; 3], end: f64| format!("{} {}", say(language, words), write(end));
    let to = say(language, ["to", "إلى", "à"]);
    match (figure.low(), figure.best(), figure.high()) {
        (None, None, None) => say(language, ["not known", "غير معروف", "inconnu"]).to_owned(),
        (Some(low), None, None) => with(["at least", "على الأقل", "au moins"], low),
        (None, None, Some(high)) => with(["at most", "على الأكثر", "au plus"], high),
        (Some(low), _, Some(high)) if write(low) == write(high) => write(low),
        (Some(low), None, Some(high)) => format!("{} {to} {}", write(low), write(high)),
        (_, Some(best), _) => write(best),
    }
}

/// A share in percent; one that is small and not nothing keeps a decimal.
pub(super) fn percent(share: f64, language: Language) -> String {
    let t = Tongue::of(language);
    let per_cent = share * 100.0;
    let written = match per_cent {
        small if small > 0.0 && small < 1.0 => t.decimal(small.max(0.1), 1),
        _ => t.number(per_cent.round()),
    };
    match language {
        Fr => format!("{written}\u{202f}%"),
        En | Ar => format!("{written} %"),
    }
}

/// A share with its range: `1 % to 7 %`, `at most 30 %`; nothing where it is not known.
pub(super) fn share(share: Figure, language: Language) -> String {
    if share.is_unknown() { String::new() } else { written(share, language, percent) }
}

/// Whole days that are over: `under 1 day`, `1 day`, `5 days`; none left where the counted food is gone.
pub(super) fn days_left(days: f64, language: Language) -> String {
    let whole = number(days.max(0.0).floor(), language);
    let gone = ["counted food is gone", "نفد الغذاء المحصى", "vivres comptés épuisés"];
    let under = ["under 1 day", "أقل من يوم", "moins d’un jour"];
    match (language, days) {
        (_, days) if days <= 0.0 => say(language, gone).to_owned(),
        (_, days) if days < 1.0 => say(language, under).to_owned(),
        (En, days) if days < 2.0 => format!("{whole} day"),
        (En, _) => format!("{whole} days"),
        (Ar, days) if days < 2.0 => "يوم واحد".to_owned(),
        (Ar, days) if days < 3.0 => "يومان".to_owned(),
        // By the last two digits: three to ten days, eleven to ninety-nine of them, a hundred of it.
        (Ar, days) => match days.floor() % 100.0 {
            last if last >= 11.0 => format!("{whole} يوما"),
            last if last >= 3.0 => format!("{whole} أيام"),
            _ => format!("{whole} يوم"),
        },
        (Fr, days) if days < 2.0 => format!("{whole} jour"),
        (Fr, _) => format!("{whole} jours"),
    }
}

/// `Jul 2016`.
pub(super) fn month(month: NaiveDate, language: Language) -> String {
    const ARABIC: [&str; 12] = [
        "كانون الثاني",
        "شباط",
        "آذار",
        "نيسان",
        "أيار",
        "حزيران",
        "تموز",
        "آب",
        "أيلول",
        "تشرين الأول",
        "تشرين الثاني",
        "كانون الأول",
    ];
    const FRENCH: [&str; 12] = [
        "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
        "déc.",
    ];
    let named = |names: &[&str; 12]| {
        let name = names.get(month.month0() as usize).copied().unwrap_or_default();
        format!("{name} {}", month.year())
    };
    match language {
        En => month.format("%b %Y").to_string(),
        Ar => named(&ARABIC),
        Fr => named(&FRENCH),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_written_in_each_language_and_unknown_is_never_nothing() {
        let range = |low, best, high, language| range(Figure::computed(low, best, high), language);
        assert_eq!(range(Some(1e3), None, Some(2e3), En), "1,000 to 2,000");
        assert_eq!(range(Some(1e3), None, None, Fr), "au moins 1\u{202f}000");
        assert_eq!(range(None, None, Some(5.0), Ar), "على الأكثر 5");
        for language in Language::ALL {
            assert!(!range(None, None, None, *language).contains('0'));
        }
    }

    #[test]
    fn days_are_counted_as_each_language_counts() {
        let arabic = [0.4, 1.2, 2.0, 7.9, 11.0, 102.0].map(|days| days_left(days, Ar));
        let expected = ["أقل من يوم", "يوم واحد", "يومان", "7 أيام", "11 يوما", "102 يوم"];
        assert_eq!(arabic, expected);
        assert_eq!([0.0, 1.0, 2.0].map(|days| days_left(days, En))[1..], ["1 day", "2 days"]);
        assert_eq!(days_left(1.9, Fr), "1 jour");
    }

    #[test]
    fn months_are_written_in_each_language() {
        let date = NaiveDate::from_ymd_opt(2016, 7, 1).unwrap();
        assert_eq!(month(date, En), "Jul 2016");
        assert_eq!(month(date, Ar), "تموز 2016");
    }
}
