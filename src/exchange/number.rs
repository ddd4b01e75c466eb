//! Numbers as people write them. What can be read two ways is asked for, never guessed.

use serde_json::Value;

/// What is told about how numbers are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Marks {
    decimal: Option<char>,
    thousands: Option<char>,
}

/// How much is known of who wrote a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hand {
    /// A file that we wrote, or a number that could only be meant so: the point is a decimal point.
    Ours,
    /// Somebody's.
    Somebody,
}

impl Marks {
    /// # Errors
    ///
    /// When a mark cannot be one, or both are the same.
    pub(super) fn new(decimal: Option<char>, thousands: Option<char>) -> Result<Self, String> {
        if let Some(mark) = decimal.filter(|mark| !['.', ','].contains(mark)) {
            return Err(format!("--decimal must be . or , and not {mark:?}"));
        }
        if let Some(mark) = thousands.filter(|mark| !['.', ',', ' ', '\''].contains(mark)) {
            return Err(format!("--thousands must be . or , or ' or a space, and not {mark:?}"));
        }
        if decimal.is_some() && decimal == thousands {
            return Err("--decimal and --thousands cannot be the same mark".to_owned());
        }
        Ok(Self { decimal, thousands })
    }

    /// The mark before the fraction and that between thousands.
    fn both(self) -> Option<(char, Option<char>)> {
        match (self.decimal, self.thousands) {
            (None, None) => None,
            (Some(decimal), thousands) => Some((decimal, thousands)),
            (None, Some('.')) => Some((',', Some('.'))),
            (None, thousands) => Some(('.', thousands)),
        }
    }
}

/// The number that a text stands for.
///
/// Digits may be Arabic or Persian; the Arabic marks `٫` and `٬` can mean only one thing.
///
/// # Errors
///
/// Says what is allowed, or which mark to name.
pub(super) fn number(text: &str, marks: Marks, hand: Hand) -> Result<Value, String> {
    let text = bare(text);
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(&text)),
    };
    let told = if digits.contains(['٫', '٬']) { Some(('٫', Some('٬'))) } else { marks.both() };
    let plain = if let Some((decimal, thousands)) = told {
        regular(digits, decimal, thousands)?
    } else if let Some(readings) = two_readings(digits, hand) {
        return Err(readings);
    } else {
        digits.to_owned()
    };
    plain_number(&format!("{sign}{plain}"))
}

/// The text with the digits 0 to 9, and without the marks that only turn the direction of writing.
pub(super) fn bare(text: &str) -> String {
    let letter = |letter: char| match letter {
        '\u{200E}'
        | '\u{200F}'
        | '\u{061C}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}' => None,
        '٠'..='٩' => char::from_digit(u32::from(letter) - u32::from('٠'), 10),
        '۰'..='۹' => char::from_digit(u32::from(letter) - u32::from('۰'), 10),
        '\u{2212}' => Some('-'),
        '\u{A0}' | '\u{202F}' | '\u{2009}' => Some(' '),
        other => Some(other),
    };
    text.chars().filter_map(letter).collect::<String>().trim().to_owned()
}

/// Writes a number with told marks plainly.
fn regular(digits: &str, decimal: char, thousands: Option<char>) -> Result<String, String> {
    let (whole, fraction) = match digits.split_once(decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let whole = match thousands {
        Some(mark) if whole.contains(mark) => {
            let groups: Vec<&str> = whole.split(mark).collect();
            let is_grouped = (1..=3).contains(&groups[0].len())
                && groups[1..].iter().all(|group| group.len() == 3);
            if !is_grouped {
                return Err(format!("has a {mark} that does not stand between thousands"));
            }
            groups.concat()
        }
        _ => whole.to_owned(),
    };
    if whole.contains(['.', ','])
        || fraction.is_some_and(|fraction| fraction.contains(['.', ',', '٬', '٫']))
    {
        let mark = thousands.map_or_else(|| "no mark".to_owned(), |mark| format!("{mark:?}"));
        return Err(format!(
            "has a mark of another kind: {decimal:?} is told to stand before the fraction and {mark} between thousands"
        ));
    }
    Ok(fraction.map_or_else(|| whole.clone(), |fraction| format!("{whole}.{fraction}")))
}

/// Says that a number can be read two ways, if it can.
fn two_readings(digits: &str, hand: Hand) -> Option<String> {
    let mark = digits.chars().find(|letter| ['.', ','].contains(letter))?;
    let groups: Vec<&str> = digits.split(mark).collect();
    let is_number = groups
        .iter()
        .all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()));
    let is_grouped = is_number
        && (1..=3).contains(&groups[0].len())
        && !groups[0].starts_with('0')
        && groups[1..].iter().all(|group| group.len() == 3);
    if !is_grouped || (mark == '.' && groups.len() == 2 && hand == Hand::Ours) {
        return None;
    }
    let whole = groups.concat();
    Some(match groups[..] {
        [whole_part, fraction] => format!(
            "can be read two ways, as {whole} and as {whole_part}.{fraction}: give --thousands {mark} or --decimal {mark}"
        ),
        _ => format!(
            "must be a number without commas or points between thousands, or give --thousands {mark}"
        ),
    })
}

/// A number, written plainly.
pub(super) fn plain_number(text: &str) -> Result<Value, String> {
    let refused = || {
        "must be a number written as 1000 or 12.5, without commas, spaces or units; for other marks give --decimal and --thousands"
            .to_owned()
    };
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || ".eE+-".contains(c));
    if !is_plain {
        return Err(refused());
    }
    if let Ok(whole) = text.parse::<u64>() {
        return Ok(Value::from(whole));
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(Value::from(number)),
        _ => Err(refused()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str, decimal: Option<char>, thousands: Option<char>) -> Result<f64, String> {
        let marks = Marks::new(decimal, thousands).unwrap();
        number(text, marks, Hand::Somebody).map(|value| value.as_f64().unwrap())
    }

    #[test]
    fn a_point_or_comma_before_three_digits_is_asked_for() {
        for (text, mark) in
            [("1.234", '.'), ("1,234", ','), ("١٬٢٣٤".replace('٬', ",").as_str(), ',')]
        {
            let refusal = read(text, None, None).unwrap_err();
            assert!(refusal.contains("as 1234 and as 1.234"), "{text}: {refusal}");
            assert!(
                refusal.contains(&format!("--thousands {mark} or --decimal {mark}")),
                "{refusal}"
            );
        }
        assert!(read("1.234.567", None, None).unwrap_err().contains("--thousands ."));
        assert_eq!(number("1.234", Marks::default(), Hand::Ours), Ok(Value::from(1.234)));
        assert!(number("1,234", Marks::default(), Hand::Ours).is_err());
        assert_eq!(read("0.123", None, None), Ok(0.123));
        assert_eq!(read("1.23", None, None), Ok(1.23));
        assert_eq!(read("1234.567", None, None), Ok(1234.567));
    }

    #[test]
    fn told_marks_are_taken_and_no_others() {
        assert_eq!(read("1.234", None, Some('.')), Ok(1234.0));
        assert_eq!(read("1.234", Some('.'), None), Ok(1.234));
        assert_eq!(read("1.234,5", Some(','), Some('.')), Ok(1234.5));
        assert_eq!(read("1 234,5", Some(','), Some(' ')), Ok(1234.5));
        assert_eq!(read("1\u{202F}234", None, Some(' ')), Ok(1234.0));
        assert_eq!(read("-1'234.5", None, Some('\'')), Ok(-1234.5));
        assert!(read("1.234", Some(','), None).unwrap_err().contains("mark of another kind"));
        assert!(read("1.23", None, Some('.')).unwrap_err().contains("between thousands"));
        assert!(read("1,2,3", Some(','), None).is_err());
        assert!(Marks::new(Some('.'), Some('.')).is_err());
        assert!(Marks::new(Some(';'), None).is_err() && Marks::new(None, Some('x')).is_err());
    }

    #[test]
    fn arabic_and_persian_digits_and_marks_can_mean_only_one_thing() {
        assert_eq!(read("٤٠", None, None), Ok(40.0));
        assert_eq!(read("۱۲۳", None, None), Ok(123.0));
        assert_eq!(read("١٬٢٣٤٫٥", None, None), Ok(1234.5));
        assert_eq!(read("٣٣٫٤٦٣", None, None), Ok(33.463));
        assert_eq!(read("\u{200F}٤٠\u{200E}", None, None), Ok(40.0));
        assert_eq!(read("\u{2212}١٢", None, None), Ok(-12.0));
        assert!(read("١٬٢٣", None, None).is_err());
        assert!(read("١٫٢٣٫٤", None, None).is_err());
    }

    #[test]
    fn what_is_no_number_is_refused_with_a_hint() {
        for text in [
            "12 000",
            "12\u{a0}000",
            "12,5",
            "12%",
            "1.",
            ".5",
            "0x10",
            "NaN",
            "1e999",
            "",
            "-",
            "$5",
        ] {
            let refusal = read(text, None, None).unwrap_err();
            assert!(refusal.contains("without commas"), "{text}: {refusal}");
        }
    }

    proptest! {
        #[test]
        fn every_number_is_read_as_it_was_written(number in -1_000_000_i64..1_000_000, cents in 0_u32..100) {
            let grouped = |mark: char| {
                let digits = number.unsigned_abs().to_string();
                let mut out = String::new();
                for (at, digit) in digits.chars().enumerate() {
                    if at > 0 && (digits.len() - at) % 3 == 0 {
                        out.push(mark);
                    }
                    out.push(digit);
                }
                out
            };
            let sign = if number < 0 { "-" } else { "" };
            let expected: f64 = format!("{sign}{}.{cents:02}", number.unsigned_abs()).parse().unwrap();
            for (thousands, decimal) in [('.', ','), (',', '.'), (' ', ','), ('\'', '.')] {
                let text = format!("{sign}{}{decimal}{cents:02}", grouped(thousands));
                prop_assert_eq!(read(&text, Some(decimal), Some(thousands)), Ok(expected));
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,12}", ours in any::<bool>()) {
            let hand = if ours { Hand::Ours } else { Hand::Somebody };
            let _ = number(&text, Marks::default(), hand);
            let _ = number(&text, Marks::new(Some(','), Some('.')).unwrap(), hand);
        }
    }
}
