//! How well names are matched: every name and alias of the seeds, asked for as if it were not known.
//!
//! `cargo test --test exchange spelling -- --nocapture` prints the table of decision 32.

use passage::matching::Score;
use passage::matching::name::Spelling;

/// An area and all its names.
type Named = (String, Vec<String>);

fn seeds() -> Vec<Named> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/syria-2016/areas.csv");
    let mut rows = csv::Reader::from_path(path).unwrap();
    let header = rows.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|own| own == name).unwrap();
    let (code, en, ar, aliases) = (at("code"), at("names_en"), at("names_ar"), at("aliases"));
    let rows = rows.records().map(Result::unwrap).filter(|row| !row[0].starts_with('#'));
    rows.map(|row| {
        let aliases = row[aliases].split(';').map(str::trim);
        let all = [&row[en], &row[ar]].into_iter().chain(aliases).filter(|name| !name.is_empty());
        (row[code].to_owned(), all.map(str::to_owned).collect())
    })
    .collect()
}

/// How alike a name and an area are, by the best of its names; `but` is left out.
fn score(name: &Spelling, of: &Named, but: Option<&str>) -> Score {
    let others = of.1.iter().filter(|other| Some(other.as_str()) != but);
    others
        .map(|other| Spelling::of(other).likeness(name).score)
        .max()
        .unwrap_or(Score::hundredths(0))
}

/// What comes of asking for one name: the score of its own area, and the best of another.
struct Asked {
    name: String,
    own: Score,
    other: Score,
    nearest_other: String,
    /// Has its own area another name in the same script?
    can_be_found: bool,
}

fn asked(areas: &[Named]) -> Vec<Asked> {
    let is_arabic =
        |name: &str| name.chars().any(|letter| ('\u{620}'..='\u{6FF}').contains(&letter));
    let mut all = Vec::new();
    for area in areas {
        for name in &area.1 {
            let spelling = Spelling::of(name);
            let others = areas.iter().filter(|other| other.0 != area.0);
            let best =
                others.map(|other| (score(&spelling, other, None), other.1[0].clone())).max();
            let (other, nearest_other) = best.unwrap_or((Score::hundredths(0), String::new()));
            let beside = area.1.iter().filter(|other| *other != name);
            let can_be_found = beside.clone().any(|other| is_arabic(other) == is_arabic(name));
            let own = score(&spelling, area, Some(name));
            all.push(Asked { name: name.clone(), own, other, nearest_other, can_be_found });
        }
    }
    all
}

/// Found rightly, found wrongly, and asked for, at a score and above.
fn counted(asked: &[Asked], from: Score) -> (usize, usize, usize) {
    let can = || asked.iter().filter(|one| one.can_be_found);
    let right = can().filter(|one| one.own >= from && one.own > one.other).count();
    // Also where its own area is not known at all: then every one that is shown first is another.
    let wrong = asked.iter().filter(|one| one.other >= from && one.other >= one.own).count();
    (right, wrong, can().count())
}

#[test]
#[expect(clippy::print_stdout, reason = "what was measured is told")]
fn the_nearest_name_is_nearly_always_the_right_one_and_above_the_spelling_it_always_is() {
    let areas = seeds();
    assert!(areas.len() > 50, "the seeds have their areas");
    let asked = asked(&areas);
    println!("score  right  wrong  asked");
    for hundredths in [70, 75, 80, 84, 88, 90, 95] {
        let from = Score::hundredths(hundredths);
        let (right, wrong, of) = counted(&asked, from);
        println!("{from}  {right:>5}  {wrong:>5}  {of:>5}");
    }
    for one in asked.iter().filter(|one| one.other >= Score::hundredths(70) && one.other >= one.own)
    {
        println!(
            "wrong: {} is near {} ({}), its own {}",
            one.name, one.nearest_other, one.other, one.own
        );
    }
    for one in asked.iter().filter(|one| one.can_be_found && one.own < Score::hundredths(70)) {
        println!("missed: {} ({})", one.name, one.own);
    }
    let (_, wrong, _) = counted(&asked, Score::hundredths(80));
    assert_eq!(wrong, 0, "what comes so near is never another place");
    let (right, wrong, of) = counted(&asked, Score::hundredths(70));
    assert!(right * 100 >= of * 75, "{right} of {of} are found");
    assert!(wrong * 100 <= asked.len() * 5, "{wrong} of {} are another place", asked.len());
}
