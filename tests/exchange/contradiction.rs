//! What speaks against itself in a file: codes of units, codes and positions, names and codes in one row.

use passage::clock::Clock;
use passage::domain::{Clearance, Kind, Sensitivity, draft};
use passage::exchange::boundary;
use passage::exchange::import::{ImportError, Options, Way};
use passage::store::{Action, Basis, Change, ImportReader, ImportStore, RecordStore, Write};
use serde_json::{Value, json};

use crate::books::of_texts;
use crate::meant::{accepting, populations, refused};
use crate::world::{World, totals};

/// Units of two levels, each a square: SY0301 and SY0303 in SY03, nothing known in SY02.
fn units() -> String {
    let unit = |west: f64, width: f64, own: Value| {
        let east = west + width;
        let ring = [[west, 33.0], [east, 33.0], [east, 34.0], [west, 34.0], [west, 33.0]];
        let mut properties =
            json!({ "ADM0_PCODE": "SY", "ADM0_EN": "Syria", "validOn": "2019-01-01" });
        properties.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        json!({ "type": "Feature", "properties": properties,
            "geometry": { "type": "Polygon", "coordinates": [ring] } })
    };
    let rural = json!({ "ADM1_PCODE": "SY03", "ADM1_EN": "Rural Damascus" });
    let inner = |code: &str, name: &str| {
        let mut all = rural.clone();
        all["ADM2_PCODE"] = code.into();
        all["ADM2_EN"] = name.into();
        all
    };
    let features = [
        unit(36.0, 1.0, json!({ "ADM1_PCODE": "SY02", "ADM1_EN": "Aleppo" })),
        unit(38.0, 1.0, rural.clone()),
        unit(38.0, 0.5, inner("SY0301", "Markaz")),
        unit(38.5, 0.5, inner("SY0303", "Duma")),
    ];
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

pub async fn with_units() -> World {
    let world = World::empty();
    world.put("units.geojson", units());
    let files = [world.files().join("units.geojson")];
    let options =
        boundary::Options { source: Some("a test".to_owned()), ..boundary::Options::by("tests") };
    boundary::run(&world.store, &files, &options, Clock::Wall).await.unwrap();
    world.remove("units.geojson");
    world
}

/// With a file of areas in it.
async fn with_areas(text: &str) -> World {
    let world = with_units().await;
    world.put("areas.csv", text);
    world
}

#[tokio::test]
async fn the_p_code_of_a_unit_is_no_slip_of_another_and_has_its_name_and_its_areas() {
    let world = with_areas("code,names_en,pcode,admin2_pcode\nAR-302,A town,SY0302,\nAR-DUMA,Duma,,SY0303\nAR-1,Markaz town,,SY0301\n").await;
    world.import_as(&accepting(&[("SY0302", "SY0302")], None)).await.unwrap();
    world.remove("areas.csv");
    world.put("populations.csv", populations(&["SY0303", "syr-03"]));
    let (said, done) = refused(&world, &accepting(&[], Some(0.5))).await;
    assert!(said.contains("there is no area SY0303; it is the unit SY0303 Duma; recorded in it: AR-DUMA Duma. Write the code"), "{said}");
    assert!(said.contains("there is no area syr-03; it is the unit SY03 Rural Damascus; recorded in it: AR-1 Markaz town, AR-DUMA Duma"), "{said}");
    assert!(done.taken.is_empty(), "{:?}", done.taken);
    assert_eq!(done.suggestions[0].near[0].way, Way::InUnit);
}

#[tokio::test]
async fn codes_that_contradict_each_other_are_a_problem() {
    let world = with_areas("code,names_en,country,admin1_pcode,admin2_pcode,pcode\nAR-1,One,SYR,SY02,SY0301,\nAR-2,Two,SYR,SY03,SY0303,SY030305\nAR-3,Three,SYR,SY0303,,\nAR-4,Four,SYR,,SY0301,SY0303\n").await;
    let (said, _) = refused(&world, &accepting(&[], Some(0.1))).await;
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines,
        [
            "areas.csv, row 2, column admin2_pcode: is the unit SY0301 Markaz in SY03 Rural Damascus, and admin1_pcode is SY02: one of them is wrong; correct it, or accept SY0301=SY0301",
            "areas.csv, row 4, column admin1_pcode: is no unit of level 1 known here; it is the unit SY0303 Duma, of level 2",
            "areas.csv, row 5, column pcode: is the unit SY0303 Duma, and admin2_pcode is SY0301: one of them is wrong; correct it, or accept SY0303=SY0303",
        ]
    );
    world.put("areas.csv", "code,names_en,admin1_pcode,admin2_pcode\nAR-1,One,SY02,SY0301\n");
    let accepted = world.import_as(&accepting(&[("SY0301", "SY0301")], None)).await.unwrap();
    assert_eq!(totals(&accepted).0, 1);
}

#[tokio::test]
async fn a_position_outside_its_unit_is_told_and_the_code_counts() {
    let world = with_areas("code,names_en,country,admin1_pcode,position_lon,position_lat\nAR-1,One,,SY02,38.2,33.5\nAR-2,Two,,SY03,38.2,33.5\nAR-3,Three,SYR,IQ01,,\n").await;
    let trial = world.import_as(&Options { dry_run: true, ..Options::by("tests") }).await.unwrap();
    let summary = world.import().await.unwrap();
    for notes in [&trial.notes, &summary.notes] {
        let said: Vec<String> = notes.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 2, "{said:#?}");
        assert!(
            said[0].starts_with(
                "areas.csv, row 2, column admin1_pcode: is SY02 Aleppo; the position lies 111"
            ),
            "{said:#?}"
        );
        assert!(
            said[0].contains("km outside of it, in SY03 Rural Damascus. The code counts"),
            "{said:#?}"
        );
        assert!(
            said[1].contains("row 4, column admin1_pcode: is a code of IRQ, and country is SYR"),
            "{said:#?}"
        );
        assert_eq!(notes[0].value.as_deref(), Some("SY02"));
    }
    let stored = world.versions(Kind::Area, "AR-1").await;
    assert!(stored[0].body.contains(r#""admin1_pcode":"SY02""#), "{}", stored[0].body);
}

const FOUR_W: &str = "Org,Adm1,Adm2,Loc,From,Reached\n#org+impl+name,#adm1+code,#adm2+code,#loc+name,#date+start,#reached\n";

/// Areas and an organisation, then a 4W with these rows.
async fn four_w(rows: &str) -> World {
    let world = with_areas("code,names_en,pcode,admin1_pcode,admin2_pcode\nAR-DUMA,Duma,SY030301,SY03,SY0303\nAR-IN,Inner,,,SY0303\n").await;
    world.put("organisations.csv", "code,names_en,acronym\nicrc,Red Cross committee,ICRC\n");
    world.import().await.unwrap();
    world.remove("areas.csv");
    world.remove("organisations.csv");
    world.put("4w.xlsx", of_texts(&[("July", &format!("{FOUR_W}{rows}"))]));
    world
}

#[tokio::test]
async fn a_name_does_not_override_the_p_codes_beside_it() {
    let world = four_w("ICRC,SY02,,Duma,2016-07-10,100\nICRC,,SY0301,Duma,2016-07-11,100\nICRC,SY02,,Inner,2016-07-12,100\nICRC,SY3,syr0303,Duma,2016-07-13,100\n").await;
    let (said, _) = refused(&world, &accepting(&[], Some(0.5))).await;
    assert!(said.contains("row 3, column D (Loc): \"Duma\" is the area AR-DUMA, and Adm1 says SY02, but it lies in SY03: one of them is wrong; correct it, or accept Duma=AR-DUMA"), "{said}");
    assert!(said.contains("row 4, column D (Loc): \"Duma\" is the area AR-DUMA, and Adm2 says SY0301, but it lies in SY0303"), "{said}");
    assert!(said.contains("row 5, column D (Loc): \"Inner\" is the area AR-IN, and Adm1 says SY02, but it lies in SY03"), "{said}");
    assert_eq!(said.lines().count(), 3, "{said}");
    let accepted = accepting(&[("Duma", "AR-DUMA"), ("Inner", "AR-IN")], None);
    let summary = world.import_as(&accepted).await.unwrap();
    assert_eq!(totals(&summary).0, 4);
    let notes: Vec<String> = summary.notes.iter().map(ToString::to_string).collect();
    assert!(
        notes.iter().any(|note| note.contains(
            "\"Duma\" is taken for area AR-DUMA, though Adm1 says SY02, but it lies in SY03"
        )),
        "{notes:#?}"
    );
}

#[tokio::test]
async fn a_p_code_and_a_name_of_one_level_must_mean_one_area() {
    let head =
        "Org,Place,P-code,From,Reached\n#org+impl+name,#loc+name,#loc+code,#date+start,#reached\n";
    let world = four_w("").await;
    let table = format!(
        "{head}ICRC,Duma,SY030302,2016-07-10,100\nICRC,Duma,AR-IN,2016-07-11,100\nICRC,Duma,SY030301,2016-07-12,100\n"
    );
    world.put("4w.xlsx", of_texts(&[("July", &table)]));
    let (said, _) = refused(&world, &Options::by("tests")).await;
    assert!(said.contains("row 3, column B (Place): \"Duma\" is the area AR-DUMA, and P-code says SY030302, but its P-code is SY030301"), "{said}");
    assert!(
        said.contains(
            "row 4, column C (P-code): \"AR-IN\", and Place says Duma, but that is the area AR-DUMA"
        ),
        "{said}"
    );
    assert_eq!(said.lines().count(), 2, "{said}");
    let Err(ImportError::Wrong { wrong, .. }) = world.import().await else { panic!("taken") };
    let values: Vec<Option<&str>> = wrong.listed.iter().map(|row| row.value.as_deref()).collect();
    assert_eq!(values, [Some("Duma"), Some("AR-IN")]);
}

#[tokio::test]
async fn an_organisation_in_another_spelling_is_told() {
    let world = four_w("I.C.R.C.,,,Duma,2016-07-10,100\nicrc,,,AR-DUMA,2016-07-11,100\n").await;
    let notes = world.import().await.unwrap().notes;
    let said: Vec<String> = notes.iter().map(|note| note.reason.clone()).collect();
    let expected = "\"I.C.R.C.\" is taken for organisation icrc (0.99)".to_owned();
    assert!(said.contains(&expected), "{said:#?}");
    assert!(!said.iter().any(|note| note.starts_with("\"icrc\"")), "{said:#?}");
}

#[tokio::test]
async fn a_code_that_was_merged_is_told_with_both_codes_also_on_record() {
    let world = World::empty();
    world.put("areas.csv", "code,names_en\nAR-1,One\nAR-2,Two\n");
    world.import().await.unwrap();
    world.remove("areas.csv");
    let gone = world.versions(Kind::Area, "AR-1").await.remove(0);
    let mut draft = draft(Kind::Area, &serde_json::from_str(&gone.body).unwrap()).unwrap();
    draft.body["merged_into"] = "AR-2".into();
    let reason = Some("one place".to_owned());
    let change = Change {
        action: Action::Merge,
        new_id: gone.id,
        lowers: false,
        basis: Basis::Version(gone.version),
        learned_at: None,
        reason,
        draft,
    };
    let now = Clock::Wall.recorded_at();
    let write = Write {
        actor: "tests".to_owned(),
        owner: None,
        clearance: Clearance::ALL,
        recorded_at: now,
        learned_at: now,
        idempotency: None,
        changes: vec![change],
    };
    world.store.write(write).await.unwrap();
    world.put("populations.csv", populations(&["AR-1"]));
    let id = passage::clock::new_id();
    let options = Options { id: Some(id), ..Options::by("tests") };
    let summary = world.import_as(&options).await.unwrap();
    let [taken] = &summary.taken[..] else { panic!("{:?}", summary.taken) };
    assert_eq!(
        (taken.value.as_str(), taken.code.as_str(), taken.way),
        ("AR-1", "AR-2", Way::Merged)
    );
    assert!(taken.at.reason.contains("\"AR-1\" was merged into AR-2 Two"), "{}", taken.at.reason);
    let reader = ImportReader { actor: "tests".to_owned(), level: Sensitivity::Public };
    let kept = world.store.kept_import(id, &reader).await.unwrap().unwrap();
    let report: Value = serde_json::from_str(&kept.report).unwrap();
    assert_eq!(
        (&report["taken"][0]["value"], &report["taken"][0]["way"]),
        (&json!("AR-1"), &json!("merged"))
    );
}

#[tokio::test]
async fn without_boundaries_the_codes_that_areas_have_are_known_in_other_writings() {
    let world = World::empty();
    let areas = |rows: &str| {
        format!("code,names_en,country,admin1_pcode,admin2_pcode\n#meta+code,,,,\n{rows}\n")
    };
    world.put("areas.csv", areas("AR-1,One,SYR,SY03,SY0309"));
    world.import().await.unwrap();
    world.put("areas.csv", areas("AR-2,Two,SYR,SY3,SY309\nAR-3,Three,SYR,SYR03,SY0301"));
    let done = world.import().await.unwrap();
    assert_eq!(totals(&done), (2, 0, 0));
    let of = async |code: &str| {
        let body = world.versions(Kind::Area, code).await.remove(0).body;
        let body: Value = serde_json::from_str(&body).unwrap();
        (body["admin1_pcode"].clone(), body["admin2_pcode"].clone())
    };
    assert_eq!(of("AR-2").await, (json!("SY03"), json!("SY0309")));
    assert_eq!(of("AR-3").await, (json!("SY03"), json!("SY0301")));
    let taken: Vec<&str> = done.taken.iter().map(|taken| taken.value.as_str()).collect();
    assert_eq!(taken, ["SY3", "SY309", "SYR03"]);
}

/// A 4W is often of a whole district: which place in it was served nobody says, so it is asked for.
#[tokio::test]
async fn a_whole_district_is_no_place_and_is_not_asked_to_be_imported() {
    let head = "Org,Code,From,Reached\n#org+impl+name,#adm2+code,#date+start,#reached\n";
    let world = four_w("").await;
    let table = format!("{head}ICRC,SY0303,2016-07-10,100\n");
    world.put("4w.xlsx", of_texts(&[("July", &table)]));
    let (said, _) = refused(&world, &Options::by("tests")).await;
    assert!(said.contains("row 3, column B (Code): is a whole unit, and no area was recorded as it: write the place in it, or import an area with this P-code; it is the unit SY0303 Duma; recorded in it: AR-DUMA Duma"), "{said}");
}

#[tokio::test]
async fn a_name_overrides_no_p_code_that_another_unit_or_nothing_has() {
    let head = "Org,District,P-code,From,Reached\n#org+impl+name,#adm2+name,#adm2+code,#date+start,#reached\n";
    let world = four_w("").await;
    world.put("areas.csv", "code,names_en,pcode\nAR-BARE,Bare,\n");
    world.import().await.unwrap();
    world.remove("areas.csv");
    let row = |code: &str, day: u8| format!("ICRC,Bare,{code},2016-07-{day},100\n");
    let rows: String =
        ["SY0399", "SY0301"].iter().zip(10..).map(|(code, day)| row(code, day)).collect();
    world.put("4w.xlsx", of_texts(&[("July", &format!("{head}{rows}"))]));
    let (said, _) = refused(&world, &Options::by("tests")).await;
    assert!(said.contains("row 3, column B (District): \"Bare\" is the area AR-BARE, and P-code says SY0399, but no unit of level 2 has that code"), "{said}");
    assert_eq!(
        said.lines().count(),
        1,
        "of an area without codes nothing contradicts a unit: {said}"
    );
}

#[tokio::test]
async fn a_whole_district_is_not_the_town_of_its_name() {
    let head = "Org,District,P-code,From,Reached\n#org+impl+name,#adm2+name,#adm2+code,#date+start,#reached\n";
    let world = four_w("").await;
    let table = format!("{head}ICRC,Duma,,2016-07-10,100\nICRC,Duma,XX,2016-07-11,100\n");
    world.put("4w.xlsx", of_texts(&[("July", &table)]));
    let (said, _) = refused(&world, &Options::by("tests")).await;
    assert!(said.contains("\"Duma\" is a whole unit of this level, and the area AR-DUMA is a part of SY0303: write the place itself, or accept Duma=AR-DUMA"), "{said}");
    assert_eq!(said.lines().count(), 2, "{said}");
    let summary = world.import_as(&accepting(&[("Duma", "AR-DUMA")], None)).await.unwrap();
    assert_eq!(totals(&summary).0, 2);
}

#[tokio::test]
async fn a_name_where_the_code_of_a_unit_is_asked_for_is_refused_with_the_code() {
    let world = with_areas("code,names_en,admin1_pcode,admin2_pcode\nAR-1,One,SY03,Markaz\nAR-2,Two,Rural Damascus,\nAR-3,Three,SY03,0303 ?\nAR-4,Four,SY03,SY0303 Duma\n").await;
    let (said, done) = refused(&world, &Options::by("tests")).await;
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines,
        [
            "areas.csv, row 2, column admin2_pcode: is no unit of level 2 known here; near: SY0301 Markaz (1.00). Write the code, or accept it",
            "areas.csv, row 3, column admin1_pcode: is no unit of level 1 known here; near: SY03 Rural Damascus (1.00). Write the code, or accept it",
            "areas.csv, row 4, column admin2_pcode: is no unit of level 2 known here, got \"0303 ?\"",
        ]
    );
    let taken: Vec<_> = done.taken.iter().map(|taken| (&*taken.value, &*taken.code)).collect();
    assert_eq!(taken, [("SY0303 Duma", "SY0303")]);
}

#[tokio::test]
async fn a_unit_by_its_name_is_no_area_and_has_its_areas() {
    let world = with_areas("code,names_en,admin2_pcode\nAR-1,A town,SY0301\n").await;
    world.import().await.unwrap();
    world.remove("areas.csv");
    world.put("populations.csv", populations(&["markaz", "SY0301 Markaz"]));
    let (said, _) = refused(&world, &Options::by("tests")).await;
    for value in ["markaz", "SY0301 Markaz"] {
        let expected = format!(
            "there is no area {value}; it is the unit SY0301 Markaz; recorded in it: AR-1 A town. Write the code"
        );
        assert!(said.contains(&expected), "{said}");
    }
}

#[tokio::test]
async fn a_wrong_cell_does_not_hide_the_names_beside_it() {
    let world = with_areas("code,names_en\nAR-1,Duma\n").await;
    world.import().await.unwrap();
    world.remove("areas.csv");
    let table = "code,area,source,date,people,metric\nPO-1,Douma,nosuch,2016-07-01,many,residents\nPO-2,Douma,,someday,5,residents\n";
    world.put("populations.csv", table);
    let (said, _) = refused(&world, &Options::by("tests")).await;
    for expected in [
        "row 2, column people: must be a number",
        "row 2, column area: there is no area Douma; near: AR-1 Duma (0.95)",
        "row 2, column source: there is no source nosuch",
        "row 3, column area: there is no area Douma; near: AR-1 Duma (0.95)",
        "row 3, column date: must be a date",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
}

#[tokio::test]
async fn of_a_place_both_halves_are_told() {
    let world =
        with_areas("code,names_en,position_lon,position_lat\nAR-1,One,abc,95\nAR-2,Two,200,95\n")
            .await;
    let (said, _) = refused(&world, &Options::by("tests")).await;
    for expected in [
        "row 2, column position_lon: must be a number",
        "row 2, column position_lat: lat: must be degrees between -90 and 90",
        "row 3, column position_lon: lon: must be degrees between -180 and 180",
        "row 3, column position_lat: lat: must be degrees between -90 and 90",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    assert_eq!(said.lines().count(), 4, "{said}");
}
