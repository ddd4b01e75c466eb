//! Convoys as others write them: where one goes, with how many trucks and for whom, in the row of the convoy itself.
#![cfg(test)]

use passage::domain::Kind;
use serde_json::{Value, json};

use crate::world::{DROPS, World};

/// The tags that the reference names for a convoy: its code, start, way, destination, trucks, people.
const FLAT: &str = "\
Convoy,Start,How,To,Trucks,Reached
#activity+code,#date+start,#modality,#loc+dest+code,#output+num+trucks,#reached
CV-A,2016-07-03,cross_line,AR-1,12,4000
CV-B,2016-07-04,cross_line,,,
";

fn alone(name: &str, text: &str) -> World {
    let world = World::with_files();
    for file in
        ["convoys.csv", "convoys.drops.csv", "convoys.drops.lines.csv", "convoys.accounts.csv"]
    {
        world.remove(file);
    }
    world.put(name, text);
    world
}

async fn body(world: &World, code: &str) -> Value {
    let versions = world.versions(Kind::Convoy, code).await;
    serde_json::from_str(&versions.last().expect(code).body).unwrap()
}

#[tokio::test]
async fn a_row_of_others_is_a_convoy_with_the_one_place_it_goes_to() {
    let world = alone("convoys.csv", FLAT);
    let summary = world.import().await.unwrap();
    let convoy = body(&world, "CV-A").await;
    assert_eq!(convoy["drops"][0]["areas"], json!(["AR-1"]), "{convoy}");
    assert_eq!(convoy["drops"][0]["trucks"]["best"], 12.0, "{convoy}");
    assert_eq!(convoy["drops"][0]["people_reached"]["best"], 4000.0, "{convoy}");
    assert!(body(&world, "CV-B").await.get("drops").is_none(), "nothing is known of where it goes");
    let notes: Vec<String> = summary.notes.iter().map(ToString::to_string).collect();
    let said =
        "convoys.csv, row 1, column Trucks: is read as trucks of the only one of convoys.drops";
    assert!(notes.iter().any(|note| note == said), "{notes:#?}");
    assert!(notes.iter().any(|note| note.contains("is read as code")), "{notes:#?}");
}

#[tokio::test]
async fn our_own_names_are_enough_and_what_is_wrong_is_said_where_it_stands() {
    let world =
        alone("convoys.csv", "code,date,mode,areas,trucks\nCV-A,2016-07-03,cross_line,AR-2,3\n");
    world.import().await.unwrap();
    assert_eq!(body(&world, "CV-A").await["drops"][0]["trucks"]["best"], 3.0);
    let wrong =
        alone("convoys.csv", "code,date,mode,areas,trucks\nCV-A,2016-07-03,cross_line,AR-2,many\n");
    let said = wrong.problems().await.join("\n");
    assert!(said.contains("convoys.csv, row 2, column trucks: must be a number"), "{said}");
    let nowhere = alone("convoys.csv", "code,date,mode,trucks\nCV-A,2016-07-03,cross_line,3\n");
    nowhere.import().await.unwrap();
    let drop = &body(&nowhere, "CV-A").await["drops"][0];
    assert_eq!((&drop["trucks"]["best"], &drop["areas"]), (&json!(3), &Value::Null));
}

/// What lies in a table of its own is not told twice.
#[tokio::test]
async fn beside_a_table_of_drops_the_columns_of_a_drop_are_not_read_and_said() {
    let world = alone("convoys.csv", &FLAT.replace("CV-A", "CV-1").replace("CV-B", "CV-2"));
    world.put("convoys.drops.csv", DROPS);
    let summary = world.import().await.unwrap();
    let notes: Vec<String> = summary.notes.iter().map(ToString::to_string).collect();
    let said =
        "convoys.csv, row 1, column Trucks: is not read: what it says stands in convoys.drops";
    assert!(notes.iter().any(|note| note == said), "{notes:#?}");
    assert_ne!(body(&world, "CV-1").await["drops"][0]["people_reached"]["best"], 4000.0);
}

#[tokio::test]
async fn such_a_table_is_known_by_its_tags() {
    let world = alone("partner.csv", FLAT);
    world.import().await.unwrap();
    world.import_file("partner.csv").await.unwrap();
    assert_eq!(body(&world, "CV-A").await["drops"][0]["trucks"]["best"], 12.0);
}

#[tokio::test]
async fn areas_come_with_the_code_that_others_tag() {
    let text = "#loc+code,#loc+name+i_en,#geo+lat,#geo+lon\nAR-9,Nine,33.5,36.3\n";
    let world = alone("areas.csv", text);
    world.import().await.unwrap();
    assert_eq!(world.versions(Kind::Area, "AR-9").await.len(), 1);
}
