//! The columns of a table in the 4W shape, by their tags.

use super::super::head::Head;
use super::super::header::Header;
use super::super::row::Row;
use super::super::row::letters;
use super::super::tag::Tag;

/// Where each thing stands, from 0.
#[derive(Debug, Default)]
pub(in crate::exchange) struct Columns {
    /// The number of the last row of the head.
    pub(in crate::exchange) last_row: u64,
    /// Name or tag of every column.
    shown: Vec<String>,
    /// Who does it: the one who carries it out, else whoever is named. All that name it, the surest first.
    pub(super) who: Vec<usize>,
    /// Where: the smallest unit first, a code before a name.
    pub(super) place: Vec<usize>,
    pub(super) id: Option<usize>,
    pub(super) sector: Option<usize>,
    pub(super) sector_code: Option<usize>,
    pub(super) activity: Option<usize>,
    pub(super) modality: Option<usize>,
    pub(super) item_code: Option<usize>,
    pub(super) item_name: Option<usize>,
    pub(super) quantity: Option<usize>,
    pub(super) unit: Option<usize>,
    pub(super) start: Option<usize>,
    pub(super) end: Option<usize>,
    pub(super) status: Option<usize>,
    pub(super) targeted: Option<usize>,
    pub(super) reached: Option<usize>,
    pub(super) source: Option<usize>,
    pub(super) note: Option<usize>,
    /// What each column names in its own way: the level of the place, or the role of the organisation.
    sames: Vec<Option<u8>>,
    /// Which columns hold codes.
    codes: Vec<bool>,
    /// Columns that are not read, and why.
    pub(super) ignored: Vec<(usize, &'static str)>,
}

const SOME: &str = "is not read: it counts households or only some of the people";
const UNUSED: &str = "is not read: a 4W is read for who, what, where, when and whom";

/// The level of the smallest unit that a tag names: `#adm5`.
const SMALLEST_LEVEL: u8 = 5;

impl Columns {
    /// The columns of a head; `None` where it is not in this shape.
    pub(in crate::exchange) fn of(rows: &[Row]) -> Option<Self> {
        let head = Head::tagged(rows)?;
        let tags = head.tags?;
        let mut columns = Self { last_row: tags.number, ..Self::default() };
        let mut who: Vec<(u8, usize)> = Vec::new();
        let mut place: Vec<(u8, usize)> = Vec::new();
        for at in 0..tags.len() {
            let (name, tag) = head.cells(at);
            columns.shown.push(if name.is_empty() { tag.to_owned() } else { name.to_owned() });
            let parsed = Tag::of(tag);
            columns.sames.push(parsed.as_ref().and_then(same));
            columns.codes.push(parsed.as_ref().is_some_and(|tag| tag.attributes.contains("code")));
            let Some(tag) = parsed else {
                if !name.is_empty() {
                    columns.ignored.push((at, UNUSED));
                }
                continue;
            };
            if let Some(rank) = rank_of_who(&tag) {
                who.push((rank, at));
            } else if let Some(rank) = rank_of_place(&tag) {
                place.push((rank, at));
            } else if let Err(reason) = columns.note(at, &tag) {
                columns.ignored.push((at, reason));
            }
        }
        who.sort_unstable();
        place.sort_unstable();
        columns.who = who.into_iter().map(|(_, at)| at).collect();
        columns.place = place.into_iter().map(|(_, at)| at).collect();
        columns.is_whole().then_some(columns)
    }

    /// Is it said who, where, when, and either what or whom?
    fn is_whole(&self) -> bool {
        let what = [
            self.sector,
            self.sector_code,
            self.activity,
            self.item_code,
            self.item_name,
            self.targeted,
            self.reached,
        ];
        !self.who.is_empty()
            && !self.place.is_empty()
            && self.start.or(self.end).is_some()
            && what.iter().any(Option::is_some)
    }

    fn note(&mut self, at: usize, tag: &Tag) -> Result<(), &'static str> {
        let is_count = ["targeted", "reached", "beneficiary"].contains(&tag.hashtag.as_str());
        if is_count && tag.counts_some() {
            return Err(SOME);
        }
        let has = |attribute: &str| tag.attributes.contains(attribute);
        let place = match tag.hashtag.as_str() {
            "meta" | "activity" if has("id") => &mut self.id,
            "activity" if has("code") && self.id.is_none() => &mut self.id,
            "sector" if has("code") => &mut self.sector_code,
            "sector" => &mut self.sector,
            "activity" | "subsector" => &mut self.activity,
            "modality" => &mut self.modality,
            "item" if has("unit") => &mut self.unit,
            "item" if has("code") => &mut self.item_code,
            "item" => &mut self.item_name,
            "output" => &mut self.quantity,
            "date" if has("end") => &mut self.end,
            "date" if has("start") || tag.attributes.is_empty() => &mut self.start,
            "status" => &mut self.status,
            "targeted" => &mut self.targeted,
            "reached" | "beneficiary" => &mut self.reached,
            "meta" if has("source") && has("code") => &mut self.source,
            "description" => &mut self.note,
            "meta" if has("note") => &mut self.note,
            _ => return Err(UNUSED),
        };
        if place.is_some() {
            return Err("is not read: another column says the same");
        }
        *place = Some(at);
        Ok(())
    }

    /// What a column is called in the table.
    pub(super) fn shown(&self, at: usize) -> String {
        self.shown.get(at).cloned().filter(|shown| !shown.is_empty()).unwrap_or_else(|| letters(at))
    }

    /// Do two columns name the same, once by code and once by name?
    pub(super) fn say_the_same(&self, one: usize, other: usize) -> bool {
        let same = |at: usize| self.sames.get(at).copied().flatten();
        same(one).is_some() && same(one) == same(other)
    }

    /// Does the column hold codes?
    pub(super) fn is_code(&self, at: usize) -> bool {
        self.codes.get(at).copied().unwrap_or_default()
    }

    /// The level of the unit that the column names; `None` where it names a place in one.
    pub(super) fn level(&self, at: usize) -> Option<u8> {
        let same = self.sames.get(at).copied().flatten()?;
        SMALLEST_LEVEL.checked_sub(same.checked_sub(1)?)
    }

    /// Where it is said who.
    pub(super) fn who(&self) -> usize {
        self.who.first().copied().unwrap_or(0)
    }

    /// What no column of theirs tells of one of our tables; all of it where nothing but a guess is told.
    pub(super) fn assumed(&self, suffix: &str) -> Vec<&'static str> {
        let sector = self.sector.or(self.sector_code);
        let what = sector.or(self.activity);
        let goods = self.item_code.or(self.item_name).or(self.quantity);
        let all: Vec<(&'static str, Option<usize>)> = match suffix {
            "" => vec![
                ("title", what),
                ("mode", self.modality),
                ("date_end", self.end),
                ("source", self.source),
                ("note", self.note),
            ],
            ".drops" => vec![
                ("people_targeted", self.targeted),
                ("people_reached", self.reached),
                ("cargo", self.item_name),
                ("sectors", sector),
            ],
            ".drops.lines" => vec![(Header::ALL, goods)],
            ".events" => vec![(Header::ALL, self.status)],
            _ => Vec::new(),
        };
        all.into_iter().filter(|(_, at)| at.is_none()).map(|(name, _)| name).collect()
    }

    /// Our columns of one of our tables, and from which of theirs they come.
    pub(super) fn of_sheet(&self, suffix: &str) -> Vec<(&'static str, usize)> {
        let who = self.who();
        let place = self.place.first().copied().unwrap_or(0);
        let when = self.start.or(self.end).unwrap_or(0);
        let what = self
            .activity
            .or(self.item_code)
            .or(self.item_name)
            .or(self.sector)
            .or(self.sector_code)
            .unwrap_or(who);
        let key = self.id.unwrap_or(who);
        let or = |at: Option<usize>, other: usize| at.unwrap_or(other);
        match suffix {
            "" => vec![
                ("code", key),
                ("title", what),
                ("mode", or(self.modality, what)),
                ("organisations", who),
                ("date", when),
                ("date_end", or(self.end, when)),
                ("source", or(self.source, key)),
                ("note", or(self.note, what)),
            ],
            ".drops" => vec![
                ("convoy", key),
                ("index", key),
                ("areas", place),
                ("place", place),
                ("people_targeted", or(self.targeted, what)),
                ("people_reached", or(self.reached, what)),
                ("cargo", or(self.item_name, what)),
                ("sectors", or(self.sector.or(self.sector_code), what)),
            ],
            ".drops.lines" => vec![
                ("convoy", key),
                ("drop", key),
                ("index", key),
                ("commodity", or(self.item_code.or(self.item_name), what)),
                ("description", or(self.item_name, what)),
                ("unit", or(self.unit, what)),
                ("requested", or(self.quantity, what)),
                ("delivered", or(self.quantity, what)),
            ],
            _ => {
                vec![("convoy", key), ("index", key), ("stage", or(self.status, key)), ("at", when)]
            }
        }
    }
}

/// What a column names, however it names it.
fn same(tag: &Tag) -> Option<u8> {
    rank_of_place(tag).map(|rank| rank / 2).or_else(|| rank_of_who(tag).map(|rank| 100 + rank / 3))
}

/// How surely a column says who carries it out; less is surer.
fn rank_of_who(tag: &Tag) -> Option<u8> {
    if tag.hashtag != "org"
        || ["type", "role", "funder", "funding", "id"]
            .iter()
            .any(|word| tag.attributes.contains(*word))
    {
        return None;
    }
    let has = |attribute: &str| tag.attributes.contains(attribute);
    let role = if has("impl") {
        0
    } else if has("prog") || has("partner") {
        6
    } else {
        3
    };
    let form = if has("code") {
        0
    } else if has("acronym") {
        2
    } else {
        1
    };
    Some(role + form)
}

/// How closely a column says where; less is closer.
fn rank_of_place(tag: &Tag) -> Option<u8> {
    let level = match tag.hashtag.as_str() {
        "loc" => 0,
        "adm5" => 2,
        "adm4" => 4,
        "adm3" => 6,
        "adm2" => 8,
        "adm1" => 10,
        _ => return None,
    };
    Some(level + u8::from(!tag.attributes.contains("code")))
}

#[cfg(test)]
mod tests {
    use super::super::super::dialect::Dialect;
    use super::super::super::rows::Rows;
    use super::*;

    fn columns(tags: &str) -> Option<Columns> {
        let mut rows = Rows::new(tags.as_bytes(), Dialect::USUAL);
        let rows: Vec<Row> = std::iter::from_fn(|| rows.next()).map(Result::unwrap).collect();
        Columns::of(&rows)
    }

    #[test]
    fn who_carries_it_out_and_the_smallest_unit_come_first() {
        let tags = "#org+funder+name,#org+name,#adm1+name,#adm2+name,#adm2+code,#org+impl+name,#activity,#date+start\n";
        let columns = columns(tags).unwrap();
        assert_eq!(columns.who, [5, 1]);
        assert_eq!(columns.place, [4, 3, 2]);
        assert_eq!(columns.ignored, [(0, UNUSED)]);
        assert_eq!((columns.level(2), columns.level(4)), (Some(1), Some(2)));
        assert_eq!((columns.is_code(3), columns.is_code(4)), (false, true));
    }

    #[test]
    fn without_who_where_when_and_what_it_is_no_4w() {
        assert!(columns("#org,#adm1,#date,#reached\n").is_some());
        for lacking in [
            "#adm1,#date,#reached\n",
            "#org,#date,#reached\n",
            "#org,#adm1,#reached\n",
            "#org,#adm1,#date\n",
            "a,b\n",
        ] {
            assert!(columns(lacking).is_none(), "{lacking}");
        }
    }

    #[test]
    fn some_of_the_people_are_not_taken_for_all() {
        let columns = columns("#org,#adm1,#date,#reached+f,#reached\n").unwrap();
        assert_eq!((columns.reached, &columns.ignored[..]), (Some(4), &[(3, SOME)][..]));
    }
}
