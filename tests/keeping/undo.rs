//! An import of the command line is on record, and is taken back by its id.

use std::fs;

use crate::house::{House, passage};

#[test]
fn an_import_of_the_command_line_is_taken_back() {
    let house = House::with_areas(1);
    let file = house.beside("areas.csv");
    fs::write(&file, "code,names_en\na-0,Renamed\nnew,New\n").unwrap();
    let import = || passage(&["import", "--data", house.data(), &file]).well();
    let tried = passage(&["import", "--data", house.data(), "--dry-run", &file]).well();
    assert!(!tried.contains("--undo"), "there is nothing to take back: {tried}");
    let said = import();
    assert!(said.contains("1 new, 1 changed"), "{said}");
    let id = said.split("--undo ").nth(1).unwrap().split(' ').next().unwrap();
    let undo = ["import", "--data", house.data(), "--undo", id, "--reason", "the wrong file"];
    let undone = passage(&undo).well();
    assert!(undone.contains("1 records withdrawn, 1 as they were"), "{undone}");
    assert!(passage(&undo).refused().contains("undone"));
    assert!(import().contains("1 new, 1 changed"), "it comes again");
    let others = ["import", "--data", house.data(), "--undo"];
    let unknown =
        [&others[..], &["00000000-0000-7000-8000-000000000000", "--reason", "x"]].concat();
    assert!(passage(&unknown).refused().contains("there is no import"));
    assert_eq!(passage(&[&others[..], &[id]].concat()).code, Some(2), "a reason is asked for");
    passage(&["verify", "--data", house.data()]).well();
}

#[test]
fn what_was_changed_since_is_named_on_the_command_line() {
    let house = House::with_areas(1);
    let file = house.beside("areas.csv");
    let import = |name: &str| {
        fs::write(&file, format!("code,names_en\nnew,{name}\n")).unwrap();
        passage(&["import", "--data", house.data(), &file]).well()
    };
    let said = import("One");
    import("Two");
    let id = said.split("--undo ").nth(1).unwrap().split(' ').next().unwrap();
    let undo = ["import", "--data", house.data(), "--undo", id, "--reason", "the wrong file"];
    let refused = passage(&undo).refused();
    assert!(refused.contains("area new was changed since, by import"), "{refused}");
    assert!(refused.contains("Nothing was taken back"), "{refused}");
}
