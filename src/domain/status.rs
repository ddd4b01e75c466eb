//! A claim that an area is besieged, hard to reach, …, under somebody's scheme.

use super::choice::choice;
use super::record::record;
use super::{AreaCode, AreaGroupCode, DatePrecision, Moment, PartyCode, Problems, Text};

choice! {
    /// By whose count. Schemes never overwrite each other.
    Scheme {
        /// The United Nations.
        Un = "un",
        /// Siege Watch.
        SiegeWatch = "siege_watch",
        /// The press, an NGO, a local body.
        Press = "press",
        /// Our own judgement.
        Own = "own",
    }
}

choice! {
    /// What is claimed. Besieged is not "worse hard-to-reach": it is encirclement.
    SiegeStatus {
        /// Surrounded; aid cannot regularly enter, people cannot regularly leave.
        Besieged = "besieged",
        /// Not regularly accessible to aid.
        HardToReach = "hard_to_reach",
        /// In danger of siege, or under a partial one.
        Watchlist = "watchlist",
        /// Aid can come.
        Accessible = "accessible",
        /// The people were brought out.
        Evacuated = "evacuated",
        /// Taken off the scheme's list; what it is now is not said.
        Delisted = "delisted",
    }
}

record! {
    /// A claim about how far an area is cut off.
    Status "status" {
        area: Option<AreaCode>, "#loc+code", "The area.";
        area_group: Option<AreaGroupCode>, "#loc+group+code", "Or the group of areas, where the source names no single one.";
        places: Option<u64>, "#loc+num", "How many places the claim covers, where it names a group.";
        scheme: Scheme, "#access+scheme", "By whose count.";
        status: SiegeStatus, "#access+status", "What is claimed.";
        tier: Option<u64>, "#severity+tier+num", "Siege Watch tier, 1 (hardest) to 3.";
        valid_from: Option<Moment>, "#date+start", "From when it holds; left out, from the date of the list.";
        valid_to: Option<Moment>, "#date+end", "Until when it held.";
        listed_on: Option<Moment>, "#date+listed", "The date of the list or statement.";
        date_precision: Option<DatePrecision>, "#meta+date+precision", "How exactly these dates are known.";
        list: Option<Text>, "#meta+list", "Which list it stood on.";
        besieged_by: Vec<PartyCode>, "#group+besieging", "Who surrounds it, by the source's account.";
        criteria: Option<Text>, "#access+criteria", "What the claim rests on.";
    }

    const COLUMNS: &'static [&'static str] = &["scheme", "status", "tier"];
    const SUMMARY: &'static [&'static str] = &["area", "area_group", "scheme", "status", "valid_from"];
    const DATES: &'static [&'static str] = &["valid_from", "listed_on"];

    fn check(&self, problems: &mut Problems) {
        if self.area.is_some() == self.area_group.is_some() {
            problems.add_field("area", "give either area or area_group");
        }
        if self.happened().is_none() {
            problems.add_field("valid_from", "give valid_from or listed_on: since when is it so");
        }
        if let (Some(from), Some(to)) = (self.valid_from, self.valid_to)
            && to.end() < from.start()
        {
            problems.add_field("valid_to", format!("must not lie before valid_from, {from}"));
        }
        if self.tier.is_some_and(|tier| !(1..=3).contains(&tier)) {
            problems.add_field("tier", "must be 1, 2 or 3");
        }
    }

    fn happened(&self) -> Option<Moment> {
        self.valid_from.or(self.listed_on)
    }
}
