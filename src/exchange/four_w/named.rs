//! Who a row names, and where: by code, by P-code or by name. What is not word for word is said; what contradicts itself
//! is refused.

use super::super::label::folded;
use super::super::meant::{Meaning, listed};
use super::super::problem::RowProblem;
use super::super::row::{Form, Row, refusal, refusal_in};
use super::known::{Lookup, Offer};
use super::rows::{Made, Written};
use crate::domain::boundary::key;
use crate::domain::{Kind, country};
use crate::matching::name::WORTH_SHOWING;
use crate::matching::pcode::Reading;

/// A column that is filled in, and with what.
type Named = (usize, String);

impl Made<'_> {
    /// The code of the organisation.
    pub(super) fn organisation(&mut self, row: &Row) -> Written {
        let columns = self.columns;
        let named = named(&columns.who, row);
        let Some((at, name)) = named.first().cloned() else {
            return (refusal("", "it is not said who"), Form::Refused);
        };
        // Another role is another organisation.
        let same =
            named.iter().filter(|(other, _)| *other == at || columns.say_the_same(at, *other));
        for (at, name) in same {
            if let Some(code) = self.accepted(Kind::Organisation, (row.number, *at), name) {
                return taken(code);
            }
            match self.known.organisation(name) {
                Lookup::Code(code) | Lookup::Name(code) => {
                    let what = self.scored(Kind::Organisation, name, &code);
                    self.say(row.number, *at, name, &what, &code);
                    return taken(code);
                }
                Lookup::Several(codes) => return self.several(*at, name, "organisations", &codes),
                Lookup::Nothing => {}
            }
        }
        let near = match self.meant(Kind::Organisation, (row.number, at), &name) {
            Ok(code) => return taken(code),
            Err(near) => near,
        };
        let code = self.offer(row.number, &name);
        if self.makes {
            let what = format!("organisation {code}, which is new");
            self.say(row.number, at, &name, &what, "");
            return taken(code);
        }
        let reason = format!(
            "no organisation is called {name:?} here; import it first, or with --new-organisations it is made as {code}{near}"
        );
        self.refused(at, &name, &reason)
    }

    /// The code of the area: the smallest unit that is filled in must be known, and nothing in the row may contradict it.
    pub(super) fn area(&mut self, row: &Row) -> Written {
        let named = named(&self.columns.place, row);
        let ((at, name), code) = match self.found_area(row.number, &named) {
            Ok(found) => found,
            Err(refusal) => return refusal,
        };
        let is_accepted = self.findings.meant().accepts(&name, &code);
        if let Some(unit) = self.is_larger(at, &code).filter(|_| !is_accepted) {
            let reason = format!(
                "{name:?} is a whole unit of this level, and the area {code} is a part of {unit}: write the place itself, or accept {name}={code}"
            );
            return self.refused(at, &name, &reason);
        }
        let Some(against) = self.against(&named, at, &code) else {
            let what = self.scored(Kind::Area, &name, &code);
            self.say(row.number, at, &name, &what, &code);
            return taken(code);
        };
        if is_accepted {
            self.say(row.number, at, &name, &format!("area {code}, though {against}"), "");
            return taken(code);
        }
        let is = if name == code { String::new() } else { format!(" is the area {code}") };
        let reason = format!(
            "{name:?}{is}, and {against}: one of them is wrong; correct it, or accept {name}={code}"
        );
        self.refused(at, &name, &reason)
    }

    /// Which area a row names, and the cell that says so.
    fn found_area(&mut self, row: u64, named: &[Named]) -> Result<(Named, String), Written> {
        let columns = self.columns;
        let Some((first, name)) = named.first().cloned() else {
            return Err((refusal("", "it is not said where"), Form::Refused));
        };
        // A larger unit is not where it was.
        let same =
            named.iter().take_while(|(at, _)| *at == first || columns.say_the_same(first, *at));
        for (at, name) in same {
            let cell = (*at, name.clone());
            if let Some(code) = self.accepted(Kind::Area, (row, *at), name) {
                return Ok((cell, code));
            }
            match self.known.area(name) {
                Lookup::Code(code) | Lookup::Name(code) => return Ok((cell, code)),
                Lookup::Several(codes) => return Err(self.several(*at, name, "areas", &codes)),
                Lookup::Nothing => {}
            }
        }
        match self.meant(Kind::Area, (row, first), &name) {
            Ok(code) => Ok(((first, name), code)),
            Err(near) => {
                let is_unit = self.findings.meant().units.read(&name).is_some();
                let reason = if is_unit {
                    format!(
                        "is a whole unit, and no area was recorded as it: write the place in it, or import an area with this P-code{near}"
                    )
                } else {
                    format!(
                        "no area has the code, the P-code or the name {name:?} here; import it first{near}"
                    )
                };
                Err(self.refused(first, &name, &reason))
            }
        }
    }

    /// What another cell says against an area that one cell names.
    fn against(&self, named: &[Named], own: usize, code: &str) -> Option<String> {
        let others = named.iter().filter(|(at, _)| *at != own);
        let mut against = others.filter_map(|(at, text)| {
            let is_code = self.columns.is_code(*at);
            let says_the_same = self.columns.say_the_same(own, *at);
            let another = || self.is_another(text, is_code, code);
            let elsewhere = || {
                let level = self.columns.level(*at).filter(|_| is_code)?;
                let own = self.lies_elsewhere(text, level, code);
                own.map(|own| format!("it lies in {own}")).or_else(|| self.is_no_unit(text, level))
            };
            let why = says_the_same.then(another).flatten().or_else(elsewhere)?;
            Some(format!("{} says {text}, but {why}", self.columns.shown(*at)))
        });
        against.next()
    }

    /// That no unit of the level has this code, where the units of its country are known.
    fn is_no_unit(&self, text: &str, level: u8) -> Option<String> {
        let units = &self.findings.meant().units;
        let all = units.level(&country::of_pcode(text)?, level)?;
        matches!(all.read(text), Reading::Unknown)
            .then(|| format!("no unit of level {level} has that code"))
    }

    /// The unit that an area is only a part of, where the column names units of that level and no places in them.
    fn is_larger(&self, at: usize, code: &str) -> Option<String> {
        let level = self.columns.level(at).filter(|_| !self.columns.is_code(at))?;
        let recorded = self.known.recorded(code);
        let is_own = |unit: &String| recorded.pcode.as_deref().map(key) == Some(key(unit));
        recorded.units.get(&level).filter(|unit| !is_own(unit)).cloned()
    }

    /// What a text that should name an area says instead, if that is told.
    fn is_another(&self, text: &str, is_code: bool, code: &str) -> Option<String> {
        match self.known.area(text) {
            Lookup::Code(other) | Lookup::Name(other) if other != code => {
                Some(format!("that is the area {other}"))
            }
            Lookup::Several(codes) if !codes.iter().any(|other| other == code) => {
                Some(format!("that may be {}", codes.join(" or ")))
            }
            // Another spelling of a name is no contradiction, another P-code is.
            Lookup::Nothing if is_code => {
                let pcode = self.known.recorded(code).pcode?;
                (key(&pcode) != key(text)).then(|| format!("its P-code is {pcode}"))
            }
            _ => None,
        }
    }

    /// The unit of a level that an area was recorded in, where that is another than the text says.
    fn lies_elsewhere(&self, text: &str, level: u8, code: &str) -> Option<String> {
        let units = &self.findings.meant().units;
        let recorded = self.known.recorded(code);
        let all = recorded.units.values().chain(&recorded.pcode);
        let above = || {
            let mut above = all.clone().filter_map(|inner| units.above(inner, level));
            above.next().map(|unit| unit.code.clone())
        };
        let own = recorded.units.get(&level).cloned().or_else(above)?;
        let said = units.read(text).map_or(text, |unit| &unit.code);
        let is_own = recorded.pcode.as_ref().is_some_and(|pcode| key(pcode) == key(said));
        (key(&own) != key(said) && !is_own).then_some(own)
    }

    /// The code that somebody said a name stands for.
    fn accepted(&mut self, kind: Kind, at: (u64, usize), name: &str) -> Option<String> {
        let is_accepted = self.findings.meant().is_accepted(name);
        if is_accepted { self.meant(kind, at, name).ok() } else { None }
    }

    /// The code that a name was accepted for, or what comes near it, as the end of a sentence.
    fn meant(
        &mut self,
        kind: Kind,
        (row, column): (u64, usize),
        name: &str,
    ) -> Result<String, String> {
        let (place, shown) = (self.place, self.columns.shown(column));
        let at = || RowProblem::of_row(place, row, String::new()).at(column).in_column(&shown);
        match self.findings.meaning(kind, name) {
            Meaning::Itself => Err(String::new()),
            Meaning::Taken(near, way) => {
                self.findings.take((kind.as_str(), name), &near, way, at);
                Ok(near.code)
            }
            Meaning::Unknown(hints) => {
                self.findings.suggest((kind.as_str(), name), &hints, at);
                Err(listed(&hints))
            }
        }
    }

    /// A record, and how alike its name is to what is written; a P-code is alike in no name.
    fn scored(&self, kind: Kind, name: &str, code: &str) -> String {
        let score = self.findings.meant().alike(kind, name, code);
        match score.filter(|score| *score >= WORTH_SHOWING) {
            Some(score) => format!("{kind} {code} ({score})"),
            None => format!("{kind} {code}"),
        }
    }

    /// What stands in this column cannot be taken.
    fn refused(&self, at: usize, value: &str, reason: &str) -> Written {
        (refusal_in(at, &self.columns.shown(at), value, reason), Form::Refused)
    }

    fn several(&self, at: usize, name: &str, what: &str, codes: &[String]) -> Written {
        let codes = codes.join(", ");
        self.refused(
            at,
            name,
            &format!("several {what} are called {name:?}: {codes}; write the code"),
        )
    }

    /// Says what a name was taken for, unless it is the code word for word.
    fn say(&mut self, row: u64, at: usize, name: &str, what: &str, code: &str) {
        // What was accepted is told among what was taken.
        let is_told = self.findings.meant().is_accepted(name) && !code.is_empty();
        if name != code && !is_told {
            let reason = format!("{name:?} is taken for {what}");
            self.taken.entry(format!("{what} {name}")).or_insert((row, at, reason));
        }
    }

    /// Notes an organisation that is not known, and says which code it would get.
    fn offer(&mut self, row: u64, name: &str) -> String {
        if let Some(offer) =
            self.offers.iter_mut().find(|offer| folded(&offer.name) == folded(name))
        {
            offer.rows += 1;
            return offer.code.clone();
        }
        let code = self.known.new_code(name, &self.codes);
        self.codes.insert(code.clone());
        let (kind, name) = (Kind::Organisation, name.to_owned());
        self.offers.push(Offer { kind, name, code: code.clone(), row, rows: 1 });
        code
    }
}

/// The columns that are filled in, and with what.
fn named(columns: &[usize], row: &Row) -> Vec<Named> {
    let cells = columns.iter().map(|at| (*at, row.cell(*at).trim().to_owned()));
    cells.filter(|(_, text)| !text.is_empty()).collect()
}

fn taken(code: String) -> Written {
    (code, Form::Text)
}
