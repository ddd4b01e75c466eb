//! The words of the field as types that cannot be wrong. Knows no SQL, no HTTP, no clock, no config.
//!
//! Start with [`Area`], [`Status`], [`Population`], then [`Convoy`] and [`Pause`].

pub mod channel;
pub(crate) mod choice;
pub mod clearance;
pub mod code;
pub mod country;
pub(crate) mod door;
pub mod faults;
pub mod figure;
pub mod invalid;
pub mod kind;
pub mod language;
pub mod moment;
pub mod place;
pub mod record;
pub mod saying;
pub mod schema;
pub mod sensitive;
pub mod text;

pub mod access_request;
pub mod account;
pub mod alert;
pub mod area;
pub mod area_group;
pub mod boundary;
pub mod convoy;
pub mod facility;
pub mod incident;
pub mod logistics;
pub mod merge;
pub mod observation;
pub mod organisation;
pub mod party;
pub mod pause;
pub mod plan;
pub mod population;
pub mod recipient;
pub mod schedule;
pub mod sector;
pub mod silence;
pub mod source;
pub mod stage;
pub mod standing;
pub mod status;
pub mod stock;
pub mod times;

pub use access_request::AccessRequest;
pub use account::Account;
pub use alert::{Rule, Severity, Step};
pub use area::Area;
pub use area_group::AreaGroup;
pub use boundary::{Boundary, Pcode};
pub use channel::Channel;
pub use clearance::{Clearance, FieldLevel, Role, Sensitivity};
pub use code::{
    AreaCode, AreaGroupCode, Code, ConvoyCode, FacilityCode, IncidentCode, LogisticsCode,
    OrganisationCode, PartyCode, PauseCode, RecipientCode, SourceCode,
};
pub use convoy::{Convoy, Drop, Event, Line};
pub use door::Door;
pub use facility::Facility;
pub use figure::Figure;
pub use incident::Incident;
pub use invalid::{InvalidValue, Pointer, Problem, Problems};
pub use kind::Kind;
pub use language::Language;
pub use logistics::Logistics;
pub use moment::{DatePrecision, Moment};
pub use observation::Observation;
pub use organisation::Organisation;
pub use party::Party;
pub use pause::Pause;
pub use place::{Outline, Place};
pub use plan::Plan;
pub use population::Population;
pub use recipient::{AlertChoice, Recipient};
pub use record::{Draft, Mention, Record, draft, shown, typed};
pub use saying::{Called, Saying, Told};
pub use schedule::{Format, Schedule, Section};
pub use schema::{Field, Schema, Shape};
pub use sensitive::Sensitive;
pub use silence::Silence;
pub use source::Source;
pub use stage::Stage;
pub use standing::Standing;
pub use status::{Scheme, Status};
pub use stock::Stock;
pub use text::{Names, Text, in_one_line};
pub use times::Times;
