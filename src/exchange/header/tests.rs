//! Heads of tables as people write them, and what is asked for.

use super::*;
use crate::domain::Kind;
use crate::exchange::dialect::Dialect;
use crate::exchange::rows::Rows;

fn rows(text: &str) -> Vec<Row> {
    let mut rows = Rows::new(text.as_bytes(), Dialect::USUAL);
    std::iter::from_fn(|| rows.next()).map(Result::unwrap).collect()
}

fn read(kind: Kind, text: &str) -> Result<Header, String> {
    let place = Place::of_file("areas.csv");
    header(Sheet::of(kind), &place, &rows(text))
        .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

/// The columns that are read, `-` for those that are not, and the notes.
fn said(kind: Kind, text: &str) -> (String, String) {
    let header = read(kind, text).unwrap();
    let name = |slot: &Slot| slot.column.map_or("-", |column| column.name.as_str());
    let columns: Vec<&str> = header.slots.iter().map(name).collect();
    let notes: Vec<String> = header.notes.iter().map(ToString::to_string).collect();
    (columns.join(","), notes.join("\n"))
}

#[test]
fn columns_may_be_missing_and_in_any_order_with_or_without_tags() {
    let both = "names_ar, pcode ,code\n#loc +I_AR + name,#loc+v_pcode+code,\n";
    let quiet = ("names_ar,pcode,code".to_owned(), String::new());
    assert_eq!(said(Kind::Area, both), quiet);
    assert_eq!(said(Kind::Area, "names_ar,P-code,CODE\n"), quiet);
    assert_eq!(said(Kind::Area, "الاسم (بالعربية),الرمز المكاني,الرمز\n"), quiet);
    assert_eq!(said(Kind::Area, "#loc+name+i_ar,#loc+code+v_pcode,#meta+code\n"), quiet);
    let other = "Nom,Ortscode,Код\n#loc+name+i_ar,#loc+code+v_pcode,#meta+code\n";
    assert_eq!(said(Kind::Area, other), quiet);
}

#[test]
fn the_tags_may_stand_below_titles() {
    let text = "\nAreas of July,,\nas of 26 July,,\n,,\nName,Code,\n#loc+name+i_en,#meta+code,\nDaraya,AR-1,\n";
    let header = read(Kind::Area, text).unwrap();
    assert_eq!(header.last_row, 6);
    assert_eq!(header.slots[0].shown, "Name");
}

#[test]
fn a_column_that_is_not_known_is_said_and_a_slip_of_the_hand_is_refused() {
    let (columns, notes) = said(Kind::Area, "code,names_en,colour,Sector\n#meta+code,,,#sector\n");
    assert_eq!(columns, "code,names_en,-,-");
    assert!(notes.contains("row 1, column colour: is not read: it has no tag"), "{notes}");
    assert!(notes.contains("no column of areas has the tag #sector"), "{notes}");
    let refusal = read(Kind::Area, "code,names_en,pcodee\n").unwrap_err();
    assert!(refusal.contains("is it pcode? Rename it"), "{refusal}");
}

#[test]
fn a_tag_that_is_not_clear_is_asked_for_unless_all_it_could_be_is_there() {
    let refusal = read(Kind::Area, "#meta+code,#loc+name\n").unwrap_err();
    assert!(refusal.contains("write the whole tag, #loc+name+i_en (names_en)"), "{refusal}");
    let (columns, notes) =
        said(Kind::Source, "#meta+code,#meta+source,#meta+source+url,#meta+url\n");
    assert_eq!(columns, "code,name,-,url");
    assert!(notes.contains("stands in other columns"), "{notes}");
    let (columns, notes) =
        said(Kind::Area, "#meta+code,#loc+name+i_en,#adm1+code,#adm1+code+v_pcode\n");
    assert_eq!(columns, "code,names_en,-,admin1_pcode");
    assert!(notes.contains("column D is admin1_pcode"), "{notes}");
}

#[test]
fn what_is_not_read_says_which_column_it_may_have_meant() {
    let (columns, notes) = said(Kind::Convoy, "code,mode,date,titel,colour\n");
    assert_eq!(columns, "code,mode,date,-,-");
    let lines: Vec<&str> = notes.lines().collect();
    assert!(lines[0].ends_with("no column has this name; near: title"), "{notes}");
    assert!(lines[1].ends_with("no column has this name"), "{notes}");
}

#[test]
fn only_the_whole_head_of_an_export_is_taken_for_ours() {
    let sheet = Sheet::of(Kind::Population);
    let names: Vec<&str> = sheet.columns.iter().map(|column| column.name.as_str()).collect();
    let tags: Vec<&str> = sheet.columns.iter().map(|column| column.tag.as_str()).collect();
    let is_ours = |text: &str| read(Kind::Population, text).unwrap().is_ours;
    assert!(is_ours(&format!("{}\n{}\n", names.join(","), tags.join(","))));
    assert!(!is_ours(&format!("{}\n", names.join(","))), "names alone are typed by hand");
    assert!(!is_ours(&format!("{}\n", tags.join(","))));
    let (last, fewer) = (names.len() - 1, tags.len() - 1);
    assert!(!is_ours(&format!("{}\n{}\n", names[..last].join(","), tags[..fewer].join(","))));
}

#[test]
fn a_missing_head_or_column_is_said() {
    assert!(read(Kind::Area, ",,\n").unwrap_err().contains("is empty"));
    assert!(read(Kind::Area, "AR-1,Daraya\n").unwrap_err().contains("none of the first 25 rows"));
    assert!(read(Kind::Area, "code,code,names_en\n").unwrap_err().contains("two columns"));
    assert!(
        read(Kind::Area, "names_en\n").unwrap_err().contains("column code: the column is required")
    );
    assert!(
        read(Kind::Area, "code\n").unwrap_err().contains("column names_en: the column is required")
    );
    let once = read(Kind::Area, "code,name\n").unwrap_err();
    assert!(once.ends_with("its tag is #loc+name+i_en; or give names_ar or names_fr"), "{once}");
}

#[test]
fn a_tag_of_another_column_is_refused() {
    let refusal = read(Kind::Area, "code,names_en\n#meta+code,#loc+name+i_ar\n").unwrap_err();
    assert!(
        refusal.contains("row 2, column names_en: the tag must be #loc+name+i_en"),
        "{refusal}"
    );
}

#[test]
fn the_column_that_says_what_was_left_out_is_known_by_its_name_and_its_tag() {
    for text in ["code,names_en,withheld\n", "#meta+code,#loc+name+i_en,#meta+withheld\n"] {
        let header = read(Kind::Area, text).unwrap();
        let withheld: Vec<bool> = header.slots.iter().map(|slot| slot.is_withheld).collect();
        assert_eq!(withheld, [false, false, true], "{text}");
    }
}
