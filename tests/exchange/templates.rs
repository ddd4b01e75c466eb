//! Templates: what is handed out is read back, whatever is filled in.

use calamine::{Data, Reader, Xlsx};
use passage::clock::Clock;
use passage::domain::{Clearance, Kind, Language, Sensitivity};
use passage::exchange::template::{Offered, offered, workbook};
use rust_xlsxwriter::Workbook;
use std::io::Cursor;

use crate::world::{World, totals};

fn opened(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap()
}

/// The template with rows written below its example, each a sheet and cells by the name of our column.
fn filled(template: &[u8], rows: &[(&str, &[(usize, &str)])]) -> Vec<u8> {
    let mut template = opened(template);
    let mut book = Workbook::new();
    for name in template.sheet_names() {
        let range = template.worksheet_range(&name).unwrap();
        let sheet = book.add_worksheet().set_name(&name).unwrap();
        let date = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
        for (row, column, cell) in range.used_cells() {
            let at = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            match cell {
                Data::String(text) => sheet.write_string(at.0, at.1, text).map(|_| ()),
                Data::Float(number) => sheet.write_number(at.0, at.1, *number).map(|_| ()),
                Data::Bool(flag) => sheet.write_boolean(at.0, at.1, *flag).map(|_| ()),
                Data::DateTime(at_day) => {
                    sheet.write_number_with_format(at.0, at.1, at_day.as_f64(), &date).map(|_| ())
                }
                other => panic!("{other:?}"),
            }
            .unwrap();
        }
        for (number, (_, cells)) in (3_u32..).zip(rows.iter().filter(|(own, _)| *own == name)) {
            for (column, text) in *cells {
                sheet.write_string(number, u16::try_from(*column).unwrap(), *text).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// Where our column is in the template.
fn column(template: &[u8], sheet: &str, tag: &str) -> usize {
    let range = opened(template).worksheet_range(sheet).unwrap();
    let tags: Vec<String> = range.rows().nth(1).unwrap().iter().map(ToString::to_string).collect();
    tags.iter().position(|own| own == tag).unwrap_or_else(|| panic!("{tag} in {tags:?}"))
}

#[tokio::test]
async fn an_empty_template_of_every_kind_is_understood_in_each_language() {
    for kind in Kind::ALL {
        for language in [Language::En, Language::Ar] {
            let world = World::empty();
            world.put("book.xlsx", workbook(*kind, language, &Offered::new()).unwrap());
            let summary =
                world.import().await.unwrap_or_else(|fault| panic!("{kind} {language}: {fault}"));
            assert_eq!(totals(&summary), (0, 0, 0), "{kind}");
            let examples = summary
                .notes
                .iter()
                .filter(|note| note.reason.contains("is the example of the template"));
            assert_eq!(examples.count(), summary.notes.len(), "{kind}: {:?}", summary.notes);
            assert!(!summary.notes.is_empty(), "{kind}: the example is there");
        }
    }
}

#[tokio::test]
async fn a_template_that_is_filled_in_is_imported_and_its_example_is_not() {
    for language in [Language::En, Language::Ar] {
        let template = workbook(Kind::Convoy, language, &Offered::new()).unwrap();
        let at = |sheet, tag| column(&template, sheet, tag);
        let convoy: &[(usize, &str)] = &[
            (at("convoys", "#meta+code"), "CV-9"),
            (at("convoys", "#modality"), "airdrop"),
            (at("convoys", "#date+start"), "2016-07-26"),
        ];
        let drop: &[(usize, &str)] = &[
            (at("convoys.drops", "#meta+parent"), "CV-9"),
            (at("convoys.drops", "#meta+index"), "1"),
            (at("convoys.drops", "#output+num+trucks"), "١٢"),
        ];
        let book = filled(&template, &[("convoys", convoy), ("convoys.drops", drop)]);
        let world = World::empty();
        world.put("book.xlsx", book);
        let summary = world.import().await.unwrap_or_else(|fault| panic!("{language}: {fault}"));
        assert_eq!(totals(&summary).0, 1);
        let stored = world.versions(Kind::Convoy, "CV-9").await[0].body.clone();
        assert!(
            stored.contains("\"trucks\":{\"low\":null,\"best\":12,\"high\":null}")
                || stored.contains("\"best\":12"),
            "{stored}"
        );
        assert!(world.versions(Kind::Convoy, "EXAMPLE-1").await.is_empty());
    }
}

#[tokio::test]
async fn an_example_that_was_written_over_must_get_a_code_of_its_own() {
    let template = workbook(Kind::Area, Language::En, &Offered::new()).unwrap();
    let at = |tag| column(&template, "areas", tag);
    let row: &[(usize, &str)] =
        &[(at("#meta+code"), "EXAMPLE-1"), (at("#loc+name+i_en"), "Daraya")];
    let world = World::empty();
    world.put("book.xlsx", filled(&template, &[("areas", row)]));
    let problems = world.problems().await;
    assert!(
        problems[0].contains("is the code of the example: give a code of your own"),
        "{problems:#?}"
    );
}

#[tokio::test]
async fn only_what_the_reader_may_see_can_be_chosen_from() {
    let world = World::empty();
    world.put(
        "areas.csv",
        "code,names_en,sensitivity\nAR-OPEN,Daraya,public\nAR-SHUT,Duma,strictly_confidential\n",
    );
    world.import().await.unwrap();
    let now = Clock::Wall.recorded_at();
    for (level, sees) in [(Sensitivity::Public, false), (Sensitivity::StrictlyConfidential, true)] {
        let known = offered(&world.store, Kind::Convoy, now, &Clearance::of(level)).await.unwrap();
        let bytes = workbook(Kind::Convoy, Language::Ar, &known).unwrap();
        let lists = opened(&bytes).worksheet_range("lists").unwrap();
        let all: Vec<String> = lists.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
        assert!(
            all.contains(&"AR-OPEN".to_owned()) && all.contains(&"airdrop".to_owned()),
            "{all:?}"
        );
        assert_eq!(all.contains(&"AR-SHUT".to_owned()), sees, "{level}");
    }
}

#[test]
fn the_same_to_choose_from_makes_the_same_bytes() {
    let make = || workbook(Kind::Pause, Language::En, &Offered::new()).unwrap();
    assert_eq!(make(), make());
}
