//! Files in a folder, exactly once: written whole beside their place, to the disk, then under their name.

use std::fs::{self, DirBuilder};
use std::io;
use std::path::{Path, PathBuf};

use super::Outcome;
use crate::config::{KeyFrom, Settings};
use crate::domain::channel::check_file_name;
use crate::folder;
use crate::store::Delivery;

/// Why nothing is written beside an encrypted store.
const WOULD_BE_CLEAR: &str =
    "the store is encrypted, and a file in a folder would say in the clear what it keeps";

/// The folder that holds a folder for each recipient.
#[derive(Debug)]
pub struct Shelf {
    root: PathBuf,
    is_store_encrypted: bool,
}

impl Shelf {
    /// Below the data folder, as set.
    pub(super) fn of(settings: &Settings, data: &Path) -> Self {
        Self {
            root: data.join(&settings.folder.root),
            is_store_encrypted: settings.store.key_from != KeyFrom::None,
        }
    }

    pub(super) fn check(&self) -> Result<(), String> {
        if self.is_store_encrypted { Err(WOULD_BE_CLEAR.to_owned()) } else { Ok(()) }
    }

    /// Puts the file there. One that is there already, with the same content, was put there by an earlier attempt.
    pub(super) async fn put(&self, delivery: &Delivery) -> Outcome {
        if let Err(refused) = self.check() {
            return Outcome::Never(refused);
        }
        if let Err(refused) = check_file_name(&delivery.file_name) {
            return Outcome::Never(format!("the name of the file {refused}"));
        }
        let path = self.root.join(&delivery.address).join(&delivery.file_name);
        let content = delivery.payload.clone();
        let written = tokio::task::spawn_blocking(move || put(&path, &content)).await;
        match written {
            Ok(Ok(outcome)) => outcome,
            // What the system says names the path, and with it the address.
            Ok(Err(fault)) => {
                Outcome::Again(format!("the file cannot be written: {}", fault.kind()))
            }
            Err(_ended) => Outcome::Again("the writing of the file was broken off".to_owned()),
        }
    }
}

fn put(path: &Path, content: &[u8]) -> io::Result<Outcome> {
    match fs::read(path) {
        Ok(there) if there == content => return Ok(Outcome::Delivered),
        Ok(_other) => {
            return Ok(Outcome::Never(
                "a file of that name with other content is in the folder; it is left as it is"
                    .to_owned(),
            ));
        }
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => {}
        Err(fault) => return Err(fault),
    }
    let own = folder::of(path);
    make(own)?;
    folder::write_whole(path, content)?;
    Ok(Outcome::Delivered)
}

/// Makes the folder of a recipient where it is not there, for its owner alone, so that its name is on the disk too.
fn make(own: &Path) -> io::Result<()> {
    if own.is_dir() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(own)?;
    let root = folder::of(own);
    folder::sync(root)?;
    folder::sync(folder::of(root))
}

#[cfg(test)]
mod tests {
    use super::super::tests::delivery;
    use super::*;
    use crate::domain::Channel;

    fn parcel(address: &str, file_name: &str, content: &str) -> Delivery {
        Delivery {
            file_name: file_name.to_owned(),
            payload: content.as_bytes().to_vec(),
            ..delivery(Channel::Folder, address)
        }
    }

    fn shelf(data: &Path, file: &str) -> Shelf {
        Shelf::of(&Settings::layered("test", file, std::iter::empty()).unwrap(), data)
    }

    #[tokio::test]
    async fn the_same_file_twice_is_one_file_and_another_of_its_name_is_left_as_it_is() {
        let data = tempfile::tempdir().unwrap();
        let shelf = shelf(data.path(), "");
        let first = parcel("hub", "daily-2016-07-01.html", "one");
        assert_eq!(shelf.put(&first).await, Outcome::Delivered);
        let path = data.path().join("outgoing/hub/daily-2016-07-01.html");
        let made = fs::metadata(&path).unwrap().modified().unwrap();
        assert_eq!(shelf.put(&first).await, Outcome::Delivered);
        assert_eq!(
            fs::metadata(&path).unwrap().modified().unwrap(),
            made,
            "it was not written again"
        );
        let other = parcel("hub", "daily-2016-07-01.html", "two");
        let said = shelf.put(&other).await;
        assert!(
            matches!(&said, Outcome::Never(said) if said.contains("other content")),
            "{said:?}"
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        let names: Vec<_> = fs::read_dir(path.parent().unwrap()).unwrap().collect();
        assert_eq!(names.len(), 1, "nothing half-written is left");
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn only_its_owner_reads_what_was_delivered() {
        use std::os::unix::fs::PermissionsExt;
        let data = tempfile::tempdir().unwrap();
        shelf(data.path(), "").put(&parcel("hub", "a.html", "x")).await;
        for path in ["outgoing", "outgoing/hub", "outgoing/hub/a.html"] {
            let mode = fs::metadata(data.path().join(path)).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{path}: {mode:o}");
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_elsewhere_is_refused_and_a_folder_that_cannot_be_made_is_tried_again()
     {
        let data = tempfile::tempdir().unwrap();
        let shelf = shelf(data.path(), "");
        for name in ["", "../a.html", "/etc/a", ".a", "a/b"] {
            let said = shelf.put(&parcel("hub", name, "x")).await;
            assert!(
                matches!(&said, Outcome::Never(said) if said.contains("plain name")),
                "{said:?}"
            );
        }
        fs::write(data.path().join("outgoing"), "in the way").unwrap();
        let said = shelf.put(&parcel("Kanari7q", "a.html", "x")).await;
        let Outcome::Again(said) = said else { panic!("{said:?}") };
        assert!(
            said.starts_with("the file cannot be written") && !said.contains("Kanari7q"),
            "{said}"
        );
    }

    #[tokio::test]
    async fn beside_an_encrypted_store_nothing_is_written_in_the_clear() {
        let data = tempfile::tempdir().unwrap();
        let shelf = shelf(data.path(), "[store]\nkey_from = 'file'\nkey_file = '/key'");
        let said = shelf.put(&parcel("hub", "a.html", "x")).await;
        assert_eq!(said, Outcome::Never(WOULD_BE_CLEAR.to_owned()));
        assert!(!data.path().join("outgoing").exists());
    }
}
