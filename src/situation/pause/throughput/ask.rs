//! What is asked of a pause: read field by field, every problem said at once.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Timelike, Utc};
use serde_json::{Map, Value};

use crate::assess::recurrence::Window;
use crate::assess::recurrence::expand::{First, LocalTime};
use crate::domain::{AreaCode, Door, Logistics, Moment, Pointer, Problems, Text};

/// The fields beside those of the logistics.
pub const FIELDS: [(&str, &str); 11] = [
    ("from", "Windows from this moment on."),
    ("to", "Windows until this moment."),
    ("windows", "These windows instead of the record's: a list of start and end."),
    (
        "first_start",
        "When it begins for the first time, where the record does not say: YYYY-MM-DDThh:mm on the local clock.",
    ),
    ("areas", "Whose people are to be fed; left out, all areas of the pause with known people."),
    ("days", "Days for which people are to be fed by such windows; 30."),
    (
        "ration_days",
        "Days that the food of one window must last; left out, those to the next window.",
    ),
    ("people", "People to be fed, in place of those on record."),
    ("stock_person_days", "What they hold, person-days, in place of what is on record."),
    (
        "inflow_person_days_per_day",
        "What comes in by itself, person-days a day, in place of what is on record.",
    ),
    ("confidence", "How sure one wants to be of enough windows, 0 to 1; 0.9."),
];

/// The longest time food is planned for: ten years, in days.
const MOST_DAYS: f64 = 3_660.0;

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ask {
    /// The fields of logistics that were sent.
    pub(super) logistics: Map<String, Value>,
    pub(super) from: Option<DateTime<Utc>>,
    pub(super) to: Option<DateTime<Utc>>,
    pub(super) windows: Option<Vec<Window>>,
    pub(super) first: Option<First>,
    pub(super) areas: Vec<String>,
    pub(super) days: f64,
    pub(super) ration_days: Option<f64>,
    pub(super) people: Option<f64>,
    pub(super) stock: Option<f64>,
    pub(super) inflow: Option<f64>,
    pub(super) confidence: f64,
}

impl Ask {
    /// Reads a body; what is wrong with it is noted, and stands as left out.
    pub(super) fn read(body: &Value, problems: &mut Problems) -> Self {
        let empty = Map::new();
        let fields = body.as_object().unwrap_or_else(|| {
            problems.add(&Pointer::Root, "must be an object");
            &empty
        });
        let mut logistics = Map::new();
        for (name, value) in fields {
            if FIELDS.iter().any(|(own, _)| own == name) {
                continue;
            }
            if Logistics::SCHEMA.field(name).is_none() {
                problems.add_field(name, format!("unknown field; known are {}", known_fields()));
            } else if !value.is_null() {
                logistics.insert(name.clone(), value.clone());
            }
        }
        let mut fields = Fields { fields, problems };
        let ask = Self {
            logistics,
            from: fields.field::<Moment>("from").map(Moment::start),
            to: fields.field::<Moment>("to").map(end_of),
            windows: fields.windows(),
            first: fields.first_start(),
            areas: fields.areas(),
            days: fields.days("days").unwrap_or(30.0),
            ration_days: fields.days("ration_days"),
            people: fields.field("people"),
            stock: fields.field("stock_person_days"),
            inflow: fields.field("inflow_person_days_per_day"),
            confidence: fields.share("confidence").unwrap_or(0.9),
        };
        if ask.windows.is_some() && ask.first.is_some() {
            problems.add_field("first_start", "must be left out where windows are given");
        }
        ask
    }
}

fn known_fields() -> String {
    let own = FIELDS.iter().map(|(name, _)| *name);
    let logistics = Logistics::SCHEMA.fields.iter().map(|field| field.name);
    own.chain(logistics).collect::<Vec<_>>().join(", ")
}

/// The end of a time asked for, which is not part of it: of a day, the beginning of the next.
#[must_use]
pub fn end_of(to: Moment) -> DateTime<Utc> {
    if to.is_day() { to.end() + TimeDelta::milliseconds(1) } else { to.start() }
}

/// The fields of a body on their way to being understood.
struct Fields<'f> {
    fields: &'f Map<String, Value>,
    problems: &'f mut Problems,
}

impl Fields<'_> {
    fn field<T: Door>(&mut self, name: &str) -> Option<T> {
        let at = Pointer::Field(&Pointer::Root, name);
        Option::<T>::enter(self.fields.get(name), &at, self.problems).flatten()
    }

    fn days(&mut self, name: &str) -> Option<f64> {
        let days: f64 = self.field(name)?;
        if days > 0.0 && days <= MOST_DAYS {
            return Some(days);
        }
        let rule = format!("must be more than 0 and at most {MOST_DAYS} days, got {days}");
        self.problems.add_field(name, rule);
        None
    }

    fn share(&mut self, name: &str) -> Option<f64> {
        let share: f64 = self.field(name)?;
        if share <= 1.0 {
            return Some(share);
        }
        self.problems.add_field(name, format!("must be a share between 0 and 1, got {share}"));
        None
    }

    fn areas(&mut self) -> Vec<String> {
        let areas: Option<Vec<AreaCode>> = self.field("areas");
        areas.unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    fn windows(&mut self) -> Option<Vec<Window>> {
        let sent = self.fields.get("windows").filter(|sent| !sent.is_null())?;
        let at = Pointer::Field(&Pointer::Root, "windows");
        let Some(items) = sent.as_array().filter(|items| !items.is_empty()) else {
            self.problems.add(&at, "must be a list of at least one window with start and end");
            return None;
        };
        if items.len() > crate::assess::recurrence::MOST_WINDOWS {
            self.problems.add(&at, "must have at most 10000 windows");
            return None;
        }
        let read = items.iter().enumerate();
        let read =
            read.map(|(index, item)| window(item, &Pointer::Item(&at, index), self.problems));
        // All of them are read first, so that the problems of all are said.
        let read: Vec<Option<Window>> = read.collect();
        read.into_iter().collect()
    }

    /// A time on the local clock, or an instant with its offset.
    fn first_start(&mut self) -> Option<First> {
        let text: Text = self.field("first_start")?;
        let text = text.as_str();
        let moment = text.parse::<Moment>().ok().filter(|moment| !moment.is_day());
        if let Some(moment) = moment {
            return Some(First::Instant(moment.start()));
        }
        let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok();
        // A moment knows which years there are.
        let local = local.filter(|local| local.date().to_string().parse::<Moment>().is_ok());
        let Some(local) = local else {
            let rule = format!(
                "must be YYYY-MM-DDThh:mm on the local clock, or a time with its offset, got {text:?}"
            );
            self.problems.add_field("first_start", rule);
            return None;
        };
        let minutes = u16::try_from(local.hour() * 60 + local.minute()).ok()?;
        Some(First::Local(local.date(), LocalTime::Clock(minutes)))
    }
}

/// One window that was sent.
fn window(item: &Value, at: &Pointer<'_>, problems: &mut Problems) -> Option<Window> {
    let Some(fields) = item.as_object() else {
        problems.add(at, "must be an object with start and end");
        return None;
    };
    for name in fields.keys().filter(|name| !["start", "end"].contains(&name.as_str())) {
        problems.add(&Pointer::Field(at, name), "unknown field; a window has start and end");
    }
    let mut instant = |name| {
        let at = Pointer::Field(at, name);
        let moment = Moment::enter(fields.get(name), &at, problems)?;
        if moment.is_day() {
            problems.add(&at, "must be a time as YYYY-MM-DDThh:mm:ssZ, not a day");
            return None;
        }
        Some(moment.start())
    };
    let (start, end) = (instant("start"), instant("end"));
    let window = Window { start: start?, end: end? };
    if window.end <= window.start {
        problems.add(&Pointer::Field(at, "end"), "must lie after start");
        return None;
    }
    if (window.end - window.start).num_days() > 3_660 {
        problems.add(&Pointer::Field(at, "end"), "must be at most ten years after start");
        return None;
    }
    Some(window)
}
