//! How a number, a range, a share is written. Never 0 where nothing is known.

use fluent_bundle::FluentValue;

use super::{Tongue, say};
use crate::domain::{Figure, Language};

/// A number in a sentence.
pub(super) fn written(value: &FluentValue<'_>, language: Language) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    if !number.options.use_grouping {
        return Some(format!("{:.0}", number.value));
    }
    Some(with_fraction(number.value, 0, language))
}

/// The form of an Arabic noun after a number: one of six, by CLDR.
///
/// The library of plural rules takes the range 3 to 10 of the last two digits for one of the whole number, so that
/// it would write 105 like 100.
pub(super) fn arabic_plural(given: Option<&FluentValue<'_>>) -> FluentValue<'static> {
    const OTHER: &str = "other";
    let Some(FluentValue::Number(number)) = given else { return OTHER.into() };
    let number = number.value;
    if number.fract() != 0.0 {
        return OTHER.into();
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number of things that are counted"
    )]
    let whole = number.abs() as u64;
    let form = match (whole, whole % 100) {
        (0, _) => "zero",
        (1, _) => "one",
        (2, _) => "two",
        (_, 3..=10) => "few",
        (_, 11..) => "many",
        (_, 0..=2) => OTHER,
    };
    form.into()
}

/// A number with so many digits after the point, its thousands apart.
fn with_fraction(number: f64, digits: usize, language: Language) -> String {
    // Arabic reports of the United Nations write digits and their signs as English ones do.
    let (apart, point) = match language {
        Language::En | Language::Ar => (',', '.'),
        Language::Fr => ('\u{202f}', ','),
    };
    let written = format!("{:.digits$}", number.abs());
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
    let mut text = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(apart);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(point);
        text.push_str(fraction);
    }
    text
}

/// The first three digits of a number of five or more; smaller ones are read as they are.
fn to_three_digits(number: f64, round: fn(f64) -> f64) -> f64 {
    const LEAST_ROUNDED: f64 = 10_000.0;
    if number.abs() < LEAST_ROUNDED {
        return number;
    }
    let unit = 10_f64.powf(number.abs().log10().floor() - 2.0);
    round(number / unit) * unit
}

impl Tongue<'_> {
    /// A whole number with its thousands apart.
    #[must_use]
    pub fn number(self, number: f64) -> String {
        with_fraction(number, 0, self.language)
    }

    /// A number with so many digits after the point.
    #[must_use]
    pub fn decimal(self, number: f64, digits: usize) -> String {
        with_fraction(number, digits, self.language)
    }

    /// A number with as many digits as it has.
    #[must_use]
    pub fn as_it_is(self, number: f64) -> String {
        let written = number.to_string();
        self.decimal(number, written.split_once('.').map_or(0, |(_, fraction)| fraction.len()))
    }

    /// What stands where nothing is known.
    #[must_use]
    pub fn not_known(self) -> String {
        self.word("not-known")
    }

    /// A figure with its range: `250,000 to 275,000`, `at least 250,000`, `not known`.
    #[must_use]
    pub fn range(self, figure: Figure) -> String {
        self.ranged(figure, |number| self.number(number))
    }

    /// A figure in prose: large numbers to three digits, the least down and the most up, so that it stays true; `about`
    /// says where a single number was rounded. Tables have it exactly.
    #[must_use]
    pub fn for_reading(self, figure: Figure) -> String {
        let exactly = figure.low().filter(|low| figure.high() == Some(*low));
        let single = exactly.or_else(|| match (figure.low(), figure.high()) {
            (None, None) => figure.best(),
            _ => None,
        });
        if let Some(single) = single {
            let rounded = to_three_digits(single, f64::round);
            let written = self.number(rounded);
            let is_same = (rounded - single).abs() < 0.5;
            return if is_same { written } else { say!(self, "about-number", number = written) };
        }
        let end =
            |end: Option<f64>, round: fn(f64) -> f64| end.map(|end| to_three_digits(end, round));
        let (low, high) = (end(figure.low(), f64::floor), end(figure.high(), f64::ceil));
        self.range(Figure::computed(low, end(figure.best(), f64::round), high))
    }

    /// A share with its range, in percent.
    #[must_use]
    pub fn share(self, figure: Figure) -> String {
        let whole = |share: f64| (share * 100.0).round();
        let text = self.range(figure.map(whole));
        if figure.is_unknown() { text } else { say!(self, "percent", share = text) }
    }

    /// A share in whole percent, without the sign.
    #[must_use]
    pub fn percent(self, share: f64) -> String {
        self.number((share * 100.0).round())
    }

    fn ranged(self, figure: Figure, write: impl Fn(f64) -> String) -> String {
        match (figure.low(), figure.best(), figure.high()) {
            (None, None, None) => self.not_known(),
            (Some(low), None, None) => say!(self, "at-least", low = write(low)),
            (None, None, Some(high)) => say!(self, "at-most", high = write(high)),
            (Some(low), _, Some(high)) if write(low) == write(high) => write(low),
            (Some(low), None, Some(high)) => self.between(write(low), write(high)),
            (None, Some(best), None) => write(best),
            (Some(low), Some(best), None) => {
                say!(self, "best-at-least", best = write(best), low = write(low))
            }
            (None, Some(best), Some(high)) => {
                say!(self, "best-at-most", best = write(best), high = write(high))
            }
            (Some(low), Some(best), Some(high)) => {
                say!(self, "best-range", best = write(best), low = write(low), high = write(high))
            }
        }
    }

    /// The two ends of a range.
    #[must_use]
    pub fn between(self, low: String, high: String) -> String {
        say!(self, "range", low = low, high = high)
    }

    /// A head count in a sentence of an alert.
    pub(super) fn heads(self, figure: Figure) -> String {
        let write = |number: f64| self.number(number);
        match (figure.low(), figure.best(), figure.high()) {
            (_, Some(best), _) => write(best),
            (Some(low), None, Some(high)) => self.between(write(low), write(high)),
            (Some(low), None, None) => say!(self, "at-least", low = write(low)),
            (None, None, Some(high)) => say!(self, "at-most", high = write(high)),
            (None, None, None) => self.word("heads-unknown"),
        }
    }

    /// How many things, by the name of the sentence that counts them: `1 area`, `3 areas`.
    #[must_use]
    pub fn several(self, count: usize, things: &str) -> String {
        say!(self, things, count = count)
    }
}
