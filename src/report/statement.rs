//! What sources said in the period, and what happened in it; each line with its day, its author, its source.

use serde::{Deserialize, Serialize};

use super::Period;
use super::stated::{self, Day};
use super::words;
use crate::domain::incident::IncidentType;
use crate::domain::observation::Topic;
use crate::domain::{Figure, Incident, Observation};
use crate::situation::{Known, Situation};
use crate::tongue::Tongue;

/// What a source said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatementRow {
    /// Its code.
    pub code: String,
    /// What it is about.
    #[serde(deserialize_with = "stated::word")]
    pub topic: Topic,
    /// The day it is for, or was said.
    #[serde(flatten)]
    pub day: Option<Day>,
    /// Where.
    pub areas: Vec<String>,
    /// Who says it: the one who speaks, else the source.
    pub by: Option<String>,
    /// What is said, in short.
    pub text: String,
    /// How much, where it is a number.
    pub value: Figure,
    /// In which unit.
    pub unit: Option<String>,
    /// The codes of the sources.
    pub sources: Vec<String>,
}

/// What happened, as reported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IncidentRow {
    /// Its code.
    pub code: String,
    /// What happened, in short.
    pub title: String,
    /// What kind of thing.
    #[serde(deserialize_with = "stated::word")]
    pub incident_type: IncidentType,
    /// When.
    #[serde(flatten)]
    pub day: Option<Day>,
    /// Until when.
    pub until: Option<Day>,
    /// Where.
    pub areas: Vec<String>,
    /// People killed.
    pub killed: Figure,
    /// People injured.
    pub injured: Figure,
    /// By whom, by the account of the source.
    pub attributed_to: Option<String>,
    /// The codes of the sources.
    pub sources: Vec<String>,
}

/// What runs out, what is lacking and who must get out come first; totals and talks last.
const fn order(topic: Topic) -> u8 {
    match topic {
        Topic::RunOutStatement => 0,
        Topic::StockStatement | Topic::StockExpiry => 1,
        Topic::UnmetNeed | Topic::MedicalEvacuationNeed => 2,
        Topic::Price => 3,
        Topic::TimeSinceLastAid
        | Topic::AccessFailed
        | Topic::AccessRefused
        | Topic::ItemsRemoved
        | Topic::ConvoyDelayed
        | Topic::CheckpointDelay
        | Topic::Suspension => 4,
        Topic::ConvoyPlanResult | Topic::CumulativeReached | Topic::DeliveryBaseline => 5,
        Topic::DiplomaticEvent => 6,
        Topic::Other => 7,
    }
}

/// The statements of the period: what runs out first, the latest before.
pub(super) fn statements(situation: &Situation, period: Period) -> Vec<StatementRow> {
    let of_period =
        situation.world.observations.iter().filter(|row| period.has(row.record.date.start()));
    let mut rows: Vec<StatementRow> =
        of_period.filter_map(|row| statement(situation, row)).collect();
    rows.sort_by(|a, b| {
        order(a.topic)
            .cmp(&order(b.topic))
            .then_with(|| b.day.cmp(&a.day))
            .then_with(|| a.code.cmp(&b.code))
    });
    // One sentence of a source can give several numbers; it is quoted once.
    let mut seen = std::collections::HashSet::new();
    rows.retain(|row| seen.insert((row.text.clone(), row.sources.clone())));
    rows
}

fn statement(situation: &Situation, known: &Known<Observation>) -> Option<StatementRow> {
    let said = &known.record;
    let source = said.source.as_ref().and_then(|code| situation.world.sources.get(code.as_str()));
    let actor = said.actor.as_ref().map(ToString::to_string);
    let text = said.quote.as_ref().or(said.text.as_ref()).or(said.title.as_ref())?;
    Some(StatementRow {
        code: known.code.to_string(),
        topic: said.topic,
        day: Some(Day::of(said.date, said.date_precision)),
        areas: words::places(situation, &said.areas, &said.area_groups, said.place.as_ref()),
        by: actor.or_else(|| source.map(|source| source.record.name.to_string())),
        text: text.to_string(),
        value: said.value,
        unit: said.unit.as_ref().map(ToString::to_string),
        sources: said.source.iter().map(ToString::to_string).collect(),
    })
}

/// The incidents of the period, the latest first.
pub(super) fn incidents(situation: &Situation, period: Period) -> Vec<IncidentRow> {
    let is_of = |incident: &Incident| {
        incident.date.start() <= period.to
            && (period.has(incident.date.start())
                || incident.date_end.is_some_and(|end| end.end() > period.after))
    };
    let of_period = situation.world.incidents.iter().filter(|row| is_of(&row.record));
    let mut rows: Vec<IncidentRow> = of_period.map(|row| incident(situation, row)).collect();
    rows.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.code.cmp(&b.code)));
    rows
}

fn incident(situation: &Situation, known: &Known<Incident>) -> IncidentRow {
    let happened = &known.record;
    let of_accounts = happened.accounts.iter().filter_map(|account| account.source.as_ref());
    let mut sources: Vec<String> =
        happened.source.iter().chain(of_accounts).map(ToString::to_string).collect();
    sources.sort();
    sources.dedup();
    let title = happened.title.as_ref().map(ToString::to_string);
    IncidentRow {
        code: known.code.to_string(),
        title: title.unwrap_or_else(|| {
            Tongue::ENGLISH.capital("incident", happened.incident_type.as_str())
        }),
        incident_type: happened.incident_type,
        day: Some(Day::of(happened.date, happened.date_precision)),
        until: happened.date_end.map(|end| Day::of(end, happened.date_precision)),
        areas: words::places(situation, &happened.areas, &[], happened.place.as_ref()),
        killed: happened.killed,
        injured: happened.injured,
        attributed_to: happened.attributed_to.as_ref().map(ToString::to_string),
        sources,
    }
}
