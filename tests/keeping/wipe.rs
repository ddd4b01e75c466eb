//! The panic command: keys first, then everything, also under a running server, which ends.

use std::fs;

use crate::house::{House, occurrences, passage, passage_typing};

#[test]
fn a_wipe_under_a_running_server_leaves_nothing_and_ends_the_server() {
    let house = House::with_areas(3);
    let mut server = house.start();
    passage(&["report", "--data", house.data()]).well();
    fs::create_dir(house.data.join("backups")).unwrap();
    let backup = house.data.join("backups/passage-1.backup");
    passage(&["backup", "--data", house.data(), "--to", backup.to_str().unwrap()]).well();
    fs::create_dir_all(house.data.join("outgoing/hub")).unwrap();
    fs::write(house.data.join("outgoing/hub/daily.txt"), "a-1").unwrap();
    fs::write(house.data.join("letter.txt"), "not ours").unwrap();
    let said = passage(&["wipe", "--data", house.data(), "--yes-destroy-everything"]).well();
    assert!(said.contains("keys first") && said.contains("has ended"), "{said}");
    assert!(said.contains("letter.txt") && said.contains("SSD"), "{said}");
    assert_eq!(server.get("/api/v1/areas"), None, "nobody answers any more");
    assert!(!server.child.wait().unwrap().success(), "it did not end as if all were well");
    let left: Vec<_> =
        fs::read_dir(&house.data).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["letter.txt"]);
    assert_eq!(occurrences(&house.data, b"a-1"), 0);
}

#[test]
fn a_wipe_asks_for_the_name_of_the_folder_and_does_nothing_for_another() {
    let house = House::with_areas(1);
    for typed in ["", "yes\n", "Data\n"] {
        let refused = passage_typing(&["wipe", "--data", house.data()], typed).refused();
        assert!(refused.contains("nothing was destroyed"), "{typed:?}: {refused}");
    }
    assert!(house.file().exists());
    passage_typing(&["wipe", "--data", house.data()], "data\n").well();
    assert!(!house.file().exists());
    assert!(
        passage(&["wipe", "--data", house.data(), "--yes-destroy-everything"]).code == Some(0),
        "twice is well"
    );
}
