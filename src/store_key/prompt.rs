//! A passphrase on the terminal, made a key by Argon2id with a salt that lies beside the store.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

use super::{KeyError, random, write_new};
use crate::domain::Sensitive;
use crate::store::Key;

/// Fewer characters are guessed by who holds the disk.
const SHORTEST: usize = 12;

/// Memory, passes and lanes of the hash: above the least of OWASP (19 MiB, 2, 1), since it is made once a start.
const MEMORY_KIB: u32 = 64 * 1_024;
const PASSES: u32 = 3;

/// The file of the salt.
pub(super) fn salt_beside(store: &Path) -> PathBuf {
    store.with_file_name(super::SALT_FILE)
}

/// Asks for the passphrase, at the first start twice.
pub(super) fn key(store: &Path) -> Result<Key, KeyError> {
    let terminal = fs::File::options().read(true).write(true).open("/dev/tty");
    let terminal = terminal.map_err(KeyError::NoTerminal)?;
    let ask = |question: &str| ask(&terminal, question).map_err(KeyError::NoTerminal);
    let passphrase = ask("Passphrase of the store: ")?;
    if !store.exists() {
        if passphrase.expose().chars().count() < SHORTEST {
            return Err(KeyError::Short(SHORTEST));
        }
        if ask("Once more: ")? != passphrase {
            return Err(KeyError::Differs);
        }
    }
    made(&passphrase, &salt_of(store)?)
}

/// The salt of the store; made where neither is there yet.
fn salt_of(store: &Path) -> Result<[u8; 16], KeyError> {
    let path = salt_beside(store);
    if !path.exists() {
        if store.exists() {
            return Err(KeyError::NoSalt(path));
        }
        write_new(&path, &random::<16>()?)?;
    }
    let text = fs::read_to_string(&path).map_err(|fault| KeyError::File(path.clone(), fault))?;
    let mut salt = [0; 16];
    for (at, byte) in salt.iter_mut().enumerate() {
        let digits = text.get(2 * at..2 * at + 2);
        let read = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        *byte = read.ok_or_else(|| KeyError::NoSalt(path.clone()))?;
    }
    Ok(salt)
}

fn made(passphrase: &Sensitive<String>, salt: &[u8]) -> Result<Key, KeyError> {
    let unmade = |fault: argon2::Error| KeyError::Unmade(fault.to_string());
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(32)).map_err(unmade)?;
    let mut bytes = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.expose().as_bytes(), salt, &mut bytes)
        .map_err(unmade)?;
    Ok(Key::new(bytes))
}

/// Reads a line that the terminal does not show.
fn ask(mut terminal: &fs::File, question: &str) -> io::Result<Sensitive<String>> {
    let shown = tcgetattr(terminal)?;
    let mut hidden = shown.clone();
    hidden.local_modes.remove(LocalModes::ECHO);
    tcsetattr(terminal, OptionalActions::Flush, &hidden)?;
    // Only now, so that an answer that comes at once is not thrown away with what was typed before.
    let mut line = String::new();
    let read =
        write!(terminal, "{question}").and_then(|()| BufReader::new(terminal).read_line(&mut line));
    // The terminal shows again what is typed, also where reading failed.
    tcsetattr(terminal, OptionalActions::Flush, &shown)?;
    writeln!(terminal)?;
    read?;
    line.truncate(line.trim_end_matches(['\r', '\n']).len());
    Ok(Sensitive::new(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_passphrase_makes_one_key_with_one_salt() {
        let passphrase = Sensitive::new("correct horse battery".to_owned());
        let key = made(&passphrase, &[7; 16]).unwrap();
        assert_eq!(made(&passphrase, &[7; 16]).unwrap(), key);
        assert_ne!(made(&passphrase, &[8; 16]).unwrap(), key);
        assert_ne!(made(&Sensitive::new("another".to_owned()), &[7; 16]).unwrap(), key);
    }

    #[test]
    fn a_salt_is_made_once_and_missed_when_it_is_gone() {
        let home = tempfile::tempdir().unwrap();
        let store = home.path().join("passage.sqlite");
        let salt = salt_of(&store).unwrap();
        fs::write(&store, "").unwrap();
        assert_eq!(salt_of(&store).unwrap(), salt);
        fs::remove_file(salt_beside(&store)).unwrap();
        assert!(matches!(salt_of(&store), Err(KeyError::NoSalt(_))));
    }
}
