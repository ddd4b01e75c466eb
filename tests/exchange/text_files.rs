//! Text files as people save them: encodings, separators, line ends, numbers.

use passage::clock::Clock;
use passage::domain::{Clearance, Kind};
use passage::exchange::export::export;
use passage::exchange::import::{Encoding, ImportError, Options};

use crate::world::{AREAS, LINES, World, totals};

/// The areas with an Arabic name and a comma in it.
const ARABIC: &str =
    "code,names_ar,admin1_name\n#meta+code,#loc+name+i_ar,#adm1+name\nAR-1,دوما,\"ريف, دمشق\"\n";

fn world(bytes: &[u8]) -> World {
    let world = World::empty();
    world.put("areas.csv", bytes);
    world
}

async fn is_stored(world: &World, options: &Options) {
    let summary = world.import_as(options).await.unwrap();
    assert_eq!(totals(&summary).0, 1);
    let stored = world.versions(Kind::Area, "AR-1").await[0].body.clone();
    assert!(stored.contains("دوما"), "{stored}");
}

fn utf_16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

#[tokio::test]
async fn marks_of_encodings_are_known_and_utf_16_without_one_too() {
    let usual = Options::by("tests");
    is_stored(&world(format!("\u{feff}{ARABIC}").as_bytes()), &usual).await;
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        is_stored(&world(&utf_16(&format!("\u{feff}{ARABIC}"), order)), &usual).await;
        is_stored(&world(&utf_16(ARABIC, order)), &usual).await;
    }
    let tabs = ARABIC.replace(',', "\t");
    is_stored(&world(&utf_16(&format!("\u{feff}{tabs}"), u16::to_le_bytes)), &usual).await;
}

#[tokio::test]
async fn a_code_page_is_asked_for_and_never_guessed() {
    let (arabic, _, _) = encoding_rs::WINDOWS_1256.encode(ARABIC);
    let world = world(&arabic);
    let problems = world.problems().await;
    assert!(
        problems[0].starts_with("areas.csv, row 3, column names_ar: is not UTF-8"),
        "{problems:#?}"
    );
    assert!(problems[0].contains("windows-1256 reads it as \"دوما\""), "{problems:#?}");
    let told = |encoding| Options { encoding: Some(encoding), ..Options::by("tests") };
    is_stored(&world, &told(Encoding::Windows1256)).await;
    let utf_8 = self::world(ARABIC.as_bytes());
    let problems = utf_8.problems_as(&told(Encoding::Windows1256)).await;
    assert!(problems[0].contains("is UTF-8 and not windows-1256"), "{problems:#?}");
    let marked = self::world(format!("\u{feff}{ARABIC}").as_bytes());
    let problems = marked.problems_as(&told(Encoding::Utf16Le)).await;
    assert!(problems[0].contains("begins with the mark of utf-8"), "{problems:#?}");
}

#[tokio::test]
async fn separators_and_line_ends_are_told_from_the_first_lines() {
    let quoted = ARABIC.replace("\"ريف, دمشق\"", "ريف دمشق");
    for (separator, end) in [(";", "\r\n"), ("\t", "\n"), (",", "\r"), (";", "\r")] {
        let text = quoted.replace(',', separator).replace('\n', end);
        is_stored(&world(text.as_bytes()), &Options::by("tests")).await;
    }
    let unclear = "code,x;names_en,y\nAR-1,a;Duma,b\n";
    let problems = world(unclear.as_bytes()).problems().await;
    assert!(problems[0].contains("give --separator"), "{problems:#?}");
}

#[tokio::test]
async fn a_point_before_three_digits_is_asked_for_unless_the_file_is_in_our_own_form() {
    let ours = "code,names_en,position_lon,position_lat\nAR-1,دوما,36.278,33.512\n";
    is_stored(&world(ours.as_bytes()), &Options::by("tests")).await;
    let populations = |head: &str| {
        let world = World::empty();
        world.put("areas.csv", AREAS);
        world.put("populations.csv", format!("{head}\nPO-1;AR-1;2016-07-26;besieged;1.234\n"));
        world
    };
    // Our own names alone are what people type too.
    for head in [
        "code,area,date,metric,people",
        "code,area,date,metric,people\n#meta+code,#loc+code,#date,#meta+population+metric,#population",
    ] {
        let world = populations(head);
        world.put("populations.csv", format!("{head}\nPO-1,AR-1,2016-07-26,besieged,1.234\n"));
        let problems = world.problems().await;
        assert!(problems[0].contains("column people: can be read two ways"), "{problems:#?}");
        assert_eq!(problems.len(), 1, "that no number is there follows from it: {problems:#?}");
    }
    let world = populations("code;area;date;metric;people");
    let problems = world.problems().await;
    assert!(problems[0].contains("row 2, column people: can be read two ways"), "{problems:#?}");
    let told = Options { thousands: Some('.'), ..Options::by("tests") };
    world.import_as(&told).await.unwrap();
    assert!(world.versions(Kind::Population, "PO-1").await[0].body.contains("1234"));
    let same = Options { decimal: Some('.'), thousands: Some('.'), ..Options::by("tests") };
    assert!(
        populations("code;area;date;metric;people").problems_as(&same).await[0]
            .contains("cannot be the same mark")
    );
}

#[tokio::test]
async fn what_we_wrote_comes_back_without_being_asked() {
    let world = World::with_files();
    world.put_with("convoys.drops.lines.csv", LINES, "12.5", "1.234");
    let told = Options { decimal: Some('.'), ..Options::by("tests") };
    world.import_as(&told).await.unwrap();
    let (clock, all) = (Clock::Wall, Clearance::ALL);
    export(&world.store, &world.files(), &[Kind::Convoy], clock, &all).await.unwrap();
    let lines = std::fs::read_to_string(world.files().join("convoys.drops.lines.csv")).unwrap();
    assert!(lines.contains(",1.234,"), "{lines}");
    assert_eq!(totals(&world.import().await.unwrap()), (0, 0, 7));
}

#[tokio::test]
async fn utf_32_is_named() {
    for order in [u32::to_le_bytes, u32::to_be_bytes] {
        for text in [ARABIC.to_owned(), format!("\u{feff}{ARABIC}")] {
            let bytes: Vec<u8> = text.chars().flat_map(|letter| order(letter.into())).collect();
            let problems = world(&bytes).problems().await;
            assert!(
                problems[0].ends_with("is UTF-32, which is not read; save it as UTF-8"),
                "{problems:#?}"
            );
        }
    }
}

#[tokio::test]
async fn what_is_not_read_is_said_and_the_rest_is_imported() {
    let text =
        "Nom,Code,Couleur,Secteur\n#loc+name+i_fr,#meta+code,,#sector\nدوما,AR-1,bleu,food\n";
    let world = world(text.as_bytes());
    let summary = world.import().await.unwrap();
    let notes: Vec<String> = summary.notes.iter().map(ToString::to_string).collect();
    assert_eq!(notes.len(), 2, "{notes:#?}");
    assert!(notes[0].starts_with("areas.csv, row 1, column Couleur: is not read"), "{notes:#?}");
    assert_eq!(world.versions(Kind::Area, "AR-1").await.len(), 1);
}

#[tokio::test]
async fn where_everything_names_what_is_not_there_reading_stops_too() {
    let world = World::empty();
    let row = |row| format!("CV-{row},airdrop,2016-07-01,SO-{row}");
    let rows: Vec<String> = (0..3_000).map(row).collect();
    world.put("convoys.csv", format!("code,mode,date,source\n#meta+code,,,\n{}", rows.join("\n")));
    let Err(ImportError::Wrong { wrong, .. }) = world.import().await else {
        panic!("it must be refused");
    };
    assert_eq!((wrong.listed.len(), wrong.stopped), (1_000, true));
    assert_eq!(
        wrong.listed[0].to_string(),
        "convoys.csv, row 3, column source: there is no source SO-0"
    );
}
