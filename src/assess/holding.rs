//! What a count of stock, an inflow, a ration or a loss amounts to, in the unit in which its sector counts days.
//!
//! Sources count in baskets, tonnes and months of people. What cannot be turned into days is said, never guessed.

use super::cargo::{self, CargoKind, CargoLine, ENERGY_NEED_KCAL, WATER_L};
use super::commodity::{Commodity, commodity, scale};
use super::delivery::AssumedRation;
use crate::domain::choice::choice;
use crate::domain::stock::StockType;
use crate::domain::{Figure, Stock, Text};

choice! {
    /// What runs out. Sectors are never added to each other.
    Sector {
        /// Food, in person-days at 2,100 kcal.
        Food = "food",
        /// Drinking water, in person-days at 15 L.
        Water = "water",
        /// Health kits, in person-days.
        Health = "health",
        /// Fuel, in litres.
        Fuel = "fuel",
    }
}

impl Sector {
    /// What its amounts are counted in.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Food | Self::Water | Self::Health => "person_days",
            Self::Fuel => "litres",
        }
    }

    fn of(commodity: &Commodity) -> Option<Self> {
        match commodity.cargo_kind() {
            CargoKind::BulkFood { .. } | CargoKind::Parcel { .. } => Some(Self::Food),
            CargoKind::Water => Some(Self::Water),
            CargoKind::HealthKit { .. } => Some(Self::Health),
            CargoKind::Other | CargoKind::Unknown => is_fuel(commodity).then_some(Self::Fuel),
        }
    }
}

/// Is it a food, by its code, name or alias, or food in general?
#[must_use]
pub fn is_food(name: &str) -> bool {
    name == "food" || commodity(name).and_then(Sector::of) == Some(Sector::Food)
}

/// Is it fuel that is counted in litres?
#[must_use]
pub fn is_fuel(commodity: &Commodity) -> bool {
    commodity.sector == "fuel" && commodity.unit == "L"
}

choice! {
    /// Why a statement cannot be counted.
    Uncounted {
        /// It is in words.
        InWords = "in_words",
        /// Its unit is not one that is known here.
        UnknownUnit = "unknown_unit",
        /// What one unit holds is not known.
        UnknownContent = "unknown_content",
    }
}

/// What a statement amounts to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Holding {
    /// What it is a holding of.
    pub sector: Sector,
    /// Person-days, or litres of fuel; for what comes in by itself, of each day.
    pub amount: Figure,
    /// The energy of the ration is not told and was assumed: the low end is the ration of the programme, the
    /// high end the full need.
    pub is_assumed: bool,
}

/// What a count of stock, or what comes in by itself each day, amounts to.
///
/// Person-days that the source gives go before any reckoning. "Food for N people for a month" is N × the days of
/// the ration; where its energy is not told it lies between the ration of the programme and the full need, and
/// the programme's is the best guess.
///
/// # Units
///
/// Returns person-days (food at 2,100 kcal, water at 15 L, health kits) or litres of fuel.
///
/// # Errors
///
/// [`Uncounted`] where the statement cannot be turned into these.
///
/// # Example
///
/// Eastern Aleppo, July 2016: food for 150,000 people for a month.
///
/// ```
/// use passage::assess::delivery::AssumedRation;
/// use passage::assess::holding::amount_of;
/// use passage::domain::Figure;
/// let ration = AssumedRation { kcal: 1_700.0, days: 30.0 };
/// let stock = amount_of(Some("food"), Some("people_months"), Figure::exactly(150_000.0), ration).unwrap();
/// assert_eq!(stock.amount.high(), Some(4_500_000.0));
/// assert_eq!(stock.amount.low().map(f64::round), Some(3_642_857.0));
/// ```
///
/// # Source
///
/// SPEC §1.
pub fn holding(stock: &Stock, ration: AssumedRation) -> Result<Holding, Uncounted> {
    let item = stock.item.as_ref().map(Text::as_str);
    if !stock.person_days.is_unknown() {
        let sector = item.and_then(commodity).and_then(Sector::of).unwrap_or(Sector::Food);
        return Ok(Holding { sector, amount: stock.person_days, is_assumed: false });
    }
    let unit = stock.unit.as_ref().map(Text::as_str);
    // A month of food is not what comes in on a day.
    let is_month = unit.is_some_and(|unit| unit.to_lowercase().contains("month"));
    if stock.stock_type == StockType::Inflow && is_month {
        return Err(Uncounted::UnknownUnit);
    }
    amount_of(item, unit, stock.quantity, ration)
}

/// What a quantity of something amounts to; see [`holding`]. A unit may end in `_per_day`.
///
/// # Units
///
/// `quantity`: in `unit`; returns person-days or litres of fuel.
///
/// # Errors
///
/// [`Uncounted`] where it cannot be turned into these.
///
/// # Example
///
/// ```
/// use passage::assess::delivery::AssumedRation;
/// use passage::assess::holding::{Sector, Uncounted, amount_of};
/// use passage::domain::Figure;
/// let ration = AssumedRation { kcal: 1_700.0, days: 30.0 };
/// let flour = amount_of(Some("flour"), Some("t"), Figure::exactly(6.0), ration).unwrap();
/// assert_eq!((flour.sector, flour.amount.best()), (Sector::Food, Some(10_000.0)));
/// assert_eq!(amount_of(Some("hope"), Some("t"), Figure::exactly(6.0), ration), Err(Uncounted::UnknownContent));
/// ```
///
/// # Source
///
/// SPEC §1.
pub fn amount_of(
    item: Option<&str>,
    unit: Option<&str>,
    quantity: Figure,
    ration: AssumedRation,
) -> Result<Holding, Uncounted> {
    if quantity.is_unknown() {
        return Err(Uncounted::InWords);
    }
    let unit = unit.unwrap_or_default().to_lowercase().replace(' ', "_");
    let unit = unit.trim_end_matches("_per_day");
    let sector = item.and_then(commodity).and_then(Sector::of);
    match unit {
        "person_days" | "people_days" => {
            let sector = sector.unwrap_or(Sector::Food);
            Ok(Holding { sector, amount: quantity, is_assumed: false })
        }
        "person_months" | "people_months" if sector.unwrap_or(Sector::Food) == Sector::Food => {
            Ok(Holding { is_assumed: true, sector: Sector::Food, amount: months(quantity, ration) })
        }
        "person_months" | "people_months" => Err(Uncounted::UnknownUnit),
        _ => by_commodity(item, unit, quantity, ration),
    }
}

/// So many people for one ration period each, at an energy that is not told.
fn months(people: Figure, ration: AssumedRation) -> Figure {
    let at = |kcal: f64| move |people: f64| cargo::assumed_cargo(people, ration.days, kcal);
    let (programme, full) = (at(ration.kcal.min(ENERGY_NEED_KCAL)), at(ENERGY_NEED_KCAL));
    Figure::computed(
        people.floor().map(programme),
        people.middle().map(programme),
        people.ceiling().map(full),
    )
}

/// By the table of commodities: the item, else the unit itself ("food parcels").
fn by_commodity(
    item: Option<&str>,
    unit: &str,
    quantity: Figure,
    ration: AssumedRation,
) -> Result<Holding, Uncounted> {
    let by_unit = commodity(unit.trim_end_matches('s'));
    let known = item.and_then(commodity).or(by_unit).ok_or(Uncounted::UnknownContent)?;
    let sector = Sector::of(known).ok_or(Uncounted::UnknownContent)?;
    let scale =
        if by_unit.is_some() || unit.is_empty() { Some(1.0) } else { scale(unit, known, None) };
    let scale = scale.ok_or(Uncounted::UnknownUnit)?;
    if sector == Sector::Fuel {
        return Ok(Holding { sector, amount: quantity.map(|q| q * scale), is_assumed: false });
    }
    if let Some(each) = person_days_of_one(known.cargo_kind()) {
        return Ok(Holding {
            sector,
            amount: quantity.map(|q| q * scale * each),
            is_assumed: false,
        });
    }
    match known.cargo_kind() {
        CargoKind::Parcel { persons: Some(persons), .. } => {
            let people = quantity.map(|parcels| parcels * persons);
            Ok(Holding { sector, amount: months(people, ration), is_assumed: true })
        }
        _ => Err(Uncounted::UnknownContent),
    }
}

fn person_days_of_one(kind: CargoKind) -> Option<f64> {
    cargo::line_person_days(&CargoLine::loaded(kind, 1.0))
}

/// What one person eats or drinks a day, as a share of the full need; or what a place burns a day, litres.
///
/// # Units
///
/// Food and water: a share of 2,100 kcal or of 15 L; fuel: litres a day of the whole area.
///
/// # Errors
///
/// [`Uncounted`] where the statement gives neither.
///
/// # Example
///
/// ```
/// use passage::assess::holding::{Sector, ration_of};
/// use passage::domain::{Kind, Stock, draft, typed};
/// let sent = serde_json::json!({ "area": "A", "stock_type": "ration", "date": "2016-11-10", "item": "food",
///     "quantity": 525, "unit": "kcal_per_person_day" });
/// let stock: Stock = typed(&draft(Kind::Stock, &sent).unwrap().body).unwrap();
/// assert_eq!(ration_of(&stock).map(|(sector, share)| (sector, share.best())), Ok((Sector::Food, Some(0.25))));
/// ```
///
/// # Source
///
/// SPEC §3: a ration is a fraction of the need.
pub fn ration_of(stock: &Stock) -> Result<(Sector, Figure), Uncounted> {
    let known = stock.item.as_ref().and_then(|item| commodity(item.as_str()));
    let sector = known.and_then(Sector::of);
    if !stock.person_days.is_unknown() {
        return Ok((sector.unwrap_or(Sector::Food), stock.person_days));
    }
    if stock.quantity.is_unknown() {
        return Err(Uncounted::InWords);
    }
    let unit = stock.unit.as_ref().map_or("", Text::as_str).to_lowercase();
    let of = |need: f64| stock.quantity.map(|quantity| quantity / need);
    match (unit.as_str(), sector) {
        ("kcal_per_person_day", _) => Ok((Sector::Food, of(ENERGY_NEED_KCAL))),
        ("l_per_person_day", None | Some(Sector::Water)) => Ok((Sector::Water, of(WATER_L))),
        ("l_per_day", Some(Sector::Fuel)) => Ok((Sector::Fuel, stock.quantity)),
        ("share_of_need", _) => Ok((sector.unwrap_or(Sector::Food), stock.quantity)),
        _ => Err(Uncounted::UnknownUnit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATION: AssumedRation = AssumedRation { kcal: 1_700.0, days: 30.0 };

    fn amount(item: &str, unit: &str, quantity: f64) -> Result<(Sector, Option<f64>), Uncounted> {
        let holding = amount_of(Some(item), Some(unit), Figure::exactly(quantity), RATION)?;
        Ok((holding.sector, holding.amount.central()))
    }

    #[test]
    fn words_and_unknown_things_are_not_counted() {
        let words = amount_of(Some("food"), None, Figure::UNKNOWN, RATION);
        assert_eq!(words, Err(Uncounted::InWords));
        assert_eq!(amount("prayers", "unit", 5.0), Err(Uncounted::UnknownContent));
        assert_eq!(amount("wheat_flour", "sacks", 5.0), Err(Uncounted::UnknownUnit));
        assert_eq!(amount("water", "people_months", 5.0), Err(Uncounted::UnknownUnit));
    }

    #[test]
    fn a_parcel_of_unknown_energy_lies_between_the_programme_and_the_full_need() {
        let parcels = amount_of(Some("x"), Some("food parcels"), Figure::exactly(10.0), RATION);
        let amount = parcels.unwrap().amount;
        assert_eq!(amount.high(), Some(1_500.0));
        assert!((amount.best().unwrap() - 1_500.0 * 1_700.0 / 2_100.0).abs() < 1e-9);
    }

    #[test]
    fn fuel_is_litres_and_water_is_person_days() {
        assert_eq!(amount("diesel", "L", 500.0), Ok((Sector::Fuel, Some(500.0))));
        assert_eq!(amount("drinking_water", "m3", 3.0), Ok((Sector::Water, Some(200.0))));
        assert_eq!(amount("wheat_flour", "t_per_day", 6.0), Ok((Sector::Food, Some(10_000.0))));
    }
}
