//! The key of an encrypted store.

use std::fmt::Write;

use crate::domain::Sensitive;

/// 32 bytes that open an encrypted store; never printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key(Sensitive<[u8; 32]>);

impl Key {
    /// From bytes that are a key already, or were made one.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(Sensitive::new(bytes))
    }

    /// Reads 64 hexadecimal digits; `None` where it is anything else.
    #[must_use]
    pub fn of_hex(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let digit = |at: usize| char::from(digits[at]).to_digit(16);
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::try_from(digit(2 * at)? * 16 + digit(2 * at + 1)?).ok()?;
        }
        Some(Self::new(bytes))
    }

    /// As 64 hexadecimal digits.
    #[must_use]
    pub fn hex(&self) -> Sensitive<String> {
        let mut text = String::with_capacity(64);
        for byte in self.0.expose() {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        Sensitive::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_back_from_its_digits_and_never_printed() {
        let key = Key::new(std::array::from_fn(|at| u8::try_from(at * 8).unwrap()));
        let hex = key.hex();
        assert_eq!(Key::of_hex(hex.expose()), Some(key.clone()));
        assert!(!format!("{key:?} {hex}").contains("0008"));
        for wrong in ["", "00", &"g".repeat(64), &"é".repeat(32), &format!("{} ", hex.expose())] {
            assert_eq!(Key::of_hex(wrong), None, "{wrong}");
        }
    }
}
